"""What a player looked at last in each saved game, kept beside the saves: no part of the game's truth."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from game.files import user_folder
from game.match.shelf import saves_folder
from game.ui.view_model.first_look import Look

FILE = "looks.json"


def last_look(save: Path | None) -> Look | None:
    """The mineral, lens and stage last looked at in a save; None when nothing readable is kept of it."""
    row = _looks().get(save.name) if save is not None else None
    if not isinstance(row, dict) or set(row) != set(Look.__dataclass_fields__):
        return None
    return Look(**row) if all(isinstance(value, str) for value in row.values()) else None


def keep_look(save: Path, look: Look) -> None:
    """Keep what is looked at in a save, and forget saves that are gone.

    A folder that cannot be written is not worth a notice: the game then opens as it does the first time.
    """
    looks = {name: row for name, row in _looks().items() if (saves_folder() / name).exists()}
    looks[save.name] = asdict(look)
    with suppress(OSError):
        user_folder().mkdir(parents=True, exist_ok=True)
        (user_folder() / FILE).write_text(json.dumps(looks, indent=1), encoding="utf-8")


def _looks() -> dict[str, Any]:
    try:
        looks = json.loads((user_folder() / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return looks if isinstance(looks, dict) else {}
