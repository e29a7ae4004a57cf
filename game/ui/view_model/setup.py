"""A new game being set up: levels to choose from, nations with their strengths, and what a nation lives on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from game.problems import Problem, ProblemError
from game.text import _, _n
from game.ui import format as fmt
from game.ui.tip import Number, Tip, number
from game.ui.view_model import source
from game.ui.view_model.words import ROLE_WORDS

if TYPE_CHECKING:
    from game.content.level import Level
    from game.engine.baseline import Baseline

STEPS = 5
FULL_SHARE = 0.30  # of the world: all five segments
MOST_ROWS = 3


@dataclass(frozen=True)
class LevelModel:
    """A level of the list; `problems` say why it cannot be played."""

    id: str
    title: str
    summary: str
    length: Number | None
    level: Level | None
    problems: tuple[Problem, ...]

    @property
    def tip(self) -> Tip:
        """What the level's own words are."""
        return level_tip(self.id, self.title, self.summary)


def level_tip(level: str, title: str, summary: str) -> Tip:
    """The tip of a level's own words."""
    where = _("title and summary in {file}", file=f"levels/{level}/level.yaml")
    return Tip(title, "", summary or _("A level of the game."), _("text of the level"), (), source.game(where))


def levels() -> list[LevelModel]:
    """Every level that is there, the shortest first, broken ones last."""
    from game.content.load import level_ids

    found = [level_model(name) for name in level_ids()]
    return sorted(found, key=lambda model: (bool(model.problems), model.length.value if model.length else 0.0))


def level_model(name: str) -> LevelModel:
    """One level as the list shows it."""
    from game.content.load import load_level

    try:
        level = load_level(name)
    except ProblemError as error:
        return LevelModel(name, name, "", None, None, error.problems)
    turns = level.turns
    length = number(
        float(turns), "turns", title=_("Length"), meaning=_("Half-years the level runs, and who may be played."),
        source=source.game(_("level {name}", name=name)),
        text=_n("{n} turn", "{n} turns", turns) + " · " + _n("{n} nation", "{n} nations", len(level.seats)),
    )  # fmt: skip
    return LevelModel(name, _(level.title), _(level.summary), length, level, ())


@dataclass(frozen=True)
class NationCard:
    """A nation one can play: strengths in fifths with what stands behind each, in the order of STRENGTHS."""

    iso3: str
    name: str
    role: str
    strengths: tuple[tuple[int, Tip], ...]


STRENGTHS = (("coins", "Money"), ("pick", "Mining"), ("refinery", "Refining"), ("industry", "Makers"))


