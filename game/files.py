"""Where the game's own files and the player's files are."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from game.problems import Problem, ProblemError

HOME_VARIABLE = "CHOKEPOINT_HOME"

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
LEVELS = ROOT / "levels"


def check_installation() -> None:
    """Raise ProblemError unless the folders that come with the game lie beside the package."""
    missing = [folder for folder in (ASSETS, LEVELS) if not folder.is_dir()]
    if missing:
        names = ", ".join(str(folder) for folder in missing)
        remedy = 'install from a clone of the project with: python -m pip install -e "."'
        raise ProblemError(Problem("error", "", f"the game's files are missing: {names}", remedy))


def user_folder() -> Path:
    """Return the folder for the player's saves and settings, which need not exist yet.

    The environment variable CHOKEPOINT_HOME moves it, for a memory stick or a shared classroom machine.
    """
    chosen = os.environ.get(HOME_VARIABLE)
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("chokepoint", appauthor=False))
