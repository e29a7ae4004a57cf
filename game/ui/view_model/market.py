"""The market of one mineral: its price and what moved it, who makes it, who supplies you, how long stocks last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.measures import MONTHS_PER_TURN, months_of_cover, supplier_shares
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number, Tip
from game.ui.view_model import source
from game.ui.view_model.lens import output_t, stage_fields
from game.ui.view_model.measure import measure_number
from game.ui.view_model.order_words import months_words
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number

START_YEAR = 2025
MOST_SUPPLIERS, MOST_PARTS = 8, 4
MOST_BRIEF, MOST_CAPTION = 9, 7  # letters of a name that a narrow column holds, and the caption of a figure
CODES = {"EUU": "EU", "USA": "US", "GBR": "UK"}
CONCENTRATED, UNCONCENTRATED = 1800, 1000  # bounds of the US Merger Guidelines 2023
COVER_TARGET_MONTHS = 6.0


@dataclass(frozen=True)
class PriceModel:
    """Two lines over years: the world price and the price at home; x is a calendar year, 2025.25 the first half."""

    xs: tuple[float, ...]
    world: tuple[float, ...]
    home_xs: tuple[float, ...]
    home: tuple[float, ...]
    tip: Tip
    inside: Number


def prices(scene: Scene, m: int) -> PriceModel:
    """Annual real prices to 2024, then the price after every turn."""
    history, path = scene.price_history(m), scene.price_path(m)
    years = [START_YEAR - 1 - k + 0.5 for k in range(len(history) - 1, 0, -1)]
    played = [START_YEAR - 0.5, *(START_YEAR + 0.25 + 0.5 * k for k in range(len(path) - 1))]
    base = float(scene.baseline.price_usd_per_t[m])
    home = [base * float(np.exp(world.delivered_ln[0, scene.nation, m])) for world in scene.past]
    mineral = scene.axes.minerals[m]
    line = source.fields("headline_ln", "delivered_ln") + source.SEPARATOR + source.row(scene.level, "prices", mineral)
    tip = Tip(
        _("Price of {mineral}", mineral=scene.name(mineral)),
        fmt.price(path[-1]),
        _("Money of 2024; before 2025 one mean a year, then one price a half-year."),
        fmt.unit_name("usd_per_t"),
        (),
        line,
    )
    inside = field_number(
        home[-1], "usd_per_t", "delivered_ln", title=_("Price at home"),
        meaning=_("What your users pay for the metal delivered, freight and taxes on the way included."),
    )  # fmt: skip
    return PriceModel((*years, *played), (*history[:-1], *path), tuple(played), tuple(home), tip, inside)


def x_words(x: float) -> str:
    """A place on the time axis: '2019', '2025 H1'."""
    if x < START_YEAR or x == int(x):
        return str(int(x))
    return f"{int(x)} H{1 if x % 1 < 0.5 else 2}"


@dataclass(frozen=True)
class SupplierModel:
    """One source of your refined supply."""

    nation: str
    label: str
    share: Number


@dataclass(frozen=True)
class SuppliersModel:
    """Your sources, the cap on them, how concentrated and how risky they are, and what is left without the largest.

    Under a cap the shares are those the cap is set on, of ordinary use; `basis` says so.
    """

    rows: tuple[SupplierModel, ...]
    basis: str
    cap: Number | None
    hhi: Number
    abroad: Number
    risk: Number
    met: Number
    largest: str
    is_trading: bool


def suppliers(scene: Scene, m: int) -> SuppliersModel:
    """Shares in the refined metal delivered to the seat, home last turn's output included."""
    shares = supplier_shares(scene.world, scene.nation, m)[0]
    mineral = scene.name(scene.axes.minerals[m])
    order = [int(k) for k in np.argsort(-shares, kind="stable") if shares[k] > 0.0005]
    cap = float(scene.plan.world.sourcing_cap_share[0, scene.nation, m])
    per_need = _per_need(scene, m) if cap < 1 else None
    rows = [_supplier(scene, k, float(shares[k]), mineral, per_need) for k in order[:MOST_SUPPLIERS]]
    rest = float(shares[order[MOST_SUPPLIERS:]].sum())
    if rest > 0.0005:
        rows.append(SupplierModel("", _("Others"), _share_number(_("Others"), rest, mineral, per_need)))
    foreign = [k for k in order if k != scene.nation]
    return SuppliersModel(
        tuple(rows), _("refined") if per_need is None else _("refined, of ordinary use"),
        _cap(cap) if cap < 1 else None, _hhi(float(((100 * shares[foreign]) ** 2).sum()), mineral),
        measure_number(scene, "import_reliance", (scene.nation, m), mineral.lower()),
        measure_number(scene, "supply_risk", (scene.nation, m), mineral.lower()),
        _met(scene, m, foreign), _brief_name(scene, foreign[0], MOST_CAPTION) if foreign else "", bool(order),
    )  # fmt: skip


