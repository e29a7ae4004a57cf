"""What the buyer pays: a fixed price, or whatever the seller's gate shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Self

from game.engine.axes import Axes
from game.rules.clauses._base import Clause, Numbers
from game.rules.field import choice_field, number_field
from game.text import _

Rule = Literal["gate", "fixed"]
RULES: tuple[Rule, ...] = ("gate", "fixed")
FIXED = 1


class PriceRule(Clause):
    """A fixed price is a share of the seller's gate price on the day of signing, then stays."""

    kind = "price_rule"
    title = "Price"
    summary = (
        "A fixed price shields the buyer from a squeeze and the seller from a glut, and tempts the other to leave."
    )
    by = "each"

    rule: Rule = choice_field(
        "Price", {"gate": "Follows the seller's gate", "fixed": "Fixed on signing"}, default="gate"
    )
    percent: int = number_field("Fixed at", "% of the gate price on signing", 50, 200, 5, 100)

    def numbers(self, axes: Axes) -> Numbers:
        """The rule, and the fixed price in per cent of the gate price on signing."""
        return Numbers(option=RULES.index(self.rule), amount=float(self.percent))

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The price rule."""
        return cls(rule=RULES[numbers.option], percent=round(numbers.amount))

    def describe(self, name: Callable[[str], str]) -> str:
        """The rule."""
        if self.rule == "gate":
            return _("at the seller's gate price")
        return _("fixed at {percent}% of the gate price on signing", percent=self.percent)
