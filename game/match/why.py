"""Why a number moved in a turn: groups of causes that add up to its change, and the acts within each group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from game.engine.acts import KINDS, Act, Effects, left_out
from game.engine.calibrate import Calibration
from game.engine.explain import CAUSE_GROUPS, Numbers, Split, Step, split
from game.engine.measures.table import HEADLINES, MEASURES, cleared_measures, headline_measures
from game.match.cause import GROUP_TITLES, Cause, largest_first, summing
from game.rules.orders._base import Order
from game.text import _

if TYPE_CHECKING:
    from game.match.report import LogLine

LEAST_ACT = 0.01  # of a bar: acts that are less are not told

ACT_TITLES = {
    "outage": "Outages, {who}",
    "site": "Capacity, {who}",
    "ore": "Ore used up",
    "idled": "Idle sites, {who}",
    "host": "By-products, {who}",
    "purity": "High purity",
    "cost": "Costs, {who}",
    "maker": "Makers' capacity, {who}",
    "plan": "Makers' plans, {who}",
    "trend": "Growth",
    "shock": "Ups and downs, {who}",
    "substitution": "Answer to past prices",
    "variant": "Choice of variants",
    "scar": "Users who left for good",
    "saving": "Substitutes",
    "scrap": "Scrap that comes back",
    "design": "Designs of final goods",
    "purchase": "Purchases, {who}",
    "release": "Sales of stockpiles, {who}",
    "commercial_stock": "Users and traders",
    "export_measure": "Export measures, {who}",
    "sourcing_cap": "Sourcing caps, {who}",
    "sanction": "Sanctions",
    "import_tariff": "Import terms, {who}",
    "processing": "Processing rules, {who}",
    "royalty": "Royalties, {who}",
    "acceptance": "Acceptance of sites",
    "integrity": "Integrity, {who}",
    "floor": "Price floors, {who}",
    "allocation": "Emergency allocation, {who}",
    "thrift": "Thrift standards, {who}",
    "collection": "Take-back rules, {who}",
    "treaty": "Tariffs, borders and standards by treaty",
    "procurement": "Joint purchases, {who}",
    "output_quota": "Output quotas, {who}",
    "calm": "Consultation, {who}",
    "contract": "Contract, {who}",
    "corridor": "Corridors, {who}",
    "tension": "Tension between nations",
    "at_sea": "Goods at sea",
    "expectation": "Holders of stock",
    "fear": "Fear of lost supply",
    "lagged_price": "Miners",
}
ORDER_OF = {
    "purchase": "buy_stock",
    "release": "release_stock",
    "export_measure": "restrict_exports",
    "sourcing_cap": "cap_sourcing",
    "royalty": "set_royalty",
    "processing": "require_processing",
    "floor": "set_price_floor",
    "import_tariff": "set_import_terms",
    "thrift": "set_thrift",
    "allocation": "allocate_supply",
    "collection": "mandate_collection",
}


class _Clearings:
    """What re-clearing a turn with causes held back says of some numbers, found when it is first asked for."""

    def __init__(self, pair: tuple[Step, Step], calibration: Calibration, numbers: Numbers) -> None:
        self._given = (*pair, calibration, numbers)

    @cached_property
    def split(self) -> Split:
        return split(*self._given)

    @cached_property
    def by_mineral(self) -> Effects:
        return left_out(*self._given, by_mineral=True)

    @cached_property
    def whole(self) -> Effects:
        return left_out(*self._given, by_mineral=False)


class Explanation:
    """Causes of the numbers of one turn, found when they are first asked for."""

    def __init__(
        self,
        steps: Callable[[], tuple[Step, Step]],
        calibration: Calibration,
        log: Callable[[], Sequence[LogLine]],
        name: Callable[[str], str],
    ) -> None:
        """`steps` gives the turn before and the turn itself, `log` its orders, `name` what ids are called."""
        self._steps, self._log, self._name = steps, log, name
        self._calibration = calibration

    def change(self, measure: str, nation: int, mineral: int) -> tuple[float, float]:
        """A measure before and after the turn; a position is ignored where the measure has no such axis."""
        place, found = _place(measure, nation, mineral), self._causes_of(measure).split
        return float(found.before[measure][place]), float(found.after[measure][place])

    def causes(self, measure: str, viewer: int, nation: int, mineral: int = 0) -> tuple[Cause, ...]:
        """The groups of causes of a measure's change, which sum to it, each with its acts as `viewer` may know them."""
        place, found = _place(measure, nation, mineral), self._causes_of(measure)
        by_mineral = "M" in MEASURES[measure].axes
        effects = found.by_mineral if by_mineral else found.whole
        at: tuple[Any, ...] = (slice(None), *place)
        parts = found.split.part[measure][at]
        shares = effects.shared(measure, place, parts, mineral if by_mineral else 0)
        causes = []
        for group, part, acts in zip(CAUSE_GROUPS, parts, shares, strict=True):
            told = self._told(acts, float(part), viewer, mineral if by_mineral else None)
            causes.append(Cause(group, _(GROUP_TITLES[group]), float(part), told))
        drift = float(found.split.drift[measure][place])
        causes.append(Cause("version", _(GROUP_TITLES["version"]), drift))
        return summing(largest_first(causes), *self.change(measure, nation, mineral))

    @cached_property
    def _pair(self) -> tuple[Step, Step]:
        return self._steps()

    def _causes_of(self, measure: str) -> _Clearings:
        """The clearings that explain a measure: those of the report, or, for the others, some with all measures."""
        return self._headlines if measure in HEADLINES else self._others

    @cached_property
    def _headlines(self) -> _Clearings:
        return _Clearings(self._pair, self._calibration, headline_measures)

    @cached_property
    def _others(self) -> _Clearings:
        return _Clearings(self._pair, self._calibration, cleared_measures)

    def _told(self, acts: list[tuple[Act, float]], part: float, viewer: int, mineral: int | None) -> tuple[Cause, ...]:
        """Acts in words, largest first; those of the same words are one, and small ones are left out."""
        amount: dict[tuple[str, str, str], float] = {}
        for act, share in acts:
            key = self._named(act, viewer, mineral)
            amount[key] = amount.get(key, 0.0) + share
        least = LEAST_ACT * abs(part)
        return largest_first(
            Cause(name, title, value, brief=brief)
            for (name, title, brief), value in amount.items()
            if abs(value) >= least
        )

    def _named(self, act: Act, viewer: int, mineral: int | None) -> tuple[str, str, str]:
        """The name, title and brief title of an act: those of the order that it is, if it is one."""
        template = ACT_TITLES.get(act.kind, GROUP_TITLES.get(act.kind, act.kind))
        words = _(template, who=self._who(act, viewer)) if "{who}" in template else _(template)
        ordered = self._ordered(act, viewer, mineral)
        return (ORDER_OF[act.kind], ordered, words) if ordered else (act.kind, words, "")

    def _ordered(self, act: Act, viewer: int, mineral: int | None) -> str:
        """The act as the one order of the turn that it is, "" when it is none or several."""
        kind = ORDER_OF.get(act.kind)
        if kind is None or len(act.places) != 1:
            return ""
        axes = self._calibration.axes
        nation = axes.nations[act.places[0]]
        lines = [
            line
            for line in self._log()
            if line.carried.done
            and line.carried.nation == nation
            and line.carried.order.kind == kind
            and (mineral is None or _is_about(line.carried.order, axes.minerals[mineral]))
            and (act.places[0] == viewer or getattr(line.carried.order, "tempo", "") != "quiet")
        ]
        return f"{self._name(nation)}: {lines[0].text}" if len(lines) == 1 else ""

    def _who(self, act: Act, viewer: int) -> str:
        axis = KINDS[act.kind].axis
        if len(act.places) != 1:
            return _("several others")
        place = act.places[0]
        if axis == "C":
            return self._parties(place)
        if axis == "G":
            return self._name(self._calibration.baseline.network.corridor_ids[place])
        # Who bought quietly is known to the buyer alone.
        if act.kind == "purchase" and place != viewer:
            return _("others, quietly")
        return self._name(self._calibration.axes.nations[place])

    def _parties(self, slot: int) -> str:
        """Seller and buyer of a contract, of the one that ended when the slot is free now."""
        old, new = (step.found for step in self._pair)
        world = new if new.contract_seller[0, slot] >= 0 else old
        nations = self._calibration.axes.nations
        seller, buyer = (
            self._name(nations[int(world.arrays[name][0, slot])]) for name in ("contract_seller", "contract_buyer")
        )
        return _("{seller} to {buyer}", seller=seller, buyer=buyer)


def _is_about(order: Order, mineral: str) -> bool:
    """Whether an order is about a mineral: its own, or any where it names none."""
    return getattr(order, "mineral", mineral) == mineral


def _place(measure: str, nation: int, mineral: int) -> tuple[int, ...]:
    position = {"N": nation, "M": mineral}
    return tuple(position[letter] for letter in MEASURES[measure].axes)