def _per_need(scene: Scene, m: int) -> float | None:
    """What was delivered to the seat as a multiple of its makers' ordinary use; None where they use none."""
    need = float(scene.world.need_t[0, scene.nation, m].sum())
    return float(scene.world.refined_flow_t[0, m, :, scene.nation].sum()) / need if need > 0 else None


def _supplier(scene: Scene, k: int, share: float, mineral: str, per_need: float | None) -> SupplierModel:
    nation = scene.axes.nations[k]
    label = _("Your own output") if nation == scene.seat else scene.name(nation)
    return SupplierModel(nation, label, _share_number(label, share, mineral, per_need))


def _share_number(label: str, share: float, mineral: str, per_need: float | None) -> Number:
    if per_need is not None:
        return field_number(
            share * per_need, "share", ("refined_flow_t", "need_t"), title=label,
            meaning=_("Refined {mineral} delivered to you in the last half-year as a share of your makers' ordinary "
                      "use, which the cap is set on; of all that was delivered it is {share}.",
                      mineral=mineral, share=fmt.percent(share)),
        )  # fmt: skip
    return field_number(
        share, "share", "refined_flow_t", title=label,
        meaning=_("Share of the refined {mineral} delivered to you in the last half-year.", mineral=mineral),
    )  # fmt: skip


def _cap(cap: float) -> Number:
    return field_number(
        cap, "share", "sourcing_cap_share", title=_("Sourcing cap"),
        meaning=_("The most that one foreign supplier may deliver, as a share of your makers' ordinary use; your "
                  "orders of this turn are included."),
        text=_("{share} cap", share=fmt.percent(cap)),
    )  # fmt: skip


def _hhi(value: float, mineral: str) -> Number:
    tone = "bad" if value > CONCENTRATED else "warn" if value > UNCONCENTRATED else "good"
    return field_number(
        value,
        "hhi",
        "refined_flow_t",
        title=_("Concentration of your supply"),
        tone=tone,
        meaning=_(
            "Sum of the squared percentage shares of your foreign sources of {mineral}; over {limit} is concentrated.",
            mineral=mineral,
            limit=fmt.plain(CONCENTRATED),
        ),
    )


def _met(scene: Scene, m: int, foreign: list[int]) -> Number:
    """Share of a half-year's need met by all but the largest foreign supplier, stocks left out."""
    world, n = scene.world, scene.nation
    need = float(world.need_t[0, n, m].sum())
    flow = world.refined_flow_t[0, m, :, n]
    left = float(flow.sum()) - (float(flow[foreign[0]]) if foreign else 0.0)
    met = min(1.0, left / need) if need > 0 else 1.0
    return field_number(
        met,
        "share",
        ("refined_flow_t", "need_t"),
        title=_("Need met without {nation}", nation=scene.name(scene.axes.nations[foreign[0]]))
        if foreign
        else _("Need met"),
        meaning=_(
            "What the others deliver against your makers' need, before stocks are touched. Deliveries may exceed need "
            "while stocks are being filled."
        ),
        tone="good" if met >= 0.9 else "warn" if met >= 0.6 else "bad",
    )


