"""The almanac as the reader shows it: Markdown taken apart into blocks, and a search over all pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any, Literal

from game.content.almanac import FOLDER, Heading, Page, read_almanac

Style = Literal["", "strong", "em", "code"]
MOST_HITS = 60
LEAST_LETTERS = 2
SNIPPET = 34  # letters shown on either side of what was found


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `href` when they are a link."""

    text: str
    style: Style = ""
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page.

    `rows` are the lines of code, the cells of a table (first row: heads), else one row of one cell.
    `level` is that of a heading, or how deep a list item stands; `marker` its bullet or number.
    """

    kind: Literal["heading", "paragraph", "code", "table"]
    rows: tuple[tuple[Runs, ...], ...]
    level: int = 0
    anchor: str = ""
    marker: str = ""

    def words(self, row: int) -> str:
        """The text of a row."""
        return "  ".join("".join(run.text for run in cell) for cell in self.rows[row]).strip()


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the almanac: a page, and a row of one of its blocks."""

    page: str
    block: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: where, under which heading, in which words."""

    place: Place
    title: str
    words: str


class Almanac:
    """All pages; blocks are made when a page is first asked for. Raises ProblemError when pages cannot be read."""

    def __init__(self) -> None:
        self.pages = {page.name: page for page in read_almanac(FOLDER)}

    @property
    def front(self) -> str:
        """The page the almanac opens at."""
        return next(iter(self.pages))

    @cached_property
    def sections(self) -> dict[str, list[Page]]:
        """The pages by part of the contents, the front page first, in a part without a name."""
        found: dict[str, list[Page]] = {}
        for page in self.pages.values():
            found.setdefault(page.section, []).append(page)
        return found

    def blocks(self, name: str) -> tuple[Block, ...]:
        """The blocks of a page."""
        return page_blocks(self.pages[name])

    def read_all(self, _report: object = None) -> None:
        """Take every page apart, which a search needs."""
        for name in self.pages:
            self.blocks(name)

    def beside(self, name: str, step: int) -> str:
        """The page so many places further on in the contents; the same at their ends."""
        names = list(self.pages)
        return names[min(max(names.index(name) + step, 0), len(names) - 1)]

    def target(self, page: str, href: str) -> Place | None:
        """Where a link of a page leads; None when it leads out of the almanac."""
        name, _hash, anchor = href.partition("#")
        name = name or page
        if name not in self.pages:
            return None
        for number, block in enumerate(self.blocks(name)):
            if anchor and block.anchor == anchor:
                return Place(name, number)
        return Place(name)

    def entry(self, page: str, name: str) -> Place:
        """The row of a table of a page that begins with a name, such as a field's."""
        for number, block in enumerate(self.blocks(page)):
            for row, cells in enumerate(block.rows):
                if block.kind == "table" and cells[0] and cells[0][0].text == name:
                    return Place(page, number, row)
        return Place(page)

    def search(self, text: str) -> list[Hit]:
        """Headings that hold the text, those that begin with it first, then other rows; nothing for a single letter."""
        wanted = text.strip().lower()
        if len(wanted) < LEAST_LETTERS:
            return []
        starts, heads, rest = [], [], []
        for page in self.pages.values():
            for hit, is_heading in self._hits(page, wanted):
                if not is_heading:
                    rest.append(hit)
                else:
                    (starts if hit.words.lower().startswith(wanted) else heads).append(hit)
        return (starts + heads + rest)[:MOST_HITS]

    def _hits(self, page: Page, wanted: str) -> Iterator[tuple[Hit, bool]]:
        under = page.title
        for number, block in enumerate(self.blocks(page.name)):
            for row in range(block.kind == "table", len(block.rows)):
                words = block.words(row)
                if block.kind == "heading":
                    under = page.title if block.level == 1 else f"{page.title} › {words}"
                if wanted in words.lower():
                    is_heading = block.kind == "heading"
                    found = words if is_heading else snippet(words, wanted)
                    yield Hit(Place(page.name, number, row), page.title if is_heading else under, found), is_heading


def snippet(words: str, wanted: str) -> str:
    """The words around what was found, cut at blanks."""
    at = words.lower().index(wanted)
    first, last = max(at - SNIPPET, 0), min(at + len(wanted) + SNIPPET, len(words))
    if first:
        first = words.rfind(" ", 0, first) + 1
    if last < len(words):
        last = max(words.rfind(" ", at + len(wanted), last), at + len(wanted))
    return ("… " if first else "") + words[first:last] + (" …" if last < len(words) else "")


@lru_cache(maxsize=64)
def page_blocks(page: Page) -> tuple[Block, ...]:
    """A page's Markdown as blocks."""
    from markdown_it import MarkdownIt  # here, because only this screen reads Markdown and a launch should not wait

    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(_without_comments(page.text))
    return tuple(_Reader(tokens, iter(page.headings)).blocks())


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("<!--"))


class _Reader:
    """Walks the tokens of a page once."""

    def __init__(self, tokens: list[Any], headings: Iterator[Heading]) -> None:
        self._tokens, self._headings = iter(tokens), headings
        self._lists: list[int] = []  # the next number of each list around, 0 for bullets
        self._marker = ""

    def blocks(self) -> Iterator[Block]:
        """The blocks in order."""
        for token in self._tokens:
            if token.type == "heading_open":
                heading = next(self._headings)
                yield Block("heading", ((self._inline(),),), heading.level, heading.anchor)
            elif token.type == "paragraph_open":
                yield Block("paragraph", ((self._inline(),),), len(self._lists), marker=self._marker)
                self._marker = ""
            elif token.type == "fence":
                lines = token.content.rstrip("\n").split("\n")
                yield Block("code", tuple(((Run(line, "code"),),) for line in lines), len(self._lists))
            elif token.type == "table_open":
                yield Block("table", tuple(self._table()))
            else:
                self._follow_list(token)

    def _follow_list(self, token: Any) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            is_ordered = token.type == "ordered_list_open"
            self._lists.append(int(token.attrs.get("start", 1)) if is_ordered else 0)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "list_item_open":
            number = self._lists[-1]
            self._marker = f"{number}." if number else "•"
            self._lists[-1] += bool(number)

    def _inline(self) -> Runs:
        return tuple(_runs(next(self._tokens).children or []))

    def _table(self) -> Iterator[tuple[Runs, ...]]:
        row: list[Runs] = []
        for token in self._tokens:
            if token.type == "table_close":
                return
            if token.type == "tr_open":
                row = []
            elif token.type in ("th_open", "td_open"):
                row.append(self._inline())
            elif token.type == "tr_close":
                yield tuple(row)


def _runs(children: list[Any]) -> Iterator[Run]:
    """The runs of a line, as few as there are styles and links; breaks of the source are blanks."""
    for (style, href), same in groupby(_pieces(children), key=lambda run: (run.style, run.href)):
        yield Run("".join(run.text for run in same), style, href)


def _pieces(children: list[Any]) -> Iterator[Run]:
    styles: list[Style] = []
    href = ""
    for child in children:
        if child.type in ("strong_open", "em_open"):
            styles.append("strong" if child.type == "strong_open" else "em")
        elif child.type in ("strong_close", "em_close"):
            styles.pop()
        elif child.type == "link_open":
            href = str(child.attrs["href"])
        elif child.type == "link_close":
            href = ""
        elif child.type == "code_inline":
            yield Run(child.content, "code", href)
        else:
            words = {"softbreak": " ", "hardbreak": "\n"}.get(child.type, child.content)
            if words:
                yield Run(words, styles[-1] if styles else "", href)
