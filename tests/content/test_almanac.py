"""The almanac's pages: their order, headings, anchors and links."""

from __future__ import annotations

import pytest

from game.content.almanac import FOLDER, Page, anchor_of, link_problems, plain, read_almanac
from game.problems import ProblemError


def test_no_link_of_the_almanac_is_dead():
    assert link_problems(read_almanac()) == []


def test_every_page_of_the_folder_is_in_the_contents():
    assert {page.name for page in read_almanac()} == {path.name for path in FOLDER.glob("*.md")}


def test_pages_come_in_the_order_of_the_contents(tmp_path):
    front = "# Front\n\nSee [b](b.md).\n\n- [A](a.md): x\n\n## More\n\n- [B](b.md)\n"
    (tmp_path / "README.md").write_text(front, encoding="utf-8")
    (tmp_path / "a.md").write_text("# Page *a*\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("no heading\n", encoding="utf-8")
    assert [(page.name, page.title, page.section) for page in read_almanac(tmp_path)] == [
        ("README.md", "Front", ""), ("a.md", "Page a", "Front"), ("b.md", "b", "More"),
    ]  # fmt: skip


def test_a_page_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "README.md").write_text("# Front\n\n- [Gone](gone.md)\n", encoding="utf-8")
    with pytest.raises(ProblemError, match=r"gone\.md"):
        read_almanac(tmp_path)


def test_headings_have_the_anchors_of_forges_and_repeated_ones_a_number():
    page = Page("x.md", "X", "# A `b` c\n\n```\n# not a heading\n```\n\n## Same\n\n## Same\n")
    assert [heading.anchor for heading in page.headings] == ["a-b-c", "same", "same-1"]
    assert anchor_of("Platinum group (Pt+Pd)") == "platinum-group-ptpd"
    assert plain("see **[the page](x.md)**") == "see the page"


def test_dead_links_are_named_with_their_page(tmp_path):
    page = Page("x.md", "X", "# X\n\n[a](y.md) [b](#nothing) [c](#x) [d](https://example.org)\n")
    assert [problem.what for problem in link_problems((page,), tmp_path)] == [
        "there is no page or file 'y.md'", "there is no heading 'nothing' in x.md",
    ]  # fmt: skip
