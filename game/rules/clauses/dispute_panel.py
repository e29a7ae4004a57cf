"""A panel that settles what members hold against each other."""

from __future__ import annotations

from collections.abc import Callable

from game.rules.clauses._base import Clause
from game.rules.field import number_field
from game.rules.number import percent
from game.text import _


class DisputePanel(Clause):
    """What a member fails to keep costs it less of the others' trust, and strains the treaty less.

    `reckoning` looks for it where it books what was not kept.
    """

    kind = "dispute_panel"
    title = "Dispute panel"
    summary = "Failures are settled by ruling and forgiven sooner; a member that is in the right must accept less."
    by = "each"
    size = "settled"

    settled: float = number_field("Part of a quarrel settled", "share", 0.1, 0.8, 0.1, 0.5)

    def describe(self, name: Callable[[str], str]) -> str:
        """The panel."""
        return _("a panel settles {share} of every quarrel", share=percent(self.settled))
