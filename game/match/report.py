"""The report of a turn: what changed most for a seat and why, and what everybody ordered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from game.engine.axes import ORE, turn_date
from game.engine.calibrate import Calibration
from game.engine.explain import Step
from game.engine.purse import envelope_usd_bn
from game.engine.view import NationView, Offer
from game.engine.world import World
from game.match import change
from game.match.change import Figure, NumberChange, PriceChange, ProductReport, TrustChange
from game.match.resolve import Carried
from game.match.why import Explanation
from game.rules.number import mass, money, percent, price, trimmed
from game.rules.orders.restrict_exports import RestrictExports
from game.text import _

Subject = Literal["number", "price", "order"]
MOST_HEADLINES = 8

# A change of this size in each number counts as much as any other in the ranking: about a tenth of what the number
# moves over a game that goes badly.
FULL_EFFECT = {
    "political_capital": 5.0,
    "support": 5.0,
    "reliability": 5.0,
    "industry": 5.0,
    "standing": 5.0,
    "n_minus_1": 5.0,
    "value_captured": 5.0,
}
FULL_PRICE_LN = 0.1


@dataclass(frozen=True)
class LogLine:
    """One order of the turn in the public log."""

    carried: Carried
    text: str


@dataclass(frozen=True)
class Headline:
    """One thing that changed: `name` is the field, mineral or nation it is about; `effect` ranks it, good above 0."""

    subject: Subject
    name: str
    text: str
    detail: str
    effect: float


@dataclass(frozen=True)
class SeatReport:
    """What a turn brought one nation."""

    nation: str
    numbers: tuple[NumberChange, ...]
    prices: tuple[PriceChange, ...]  # largest effect on the nation first
    products: tuple[ProductReport, ...]
    trust: tuple[TrustChange, ...]
    headlines: tuple[Headline, ...]

    def number(self, field: str) -> NumberChange:
        """The change of one number."""
        return next(number for number in self.numbers if number.field == field)


@dataclass(frozen=True)
class TurnReport:
    """A resolved turn: the worlds on both sides of it and the orders given in it."""

    calibration: Calibration
    before: World
    after: World
    carried: tuple[Carried, ...]
    names: Mapping[str, str]
    steps: Callable[[], tuple[Step, Step]]  # the turn before this one and this one, as their clearings found them
    offers: tuple[Offer, ...] = ()  # that waited for an answer in the turn

    @property
    def turn(self) -> int:
        """The turn that was resolved."""
        return self.after.turn

    @property
    def date(self) -> str:
        """Its half-year."""
        return turn_date(self.turn)

    def name(self, name_id: str) -> str:
        """What a nation or mineral is called."""
        return self.names.get(name_id, name_id)

    @cached_property
    def log(self) -> tuple[LogLine, ...]:
        """Every order of the turn, as its nation saw the world when it gave it."""
        views: dict[str, NationView] = {}
        lines = []
        for item in self.carried:
            if item.nation not in views:
                position = self.calibration.axes.nation_index[item.nation]
                inbox = tuple(offer for offer in self.offers if item.nation in offer.invited)
                views[item.nation] = NationView(self.before, self.calibration, position, inbox, names=self.names)
            lines.append(LogLine(item, item.order.describe(views[item.nation])))
        return tuple(lines)

    @cached_property
    def explanation(self) -> Explanation:
        """Why the numbers of the turn moved."""
        return Explanation(self.steps, self.calibration, lambda: self.log, self.name)

    def seat(self, nation: str) -> SeatReport:
        """The report for one nation."""
        n = self.calibration.axes.nation_index[nation]
        pair = (self.before, self.after)
        numbers = (
            *change.accounts(*pair, n),
            self._explained(change.industry_change(*pair, self.calibration, n, self.name), n),
            change.standing_change(*pair, self.calibration, n),
            self._explained(change.security_change(*pair, self.calibration, n, self.name), n),
            self._explained(change.value_change(*pair, self.calibration, n), n),
        )
        stake = self._stake(n)
        minerals = range(len(self.calibration.axes.minerals))
        prices = [
            change.price_change(*pair, self.calibration, n, m, self.name, self.explanation.causes("price", n, n, m))
            for m in minerals
        ]
        order = sorted(minerals, key=lambda m: -abs(np.log(prices[m].after / prices[m].before)) * abs(stake[m]))
        headlines = [self._number_headline(number, n) for number in numbers]
        headlines += [self._price_headline(prices[m], float(stake[m])) for m in minerals]
        headlines += self._order_headlines(nation, n)
        ranked = sorted(headlines, key=lambda headline: -abs(headline.effect))
        return SeatReport(
            nation,
            numbers,
            tuple(prices[m] for m in order),
            change.products(*pair, self.calibration, n),
            change.trust_changes(*pair, n),
            tuple(headline for headline in ranked if abs(headline.effect) > 0.01)[:MOST_HEADLINES],
        )

    def _explained(self, number: NumberChange, n: int) -> NumberChange:
        """A number that the clearing decides, with its groups of causes beside what it is made of."""
        return replace(number, causes=self.explanation.causes(number.field, n, n), parts=number.causes)

    def _stake(self, n: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """What a dearer mineral means to a nation, [M]: output less use as a share of both at base prices, -1 to 1."""
        base = self.calibration.baseline
        use = self.before.need_t[0, n].sum(axis=-1) * base.price_usd_per_t
        made = (self.before.refined_t + self.before.recycled_t + self.before.synthetic_t)[0, n] * base.price_usd_per_t
        dug = self.before.mined_t[0, n] * base.ore_price_usd_per_t
        total = float((use + np.maximum(made, dug)).sum())
        net: np.ndarray[tuple[int], np.dtype[np.float64]] = (np.maximum(made, dug) - use) / max(total, 1e-12)
        return net

    def _number_headline(self, number: NumberChange, n: int) -> Headline:
        full = FULL_EFFECT.get(number.field) or float(envelope_usd_bn(self.calibration)[n])
        title = number_title(number.field)
        show = money if number.field == "treasury_usd_bn" else trimmed
        text = _("{title} {before} → {after}", title=title, before=show(number.before), after=show(number.after))
        causes = [_("{title} {amount:+.2g}", title=cause.label, amount=cause.amount) for cause in number.causes[:3]]
        return Headline("number", number.field, text, "; ".join(causes), number.change / max(full, 1e-12))

    def _price_headline(self, change: PriceChange, stake: float) -> Headline:
        text = _(
            "{mineral} {share}: {before} → {after}",
            mineral=self.name(change.mineral),
            share=percent(change.share, signed=True),
            before=price(change.before),
            after=price(change.after),
        )
        causes = [_("{title} {amount:+,.0f}", title=cause.label, amount=cause.amount) for cause in change.causes[:3]]
        detail = "; ".join(causes) or "; ".join(figure_text(figure) for figure in change.inputs[:3])
        ln = float(np.log(change.after / change.before))
        return Headline("price", change.mineral, text, detail, stake * ln / FULL_PRICE_LN)

    def _order_headlines(self, nation: str, n: int) -> list[Headline]:
        """Export measures of others that touch the nation, by the share of its supply they touch."""
        found = []
        for line in self.log:
            order = line.carried.order
            if not line.carried.done or line.carried.nation == nation or not isinstance(order, RestrictExports):
                continue
            if order.targets and nation not in order.targets:
                continue
            share = self._supplied(order, line.carried.nation, n)
            detail = _("it sent {share} of what reached you last turn", share=percent(share))
            sign = 1.0 if order.measure == "none" else -1.0
            text = f"{self.name(line.carried.nation)}: {line.text}"
            found.append(Headline("order", line.carried.nation, text, detail, sign * share * order.strength))
        return found

    def _supplied(self, order: RestrictExports, seller: str, n: int) -> float:
        """Share of one seller in what reached a nation last turn."""
        axes = self.calibration.axes
        layer = 0 if order.layer == "ore" else 1
        flows = self.before.ore_flow_t if layer == ORE else self.before.refined_flow_t
        arrived = flows[0, axes.mineral_index[order.mineral], :, n]
        total = float(arrived.sum())
        return float(arrived[axes.nation_index[seller]]) / total if total > 0 else 0.0


def number_title(field: str) -> str:
    """What a number of the top bar is called."""
    titles = {
        "treasury_usd_bn": _("Treasury"),
        "political_capital": _("Political capital"),
        "support": _("Support"),
        "reliability": _("Reliability"),
        "industry": _("Industry"),
        "standing": _("Standing"),
        "n_minus_1": _("N-1 security"),
        "value_captured": _("Value captured"),
    }
    return titles[field]


def figure_text(figure: Figure) -> str:
    """An input that moved, in one phrase."""
    show = {"share": percent, "t": mass}.get(figure.unit, _plain)
    return _("{title} {before} → {after}", title=figure.title, before=show(figure.before), after=show(figure.after))


def _plain(value: float) -> str:
    return f"{value:.2g}"
