"""Reads a YAML file into plain data that remembers its lines, and says precisely what is wrong with a bad one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from game.files import ROOT
from game.problems import Problem, ProblemError
from game.text import _

Path_ = tuple[str | int, ...]

MOST_BYTES = 4_000_000
MOST_NODES = 150_000
MOST_DEPTH = 24

# libyaml reads twenty times faster than the pure Python reader, which is what a system without it falls back to.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"


@dataclass
class Tree:
    """Plain data and the place of every key and item, by its path from the root."""

    data: Any
    places: dict[Path_, str]
    problems: list[Problem] = field(default_factory=list)

    def where(self, path: Path_) -> str:
        """Return `file:line` of a path, or of the nearest thing above it."""
        return place_of(self.places, path)


def place_of(places: Mapping[Path_, str], path: Path_) -> str:
    """Return the place of `path` in `places`, or of the nearest thing above it."""
    for length in range(len(path), -1, -1):
        if path[:length] in places:
            return places[path[:length]]
    return ""


def shown(path: Path) -> str:
    """Return a path as problems name it: from the project's folder where it lies inside."""
    try:
        return path.resolve().relative_to(ROOT).as_posix()
    except ValueError:
        return str(path)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises ProblemError when it is missing, a folder, too large, empty or unreadable."""
    name = shown(path)
    try:
        if path.is_dir():
            raise ProblemError(Problem("error", name, _("this is a folder, not a file"), _("name the file in it")))
        size = path.stat().st_size
        if not path.is_file():  # a device or a pipe could be read for ever
            raise ProblemError(Problem("error", name, _("this is not an ordinary file"), _("name a file")))
        if size > MOST_BYTES:
            what = _("the file has {size:.0f} MB, the most is {most:.0f} MB", size=size / 1e6, most=MOST_BYTES / 1e6)
            raise ProblemError(Problem("error", name, what, _("a level is text; is this the right file?")))
        content = path.read_bytes()
    except FileNotFoundError:
        problem = Problem("error", name, _("there is no such file"), _("check the name and the folder"))
        raise ProblemError(problem) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ProblemError(Problem("error", name, _("the file cannot be read: {reason}", reason=reason))) from error
    if not content.strip():
        raise ProblemError(Problem("error", name, _("the file is empty"), _("copy a level and change it")))
    return content


def read_tree(path: Path, content: bytes | None = None, may_be_list: bool = False) -> Tree:
    """Return the data of a file whose root is a table of keys, or a list of rows where that may be.

    Raises ProblemError when it cannot be read at all.
    """
    name = shown(path)
    text = _decoded(read_bytes(path) if content is None else content, name)
    node = _composed(text, name)
    if not isinstance(node, yaml.MappingNode | yaml.SequenceNode if may_be_list else yaml.MappingNode):
        what = _("the file is not a table of keys")
        raise ProblemError(Problem("error", f"{name}:1", what, _("write lines of the form key: value")))
    reader = _Reader(name)
    data = reader.plain(node, ())
    return Tree(data, reader.places, reader.problems)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = _("byte 0x{byte:02x} is not UTF-8 text", byte=content[error.start])
        hint = _("save the file with the encoding UTF-8")
        raise ProblemError(Problem("error", f"{name}:{line}", what, hint)) from error


def _composed(text: str, name: str) -> yaml.Node | None:
    if _flow_depth(text) > MOST_DEPTH * 8:
        raise ProblemError(Problem("error", name, _("brackets are nested too deeply"), _("is this a level?")))
    loader = _Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}" if mark else name
        reason = " ".join(filter(None, (error.context, error.problem)))
        hint = _("check brackets, quotation marks, colons and the indentation above this line")
        if mark and "\t" in "".join(text.splitlines()[mark.line : mark.line + 1]):
            hint = _("write spaces in place of the tab in this line")
        raise ProblemError(Problem("error", place, _("this is not YAML: {reason}", reason=reason), hint)) from error
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise ProblemError(Problem("error", name, _("this is not YAML: {reason}", reason=reason))) from error
    except RecursionError as error:
        raise ProblemError(Problem("error", name, _("the file is nested too deeply"))) from error
    finally:
        loader.dispose()


def _flow_depth(text: str) -> int:
    """Return an upper estimate of how deep brackets nest: the parser would exhaust the stack on a hostile file."""
    depth = deepest = 0
    for char in text if text.count("[") + text.count("{") > MOST_DEPTH * 8 else "":
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth = max(depth - 1, 0)
        elif char == "\n" and depth < 4:
            depth = 0  # an apostrophe or a bracket in a sentence does not add up over lines
    return deepest


class _Reader:
    """Turns YAML nodes into plain data."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Path_, str] = {}
        self.problems: list[Problem] = []
        self.nodes = 0
        self.open: set[int] = set()

    def plain(self, node: yaml.Node, path: Path_) -> Any:
        place = f"{self.name}:{node.start_mark.line + 1}"
        self.places.setdefault(path, place)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            what = _("the file unfolds to more than {n} values", n=MOST_NODES)
            raise ProblemError(Problem("error", place, what, _("repeat rows instead of nesting references")))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if id(node) in self.open:
            what = _("a reference (*name) leads back to the value that holds it")
            raise ProblemError(Problem("error", place, what, _("write the value out instead of referring to it")))
        if len(path) > MOST_DEPTH:
            raise ProblemError(Problem("error", place, _("the file is nested too deeply"), _("is this a level?")))
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, path)
            return [self.plain(item, (*path, k)) for k, item in enumerate(node.value)]
        finally:
            self.open.discard(id(node))

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[Any, Any]:
        table: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            place = f"{self.name}:{line}"
            if not isinstance(key_node, yaml.ScalarNode):
                what = _("a key is a word or a number, not a list or a table")
                self.problems.append(Problem("error", place, what))
                continue
            key = self._key(key_node)
            if node.flow_style and isinstance(key, int) and value_node.value == "":
                what = _("a comma splits a number before {digits}", digits=key_node.value)
                self.problems.append(Problem("error", place, what, _("write numbers without commas, 4000 not 4,000")))
                continue
            if key in table:
                first = self.places[(*path, key)].rpartition(":")[2]
                what = _("the key {key!r} stands twice, first on line {line}", key=key, line=first)
                self.problems.append(Problem("error", place, what, _("remove one of them, or rename it")))
                continue
            self.places[(*path, key)] = place
            table[key] = self.plain(value_node, (*path, key))
        return table

    @staticmethod
    def _key(node: yaml.ScalarNode) -> str | int:
        # only years are numbers among keys; YAML's other guesses (no, on, dates) are words here
        return int(node.value) if node.tag == _TAG + "int" and node.value.isdigit() else str(node.value)

    def _scalar(self, node: yaml.ScalarNode, place: str) -> Any:
        kind = node.tag.removeprefix(_TAG)
        text = node.value
        if kind in ("str", "timestamp", "merge", "value"):
            return text
        if kind == "null":
            return None
        try:
            if kind == "int":
                return int(text, 10) if not text.startswith("0") or text == "0" else int(text.replace("_", ""), 0)
            if kind == "float":
                return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan").replace(".NaN", "nan"))
            if kind == "bool":
                return text.lower() in ("yes", "true", "on")
        except ValueError:
            return text
        what = _("the tag {tag} is not used in levels", tag=node.tag)
        self.problems.append(Problem("error", place, what, _("write a plain word, number, list or table")))
        return text
