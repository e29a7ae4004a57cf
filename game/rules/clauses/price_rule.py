"""What the buyer pays: a fixed price, or whatever the seller's gate shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from game.engine.axes import ORE
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clauses._base import Clause, Contract
from game.rules.field import choice_field, number_field
from game.text import _


class PriceRule(Clause):
    """A fixed price is a share of the seller's gate price on the day of signing, then stays."""

    kind = "price_rule"
    title = "Price"
    summary = (
        "A fixed price shields the buyer from a squeeze and the seller from a glut, and tempts the other to leave."
    )

    rule: Literal["gate", "fixed"] = choice_field(
        "Price", {"gate": "Follows the seller's gate", "fixed": "Fixed on signing"}, default="gate"
    )
    percent: int = number_field("Fixed at", "% of the gate price on signing", 50, 200, 5, 100)

    def write(self, contract: Contract, world: World, calibration: Calibration) -> None:
        """The fixed price relative to 2024, or nan. `Deliver` has written the mineral and layer."""
        if self.rule == "gate":
            contract.price_ln = np.nan
            return
        gate = world.mine_gate_ln if contract.layer == ORE else world.refinery_gate_ln
        contract.price_ln = float(gate[0, contract.seller, contract.mineral] + np.log(self.percent / 100))

    def describe(self, name: Callable[[str], str]) -> str:
        """The rule."""
        if self.rule == "gate":
            return _("at the seller's gate price")
        return _("fixed at {percent}% of the gate price on signing", percent=self.percent)
