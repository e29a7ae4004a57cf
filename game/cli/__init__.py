"""The command line: hands each command to the part of the game that does it."""

from __future__ import annotations

import sys
from typing import NoReturn


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 when all went well, 1 on findings, 2 when it was used wrongly."""
    if getattr(sys, "frozen", False):
        # In a frozen program a spawned process starts here as well; this call does its work and never returns.
        from multiprocessing import freeze_support

        freeze_support()
    given = sys.argv[1:] if arguments is None else arguments
    if given:
        from game.cli.command import run

        sys.exit(run(given))
    # Without a command there is nothing to read, so the title screen does not wait for the command-line library.
    from game.cli.window import open_window

    open_window()
    sys.exit(0)
