"""Problem: the one way to say that something is wrong, for files, orders and the command line alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `where` is `file:line`, an order's field or the like ("" when there is no place to name); `what` says what is
    wrong, with the value; `hint` is the remedy ("" when there is none).
    """

    severity: Severity
    where: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the problem on one line: `where: what — hint`."""
        place = f"{self.where}: " if self.where else ""
        remedy = f" — {self.hint}" if self.hint else ""
        return f"{place}{self.what}{remedy}"


class ProblemError(Exception):
    """Carries every problem found at once to whoever shows them; never a single one of many."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        if not self.problems:
            raise ValueError("a ProblemError needs at least one problem")
        super().__init__(*self.problems)

    def __str__(self) -> str:
        """Return the problems, one a line."""
        return "\n".join(map(str, self.problems))
