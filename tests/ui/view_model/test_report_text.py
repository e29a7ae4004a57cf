"""The report as a text file."""

from pathlib import Path

from game.problems import Problem
from game.ui.view_model.report_headline import headlines
from game.ui.view_model.report_text import report_lines, subtitle_number, write_report
from tests.ui.played import LONG, scene_of


def test_the_text_holds_every_section_and_every_number_of_the_summary():
    scene = scene_of(LONG, "JPN", 4)
    text = "\n".join(report_lines(scene))
    for words in ("Headlines", "What changed and why", "Demand met by product", "Prices", "Orders of all nations"):
        assert words in text
    for number in scene.report.number("support").causes:
        assert number.title in text
    security = scene.report.number("n_minus_1")
    assert f"by part: {security.parts[0].title}" in text
    assert all(scene.match.name(mineral).partition(" (")[0] in text for mineral in scene.axes.minerals)


def test_the_file_goes_into_the_user_folder_under_a_name_that_tells_the_turn():
    path = write_report(scene_of(LONG, "JPN", 4))
    assert isinstance(path, Path)
    assert path.name == "long_arc_JPN_turn_04.txt"
    assert "Report on 2026 H2" in path.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_a_problem_with_its_reason(tmp_path):
    (tmp_path / "reports").write_text("a file in the way")
    found = write_report(scene_of(LONG, "JPN", 4), tmp_path / "reports")
    assert isinstance(found, Problem)
    assert found.what
    assert found.hint


def test_the_subtitle_counts_the_headlines():
    scene = scene_of(LONG, "JPN", 4)
    assert f"{len(headlines(scene))} headlines" in str(subtitle_number(scene))
