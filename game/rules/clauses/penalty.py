"""What breaking a treaty costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from game.engine.axes import Axes
from game.rules.clauses._base import Clause, Numbers
from game.rules.field import number_field
from game.rules.number import percent
from game.text import _


class Penalty(Clause):
    """Who leaves without notice pays the other a share of the deliveries still due (take or pay)."""

    kind = "penalty"
    title = "Penalty"
    summary = "Makes the promise worth more to the one who relies on it, and dear for the one who leaves."
    by = "each"

    share: float = number_field("Penalty", "share of what is still due", 0.0, 1.0, 0.05, 0.25)

    def numbers(self, axes: Axes) -> Numbers:
        """The share."""
        return Numbers(amount=self.share)

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The penalty."""
        return cls(share=numbers.amount)

    def describe(self, name: Callable[[str], str]) -> str:
        """The penalty."""
        return _("leaving without notice costs {share} of what is still due", share=percent(self.share))