class Setup:
    """What there is to know of a level before it starts."""

    def __init__(self, level: Level) -> None:
        self.level = level

    @cached_property
    def baseline(self) -> Baseline:
        """The calibrated year."""
        from game.content.build import build_baseline

        return build_baseline(self.level)

    @cached_property
    def cards(self) -> list[NationCard]:
        """The nations one can play, the level's default first, then the largest economies."""
        order = sorted(self.level.seats, key=lambda nation: -self.level.nation(nation).gdp.value)
        return [self._card(nation) for nation in sorted(order, key=lambda n: n != self.level.default_nation)]

    def _card(self, nation: str) -> NationCard:
        n = self.baseline.axes.nation_index[nation]
        row = self.level.nation(nation)
        strengths = (self._money(nation, n), *(self._strength(kind, n) for kind in ("mine", "refine", "use")))
        return NationCard(nation, _(row.name), _(ROLE_WORDS[row.role]), strengths)

    def _money(self, nation: str, n: int) -> tuple[int, Tip]:
        gdp = self.baseline.gdp_usd_bn
        where = source.row(self.level, "nations", nation, "gdp")
        tip = Tip(_("Money"), fmt.money(float(gdp[n])), _("Gross domestic product of 2024, which sets the budget."),
                  fmt.unit_name("usd_bn_per_year"), (), where)  # fmt: skip
        return _fifths(float(gdp[n] / gdp.max())), tip

    def _strength(self, kind: str, n: int) -> tuple[int, Tip]:
        """The nation's largest share of the world in one mineral."""
        shares = self._shares(kind)[n]
        m = int(shares.argmax())
        mineral = self.baseline.axes.minerals[m]
        table, title = {"mine": ("mined", _("Mining")), "refine": ("refined_primary", _("Refining")),
                        "use": ("consumption", _("Makers"))}[kind]  # fmt: skip
        name = _(self.level.mineral(mineral).name).partition(" (")[0].lower()
        tip = Tip(title, fmt.percent(float(shares[m])), _("Its largest share of the world: {mineral}.", mineral=name),
                  fmt.unit_name("share"), (), source.row(self.level, table, mineral))  # fmt: skip
        return _fifths(float(shares[m]) / FULL_SHARE), tip

    def _shares(self, kind: str) -> np.ndarray:
        """Shares of the world by nation and mineral, [N, M]."""
        b = self.baseline
        table = {"mine": b.mined_t, "refine": b.refined_primary_t + b.refined_secondary_t + b.synthetic_t,
                 "use": b.consumption_t}[kind]  # fmt: skip
        return np.asarray(table / np.maximum(table.sum(0), 1e-12))

    def summary(self, nation: str) -> list[tuple[str, str, list[Number]]]:
        """Icon, words and figures of what it imports, mines and refines most."""
        n = self.baseline.axes.nation_index[nation]
        return [
            ("ship", _("Imports"), self._imports(nation, n)),
            ("pick", _("Mines"), self._outputs(nation, n, "mine", ("mined",))),
            ("refinery", _("Refines"), self._outputs(nation, n, "refine", ("refined_primary",))),
            ("coins", _("Budget"), [self._budget(nation, n)]),
        ]

    def _imports(self, nation: str, n: int) -> list[Number]:
        b = self.baseline
        made = (b.refined_primary_t + b.refined_secondary_t + b.synthetic_t)[n]
        use = b.consumption_t[n]
        gap = np.where(use > 0, np.clip(1 - made / np.where(use > 0, use, 1.0), 0, 1), 0.0)
        weight = gap * use * b.price_usd_per_t
        order = [int(m) for m in np.argsort(-weight) if gap[m] > 0.05][:MOST_ROWS]
        return [
            self._figure(
                "consumption",
                nation,
                m,
                float(gap[m]),
                _("Share of its own refined use that it does not make"),
                "{share} of its {mineral}",
            )
            for m in order
        ]

    def _outputs(self, nation: str, n: int, kind: str, tables: tuple[str, ...]) -> list[Number]:
        shares = self._shares(kind)[n]
        order = [int(m) for m in np.argsort(-shares) if shares[m] > 0.005][:MOST_ROWS]
        meaning = _("Share of the world's output in 2024")
        return [self._figure(tables[0], nation, m, float(shares[m]), meaning, "{share} of the world's {mineral}")
                for m in order]  # fmt: skip

    def _figure(self, table: str, nation: str, m: int, share: float, meaning: str, words: str) -> Number:
        mineral = self.baseline.axes.minerals[m]
        name = _(self.level.mineral(mineral).name).partition(" (")[0]
        known = nation in getattr(self.level.world, table).get(mineral, {})
        return number(
            share, "share", title=name, meaning=meaning,
            source=source.row(self.level, table, f"{mineral}.{nation}" if known else mineral),
            text=_(words, share=fmt.percent(share), mineral=name.lower()),
        )  # fmt: skip

    def _budget(self, nation: str, n: int) -> Number:
        usd_bn = float(self.baseline.parameters.envelope_gdp_share * self.baseline.gdp_usd_bn[n])
        return number(
            usd_bn, "usd_bn", title=_("Minerals envelope"), meaning=_("What the budget gives you every half-year."),
            source=source.row(self.level, "nations", nation, "gdp") + source.SEPARATOR
            + source.row(self.level, "parameters", "envelope_gdp_share"),
            text=_("{money} a half-year", money=fmt.money(usd_bn)),
        )  # fmt: skip


def _fifths(part: float) -> int:
    """A part of the full strength in fifths, small ones widened; 0 for none."""
    return int(np.clip(np.ceil(np.sqrt(part) * STEPS), 0 if part < 1e-6 else 1, STEPS))
