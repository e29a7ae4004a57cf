"""Keeps checked levels ready in the user's cache folder, under a hash of every byte they came from."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import platformdirs
import pydantic

from game.files import HOME_VARIABLE

_MOST_FILES = 24


def cache_folder() -> Path:
    """Return the folder of the cache, which need not exist yet."""
    home = os.environ.get(HOME_VARIABLE)
    base = Path(home) / "cache" if home else Path(platformdirs.user_cache_dir("chokepoint", appauthor=False))
    return base / "levels"


@cache
def program_digest() -> str:
    """Return a hash of the code that reads and checks levels: other code must not trust what this one kept."""
    digest = sha256(pydantic.VERSION.encode())
    folder = Path(__file__).parent
    for path in sorted([*folder.glob("*.py"), *(folder.parent / "rules").rglob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def kept(key: str) -> dict[str, Any] | None:
    """Return what was kept under a key; None when there is nothing, or nothing whole."""
    try:
        digest, _newline, body = _path(key).read_bytes().partition(b"\n")
        if sha256(body).hexdigest().encode() != digest:
            return None
        content = json.loads(body)
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def keep(key: str, content: dict[str, Any]) -> None:
    """Keep content under a key; a full or locked disk only means that it is read from the files again next time."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    folder = cache_folder()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(sha256(body).hexdigest().encode() + b"\n" + body)
        os.replace(name, _path(key))
        old = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)[:-_MOST_FILES]
        for path in old:
            path.unlink(missing_ok=True)


def _path(key: str) -> Path:
    return cache_folder() / f"{sha256((key + program_digest()).encode()).hexdigest()}.json"
