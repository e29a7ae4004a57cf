"""What changed between two turns, each change with the postings or the figures that moved with it.

Every figure here is read from the two worlds; nothing is said to cause anything that no posting or input shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.engine.axes import MINE, ORE, RECYCLE, REFINE
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.explain import CAUSE_GROUPS
from game.engine.fields import ACCOUNTS, CAUSES, POLITICAL_CAPITAL, RELIABILITY, SUPPORT, TREASURY, TRUST_CAUSES
from game.engine.measures import (
    OWN_WORD_WEIGHT,
    fulfilment,
    product_weight,
    value_captured,
)
from game.engine.world import World
from game.match.security import exposure
from game.rules.catalog import ORDERS
from game.text import _

LEAST_SHARE = 0.002  # of the world's need: smaller movements are not worth a line
LEAST_POSTING = 1e-9
LEAST_PRICE_PART = 1e-4  # of the price

CAUSE_TITLES = {
    "envelope": "Budget for minerals",
    "royalty": "Royalties",
    "export_tax": "Export tax",
    "gate_rent": "Rent of export quotas",
    "import_tariff": "Import tariff",
    "contract_settlement": "Contracts settled",
    "storage": "Storage of the stockpile",
    "interest": "Interest on debt",
    "renewal": "New political capital",
    "shortage": "Shortages",
    "price_burden": "Prices paid by makers",
    "new_capacity": "New sites",
    "lost_capacity": "Closed sites",
    "debt": "Public debt",
    "kept_promise": "Promises kept",
    "broken_promise": "Promises broken",
    "recovery": "Time heals",
    "restricted_partner": "Exports restricted",
    "capped_supplier": "Supplier capped",
    "signed": "Treaty signed",
}


PRICE_CAUSE_TITLES = {
    "capacity": "Mines, refineries and recyclers",
    "demand": "What users need",
    "stocks": "Stocks and stockpiles",
    "policy": "Export measures, caps and contracts",
    "routes": "Routes",
    "expectations": "What miners and traders expect",
}


@dataclass(frozen=True)
class Cause:
    """One signed part of a change: of an account by posting, of a measure by arithmetic. Parts sum to the change."""

    name: str
    title: str
    amount: float


@dataclass(frozen=True)
class Figure:
    """An input that moved: what, from what, to what. `share` is the movement as a share of the world's need."""

    title: str
    unit: str
    before: float
    after: float
    share: float


@dataclass(frozen=True)
class NumberChange:
    """A number of the top bar; `causes` sum to the change."""

    field: str
    unit: str
    before: float
    after: float
    causes: tuple[Cause, ...] = ()

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True)
class TrustChange:
    """How far another nation trusts this one, with its postings."""

    nation: str
    before: float
    after: float
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class PriceChange:
    """The headline price of a mineral in US$ per tonne, and the price at home.

    `causes` are parts of the headline's change by group of causes, in US$ per tonne, largest first; they sum to it but
    for rounding. `inputs` are the figures of the market that moved, largest first.
    """

    mineral: str
    before: float
    after: float
    home_before: float
    home_after: float
    causes: tuple[Cause, ...]
    inputs: tuple[Figure, ...]

    @property
    def share(self) -> float:
        """Change relative to before."""
        return self.after / self.before - 1


@dataclass(frozen=True)
class ProductReport:
    """How far makers of a product could work: use over need, and the mineral they were shortest of ("" for none)."""

    product: str
    weight: float
    met_before: float
    met: float
    limiting: str


def cause_title(cause: str) -> str:
    """What a cause of postings is called."""
    if cause in ORDERS:
        return _(ORDERS[cause].title)
    return _(CAUSE_TITLES.get(cause, cause))


def account_change(before: World, after: World, nation: int, account: int, unit: str) -> NumberChange:
    """An account with its postings, largest first. Before is after less the postings: orders count into the turn."""
    name = ACCOUNTS[account]
    field = "treasury_usd_bn" if account == TREASURY else name
    posted = after.posting[0, nation, account]
    causes = [
        Cause(cause, cause_title(cause), float(amount))
        for cause, amount in zip(CAUSES, posted, strict=True)
        if abs(amount) > LEAST_POSTING
    ]
    causes.sort(key=lambda cause: -abs(cause.amount))
    values = before.arrays[field][0, nation], after.arrays[field][0, nation]
    return NumberChange(field, unit, float(values[0]), float(values[1]), tuple(causes))


