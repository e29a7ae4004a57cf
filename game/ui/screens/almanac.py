"""The almanac: its pages at the left, the chosen one at the right, and a search over all of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pygame

from game.content.almanac import FOLDER, Page
from game.files import ROOT
from game.problems import Problem, ProblemError
from game.text import _
from game.ui import theme
from game.ui.screen import Screen
from game.ui.theme import px
from game.ui.tip import Tip
from game.ui.view_model import source
from game.ui.view_model.almanac import LEAST_LETTERS, Almanac, Hit, Place
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.choice import Choice
from game.ui.widgets.document import Document
from game.ui.widgets.label import Label, caption, heading
from game.ui.widgets.layout import Column, Row, Scroll, Spacer
from game.ui.widgets.panel import Bar, notice
from game.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from game.ui.app import App

# Reference pixels: of the window, under which the layout is the tight one; of the list and the room beside the text.
TIGHT = 1200
LIST_WIDTH, PAD = 344, 32
LIST_WIDTH_TIGHT, PAD_TIGHT = 232, 20
WIDEST_TEXT, LINE = 1120, 60


class Reading(Scroll):
    """The scrolled page; `goal` is a row to show once it has been laid out."""

    def __init__(self, document: Document, id: str, pad: float, goal: Place | None) -> None:
        super().__init__(Column(document, pad=(pad, 24), align="start"), id)
        self.document, self.goal = document, goal

    def restore(self, state: object) -> None:
        if self.goal is None:
            super().restore(state)

    def arrange(self) -> None:
        super().arrange()
        if self.goal is not None and self.rect.height:
            is_start = not (self.goal.block or self.goal.row)
            at = self.document.rect.y + self.document.top_of(self.goal.block, self.goal.row)
            self.scroll_to(0 if is_start else at - px(theme.ROW))
            self.goal = None


class PageList(Scroll):
    """The list of pages; shows the open one when it is first laid out."""

    def __init__(self, content: Widget, open_row: str) -> None:
        super().__init__(content, "page_list")
        self._open_row = open_row

    def arrange(self) -> None:
        super().arrange()
        row = self.content.find(self._open_row)
        if row is not None and self.rect.height:
            here, there = row.screen_rect, self.content.screen_rect
            self.reveal(here.move(-there.x, -there.y))
            self._open_row = ""


class AlmanacScreen(Screen):
    """Opens at the front page, at a page named by its file, or at the row of a field when one is named."""

    def __init__(self, app: App, page: str = "", entry: str = "") -> None:
        super().__init__()
        self.app = app
        self.almanac: Almanac | None = None
        self.problem: Problem | None = None
        self.query = ""
        self.place = Place(page)
        self.past: list[Place] = []
        self._entry = entry
        self._goal: Place | None = None
        self._below: Column | None = None

    def on_show(self) -> None:
        if self.almanac is None:
            self.read()
        if self.almanac is not None and self.window is not None:
            # Taken apart meanwhile, so that the first letters of a search need not wait for it.
            self.window.run_in_background(self.almanac.read_all, lambda _none: None)

    def read(self) -> None:
        """Read the pages from disk."""
        try:
            self.almanac, self.problem = Almanac(), None
        except ProblemError as error:
            self.almanac, self.problem = None, error.problems[0]
            return
        page = self.place.page or self.almanac.front
        self.place = self._goal = self.almanac.entry(page, self._entry) if self._entry else Place(page)

    # The tree -----------------------------------------------------------------------------------------------

    def build(self, size: tuple[int, int]) -> Widget:
        if self.almanac is None:
            return Column(self._unreadable(), fill=theme.WINDOW, radius=0, pad=PAD)
        reference = size[0] / theme.scale()
        is_tight = reference < TIGHT
        wide, pad = (LIST_WIDTH_TIGHT, PAD_TIGHT) if is_tight else (LIST_WIDTH, PAD)
        room = reference - wide - 2 * pad - Scroll.BAR - 8
        text = self._text(self.almanac, min(room, WIDEST_TEXT), pad)
        side = self._side(self.almanac, wide, is_tight=is_tight)
        return Row(side, text, gap=0, align="stretch", fill=theme.WINDOW, radius=0)

    def _unreadable(self) -> Widget:
        problem = self.problem
        words = " — ".join(filter(None, (problem.what, problem.hint))) if problem else ""
        tip = Tip(_("Almanac"), "", words, _("as written"), (), source.game(problem.where if problem else ""))
        again = Button(_("Try again"), "retry", on_press=self._try_again)
        back = Button(_("Back"), "back", icon="arrow_left", key="Esc", on_press=self.app.window.pop)
        shown = notice("warning", _("The almanac cannot be read"), words, again, back, tone="bad")
        shown.tip = tip
        return shown

    def _try_again(self) -> None:
        self.read()
        self.rebuild()

    def _side(self, almanac: Almanac, wide: float, *, is_tight: bool) -> Widget:
        back = Button(_("Back"), "back", icon="" if is_tight else "arrow_left", key="Esc",
                      on_press=self.app.window.pop)  # fmt: skip
        title = heading(_("Almanac"), size=theme.SUBTITLE if is_tight else theme.TITLE)
        tip = Tip(_("Search headings and text"), keys=((_("Key"), "/"),))
        field = TextField(self.query, "almanac_search", on_change=self._search, placeholder=_("Search"), tip=tip,
                          on_submit=lambda _text: self._open_first())  # fmt: skip
        self._below = Column(self._found(almanac), grow=1)
        return Bar(
            Row(title, Spacer(), back, gap=12),
            field,
            self._below,
            edges=("right",), width=wide, pad=(12, 20), gap=14, id="almanac_side",
        )  # fmt: skip

    def _found(self, almanac: Almanac) -> Widget:
        """What the search finds, or all pages while nothing is searched for."""
        is_searching = len(self.query.strip()) >= LEAST_LETTERS
        return self._hits(almanac) if is_searching else self._contents(almanac)

    def _contents(self, almanac: Almanac) -> Widget:
        parts: list[Widget] = []
        for section, pages in almanac.sections.items():
            rows = [self._page_row(page) for page in pages]
            head = [Column(caption(section), pad=(12, 0))] if section else []
            parts.append(Column(*head, *rows, gap=2))
        return PageList(Column(*parts, gap=14, group=True, id="pages"), f"page.{self.place.page}")

    def _page_row(self, page: Page) -> Widget:
        is_open = page.name == self.place.page
        words = Label(page.title, tone="high" if is_open else "text", wrap=True)
        return Choice(words, f"page.{page.name}", quiet=True, selected=is_open, pad=(12, 7),
                      on_press=partial(self.open, Place(page.name)), tip=_page_tip(page))  # fmt: skip

    def _hits(self, almanac: Almanac) -> Widget:
        hits = almanac.search(self.query)
        if not hits:
            return notice("search", _("Nothing found"), _("Try another word, or a shorter one."))
        rows = [self._hit_row(almanac, hit, number) for number, hit in enumerate(hits)]
        return Scroll(Column(*rows, gap=4, group=True, id="almanac_hits"), "hit_list")

    def _hit_row(self, almanac: Almanac, hit: Hit, number: int) -> Widget:
        words = Column(
            caption(hit.title, wrap=True), Label(hit.words, wrap=True, size=theme.CAPTION, tone="high"), gap=2
        )
        return Choice(words, f"hit.{number}", quiet=True, selected=hit.place == self.place, pad=(12, 7),
                      on_press=partial(self.open, hit.place), tip=_page_tip(almanac.pages[hit.place.page]))  # fmt: skip

    def _text(self, almanac: Almanac, wide: float, pad: float) -> Widget:
        page = almanac.pages[self.place.page]
        document = Document(almanac.blocks(page.name), page.name, self.follow, _page_tip(page), width=wide)
        if self.place.block or self.place.row:
            document.mark(self.place.block, self.place.row)
        goal, self._goal = self._goal, None
        return Reading(document, f"reading.{page.name}", pad, goal)

    # What is done here --------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """Show a row of a page, keeping the one before to come back to."""
        if place != self.place:
            self.past.append(self.place)
        self.place = self._goal = place
        self.rebuild()

    def back(self) -> bool:
        """Show what was read before; False when there is nothing."""
        if not self.past:
            return False
        self.place = self._goal = self.past.pop()
        self.rebuild()
        return True

    def follow(self, href: str) -> None:
        """Go where a link leads; of what lies outside the almanac say where it is."""
        if self.almanac is None:
            return
        place = self.almanac.target(self.place.page, href)
        if place is not None:
            self.open(place)
            return
        outside = href if ":" in href else str((FOLDER / href.partition("#")[0]).resolve().relative_to(ROOT))
        if self.window is not None:
            self.window.toast(_("Outside the almanac: {where}", where=outside))

    def _search(self, text: str) -> None:
        self.query = text.removeprefix("/")  # the key that came here, typed into the field
        if self.almanac is not None and self._below is not None:
            self._below.replace_children(self._found(self.almanac))

    def _open_first(self) -> None:
        hits = self.almanac.search(self.query) if self.almanac is not None else []
        if hits:
            self.open(hits[0].place)

    # Keys ---------------------------------------------------------------------------------------------------

    def on_key(self, event: Event) -> bool:
        """Esc and Backspace go back, arrows and page keys scroll, left and right turn the page, / searches."""
        if event.key == pygame.K_ESCAPE:
            return self._leave()
        if event.key == pygame.K_BACKSPACE:
            return self.back()
        if event.unicode == "/":
            return self._focus_search()
        if event.unicode == "?":
            self.app.show_keys()
            return True
        if event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            return self._turn(1 if event.key == pygame.K_RIGHT else -1)
        return self._scroll(event)

    def _leave(self) -> bool:
        """Out of the search, or out of the almanac."""
        if self.query:
            self.query = ""
            self.rebuild()
        else:
            self.app.window.pop()
        return True

    def _focus_search(self) -> bool:
        root = self.window.root if self.window is not None else None
        field = root.find("almanac_search") if root is not None else None
        if field is not None and self.window is not None:
            self.window.focus(field, by_key=True)
        return field is not None

    def _turn(self, step: int) -> bool:
        if self.almanac is None:
            return False
        name = self.almanac.beside(self.place.page, step)
        if name != self.place.page:
            self.open(Place(name))
        return True

    def _scroll(self, event: Event) -> bool:
        root = self.window.root if self.window is not None else None
        reading = root.find(f"reading.{self.place.page}") if root is not None else None
        if not isinstance(reading, Scroll):
            return False
        lines = {pygame.K_UP: -1, pygame.K_DOWN: 1}
        if event.key in lines:
            reading.scroll_to(reading.scroll[1] + lines[event.key] * px(LINE))
            return True
        return reading.handle(event)


def _page_tip(page: Page) -> Tip:
    path = (FOLDER / page.name).relative_to(ROOT).as_posix()
    return Tip(page.title, "", _("A page of the almanac."), _("text"), (), source.game(path))
