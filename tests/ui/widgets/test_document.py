"""Documents break their text to the width they have, and their links and rows can be reached."""

from __future__ import annotations

import pytest

from game.content.almanac import Page
from game.ui import audit, text, theme
from game.ui.screen import Screen
from game.ui.tip import Tip
from game.ui.view_model.almanac import Run, page_blocks
from game.ui.widgets.document import Document, column_widths
from game.ui.widgets.layout import Scroll
from game.ui.widgets.prose import Link, broken
from tests.ui.pilot import Pilot

TEXT = """# Title

Words with [a link](there.md) and `code` in a line that is long enough to be broken more than once in a narrow window.

- an item

```
x = y
```

| Name | Meaning |
| --- | --- |
""" + "".join(f"| row {n} | what it means, at some length, so that it needs [more](m{n}.md) |\n" for n in range(60))

SIZE = theme.BODY


@pytest.fixture(autouse=True)
def _usual_scale():
    yield
    theme.use_scale(1.0)


class Shown(Screen):
    """A document in a scrolled window."""

    def __init__(self):
        super().__init__()
        self.followed = []
        blocks = page_blocks(Page("page.md", "Title", TEXT))
        self.document = Document(blocks, "page", self.followed.append, Tip("Title", "", "A page", "text", (), "file"))

    def build(self, size):
        return Scroll(self.document, "scroll")


def words(lines):
    """The text of broken lines."""
    return ["".join(piece.words for piece in line).strip() for line in lines]


def test_lines_keep_within_the_limit_and_lose_no_word():
    runs = (Run("some words in "), Run("bold type", "strong"), Run(", and "), Run("more", "", "x.md"), Run(" after it"))
    for limit in (90, 160, 400):
        lines = broken(runs, SIZE, limit)
        assert all(
            line[-1].left + text.width(line[-1].words.rstrip(), SIZE, theme.SEMIBOLD) <= limit + 8 for line in lines
        )
        assert " ".join(words(lines)) == "some words in bold type, and more after it"


def test_a_comma_behind_a_bold_word_never_begins_a_line():
    runs = (Run("a "), Run("word", "strong"), Run(", b"))
    for limit in range(60, 140, 4):
        assert not any(line.startswith(",") for line in words(broken(runs, SIZE, limit)))


def test_a_word_longer_than_a_line_goes_on_in_the_next():
    path = (Run("levels/_shared/sources/engine_parameters.csv", "code"),)
    lines = broken(path, SIZE, 150)
    assert len(lines) > 1
    assert "".join(words(lines)) == path[0].text
    assert "".join(words(broken((Run("W" * 40),), SIZE, 60))) == "W" * 40


def test_columns_get_what_they_want_where_there_is_room_and_never_more_than_there_is():
    rows = [[(Run("id"),), (Run("a sentence of some length " * 4),)], [(Run("name"),), (Run("short"),)]]
    wide = column_widths(rows, 2000)
    assert sum(wide) < 2000
    for room in (60, 120, 300, 600):
        assert sum(column_widths(rows, room)) <= room


@pytest.mark.parametrize("size", [(640, 480), (1280, 720)])
def test_nothing_leaves_the_document_or_overlaps(size):
    root = Pilot(Shown(), size).window.root
    assert audit.overlapping_texts(root) + audit.outlying_texts(root) + audit.cut_texts(root) == []
    assert audit.numbers_without_tip(root) == []


def test_a_link_is_followed_by_mouse_and_by_key():
    screen = Shown()
    pilot = Pilot(screen, (1280, 720))
    link = next(widget for widget in screen.document.walk() if isinstance(widget, Link))
    pilot.click(link.id)
    pilot.window.focus(None)
    pilot.key("tab", "enter")
    assert screen.followed == ["there.md", "there.md"]


def test_only_the_first_line_of_a_link_is_a_stop_of_the_tab_key():
    screen = Shown()
    Pilot(screen, (420, 480))
    stops = [widget for widget in screen.document.walk() if isinstance(widget, Link) and widget.focusable]
    assert len(stops) == 61


def test_a_marked_row_stands_where_top_of_says():
    screen = Shown()
    Pilot(screen, (1280, 720))
    table = len(screen.document.parts) - 1
    tops = [screen.document.top_of(table, row) for row in range(61)]
    assert tops == sorted(set(tops))
    screen.document.mark(table, 7)
    assert [part.marked for part in screen.document.parts] == [-1] * table + [7]


def test_a_page_shows_no_tooltip_over_what_is_read():
    screen = Shown()
    pilot = Pilot(screen, (1280, 720))
    pilot.point((60, 120))
    pilot.run(2 * theme.TIP_DELAY_MS)
    assert pilot.window.tips.shown is None