@dataclass(frozen=True)
class PartModel:
    """A nation's part of a stage."""

    key: str
    label: str
    share: float
    number: Number


@dataclass(frozen=True)
class StageModel:
    """A stage of the chain: its largest share and its parts."""

    key: str
    title: str
    largest: Number
    parts: tuple[PartModel, ...]


@dataclass(frozen=True)
class LinkModel:
    """Trade between a part of one stage and a part of the next, as shares of both stages."""

    stage: int
    origin: str
    target: str
    origin_share: float
    target_share: float
    is_mine: bool


def chain(scene: Scene, m: int, *, brief: bool = False) -> tuple[list[StageModel], list[LinkModel]]:
    """Mining, refining and use by nation, and the trade that joins them; `brief` writes long names as codes."""
    world = scene.world
    columns = (
        ("mined", _("Mined"), output_t(scene, m, "mine"), stage_fields("mine")),
        ("refined", _("Refined"), output_t(scene, m, "refine"), stage_fields("refine")),
        ("used", _("Used"), world.use_t[0, :, m].sum(-1), ("use_t",)),
    )
    stages = [_stage(scene, m, key, title, output, names, brief) for key, title, output, names in columns]
    links = _links(scene, stages, 0, world.ore_flow_t[0, m]) + _links(scene, stages, 1, world.refined_flow_t[0, m])
    return stages, links


def _stage(
    scene: Scene, m: int, key: str, title: str, output: np.ndarray, names: tuple[str, ...], brief: bool
) -> StageModel:
    total = float(output.sum()) or 1.0
    order = [int(k) for k in np.argsort(-output, kind="stable") if output[k] / total > 0.01]
    chosen = order[:MOST_PARTS]
    if scene.nation in order and scene.nation not in chosen:
        chosen.append(scene.nation)
    parts = [_part(scene, k, float(output[k]) / total, title, names, float(output[k]), brief) for k in chosen]
    rest = 1.0 - sum(part.share for part in parts)
    if rest > 0.005:
        parts.append(PartModel("", _("Other"), rest, _part_number(_("Other"), rest, title, names, rest * total)))
    largest = max((part for part in parts if part.key), key=lambda part: part.share, default=None)
    share = largest.share if largest else 0.0
    figure = field_number(
        share,
        "share",
        names,
        title=_("Largest share"),
        tone="bad" if share > 0.5 else "warn" if share > 0.3 else "text",
        meaning=_("Share of the world of the nation that leads: {nation}.", nation=largest.label if largest else "–")
        + _concentration(scene, key, m),
    )
    return StageModel(key, title, figure, tuple(parts))


def _concentration(scene: Scene, stage: str, m: int) -> str:
    """The Herfindahl index of a stage of making, in words; nothing for use."""
    name = {"mined": "hhi_mine", "refined": "hhi_refine"}.get(stage)
    if name is None:
        return ""
    figure = measure_number(scene, name, (m,))
    return " " + _("Herfindahl index {hhi}; above 1,800 a market counts as concentrated.", hhi=figure)


def _part(
    scene: Scene, k: int, share: float, stage: str, names: tuple[str, ...], tonnes: float, brief: bool
) -> PartModel:
    nation = scene.axes.nations[k]
    label = scene.name(nation)
    shown = _brief_name(scene, k) if brief else label
    return PartModel(nation, shown, share, _part_number(label, share, stage, names, tonnes))


def _brief_name(scene: Scene, k: int, most: int = MOST_BRIEF) -> str:
    """A nation's name where it is short, else its code."""
    nation = scene.axes.nations[k]
    name = scene.name(nation)
    return CODES.get(nation, nation) if len(name) > most else name


