"""What if: the same worlds with and without shocks, alike in chance, everybody acting by habit; the difference tells.

Numbers are medians over worlds with percentiles 10 and 90 of the difference, world by world.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

import numpy as np

from game.batch.record import CONCENTRATION, write_table
from game.batch.simulate import Arena, played
from game.engine.axes import turn_date
from game.engine.baseline import Array
from game.engine.measures.table import MEASURES
from game.engine.shock import Shock
from game.engine.turn import Keys
from game.engine.world import World
from game.forecast import batches
from game.text import _

PERCENTILES = (10.0, 50.0, 90.0)
LEAST_PRICE, LEAST_SHORTAGE = 0.005, 0.0005  # changes told: of a price, of the world's need
LEAST_HHI = 50.0  # points; of the index that authorities look at, a change of 100 (US Merger Guidelines 2023)
CONCENTRATION_TITLES = {
    "hhi_mine": "Concentration of mining",
    "hhi_refine": "Concentration of refining",
    "hhi_recycle": "Concentration of recycling",
}
MOST_NATIONS = 10
BILLION = 1e9


@dataclass(frozen=True)
class Course:
    """What is kept of one lot of W worlds over T turns."""

    price: Array  # [T, W, M] headline, US$ per t
    short: Array  # [T, W, M] share of the world's need not met
    use_t: Array  # [T, W, N, M]
    paid: Array  # [T, W, N, M] price delivered to users, US$ per t
    need_met: Array  # [T, W, N] smallest share of any mineral's need met, over minerals the nation needs
    industry: Array  # [T, W, N] start = 100
    gdp_lost: Array  # [T, W, N] percent of GDP in goods that could not be finished
    supply_risk: Array  # [T, W, N, M]
    hhi: Array  # [T, W, stage, M] in the order of CONCENTRATION

    @staticmethod
    def of(arena: Arena, keys: Keys, turns: int, shocks: Sequence[Shock]) -> Course:
        """Run the worlds, in batches."""
        parts = []
        for rows in batches(len(keys.worlds)):
            part = Keys(keys.seed, keys.worlds[rows])
            steps = list(played(arena, part, turns, shocks=shocks))[1:]
            parts.append([_kept(step.world, arena) for step in steps])
        columns = [[np.concatenate(column) for column in zip(*turn, strict=True)] for turn in zip(*parts, strict=True)]
        return Course(*(np.stack(column) for column in zip(*columns, strict=True)))


def _kept(world: World, arena: Arena) -> tuple[Array, ...]:
    base = arena.calibration.baseline
    use, need = world.use_t.sum(3), world.need_t.sum(3)
    met = np.where(need > 0, use / np.where(need > 0, need, 1.0), np.inf)
    world_need = need.sum(1)
    short = 1.0 - np.minimum(use.sum(1) / np.where(world_need > 0, world_need, 1.0), 1.0)
    return (
        base.price_usd_per_t * np.exp(world.headline_ln),
        np.where(world_need > 0, short, 0.0),
        use,
        base.price_usd_per_t * np.exp(world.delivered_ln),
        np.minimum(met.min(2), 1.0),
        world.industry.copy(),
        *(MEASURES[name].formula(world, arena.calibration) for name in ("gdp_lost", "supply_risk")),
        np.stack([MEASURES[name].formula(world, arena.calibration) for name in CONCENTRATION], 1),
    )


@dataclass(frozen=True)
class WhatIf:
    """A run with shocks beside the same run without."""

    arena: Arena
    shocks: tuple[str, ...]
    keys: Keys
    plain: Course
    shocked: Course

    @property
    def turns(self) -> int:
        """Turns run."""
        return len(self.plain.price)

    @property
    def price_change(self) -> Array:
        """Change of every price as a share of what it would be, [P, T, M] over PERCENTILES."""
        return spread(self.shocked.price / self.plain.price - 1.0)

    @property
    def shortage_change(self) -> Array:
        """Change of the share of the world's need not met, [P, T, M]."""
        return spread(self.shocked.short - self.plain.short)

    @property
    def users_loss_usd_bn(self) -> Array:
        """What users of each nation lose over the run, [P, N]: price paid more on the mean of both uses.

        The trapezoid under a demand curve between two prices, the usual measure of a change of consumer surplus.
        """
        dearer = self.shocked.paid - self.plain.paid
        loss = dearer * (self.shocked.use_t + self.plain.use_t) / 2.0
        return spread(loss.sum((0, 3)) / BILLION, axis=0)

    @property
    def worst_need_met(self) -> Array:
        """Change of the worst-met need of each nation in its worst turn, [P, N]."""
        return spread(self.shocked.need_met.min(0) - self.plain.need_met.min(0), axis=0)

    @property
    def worst_industry(self) -> Array:
        """Change of industry of each nation in its worst turn, points, [P, N]."""
        return spread((self.shocked.industry - self.plain.industry).min(0), axis=0)

    @property
    def most_gdp_lost(self) -> Array:
        """Per cent of GDP more that is lost in final goods in the turn that loses most, [P, N]."""
        return spread((self.shocked.gdp_lost - self.plain.gdp_lost).max(0), axis=0)

    @property
    def supply_risk_change(self) -> Array:
        """Change of supply risk by nation and mineral in the last turn, [P, N, M]."""
        return spread(self.shocked.supply_risk[-1] - self.plain.supply_risk[-1], axis=0)

    def hhi_change(self, stage: str) -> Array:
        """Change of the concentration of a stage, one of CONCENTRATION, points, [P, T, M]."""
        at = CONCENTRATION.index(stage)
        return spread(self.shocked.hhi[:, :, at] - self.plain.hhi[:, :, at])