def accounts(before: World, after: World, nation: int) -> tuple[NumberChange, ...]:
    """Treasury, political capital, support and reliability."""
    units = ((TREASURY, "US$ bn"), (POLITICAL_CAPITAL, ""), (SUPPORT, "0-100"), (RELIABILITY, "0-100"))
    return tuple(account_change(before, after, nation, account, unit) for account, unit in units)


def trust_changes(before: World, after: World, nation: int) -> tuple[TrustChange, ...]:
    """The nations whose trust in this one moved, largest first."""
    posted = after.trust_posting[0, :, nation]  # [O, Y]
    moved = posted.sum(axis=-1)
    found = []
    for other in np.argsort(-np.abs(moved), kind="stable"):
        causes = tuple(
            Cause(cause, cause_title(cause), float(amount))
            for cause, amount in zip(TRUST_CAUSES, posted[other], strict=True)
            if abs(amount) > LEAST_POSTING
        )
        if causes:
            old, new = (float(world.trust[0, other, nation]) for world in (before, after))
            found.append(TrustChange(after.axes.nations[other], old, new, causes))
    return tuple(found)


def industry_change(
    before: World, after: World, calibration: Calibration, nation: int, name: Callable[[str], str]
) -> NumberChange:
    """Industry with the part of each product."""
    weight = product_weight(calibration)[nation]
    moved = 100 * weight * (fulfilment(after)[0, nation] - fulfilment(before)[0, nation])
    causes = _parts(tuple(map(name, calibration.axes.products)), moved)
    return NumberChange(
        "industry", "start = 100", float(before.industry[0, nation]), float(after.industry[0, nation]), causes
    )


def value_change(before: World, after: World, calibration: Calibration, nation: int) -> NumberChange:
    """Value captured with the part of each stage."""
    moved = value_captured(after, calibration)[0, nation] - value_captured(before, calibration)[0, nation]
    causes = _parts((_("ore"), _("refining"), _("components")), moved)
    values = before.value_captured[0, nation], after.value_captured[0, nation]
    return NumberChange("value_captured", "0-100", float(values[0]), float(values[1]), causes)


def standing_change(before: World, after: World, nation: int) -> NumberChange:
    """Standing with the part of the nation's word and that of its partners' trust."""
    old, new = (float(world.standing[0, nation]) for world in (before, after))
    word = OWN_WORD_WEIGHT * float(after.reliability[0, nation] - before.reliability[0, nation])
    parts = _parts((_("Reliability of your word"), _("Trust of your partners")), np.array([word, new - old - word]))
    return NumberChange("standing", "0-100", old, new, parts)


def security_change(
    before: World, after: World, calibration: Calibration, nation: int, name: Callable[[str], str]
) -> NumberChange:
    """N-1 security with the part of each product, naming what it would lack and whose stop would hurt most."""
    old, new = (exposure(world, calibration, nation) for world in (before, after))
    values = [float(world.n_minus_1[0, nation]) for world in (before, after)]
    axes = calibration.axes
    causes = []
    for k, product in enumerate(axes.products):
        amount, mineral = float(new.part[k] - old.part[k]), new.mineral[k] if new.mineral[k] >= 0 else old.mineral[k]
        if abs(amount) > LEAST_POSTING:
            named = {"product": name(product), "mineral": name(axes.minerals[mineral]) if mineral >= 0 else ""}
            supplier = name(axes.nations[new.supplier])
            title = _("{product}: {mineral} without {supplier}", supplier=supplier, **named)
            causes.append(Cause(product, title, amount))
    causes.sort(key=lambda cause: -abs(cause.amount))
    return NumberChange("n_minus_1", "0-100", values[0], values[1], tuple(causes))


def price_change(
    before: World,
    after: World,
    calibration: Calibration,
    nation: int,
    mineral: int,
    name: Callable[[str], str],
    parts: Array,
) -> PriceChange:
    """A mineral's price with its causes, `parts` [group] US$ per tonne, and the inputs of its market that moved."""
    base = calibration.baseline.price_usd_per_t[mineral]
    old, new = (float(base * np.exp(world.headline_ln[0, mineral])) for world in (before, after))
    home_old, home_new = (float(base * np.exp(world.delivered_ln[0, nation, mineral])) for world in (before, after))
    inputs = sorted(_inputs(before, after, mineral, name), key=lambda figure: -figure.share)
    moved = tuple(figure for figure in inputs if figure.share >= LEAST_SHARE)
    causes = [
        Cause(group, _(PRICE_CAUSE_TITLES[group]), float(part))
        for group, part in zip(CAUSE_GROUPS, parts, strict=True)
        if abs(part) > LEAST_PRICE_PART * old
    ]
    causes.sort(key=lambda cause: -abs(cause.amount))
    return PriceChange(calibration.axes.minerals[mineral], old, new, home_old, home_new, tuple(causes), moved)


