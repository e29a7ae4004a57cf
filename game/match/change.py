"""What changed between two turns, each change with the postings or the figures that moved with it.

Every figure here is read from the two worlds; nothing is said to cause anything that no posting or input shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.engine.axes import MINE, RECYCLE, REFINE
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.fields import ACCOUNTS, CAUSES, POLITICAL_CAPITAL, RELIABILITY, SUPPORT, TREASURY, TRUST_CAUSES
from game.engine.measures import (
    OWN_WORD_WEIGHT,
    fulfilment,
    partner_share,
    product_weight,
    value_captured,
)
from game.engine.world import World
from game.match.cause import Cause, cause_title, few, largest_first, summing
from game.match.security import exposure
from game.text import _

LEAST_SHARE = 0.002  # of the world's need: smaller movements are not worth a line
FLOW_FIELD = ("ore_flow_t", "refined_flow_t")  # by layer


@dataclass(frozen=True)
class Figure:
    """An input that moved: what, from what, to what; `fields` are those it is read from.

    `share` is the movement as a share of the world's need.
    """

    title: str
    unit: str
    before: float
    after: float
    share: float
    fields: tuple[str, ...]


@dataclass(frozen=True)
class NumberChange:
    """A number of the top bar; `causes` sum to the change, and so do `parts`: the change by what the number is made of,
    such as products or stages."""

    field: str
    unit: str
    before: float
    after: float
    causes: tuple[Cause, ...] = ()
    parts: tuple[Cause, ...] = ()

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

    `causes` are parts of the headline's change by group of causes, in US$ per tonne, largest first; they sum to it.
    `inputs` are the figures of the market that moved, largest first.
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


def account_change(before: World, after: World, nation: int, account: int, unit: str) -> NumberChange:
    """An account with its postings, largest first. Before is after less the postings: orders count into the turn."""
    name = ACCOUNTS[account]
    field = "treasury_usd_bn" if account == TREASURY else name
    posted = after.posting[0, nation, account]
    old, new = float(before.arrays[field][0, nation]), float(after.arrays[field][0, nation])
    return NumberChange(field, unit, old, new, _posted(CAUSES, posted, old, new))


def _posted(names: tuple[str, ...], posted: Array, before: float, after: float) -> tuple[Cause, ...]:
    """Postings by cause as at most six causes, largest first, that sum to the change."""
    causes = [Cause(name, cause_title(name), float(amount)) for name, amount in zip(names, posted, strict=True)]
    return few(summing(largest_first(causes), before, after))


def accounts(before: World, after: World, nation: int) -> tuple[NumberChange, ...]:
    """Treasury, political capital, support and reliability."""
    units = ((TREASURY, "US$ bn"), (POLITICAL_CAPITAL, ""), (SUPPORT, "0-100"), (RELIABILITY, "0-100"))
    return tuple(account_change(before, after, nation, account, unit) for account, unit in units)


def trust_changes(before: World, after: World, nation: int) -> tuple[TrustChange, ...]:
    """The nations whose trust in this one moved, largest first."""
    moved = after.trust_posting[0, :, nation].sum(axis=-1)  # [O]
    found = []
    for other in np.argsort(-np.abs(moved), kind="stable"):
        change = trust_change(before, after, nation, int(other))
        if change.causes:
            found.append(TrustChange(after.axes.nations[other], change.before, change.after, change.causes))
    return tuple(found)


def trust_change(before: World, after: World, nation: int, other: int) -> NumberChange:
    """How far another nation trusts this one, with its postings."""
    old, new = (float(world.trust[0, other, nation]) for world in (before, after))
    return NumberChange(
        "trust", "0-100", old, new, _posted(TRUST_CAUSES, after.trust_posting[0, other, nation], old, new)
    )


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
    causes = _parts((_("ore"), _("refining"), _("products")), moved)
    values = before.value_captured[0, nation], after.value_captured[0, nation]
    return NumberChange("value_captured", "0-100", float(values[0]), float(values[1]), causes)


def standing_change(before: World, after: World, calibration: Calibration, nation: int) -> NumberChange:
    """Standing with its causes: what was posted to the nation's word and to the trust of its partners, weighed by its
    trade with each, and the change of whom it trades with.

    Standing is measured before treaties of the turn are signed, so the trust they bring counts in the next turn.
    """
    old, new = (float(world.standing[0, nation]) for world in (before, after))
    share = [partner_share(world, calibration)[0, :, nation] for world in (before, after)]
    signed = TRUST_CAUSES.index("signed")
    trust = [(world.trust[0] - world.trust_posting[0, ..., signed])[:, nation] for world in (before, after)]
    posted = after.trust_posting[0, :, nation].copy()
    posted[:, signed] = before.trust_posting[0, :, nation, signed]
    mean_share, mean_trust = (share[0] + share[1]) / 2, (trust[0] + trust[1]) / 2
    amount = dict(zip(CAUSES, OWN_WORD_WEIGHT * after.posting[0, nation, RELIABILITY], strict=True))
    for cause, points in zip(TRUST_CAUSES, (mean_share[:, None] * posted).sum(axis=0), strict=True):
        amount[cause] = amount.get(cause, 0.0) + (1 - OWN_WORD_WEIGHT) * points
    amount["partners"] = (1 - OWN_WORD_WEIGHT) * (mean_trust * (share[1] - share[0])).sum()
    causes = _posted(tuple(amount), np.array(list(amount.values())), old, new)
    return NumberChange("standing", "0-100", old, new, causes)


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
        if amount:
            named = {"product": name(product), "mineral": name(axes.minerals[mineral]) if mineral >= 0 else ""}
            supplier = name(axes.nations[new.supplier])
            title = _("{product}: {mineral} without {supplier}", supplier=supplier, **named)
            causes.append(Cause(product, title, amount))
    return NumberChange("n_minus_1", "0-100", values[0], values[1], largest_first(causes))


def price_change(
    before: World,
    after: World,
    calibration: Calibration,
    nation: int,
    mineral: int,
    name: Callable[[str], str],
    causes: tuple[Cause, ...],
) -> PriceChange:
    """A mineral's price with its causes, and the inputs of its market that moved."""
    base = calibration.baseline.price_usd_per_t[mineral]
    old, new = (float(base * np.exp(world.headline_ln[0, mineral])) for world in (before, after))
    home_old, home_new = (float(base * np.exp(world.delivered_ln[0, nation, mineral])) for world in (before, after))
    inputs = sorted(_inputs(before, after, mineral, name), key=lambda figure: -figure.share)
    moved = tuple(figure for figure in inputs if figure.share >= LEAST_SHARE)
    return PriceChange(calibration.axes.minerals[mineral], old, new, home_old, home_new, causes, moved)


