"""How long a treaty holds."""

from __future__ import annotations

from collections.abc import Callable

from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clauses._base import Clause, Contract
from game.rules.field import number_field
from game.text import _, _n


class Term(Clause):
    """Turns of delivery."""

    kind = "term"
    title = "Term"
    summary = "A long term gives both sides certainty; either may regret the price."

    turns: int = number_field("Term", "turns", 1, 30, 1, 6)

    def write(self, contract: Contract, world: World, calibration: Calibration) -> None:
        """The turns."""
        contract.turns = self.turns

    def describe(self, name: Callable[[str], str]) -> str:
        """The term."""
        return _("for {turns}", turns=_n("{n} turn", "{n} turns", self.turns))