def products(before: World, after: World, calibration: Calibration, nation: int) -> tuple[ProductReport, ...]:
    """The products that a nation makes, heaviest first."""
    weight = product_weight(calibration)[nation]
    met_before, met = fulfilment(before)[0, nation], fulfilment(after)[0, nation]
    need, use = after.need_t[0, nation], after.use_t[0, nation]
    ratio = np.where(need > 0, use / np.where(need > 0, need, 1.0), np.inf)  # [M, K]
    found = []
    for k in np.argsort(-weight, kind="stable"):
        if weight[k] <= 0:
            continue
        short = met[k] < 1 - 1e-6
        limiting = calibration.axes.minerals[int(ratio[:, k].argmin())] if short else ""
        product = calibration.axes.products[k]
        found.append(ProductReport(product, float(weight[k]), float(met_before[k]), float(met[k]), limiting))
    return tuple(found)


def _parts(names: tuple[str, ...], amounts: Array) -> tuple[Cause, ...]:
    causes = [Cause(name, name, float(amount)) for name, amount in zip(names, amounts, strict=True)]
    kept = [cause for cause in causes if abs(cause.amount) > LEAST_POSTING]
    return tuple(sorted(kept, key=lambda cause: -abs(cause.amount)))


def _inputs(before: World, after: World, mineral: int, name: Callable[[str], str]) -> list[Figure]:
    """Inputs of a mineral's market, world totals per turn, before and after."""
    need = float(after.need_t[0, :, mineral].sum())
    old, new = (_totals(world, mineral) for world in (before, after))
    figures = [
        Figure(title, "t", old[title], new[title], abs(new[title] - old[title]) / max(need, 1e-12)) for title in old
    ]
    shut = [int((world.corridor_open[0] <= 0).sum()) for world in (before, after)]
    figures.append(
        Figure(_("Straits and corridors closed"), "", shut[0], shut[1], LEAST_SHARE * abs(shut[1] - shut[0]))
    )
    return figures + _measures(before, after, mineral, need, name)


def _totals(world: World, mineral: int) -> dict[str, float]:
    """World totals of the inputs that are tonnes per turn, by title."""
    capacity = world.capacity_t[0, :, mineral]
    out = (capacity * world.outage_share[0, :, mineral]).sum(axis=0)
    totals = {
        _("Mine capacity"): capacity[:, MINE].sum(),
        _("Refining capacity"): capacity[:, REFINE].sum(),
        _("Recycling capacity"): capacity[:, RECYCLE].sum(),
        _("Mines out of use"): out[MINE],
        _("Refineries out of use"): out[REFINE],
        _("Recyclers out of use"): out[RECYCLE],
        _("Need at ordinary prices"): world.need_t[0, :, mineral].sum(),
        _("Bought for stockpiles"): world.purchased_t[0, :, mineral].sum(),
        _("Released from stockpiles"): world.released_t[0, :, mineral].sum(),
        _("Held by users and traders"): world.commercial_stock_t[0, :, mineral].sum(),
    }
    return {title: float(total) for title, total in totals.items()}


def _measures(before: World, after: World, mineral: int, need: float, name: Callable[[str], str]) -> list[Figure]:
    """Export measures that are new, changed or gone: exports to the nations they name, before and after; taxes."""
    found = []
    for layer, layer_name in enumerate((_("ore"), _("refined metal"))):
        flows = [(world.ore_flow_t if layer == ORE else world.refined_flow_t)[0, mineral] for world in (before, after)]
        for n, nation in enumerate(after.axes.nations):
            old_quota, new_quota = (float(world.export_quota_t[0, n, mineral, layer]) for world in (before, after))
            old_tax, new_tax = (float(world.export_tax[0, n, mineral, layer]) for world in (before, after))
            target = (after if after.export_target[0, n, mineral, layer].any() else before).export_target
            old, new = (float(flow[n, target[0, n, mineral, layer]].sum()) for flow in flows)
            share = abs(new - old) / need if need > 0 else 0.0
            named = {"nation": name(nation), "layer": layer_name}
            if old_quota != new_quota and old != new:
                found.append(Figure(_("{nation}: exports it restricts ({layer})", **named), "t", old, new, share))
            if old_tax != new_tax:
                found.append(Figure(_("{nation}: export tax ({layer})", **named), "share", old_tax, new_tax, share))
    return found
