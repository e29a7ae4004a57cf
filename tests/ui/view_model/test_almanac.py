"""Markdown becomes blocks, and every row of the almanac can be found."""

from __future__ import annotations

import subprocess
import sys

import pytest

from game.content.almanac import Page
from game.engine.fields import FIELDS
from game.files import ROOT
from game.ui.view_model import source
from game.ui.view_model.almanac import Almanac, Place, Run, page_blocks, snippet

TEXT = """# A `page`

Some **strong
words**, *stress* and [a link](other.md#there).

- one
- two
  1. deep

```
a  = b
  c
```

| Head | |
| --- | --- |
| cell | `code` |
"""


@pytest.fixture(scope="module")
def almanac():
    return Almanac()


def blocks():
    return page_blocks(Page("page.md", "A page", TEXT))


def test_paragraphs_are_runs_of_one_style_each_with_breaks_as_blanks():
    assert blocks()[1].rows[0][0] == (
        Run("Some "), Run("strong words", "strong"), Run(", "), Run("stress", "em"), Run(" and "),
        Run("a link", "", "other.md#there"), Run("."),
    )  # fmt: skip


def test_items_keep_their_marker_and_depth():
    items = [(block.level, block.marker, block.words(0)) for block in blocks() if block.marker]
    assert items == [(1, "•", "one"), (1, "•", "two"), (2, "1.", "deep")]


def test_code_keeps_its_lines_and_tables_their_cells():
    code, table = blocks()[-2:]
    assert [code.words(row) for row in range(2)] == ["a  = b", "c"]
    assert table.rows == (((Run("Head"),), ()), ((Run("cell"),), (Run("code", "code"),)))


def test_headings_carry_the_anchors_that_links_name():
    assert [(block.level, block.anchor) for block in blocks() if block.kind == "heading"] == [(1, "a-page")]


def test_every_page_becomes_blocks_with_as_many_headings_as_it_has(almanac):
    for page in almanac.pages.values():
        anchors = [block.anchor for block in almanac.blocks(page.name) if block.kind == "heading"]
        assert anchors == [heading.anchor for heading in page.headings]


def test_every_link_within_the_almanac_leads_to_its_heading(almanac):
    for page in almanac.pages.values():
        for link in page.links:
            name, _hash, anchor = link.partition("#")
            if (name or page.name) in almanac.pages:
                place = almanac.target(page.name, link)
                assert not anchor or almanac.blocks(place.page)[place.block].anchor == anchor
    assert almanac.target("README.md", "../../LICENSE") is None


def test_every_field_has_a_place_that_f1_on_its_tooltip_leads_to(almanac):
    for field in FIELDS:
        name = source.first_field(source.fields(field.name))
        place = almanac.entry("fields.md", name)
        assert almanac.blocks(place.page)[place.block].words(place.row).startswith(f"{field.name} ")
    assert source.first_field(source.game("settings")) == ""


def test_a_search_finds_headings_first_and_nothing_for_one_letter(almanac):
    hits = almanac.search("Scrap")
    assert hits[0].words == "Scrap"
    assert any("scrap" in hit.words.lower() and hit.place.page == "parameters.md" for hit in hits)
    assert almanac.search("s") == []
    assert almanac.search("no such words") == []


def test_a_found_row_holds_the_words(almanac):
    for hit in almanac.search("governance"):
        row = almanac.blocks(hit.place.page)[hit.place.block].words(hit.place.row)
        assert "governance" in row.lower()


def test_a_snippet_is_cut_at_blanks_around_what_was_found():
    words = "a long row of words that goes on for a while and holds the needle somewhere far behind all its beginning"
    assert snippet(words, "needle").startswith("… ")
    assert " needle " in snippet(words, "needle")
    assert snippet("short", "short") == "short"


def test_pages_turn_in_the_order_of_the_contents_and_stop_at_the_ends(almanac):
    assert almanac.beside("README.md", 1) == "turn.md"
    assert almanac.beside("README.md", -1) == "README.md"
    assert almanac.entry("fields.md", "nothing") == Place("fields.md")


def test_launching_to_the_title_reads_no_markdown():
    program = "import sys, game.ui.app, game.ui.screens.title; assert 'markdown_it' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
