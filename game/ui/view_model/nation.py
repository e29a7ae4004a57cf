"""The nation panel: trust both ways and why, what it makes and sells, what is signed, what it owns and is building."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.axes import LAYERS, REFINED, STAGES, TURNS_PER_YEAR
from game.engine.fields import TRUST_CAUSES
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number, number
from game.ui.view_model import source
from game.ui.view_model.flow import contracted_t
from game.ui.view_model.lens import output_t, stage_fields
from game.ui.view_model.measure import measure_number
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number
from game.ui.view_model.words import STAGE_WORDS, cause_words, trust_words

LEAST_SHARE = 0.005
MOST_ROWS = 5
MEASURE_ROWS = 6


@dataclass(frozen=True)
class TrustModel:
    """Trust one way: the figure (its tip holds every cause), a word, and the causes that weigh most."""

    title: str
    value: Number
    word: str
    causes: tuple[tuple[str, Number], ...]


@dataclass(frozen=True)
class ProductionRow:
    """A mineral the nation makes: stage (mine or refine), share of the world, tonnes a half-year."""

    mineral: str
    name: str
    stage: str
    share: Number
    tonnes: Number


@dataclass(frozen=True)
class SaleRow:
    """What flows from it to the seat."""

    mineral: str
    name: str
    tonnes: Number
    terms: str
    is_contract: bool


@dataclass(frozen=True)
class MeasureRow:
    """An export measure of it in force."""

    mineral: str
    text: Number


def trust(scene: Scene, truster: str, trusted: str) -> TrustModel:
    """How far one nation trusts another: where it began, each tie behind that, and what was posted since."""
    i, j = scene.position(truster), scene.position(trusted)
    value = float(scene.world.trust[0, i, j])
    causes = trust_causes(scene, i, j)
    is_mine = truster == scene.seat
    title = _("You trust them") if is_mine else _("They trust you")
    figure = field_number(
        value, "index", "trust", title=title, causes=tuple(causes),
        meaning=_("0 is open hostility, 50 neither way, 100 an ally; it moves prices of risk and what they sign."),
    )  # fmt: skip
    shown = sorted(causes[1:], key=lambda cause: -abs(cause.value))[:3]
    rows = tuple((cause.text, _points(cause)) for cause in shown)
    return TrustModel(title, figure, trust_words(value), rows)


def _points(cause: Cause) -> Number:
    return field_number(
        cause.value,
        "points",
        "trust_posting",
        title=cause.text,
        signed=True,
        text=fmt.plain(cause.value, 1, signed=True),
        meaning=_("Points of trust: ties of 2024 count from the start, others were posted since."),
    )


def trust_causes(scene: Scene, i: int, j: int) -> list[Cause]:
    """The neutral start, ties in force at the start, and postings of all turns by cause; together the trust now."""
    notes = scene.baseline.trust_note.get((i, j), ())
    opening = float(scene.baseline.trust[i, j])
    base = opening - sum(points for _text, points in notes)
    causes = [Cause(_("Start without any tie"), base, fmt.plain(base, 1), "high")]
    causes += [Cause(_(text), points, fmt.plain(points, 1, signed=True)) for text, points in notes]
    posted = sum(world.trust_posting[0, i, j] for world in scene.past[1:])
    for cause, points in zip(TRUST_CAUSES, np.atleast_1d(posted) if len(scene.past) > 1 else (), strict=False):
        if abs(points) > 1e-6:
            causes.append(Cause(cause_words(cause), float(points), fmt.plain(float(points), 1, signed=True)))
    return causes


def production(scene: Scene, nation: str) -> list[ProductionRow]:
    """The minerals it mines and refines, by share of the world."""
    n = scene.position(nation)
    found: list[tuple[float, ProductionRow]] = []
    for stage in ("mine", "refine"):
        for m, mineral in enumerate(scene.axes.minerals):
            output = output_t(scene, m, stage)
            share = float(output[n]) / (float(output.sum()) or 1.0)
            if share >= LEAST_SHARE:
                found.append((share, _production_row(scene, n, m, mineral, stage, share, float(output[n]))))
    found.sort(key=lambda pair: -pair[0])
    return [row for _share, row in found[: MOST_ROWS + 1]]


def _production_row(
    scene: Scene, n: int, m: int, mineral: str, stage: str, share: float, tonnes: float
) -> ProductionRow:
    name, word = scene.name(mineral), _("mined") if stage == "mine" else _("refined")
    title = _("{mineral} {stage}", mineral=name, stage=word)
    names = stage_fields(stage)
    return ProductionRow(
        mineral, name.partition(" (")[0], stage,
        field_number(share, "share", names, title=title, meaning=_("Share of the world's output last turn.")),
        field_number(tonnes, "t_per_turn", names, title=title, meaning=_("Output of the last half-year.")),
    )  # fmt: skip


def sales(scene: Scene, nation: str) -> list[SaleRow]:
    """What it sold to the seat last turn, largest value first."""
    i, j = scene.position(nation), scene.nation
    found: list[tuple[float, SaleRow]] = []
    for m, mineral in enumerate(scene.axes.minerals):
        for layer, field in enumerate(("ore_flow_t", "refined_flow_t")):
            tonnes = float(scene.world.arrays[field][0, m, i, j])
            price = scene.baseline.price_usd_per_t if layer == REFINED else scene.baseline.ore_price_usd_per_t
            if tonnes * float(price[m]) > 1e4:
                found.append((tonnes * float(price[m]), _sale(scene, m, mineral, layer, field, i, j, tonnes)))
    found.sort(key=lambda pair: -pair[0])
    return [row for _value, row in found[:MOST_ROWS]]


def _sale(scene: Scene, m: int, mineral: str, layer: int, field: str, i: int, j: int, tonnes: float) -> SaleRow:
    row = scene.level.mineral(mineral)
    goods = _(row.refined_name) if layer == REFINED else _(row.ore_name)
    short = scene.name(mineral).partition(" (")[0]
    name = short if layer == REFINED else _("{mineral} ore", mineral=short)
    bound = contracted_t(scene, m, layer, i, j)
    figure = field_number(
        tonnes, "t_per_turn", (field, "contract_delivered_t"), title=_("{mineral} bought from them", mineral=short),
        meaning=_("{goods} delivered to you in the last half-year; under contract: {bound}.",
                  goods=goods.capitalize(), bound=fmt.mass(bound)),
    )  # fmt: skip
    return SaleRow(mineral, name, figure, _("contract") if bound > 0 else _("spot"), bound > 0)


def measures(scene: Scene, nation: str) -> list[MeasureRow]:
    """Its export measures in force in the model."""
    n, world, found = scene.position(nation), scene.world, []
    for m, mineral in enumerate(scene.axes.minerals):
        for layer, layer_name in enumerate(LAYERS):
            quota, tax = float(world.export_quota_t[0, n, m, layer]), float(world.export_tax[0, n, m, layer])
            if np.isfinite(quota) or tax > 0:
                found.append(MeasureRow(mineral, _measure_number(scene, n, m, layer, layer_name, quota, tax)))
    return found[:MEASURE_ROWS]


def _measure_number(scene: Scene, n: int, m: int, layer: int, layer_name: str, quota: float, tax: float) -> Number:
    world = scene.world
    goods = _("{mineral} ({layer})", mineral=scene.name(scene.axes.minerals[m]), layer=_(layer_name))
    targets = world.export_target[0, n, m, layer]
    hits_you = bool(targets[scene.nation])
    until = int(world.export_until[0, n, m, layer])
    parts = (
        [_("ban") if quota <= 0 else _("at most {tonnes} a turn", tonnes=fmt.mass(quota))] if np.isfinite(quota) else []
    )
    parts += [_("goods made of it too")] if world.export_goods[0, n, m, layer] else []
    parts += [_("tax {share}", share=fmt.percent(tax))] if tax > 0 else []
    count = int(targets.sum())
    whom = _("you among {n} buyers named", n=count) if hits_you else _("{n} buyers named, not you", n=count)
    return field_number(
        quota if np.isfinite(quota) else tax, "t_per_turn" if np.isfinite(quota) else "share",
        ("export_quota_t", "export_tax", "export_target", "export_until"), title=_("Export measure"),
        meaning=_("{whom}; holds to {date}.", whom=whom, date=fmt.turn_date(until)),
        text=f"{goods}: {', '.join(parts)}", tone="warn" if hits_you else "text",
    )  # fmt: skip


@dataclass(frozen=True)
class CapacityRow:
    """Capacity of a mineral at a stage: now, at work, and what opens when."""

    mineral: str
    text: str
    capacity: Number
    coming: tuple[Number, ...]


def capacity(scene: Scene, nation: str) -> list[CapacityRow]:
    """Sites and what is under construction, the most valuable first."""
    n, world, found = scene.position(nation), scene.world, []
    for m, mineral in enumerate(scene.axes.minerals):
        for s, stage in enumerate(STAGES):
            now = float(world.capacity_t[0, n, m, s]) * TURNS_PER_YEAR
            coming = world.pipeline_t[0, n, m, s]
            if now <= 0 and coming.sum() <= 0:
                continue
            price = scene.baseline.ore_price_usd_per_t if stage == "mine" else scene.baseline.price_usd_per_t
            value = (now + float(coming.sum()) * TURNS_PER_YEAR) * float(price[m])
            found.append((value, _capacity_row(scene, mineral, stage, now, coming)))
    found.sort(key=lambda pair: -pair[0])
    return [row for _value, row in found[:14]]


def _capacity_row(scene: Scene, mineral: str, stage: str, now: float, coming: np.ndarray) -> CapacityRow:
    name = scene.name(mineral).partition(" (")[0]
    title = _("{mineral}, {stage}", mineral=name, stage=_(STAGE_WORDS[stage]).lower())
    total = float(coming.sum()) * TURNS_PER_YEAR
    opening: tuple[Number, ...] = ()
    if total > max(1e-6, 0.002 * now):
        first = int(np.flatnonzero(coming > 0)[0])
        causes = tuple(
            Cause(fmt.turn_date(scene.turn + 1 + int(t)), float(coming[t]) * TURNS_PER_YEAR,
                  fmt.mass(float(coming[t]) * TURNS_PER_YEAR, signed=True))
            for t in np.flatnonzero(coming > 0)[:8]
        )  # fmt: skip
        opening = (
            field_number(
                total, "t_per_year", "pipeline_t", title=_("{title}: under construction", title=title), causes=causes,
                meaning=_("Capacity a year that opens, by half-year (the first eight dates)."),
                text=_("{tonnes} from {date}", tonnes=fmt.mass(total, signed=True),
                       date=fmt.turn_date(scene.turn + 1 + first)), tone="accent",
            ),
        )  # fmt: skip
    figure = field_number(
        now, "t_per_year", "capacity_t", title=title, meaning=_("Nameplate capacity of its sites, a year."),
    )  # fmt: skip
    return CapacityRow(mineral, title, figure, opening)


def economy(scene: Scene, nation: str) -> list[tuple[str, Number]]:
    """Treasury, support, reliability, industry, measures of its place in the chains, GDP and population."""
    n, world, level = scene.position(nation), scene.world, scene.level
    rows = [
        (_("Treasury"), field_number(
            float(world.treasury_usd_bn[0, n]), "usd_bn", "treasury_usd_bn", title=_("Treasury"),
            meaning=_("Cash of the minerals envelope."))),
        (_("Support"), field_number(
            float(world.support[0, n]), "index", "support", title=_("Support"),
            meaning=_("Share of the public backing the government."))),
        (_("Reliability of its word"), field_number(
            float(world.reliability[0, n]), "index", "reliability", title=_("Reliability"),
            meaning=_("How far the world trusts its word."))),
        (_("Industry"), field_number(
            float(world.industry[0, n]), "index", "industry", title=_("Industry"),
            meaning=_("Output of its mineral-using makers; 100 when all they need arrives."))),
    ]  # fmt: skip
    rows += [
        (_("N-1 security"), measure_number(scene, "n_minus_1", (n,))),
        (_("Value captured"), measure_number(scene, "value_captured", (n,))),
        (_("Final goods lost"), measure_number(scene, "gdp_lost", (n,), better=-1)),
        (_("Licence"), measure_number(scene, "licence", (n,))),
        (_("Integrity"), field_number(
            float(world.integrity[0, n]), "index", "integrity", title=_("Integrity"),
            meaning=_("How clean the government's dealings are; investors ask for less where it rises."))),
    ]  # fmt: skip
    if world.stress_partner[0, scene.nation] == n:
        tested = field_number(
            float(world.stressed_industry[0, scene.nation]),
            "index",
            "stressed_industry",
            title=_("Stress test"),
            meaning=_("Your industry after half a year without its exports, markets cleared anew; start = 100."),
        )
        rows.append((_("Your industry without it"), tested))
    if nation != scene.seat:
        rows += [
            (_("Its leverage on you"), measure_number(scene, "leverage", (n, scene.nation), better=-1)),
            (_("Your leverage on it"), measure_number(scene, "leverage", (scene.nation, n))),
        ]
    row = level.nation(nation)
    rows.append((_("Economy"), number(
        row.gdp.value, "usd_bn_per_year", title=_("Gross domestic product"), meaning=_("Of 2024, a year."),
        source=source.row(level, "nations", nation, "gdp"))))  # fmt: skip
    rows.append(
        (
            _("People"),
            number(
                row.population.value,
                "count",
                title=_("Population"),
                meaning=_("Millions, 2024."),
                source=source.row(level, "nations", nation, "population"),
                text=fmt.compact(row.population.value * 1e6),
            ),
        )
    )
    return rows


@dataclass(frozen=True)
class PastOrder:
    """An order from the public log."""

    date: Number
    text: Number
    is_done: bool


def past_orders(scene: Scene, nation: str, turns: int = 8) -> list[PastOrder]:
    """Its orders of the last turns, newest first."""
    found = []
    for turn in range(scene.turn, max(0, scene.turn - turns), -1):
        for line in scene.match.report(turn).log:
            if line.carried.nation == nation:
                found.append(
                    PastOrder(_date(turn), _order_words(line.carried.order.kind, line.text), line.carried.done)
                )
    return found


def _date(turn: int) -> Number:
    return source.game_number(
        None, "date", _("the public log"), title=_("Half-year"), meaning=_("When the order was given."),
        text=fmt.turn_date(turn),
    )  # fmt: skip


def _order_words(kind: str, words: str) -> Number:
    return number(
        None, "as written", title=_("Order from the public log"), text=words,
        meaning=_("What the nation ordered, with the order's own figures."), source=source.game(
            _("the public log, order {kind}", kind=kind)),
    )  # fmt: skip
