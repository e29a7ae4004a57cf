"""Numbers written into modules, read from their source: name, value and the comment beside them."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field

from game.content.almanac_text import figure


@dataclass(frozen=True)
class Constant:
    """One number of a module."""

    name: str
    value: str
    comment: str


@dataclass
class Block:
    """Numbers that stand together under one comment, "" without one."""

    comment: str
    constants: list[Constant] = field(default_factory=list)


def blocks_in(source: str) -> list[Block]:
    """The numbers of a module in blocks, as its blank lines part them: constants, and defaults of its rate classes."""
    comments, lines = _comments(source), source.splitlines()
    blocks: list[Block] = []
    last = -1
    for line, name, value in _numbers(ast.parse(source)):
        if not blocks or any(not text.strip() for text in lines[last : line - 1]):
            blocks.append(Block(_above(line, comments, lines)))
        blocks[-1].constants.append(Constant(name, value, comments.get(line, "")))
        last = line
    return blocks


def comments_in(source: str) -> dict[str, str]:
    """The comment on the line of each annotated name of a module's classes, by name."""
    comments = _comments(source)
    annotated = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.AnnAssign))
    return {node.target.id: comments.get(node.lineno, "") for node in annotated if isinstance(node.target, ast.Name)}


def _numbers(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Line, name and value of every number a module gives a name in capitals, and of its classes' float defaults."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            yield from _assigned(node.targets[0], node.value)
        elif isinstance(node, ast.ClassDef) and node.name.endswith("Rates"):
            for item in node.body:
                value = _value(item.value) if isinstance(item, ast.AnnAssign) and item.value else ""
                if value and isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                    yield item.lineno, item.target.id, value


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[int, str, str]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its_value in zip(target.elts, value.elts, strict=True):
            yield from _assigned(one, its_value)
    elif isinstance(target, ast.Name) and target.id.isupper() and not target.id.startswith("_"):
        text = _value(value)
        if text:
            yield target.lineno, target.id, text


def _value(node: ast.expr) -> str:
    """A literal number or tuple of numbers in words, "" for anything else."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return ""
    if isinstance(value, tuple) and value and all(_is_number(item) for item in value):
        return ", ".join(figure(item) for item in value)
    return figure(value) if _is_number(value) else ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _comments(source: str) -> dict[int, str]:
    """Line to the text of its comment."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ").rstrip() for token in tokens if token.type == tokenize.COMMENT}


def _above(line: int, comments: dict[int, str], lines: list[str]) -> str:
    """The comment that stands in the lines right above one, joined."""
    found: list[str] = []
    line -= 1
    while line in comments and lines[line - 1].lstrip().startswith("#"):
        found.insert(0, comments[line])
        line -= 1
    return " ".join(found)
