"""What breaking a treaty costs."""

from __future__ import annotations

from collections.abc import Callable

from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clauses._base import Clause, Contract
from game.rules.field import number_field
from game.rules.number import percent
from game.text import _


class Penalty(Clause):
    """Who leaves without notice pays the other a share of the deliveries still due (take or pay)."""

    kind = "penalty"
    title = "Penalty"
    summary = "Makes the promise worth more to the one who relies on it, and dear for the one who leaves."

    share: float = number_field("Penalty", "share of what is still due", 0.0, 1.0, 0.05, 0.25)

    def write(self, contract: Contract, world: World, calibration: Calibration) -> None:
        """The share."""
        contract.penalty_share = self.share

    def describe(self, name: Callable[[str], str]) -> str:
        """The penalty."""
        return _("leaving without notice costs {share} of what is still due", share=percent(self.share))