def spread(values: Array, axis: int = 1) -> Array:
    """PERCENTILES over the axis of worlds, in front."""
    return np.asarray(np.percentile(values, PERCENTILES, axis=axis))


def what_if(
    arena: Arena, shocks: Sequence[Shock], specs: Sequence[str], *, turns: int, worlds: int, seed: int
) -> WhatIf:
    """Run `worlds` worlds for `turns` turns with and without the shocks."""
    keys = Keys(seed, tuple(range(worlds)))
    plain, shocked = (Course.of(arena, keys, turns, hit) for hit in ((), shocks))
    return WhatIf(arena, tuple(specs), keys, plain, shocked)


# ---- as text


def summary(found: WhatIf) -> str:
    """Prices, shortages and who suffers, as a table of text."""
    told = _("{shocks}: {turns} turns, {worlds} worlds with and without, alike in chance; everybody acts by habit",
             shocks=", ".join(found.shocks), turns=found.turns, worlds=len(found.keys.worlds))  # fmt: skip
    heading = "  ".join(f"{turn_date(turn + 1):>16}" for turn in range(found.turns))
    lines = [told, "", _("Prices, % against the same worlds without: median (P10 to P90)"), f"{'':16}{heading}"]
    lines += _rows(found, 100.0 * found.price_change, 100.0 * LEAST_PRICE) or [_("no price moves by half a per cent")]
    lines += ["", _("Shortages, points of the world's need not met"), f"{'':16}{heading}"]
    lines += _rows(found, 100.0 * found.shortage_change, 100.0 * LEAST_SHORTAGE) or [
        _("no more need goes unmet than without")
    ]
    for stage in CONCENTRATION:
        moved = _rows(found, found.hhi_change(stage), LEAST_HHI)
        title = _(CONCENTRATION_TITLES[stage])
        lines += ["", _("{title}, points of the HHI", title=title), f"{'':16}{heading}", *moved] if moved else []
    return "\n".join([*lines, "", *_sufferers(found)])