def _part_number(label: str, share: float, stage: str, names: tuple[str, ...], tonnes: float) -> Number:
    return field_number(
        share, "share", names, title=f"{label}, {stage.lower()}",
        meaning=_("Share of the world in the last half-year: {tonnes}.", tonnes=fmt.mass(tonnes)),
        text=fmt.plain(100 * share),
    )  # fmt: skip


def _links(scene: Scene, stages: list[StageModel], stage: int, flow: np.ndarray) -> list[LinkModel]:
    left = [part.key for part in stages[stage].parts if part.key]
    right = [part.key for part in stages[stage + 1].parts if part.key]
    total = float(flow.sum()) or 1.0
    found = []
    for origin in left:
        for target in right:
            share = float(flow[scene.position(origin), scene.position(target)]) / total
            if share > 0.002:
                found.append(LinkModel(stage, origin, target, share, share, scene.seat in (origin, target)))
    return found


@dataclass(frozen=True)
class StockModel:
    """Stocks at home in tonnes and months of use."""

    cover: Number
    share: float
    rows: tuple[tuple[str, Number, Number], ...]
    moves: tuple[tuple[str, Number], ...]


def stocks(scene: Scene, m: int) -> StockModel:
    """Public and commercial stock of the seat, and the months of present use they last."""
    world, n = scene.world, scene.nation
    use = float(world.use_t[0, n, m].sum())
    months = float(months_of_cover(world)[0, n, m])
    cover = field_number(
        months, "months", ("public_stock_t", "commercial_stock_t", "use_t"), title=_("Months of cover"),
        meaning=_("How long public and commercial stock would last at present use; the scale ends at {n} months.",
                  n=fmt.plain(COVER_TARGET_MONTHS)),
        text=fmt.trimmed(months, 2) if months < 99 else "99+",
    )  # fmt: skip
    rows = []
    for name, words in (
        ("public_stock_t", _("Stockpile of the state")),
        ("commercial_stock_t", _("Users and traders")),
    ):
        tonnes = float(world.arrays[name][0, n, m])
        part = MONTHS_PER_TURN * tonnes / use if use > 0 else 0.0
        amount = field_number(tonnes, "t", name, title=words, meaning=_("Held at the end of the last half-year."))
        lasts = field_number(
            part, "months", (name, "use_t"), title=words, meaning=_("Months of present use that it lasts."),
            text=months_words(part),
        )  # fmt: skip
        rows.append((words, amount, lasts))
    return StockModel(cover, months / COVER_TARGET_MONTHS, tuple(rows), _stock_moves(scene, m))


def _stock_moves(scene: Scene, m: int) -> tuple[tuple[str, Number], ...]:
    """What the state bought, released and pays for storing, and what is on order."""
    world, n = scene.world, scene.nation
    ordered = float(scene.plan.world.purchase_t[0, n, m].sum())
    price = float(scene.view.price_usd_per_t[m])
    storage = float(world.public_stock_t[0, n, m]) * price * scene.calibration.parameters.storage_rate / 1e9
    return (
        (_("On order"), field_number(
            ordered, "t", "purchase_t", title=_("Stockpile purchases on order"),
            meaning=_("Tonnes ordered and not delivered yet, your orders of this turn included."))),
        (_("Bought last turn"), field_number(
            float(world.purchased_t[0, n, m]), "t", "purchased_t", title=_("Bought for the stockpile"),
            meaning=_("Tonnes that reached the stockpile in the last half-year."))),
        (_("Released last turn"), field_number(
            float(world.released_t[0, n, m]), "t", "released_t", title=_("Released from the stockpile"),
            meaning=_("Tonnes sold or delivered from the stockpile in the last half-year."))),
        (_("Storage, a turn"), field_number(
            storage, "usd_bn", ("public_stock_t", "delivered_ln"), title=_("Cost of storage"),
            meaning=_("A fixed share of the stockpile's value, paid every half-year."))),
    )  # fmt: skip