def products(before: World, after: World, calibration: Calibration, nation: int) -> tuple[ProductReport, ...]:
    """The products that a nation makes, heaviest first."""
    weight = product_weight(calibration)[nation]
    met_before, met = fulfilment(before)[0, nation], fulfilment(after)[0, nation]
    found = []
    for k in np.argsort(-weight, kind="stable"):
        if weight[k] <= 0:
            continue
        scarcest = int(after.bottleneck[0, nation, k])
        short = scarcest >= 0 and met[k] < 1 - 1e-6
        limiting = calibration.axes.minerals[scarcest] if short else ""
        product = calibration.axes.products[k]
        found.append(ProductReport(product, float(weight[k]), float(met_before[k]), float(met[k]), limiting))
    return tuple(found)


def _parts(names: tuple[str, ...], amounts: Array) -> tuple[Cause, ...]:
    return largest_first(Cause(name, name, float(amount)) for name, amount in zip(names, amounts, strict=True))


def _inputs(before: World, after: World, mineral: int, name: Callable[[str], str]) -> list[Figure]:
    """Inputs of a mineral's market, world totals per turn, before and after."""
    need = float(after.need_t[0, :, mineral].sum())
    figures = [
        Figure(title, "t", old, new, abs(new - old) / max(need, 1e-12), fields)
        for (title, fields, old), (_title, _fields, new) in zip(
            _totals(before, mineral), _totals(after, mineral), strict=True
        )
    ]
    shut = [int((world.corridor_open[0] <= 0).sum()) for world in (before, after)]
    moved = LEAST_SHARE * abs(shut[1] - shut[0])
    figures.append(Figure(_("Straits and corridors closed"), "", shut[0], shut[1], moved, ("corridor_open",)))
    return figures + _measures(before, after, mineral, need, name)


def _totals(world: World, mineral: int) -> list[tuple[str, tuple[str, ...], float]]:
    """World totals of the inputs that are tonnes per turn: title, fields they are read from, total."""
    capacity = world.capacity_t[0, :, mineral]
    out = (capacity * world.outage_share[0, :, mineral]).sum(axis=0)
    working, idle = ("capacity_t",), ("capacity_t", "outage_share")
    return [
        (_("Mine capacity"), working, float(capacity[:, MINE].sum())),
        (_("Refining capacity"), working, float(capacity[:, REFINE].sum())),
        (_("Recycling capacity"), working, float(capacity[:, RECYCLE].sum())),
        (_("Mines out of use"), idle, float(out[MINE])),
        (_("Refineries out of use"), idle, float(out[REFINE])),
        (_("Recyclers out of use"), idle, float(out[RECYCLE])),
        *(
            (title, (field,), float(world.arrays[field][0, :, mineral].sum()))
            for title, field in (
                (_("Need at ordinary prices"), "need_t"),
                (_("Bought for stockpiles"), "purchased_t"),
                (_("Released from stockpiles"), "released_t"),
                (_("Held by users and traders"), "commercial_stock_t"),
            )
        ),
    ]


def _measures(before: World, after: World, mineral: int, need: float, name: Callable[[str], str]) -> list[Figure]:
    """Export measures that are new, changed or gone: exports to the nations they name, before and after; taxes."""
    found = []
    for layer, layer_name in enumerate((_("ore"), _("refined metal"))):
        flows = [world.arrays[FLOW_FIELD[layer]][0, mineral] for world in (before, after)]
        for n, nation in enumerate(after.axes.nations):
            old_quota, new_quota = (float(world.export_quota_t[0, n, mineral, layer]) for world in (before, after))
            old_tax, new_tax = (float(world.export_tax[0, n, mineral, layer]) for world in (before, after))
            target = (after if after.export_target[0, n, mineral, layer].any() else before).export_target
            old, new = (float(flow[n, target[0, n, mineral, layer]].sum()) for flow in flows)
            share = abs(new - old) / need if need > 0 else 0.0
            named = {"nation": name(nation), "layer": layer_name}
            if old_quota != new_quota and old != new:
                title = _("{nation}: exports it restricts ({layer})", **named)
                found.append(Figure(title, "t", old, new, share, ("export_quota_t", FLOW_FIELD[layer])))
            if old_tax != new_tax:
                title = _("{nation}: export tax ({layer})", **named)
                found.append(Figure(title, "share", old_tax, new_tax, share, ("export_tax",)))
    return found