def _rows(found: WhatIf, change: Array, least: float) -> list[str]:
    """One row for every mineral of which the change is worth telling; change is [P, T, M]."""
    rows = []
    for m, mineral in enumerate(found.arena.calibration.axes.minerals):
        if np.abs(change[1, :, m]).max() >= least:
            rows.append(f"{mineral:16}" + "  ".join(f"{_cell(change[:, t, m]):>16}" for t in range(found.turns)))
    return rows


def _cell(band: Array, decimals: int = 1) -> str:
    """A median and its band: '+35.1 (30 to 41)'."""
    low, middle, high = (float(value) + 0.0 for value in np.round(band, decimals))
    if low == middle == high == 0.0:
        return "0"
    rough = 0 if max(abs(low), abs(high)) >= 10 else decimals
    return f"{middle:+.{rough}f} ({low:.{rough}f} to {high:.{rough}f})"


def _sufferers(found: WhatIf) -> list[str]:
    axes = found.arena.calibration.axes
    loss, met, industry = found.users_loss_usd_bn, found.worst_need_met, found.worst_industry
    lines = [
        _("Who suffers: users' loss over the run, US$ bn; points of need and industry less in the worst turn"),
        f"{_('nation'):8}{_('loss'):>24}{_('need met'):>24}{_('industry'):>24}",
    ]
    order = [n for n in np.argsort(-loss[1], kind="stable")[:MOST_NATIONS] if loss[1, n] > 0]
    for n in order:
        lines.append(
            f"{axes.nations[n]:8}{_cell(loss[:, n], 2):>24}{_cell(100.0 * met[:, n]):>24}{_cell(industry[:, n]):>24}"
        )
    return lines if order else [*lines[:1], _("nobody loses")]


# ---- as data


def rows(found: WhatIf) -> Iterator[tuple[Any, ...]]:
    """Yield the run as a tidy table, its heading first: one number with its band a row."""
    yield ("quantity", "turn", "date", "nation", "mineral", "unit", "p10", "p50", "p90")
    axes = found.arena.calibration.axes
    for quantity, unit, values in (
        ("price_without", "usd_per_t", spread(found.plain.price)),
        ("price_with", "usd_per_t", spread(found.shocked.price)),
        ("price_change", "share", found.price_change),
        ("shortage_change", "share", found.shortage_change),
        *((f"{stage}_change", "points", found.hhi_change(stage)) for stage in CONCENTRATION),
    ):
        for turn in range(found.turns):
            for m, mineral in enumerate(axes.minerals):
                yield (quantity, turn + 1, turn_date(turn + 1), "", mineral, unit, *map(float, values[:, turn, m]))
    for quantity, unit, by_nation in (
        ("users_loss", "usd_bn", found.users_loss_usd_bn),
        ("worst_need_met_change", "share", found.worst_need_met),
        ("worst_industry_change", "points", found.worst_industry),
        ("most_gdp_lost_change", "percent", found.most_gdp_lost),
    ):
        for n, nation in enumerate(axes.nations):
            yield (quantity, "", "", nation, "", unit, *map(float, by_nation[:, n]))
    last, risk = found.turns, found.supply_risk_change
    for n, nation in enumerate(axes.nations):
        for m, mineral in enumerate(axes.minerals):
            place = (last, turn_date(last), nation, mineral)
            yield ("supply_risk_change", *place, "1 = at risk", *map(float, risk[:, n, m]))


def write(found: WhatIf, file: TextIO, form: str) -> None:
    """Write the run: what was asked and the table as JSON objects, or ("csv") the table as comma-separated values."""
    heading, *table = rows(found)
    if form == "csv":
        write_table([heading, *table], file)
        return
    data = {
        "level": found.arena.level.id,
        "seed": found.keys.seed,
        "worlds": len(found.keys.worlds),
        "turns": found.turns,
        "shocks": list(found.shocks),
        "rows": [dict(zip(heading, row, strict=True)) for row in table],
    }
    json.dump(data, file, allow_nan=False)
    file.write("\n")
