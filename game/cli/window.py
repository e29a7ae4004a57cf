"""Opens the game's window, which no other command imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.files import check_installation

if TYPE_CHECKING:
    from game.match.match import Match


def open_window(match: Match | None = None) -> None:
    """Open the window, on the title screen or in a game, until the player leaves."""
    check_installation()
    from game.ui.app import run

    run(match)
