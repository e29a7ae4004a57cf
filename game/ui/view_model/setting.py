"""The player's own settings, kept as JSON in the user folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from game.files import user_folder
from game.problems import Problem
from game.text import _

FILE = "settings.json"
SIZES = ((1280, 720), (1600, 900), (1920, 1080), (2560, 1440), (3840, 2160))
FACTORS = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True)
class Settings:
    """How the window looks: the player's scale factor, its size in pixels, whether it fills the screen and moves."""

    factor: float = 1.0
    width: int = 1600
    height: int = 900
    full_screen: bool = False
    reduce_motion: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Pixels of the window."""
        return self.width, self.height

    def changed(self, **changes: Any) -> Settings:
        """These settings with some replaced, brought within bounds."""
        return _bounded(replace(self, **changes))


def settings_path() -> Path:
    """The file the settings are kept in."""
    return user_folder() / FILE


def load_settings(path: Path | None = None) -> tuple[Settings, Problem | None]:
    """The stored settings; what cannot be read falls back to the defaults, with the problem."""
    path = path or settings_path()
    if not path.exists():
        return Settings(), None
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        known = {field.name: type(field.default) for field in fields(Settings)}
        chosen = {name: known[name](value) for name, value in stored.items() if name in known}
        return _bounded(Settings(**chosen)), None
    except (OSError, ValueError, TypeError, AttributeError) as error:
        reason = " ".join(str(error).split())
        what = _("the settings cannot be read: {reason}", reason=reason)
        return Settings(), Problem("warning", str(path), what, _("the usual ones are used; saving writes them anew"))


def save_settings(settings: Settings, path: Path | None = None) -> Problem | None:
    """Write the settings; the problem when the file cannot be written."""
    path = path or settings_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    except OSError as error:
        what = _("the settings cannot be stored: {reason}", reason=error.strerror)
        return Problem("warning", str(path), what, _("make the folder writable"))
    return None


def _bounded(settings: Settings) -> Settings:
    return replace(
        settings,
        factor=min(max(settings.factor, FACTORS[0]), FACTORS[-1]),
        width=min(max(settings.width, 1024), 7680),
        height=min(max(settings.height, 640), 4320),
    )
