"""What every clause has: its parameters, their wording, and what it writes into the contract it is part of.

To add a clause, copy the file of the clause nearest to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict

from game.engine.calibrate import Calibration
from game.engine.world import World


@dataclass
class Contract:
    """The numbers a treaty comes to: one row of the contract table of a world."""

    seller: int
    buyer: int
    mineral: int = -1
    layer: int = -1
    tonnes: float = 0.0  # a turn
    price_ln: float = np.nan  # relative to 2024; nan follows the seller's gate
    turns: int = 0
    penalty_share: float = 0.0  # of the deliveries still due, owed by who breaks it


class Clause(BaseModel):
    """One clause of a treaty. Immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]

    def as_data(self) -> dict[str, Any]:
        """The clause as plain data for YAML and JSON."""
        return {"kind": self.kind, **self.model_dump(mode="json")}

    def write(self, contract: Contract, world: World, calibration: Calibration) -> None:
        """Put the clause's numbers into the contract, judged by world 0."""
        raise NotImplementedError

    def describe(self, name: Callable[[str], str]) -> str:
        """The clause in words; `name` says what an id is called."""
        raise NotImplementedError
