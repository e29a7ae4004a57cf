"""What every clause has: its parameters, their wording, its numbers in a world's tables, and what it does each turn.

To add a clause, copy the file of the clause nearest to it and add its id to CLAUSES of the engine. A subclass declares
the class variables, its fields and `describe`, and overrides what it does of: `numbers` and `from_numbers`, `uphold`,
`kept`, `due_usd_bn`, `forbids`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal, NamedTuple, Self

import numpy as np
from pydantic import BaseModel, ConfigDict

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.asking import Batch
from game.rules.clause_rows import Rows

# Of a treaty with sides, the first has the ore or is the host; the second brings money, knowledge or protection.
By = Literal["first", "second", "each"]


class Numbers(NamedTuple):
    """A clause in numbers, as its slot in a world holds them."""

    mineral: int = -1
    layer: int = -1
    option: int = 0
    amount: float = 0.0


class Clause(BaseModel):
    """One clause of a treaty. Immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]  # at most 25 words
    by: ClassVar[By]  # who promises it
    size: ClassVar[str] = ""  # the field that says how much of it there is
    binds: ClassVar[tuple[str, ...]] = ()  # kinds of orders it may forbid its giver

    def as_data(self) -> dict[str, Any]:
        """The clause as plain data for YAML and JSON."""
        return {"kind": self.kind, **self.model_dump(mode="json")}

    def numbers(self, axes: Axes) -> Numbers:
        """The clause as numbers; one of more than a mineral and a size says how itself. Its ids must be known."""
        fields = dict(self)
        mineral = axes.mineral_index[fields["mineral"]] if "mineral" in fields else -1
        return Numbers(mineral, amount=fields.get(self.size, 0.0))

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The clause that `numbers` gave the numbers of."""
        values: dict[str, Any] = {cls.size: numbers.amount} if cls.size else {}
        if "mineral" in cls.model_fields:
            values["mineral"] = axes.minerals[numbers.mineral]
        return cls(**values)

    def describe(self, name: Callable[[str], str]) -> str:
        """The clause in words; `name` says what an id is called."""
        raise NotImplementedError

    # ---- what it does while it is in force, for all rows of its kind in all worlds at once

    @classmethod
    def uphold(cls, world: World, calibration: Calibration, rows: Rows) -> None:
        """Write the levers it stands for, before the orders of a turn."""

    @classmethod
    def kept(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """Share of the promise that each nation kept in the turn just resolved, judged by what happened, [A, N].

        1 for those who promised nothing. What `uphold` noted as missed falls on the givers.
        """
        missed = world.clause_missed[rows.w, rows.q][:, None]
        return np.asarray(np.where(rows.givers(world), 1.0 - missed, 1.0))

    @classmethod
    def due_usd_bn(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """What is still due under it until the treaty's end, US$ bn [A]; the penalty for breaking it is a share."""
        return np.zeros(len(rows))

    @classmethod
    def forbids(cls, world: World, rows: Rows, kind: str, batch: Batch) -> Flags:
        """Which askings of a kind of order among `binds` the clause does not allow its giver, [B]."""
        return np.zeros(len(batch), dtype=np.bool_)
