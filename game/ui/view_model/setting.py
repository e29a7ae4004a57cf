"""The player's own settings, kept as JSON in the user folder."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from game.files import user_folder
from game.problems import Problem
from game.text import _

FILE = "settings.json"
SIZES = ((1280, 720), (1600, 900), (1920, 1080), (2560, 1440), (3840, 2160))
FACTORS = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
LEAST_SIZE, MOST_SIZE = (1024, 640), (7680, 4320)


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
    """The stored settings; a file that is not wholly understood gives the usual ones, with the problem."""
    path = path or settings_path()
    if not path.exists():
        return Settings(), None
    try:
        return _bounded(_read(path)), None
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        what = _("the settings cannot be read: {reason}", reason=reason)
        remedy = _("the usual ones are used; the next change writes the file anew")
        return Settings(), Problem("warning", str(path), what, remedy)


def _read(path: Path) -> Settings:
    """The settings of a file. Raises OSError, or ValueError naming the key and the value that make no sense."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(stored, dict):
        raise ValueError(_("a table of settings is expected"))
    chosen = {}
    for known in fields(Settings):
        if known.name in stored:
            chosen[known.name] = _checked(known.name, stored[known.name], type(known.default))
    return Settings(**chosen)


def _checked(name: str, value: object, kind: type) -> object:
    """A value of the kind a setting has; a whole number will do for a fraction."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    fits = isinstance(value, bool) if kind is bool else is_number and (kind is float or value == int(value))  # type: ignore[call-overload]
    if not fits:
        raise ValueError(_("{name} cannot be {value}", name=name, value=json.dumps(value)))
    return kind(value)


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
        width=min(max(settings.width, LEAST_SIZE[0]), MOST_SIZE[0]),
        height=min(max(settings.height, LEAST_SIZE[1]), MOST_SIZE[1]),
    )
