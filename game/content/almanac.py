"""The almanac: its pages in the order of its contents, their headings, and where their links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from game.files import ASSETS
from game.problems import Problem, ProblemError
from game.text import _

FOLDER = ASSETS / "almanac"
FRONT = "README.md"

_HEADING = re.compile(r"^(#{1,6}) +(.+?) *$")
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
_ENTRY = re.compile(r"^- \[([^\]]*)\]\(([^)#\s/]+\.md)\)")
_MARKS = re.compile(r"[*`]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Heading:
    """A heading: its level from 1, its words, and the anchor that links name."""

    level: int
    words: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """A page: its file name, the title of its first heading, its Markdown, the part of the contents it stands in."""

    name: str
    title: str
    text: str
    section: str = ""

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings in order; code blocks hold none."""
        found: list[Heading] = []
        seen: dict[str, int] = {}
        for line in _outside_code(self.text):
            match = _HEADING.match(line)
            if match:
                words = plain(match[2])
                anchor = anchor_of(words)
                count = seen.get(anchor, 0)
                seen[anchor] = count + 1
                found.append(Heading(len(match[1]), words, f"{anchor}-{count}" if count else anchor))
        return tuple(found)

    @property
    def links(self) -> tuple[str, ...]:
        """The targets of its links in order."""
        return tuple(match[2] for line in _outside_code(self.text) for match in _LINK.finditer(line))


def plain(markdown: str) -> str:
    """The words of a line without its marks and link targets."""
    return _MARKS.sub(lambda match: match[1] or "", markdown)


def anchor_of(words: str) -> str:
    """The anchor that forges give a heading: lower case, hyphens for spaces, no punctuation."""
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def read_almanac(folder: Path = FOLDER) -> tuple[Page, ...]:
    """The front page and the pages that its contents list, in their order.

    Raises ProblemError for a page that cannot be read.
    """
    front = _read(folder / FRONT)
    pages, section = [front], ""
    for line in front.text.splitlines():
        heading, entry = _HEADING.match(line), _ENTRY.match(line)
        if heading:
            section = heading[2]
        elif entry:
            pages.append(_read(folder / entry[2], section))
    return tuple(pages)


def link_problems(pages: tuple[Page, ...], folder: Path = FOLDER) -> list[Problem]:
    """Links that lead nowhere: to a page, a heading or a file of the project that does not exist."""
    anchors = {page.name: {heading.anchor for heading in page.headings} for page in pages}
    found = []
    for page in pages:
        for link in page.links:
            target, _hash, anchor = link.partition("#")
            name = target or page.name
            if re.match(r"[a-z]+:", link):
                continue
            if name in anchors:
                if anchor and anchor not in anchors[name]:
                    what = _("there is no heading {anchor!r} in {name}", anchor=anchor, name=name)
                    found.append(Problem("error", page.name, what))
            elif not (folder / name).exists():
                found.append(Problem("error", page.name, _("there is no page or file {name!r}", name=name)))
    return found


def _outside_code(text: str) -> list[str]:
    """The lines of Markdown that are not in fenced blocks of code."""
    kept, inside = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            inside = not inside
        elif not inside:
            kept.append(line)
    return kept


def _read(path: Path, section: str = "") -> Page:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = _("this page of the almanac cannot be read: {reason}", reason=" ".join(str(error).split()))
        raise ProblemError(Problem("error", str(path), what)) from error
    match = next((found for found in map(_HEADING.match, _outside_code(text)) if found), None)
    return Page(path.name, plain(match[2]) if match else path.stem, text, section)
