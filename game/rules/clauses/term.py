"""How long a treaty holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from game.engine.axes import Axes
from game.rules.clauses._base import Clause, Numbers
from game.rules.field import number_field
from game.text import _, _n


class Term(Clause):
    """Turns in force."""

    kind = "term"
    title = "Term"
    summary = "A long term gives both sides certainty; either may regret the price."
    by = "each"

    turns: int = number_field("Term", "turns", 1, 30, 1, 6)

    def numbers(self, axes: Axes) -> Numbers:
        """The turns."""
        return Numbers(option=self.turns)

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The term."""
        return cls(turns=numbers.option)

    def describe(self, name: Callable[[str], str]) -> str:
        """The term."""
        return _("for {turns}", turns=_n("{n} turn", "{n} turns", self.turns))
