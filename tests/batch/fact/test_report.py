import json
from pathlib import Path

import pytest

from game.batch.fact.report import Outcome, as_json, as_page, lines, total, write
from game.batch.fact.table import Check, Fact
from game.cli.command import run

CHECKS = (
    Check(id="price", title="price", unit="times", published="2", low=1, high=3, why="a price"),
    Check(id="share", title="share", unit="percent", published="10", low=0, high=20, why="a share"),
)
COUNTED = Fact(
    fact=1,
    title="It rose",
    published="Prices rose.",
    source="A publication",
    evidence="checked",
    minerals=("copper",),
    standing="counted",
    setup="A lever.",
    checks=CHECKS,
)
MISSING = COUNTED.model_copy(update={"fact": 2, "title": "It left", "missing": "nobody can leave"})
UNCOUNTED = Fact(
    fact=3, title="Tin", published="Tin fell.", source="x", evidence="recalled", standing="no_mineral", reason="tin"
)
FOUND = [Outcome(COUNTED, {"price": 2.0, "share": 5.0}), Outcome(MISSING, {}), Outcome(UNCOUNTED, {})]


def test_a_fact_holds_only_when_every_figure_is_inside() -> None:
    assert FOUND[0].verdict == "holds"
    outside = Outcome(COUNTED, {"price": 2.0, "share": 21.0})
    assert outside.verdict == "does not hold"
    assert outside.why == "share: 21, band 0 to 20"


def test_a_fact_without_an_experiment_counts_as_failed_and_says_what_is_missing() -> None:
    assert FOUND[1].verdict == "does not hold"
    assert FOUND[1].why == "nobody can leave"


def test_facts_about_no_mineral_count_neither_way() -> None:
    assert FOUND[2].verdict == "not counted"
    assert total(FOUND) == "1 of 2 facts hold"


def test_lines_print_model_beside_published_and_end_with_the_total() -> None:
    text = lines(FOUND)
    assert "inside   price: model 2, published 2 times, band 1 to 3" in text
    assert "no figure" in text
    assert text.endswith("1 of 2 facts hold")


def test_json_has_a_row_for_each_figure(tmp_path: Path) -> None:
    write(FOUND, tmp_path / "x.json")
    found = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert found == json.loads(as_json(FOUND))
    assert [row.get("model") for row in found] == [2.0, 5.0, None, None, None]
    assert found[1]["inside"]
    assert not found[2]["inside"]


def test_the_page_names_what_does_not_hold(tmp_path: Path) -> None:
    write(FOUND, tmp_path / "x.md")
    page = (tmp_path / "x.md").read_text(encoding="utf-8")
    assert page == as_page(FOUND)
    assert "- 2 · It left: nobody can leave." in page
    assert "**1 of 2 facts hold.**" in page


def test_one_fact_can_be_played_alone_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["facts", "--fact", "29", "--out", str(tmp_path / "x.json")]) == 0
    assert "of 1 facts hold" in capsys.readouterr().out
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))[0]["fact"] == 29


def test_a_wrong_number_or_ending_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["facts", "--fact", "32"]) == 2
    assert "there is no fact 32" in capsys.readouterr().err
    assert run(["facts", "--out", "x.csv"]) == 2
    assert "does not end in .json or .md" in capsys.readouterr().err
