"""A level as it is read from files: the shared tables, the level's changes to them, and the line of everything."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from game.content.models.world import World
from game.content.network import FILES as ROUTE_FILES
from game.content.yaml_tree import Path_, Tree, place_of, read_bytes, read_tree, shown
from game.files import LEVELS
from game.problems import Problem, ProblemError
from game.registry import unknown_name
from game.text import _

SHARED = "_shared"
LEVEL_FILE = "level.yaml"

_LEFT_OUT_BY = {
    "minerals": "leave it out with use: {{minerals: [the others]}}",
    "nations": "leave it out with use: {{nations: [the others]}}; its figures go to ROW",
    "products": "set its shares to 0 instead",
}

_trees: dict[tuple[str, str], Tree] = {}


@dataclass
class Draft:
    """Plain data of a level, merged, with the place of everything and what went wrong so far."""

    path: Path
    row: dict[str, Any]
    tables: dict[str, Any]
    routes: dict[str, Any]
    row_places: Mapping[Path_, str]
    places: Mapping[Path_, str]
    problems: list[Problem] = field(default_factory=list)

    def where(self, *path: str | int) -> str:
        """Return `file:line` of a figure in the tables or the routes, from the level if it changes it; the level's
        file for what stands nowhere."""
        return place_of(self.places, path) or shown(self.path)

    def row_where(self, *path: str | int) -> str:
        """Return `file:line` of a key of the level itself."""
        return place_of(self.row_places, path)


@dataclass(frozen=True)
class Files:
    """The files a level is made of, read as bytes."""

    path: Path
    level: bytes
    shared: dict[Path, bytes]

    def digest(self) -> str:
        """Return a hash of all content, with the names of the files."""
        digest = sha256(self.level)
        for path, content in self.shared.items():
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()


def level_ids() -> list[str]:
    """Return the ids of the levels that come with the game, in alphabetical order."""
    return sorted(path.parent.name for path in LEVELS.glob(f"*/{LEVEL_FILE}") if not path.parent.name.startswith("_"))


def level_path(name: str | Path) -> Path:
    """Return the file of a level given by id, folder or file. Raises ProblemError when there is none."""
    text = str(name)
    path = Path(name)
    if text in level_ids():
        return LEVELS / text / LEVEL_FILE
    if path.is_dir():
        inside = path / LEVEL_FILE
        if not inside.exists():
            what = _("the folder has no {file}", file=LEVEL_FILE)
            raise ProblemError(Problem("error", shown(path), what, _("a level is a folder with that file")))
        return inside
    is_a_name = path.suffix == "" and path.name == text and not path.exists()
    if is_a_name:
        raise ProblemError(unknown_name(_("level"), text, level_ids()))
    return path


def read_files(name: str | Path) -> Files:
    """Return the bytes of a level and of the shared tables beside it. Raises ProblemError when one cannot be read."""
    path = level_path(name)
    content = read_bytes(path)
    beside = path.parent.parent / SHARED
    folder = beside if beside.is_dir() else LEVELS / SHARED
    return Files(path, content, {file: read_bytes(file) for file in sorted(folder.glob("*.yaml"))})


def draft_level(files: Files) -> Draft:
    """Return the merged data of a level. Raises ProblemError when a file cannot be read at all."""
    level = read_tree(files.path, files.level)
    draft = Draft(files.path, {}, {}, {}, {}, {}, list(level.problems))
    places: dict[Path_, str] = {}
    for path, content in files.shared.items():
        _add_shared(draft, places, path, _tree(path, content))
    changes = level.data.pop("world", None)
    draft.row = level.data
    draft.row_places = {path: place for path, place in level.places.items() if path[:1] != ("world",)}
    changed = {path[1:]: place for path, place in level.places.items() if path[:1] == ("world",) and len(path) > 1}
    draft.places = ChainMap(changed, places)
    if changes is None:
        return draft
    if not isinstance(changes, dict):
        what = _("world is {value!r}, not a table of tables", value=changes)
        draft.problems.append(Problem("error", level.where(("world",)), what, _("write world: and tables below it")))
        return draft
    _apply(draft, changes, changed)
    return draft


def _tree(path: Path, content: bytes) -> Tree:
    """Return a shared file's tree, parsed once per content: many levels share it and none changes it."""
    key = (shown(path), sha256(content).hexdigest())
    if key not in _trees:
        _trees[key] = read_tree(path, content, may_be_list=path.stem in ROUTE_FILES)
    return _trees[key]


def _add_shared(draft: Draft, places: dict[Path_, str], path: Path, tree: Tree) -> None:
    draft.problems += tree.problems
    if path.stem in ROUTE_FILES:
        draft.routes[path.stem] = tree.data
        places.update({(path.stem, *inner): place for inner, place in tree.places.items()})
        return
    for name, table in tree.data.items():
        if name in draft.tables:
            what = _("the table {name} stands in two files", name=name)
            hint = _("it stands on {place} too", place=places[(name,)])
            draft.problems.append(Problem("error", tree.where((name,)), what, hint))
        else:
            draft.tables[name] = table
    places.update({inner: place for inner, place in tree.places.items() if inner})


def _apply(draft: Draft, changes: dict[str, Any], changed: dict[Path_, str]) -> None:
    known = [*World.model_fields, *ROUTE_FILES]
    changes = _without_removed_ids(draft, changes, changed)
    routes = {name: change for name, change in changes.items() if name in ROUTE_FILES}
    tables = {name: change for name, change in changes.items() if name in World.model_fields}
    draft.routes = merged(draft.routes, routes)
    draft.tables = merged(draft.tables, tables)
    for name in changes:
        if name not in known:
            draft.problems.append(unknown_name(_("table"), str(name), known, changed.get((name,), "")))


def _without_removed_ids(draft: Draft, changes: dict[str, Any], changed: dict[Path_, str]) -> dict[str, Any]:
    """Return the changes, less those that take an id out of the world: so many other rows name it."""
    kept = dict(changes)
    for table, hint in _LEFT_OUT_BY.items():
        rows = changes.get(table)
        for key in [key for key, row in rows.items() if row is None] if isinstance(rows, dict) else []:
            what = _("{key} cannot be taken out of {table}", key=key, table=table)
            draft.problems.append(Problem("error", changed[(table, key)], what, _(hint)))
            kept[table] = {name: row for name, row in kept[table].items() if name != key}
    return kept


def merged(base: Any, change: Any) -> Any:
    """Return `base` with a change laid over it, key by key; a key changed to nothing (null) is taken out."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return change
    table = dict(base)
    for key, value in change.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = merged(table.get(key), value)
    return table
