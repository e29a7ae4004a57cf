"""An answer to an offer in the inbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field

from game.engine.axes import Axes
from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.view import NationView, Offer
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.field import amount_field, choice_field, reference_field
from game.rules.orders._base import LEAST_STANDING, Order
from game.rules.treaty import ClauseList
from game.text import _

Reply = Literal["accept", "refuse", "counter", "delay"]
Change = Literal["volume", "turns", "price"]
REPLIES: tuple[Reply, ...] = ("accept", "refuse", "counter", "delay")
CHANGES: tuple[Change, ...] = ("volume", "turns", "price")

_CHANGE_STEP, _OFFER_STEP = 4, 16  # the compact form holds reply, change and offer in one number


class Answer(Order):
    """Accept, refuse, counter or delay; a counter is the same offer with one number or its clauses changed, sent back.

    What is put off waits for one turn more.
    """

    kind = "answer"
    title = "Answer offer"
    summary = "Accepting binds you and pleases the sender; refusing keeps you free and sends the trade to your rival."
    lead = "an accepted treaty holds from next turn"
    icon = "answer"
    group = "statecraft"
    needs = ()
    capital = 0.0

    offer: int = reference_field("Offer", "offer")
    reply: Reply = choice_field(
        "Answer", {"accept": "Accept", "refuse": "Refuse", "counter": "Counter", "delay": "Put off"}
    )
    change: Change = choice_field(
        "Counter with another",
        {"volume": "Volume, t a turn", "turns": "Term, turns", "price": "Fixed price, % of the gate price"},
        default="volume",
    )
    value: float = amount_field("New value", "t a turn, turns or %", 1.0)
    instead: ClauseList = Field(default=(), title="Clauses instead", json_schema_extra={"widget": "unasked"})

    def row(self, axes: Axes) -> Row:
        """Offer, reply and change in one number, the new value."""
        option = REPLIES.index(self.reply) + _CHANGE_STEP * CHANGES.index(self.change) + _OFFER_STEP * self.offer
        return Row(option=option, size=self.value)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(
            offer=row.option // _OFFER_STEP,
            reply=REPLIES[row.option % _CHANGE_STEP],
            change=CHANGES[row.option % _OFFER_STEP // _CHANGE_STEP],
            value=row.size,
        )

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """A nation without standing cannot accept. Offers are no part of a world: whoever keeps them sees to it that
        they are still open."""
        accepts = batch.option % _CHANGE_STEP == REPLIES.index("accept")
        allowed: Flags = ~accepts | (world.standing[batch.w, batch.n] >= LEAST_STANDING)
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Nothing: what is signed is written when the turn ends."""

    def found(self, view: NationView) -> Offer | None:
        """The offer in the inbox; None when it is not there."""
        return next((offer for offer in view.inbox if offer.number == self.offer), None)

    def countered(self, offer: Offer) -> tuple[Mapping[str, Any], ...] | None:
        """The clauses of the offer sent back; None when the changed number cannot be."""
        if self.instead:
            return tuple(clause.as_data() for clause in self.instead)
        return changed_clauses(offer.clauses, self.change, self.value)

    def obstacles(self, view: NationView) -> list[Problem]:
        """No such offer, no standing to sign with, a change to nothing."""
        offer = self.found(view)
        if offer is None:
            numbers = ", ".join(str(offer.number) for offer in view.inbox)
            hint = _("open offers: {numbers}", numbers=numbers) if numbers else _("the inbox is empty")
            return [self.problem("offer", _("there is no open offer {number}", number=self.offer), hint)]
        if not self.allowed(view.world, view.calibration, self.batch(view))[0]:
            what = _("your standing is under {least:.0f}: no one signs", least=LEAST_STANDING)
            return [self.problem("reply", what, _("keep promises and lift measures until standing recovers"))]
        if self.reply == "counter" and self.countered(offer) is None:
            what = _("{value:g} cannot be the new {change}", value=self.value, change=self.change)
            return [self.problem("value", what, _("volume: t a turn; turns: 1 to 30; price: 50% to 200%"))]
        return []

    def describe(self, view: NationView) -> str:
        """Whom it answers and how."""
        offer = self.found(view)
        sender = view.name(offer.sender) if offer else _("an offer")
        if self.reply == "counter" and self.instead:
            clauses = ", ".join(clause.describe(view.name) for clause in self.instead)
            return _("Counter the offer of {sender}: {clauses}", sender=sender, clauses=clauses)
        message = {
            "accept": "Accept the offer of {sender}",
            "refuse": "Refuse the offer of {sender}",
            "delay": "Put off the offer of {sender}",
            "counter": "Counter the offer of {sender}: {change} {value:g}",
        }[self.reply]
        return _(message, sender=sender, change=self.change, value=self.value)

    def turns_until_effect(self, view: NationView) -> int:
        """A treaty holds from the turn after."""
        return 1

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """What the chosen number may become; today's value is proposed."""
        offer = next((offer for offer in view.inbox if offer.number == given.get("offer")), None)
        if name != "value" or offer is None:
            return None
        volume = next((float(clause["volume_t"]) for clause in offer.clauses if clause["kind"] == "deliver"), 1.0)
        by_change = {"turns": (1.0, 30.0, 6.0), "price": (50.0, 200.0, 100.0)}
        return by_change.get(str(given.get("change")), (volume / 10, volume * 3, volume / 2))


def changed_clauses(
    clauses: tuple[Mapping[str, Any], ...], change: str, value: float
) -> tuple[Mapping[str, Any], ...] | None:
    """The clauses with one number changed; None when the value is out of bounds."""
    whole = round(value)
    changes: dict[str, tuple[str, bool, dict[str, Any]]] = {
        "volume": ("deliver", value > 0, {"volume_t": float(value)}),
        "turns": ("term", 1 <= whole <= 30, {"turns": whole}),
        "price": ("price_rule", 50 <= whole <= 200, {"rule": "fixed", "percent": whole}),
    }
    kind, fits, values = changes[change]
    if not fits or kind not in [clause["kind"] for clause in clauses]:
        return None
    return tuple({**clause, **values} if clause["kind"] == kind else clause for clause in clauses)
