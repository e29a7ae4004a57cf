"""The command that says why a number moved."""

import json
from pathlib import Path

import pytest

from game.cli.command import run
from game.cli.why import adding_up, why_lines
from game.content.load import load_level
from game.match.cause import Cause
from game.match.change import NumberChange
from game.match.match import Match
from game.match.number import Answer, number_names
from game.rules.catalog import ORDERS


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two turns of rare earths; Japan buys much for its stockpile in the second."""
    level = load_level("first_shipment")
    seats = {nation: "habit" for nation in level.nations if nation != "ROW"} | {"JPN": "person"}
    match = Match.new(level, seats, 5)
    path = tmp_path_factory.mktemp("why") / "game.chokepoint"
    match.save_to(path)
    match.end_turn()
    assert not match.submit("JPN", ORDERS["buy_stock"](mineral="rare_earths", months=3.0, tempo="open"))
    match.end_turn()
    match.close()
    return path


def test_the_causes_of_a_price_are_printed_with_its_change(save: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", str(save), "--number", "price:rare_earths", "--nation", "JPN"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Price of rare earths, 2025H2 (US$ per t)\n")
    assert "Japan: Stockpile purchase" in said


def test_the_causes_add_up_in_full_and_as_they_are_written(save: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in ("price:rare_earths", "n_minus_1", "treasury", "standing", "trust:CHN", "cover:rare_earths"):
        asked = ["why", str(save), "--number", number, "--nation", "JPN", "--turn", "1"]
        assert run([*asked, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert 0 < len(found["causes"]) <= 6 or found["change"] == 0
        assert sum(cause["amount"] for cause in found["causes"]) == pytest.approx(found["change"], abs=1e-9)
        assert found["after"] - found["before"] == found["change"]
        assert run(asked) == 0
        lines = capsys.readouterr().out.replace("−", "-").replace(",", "").splitlines()
        written = [float(line.split()[0]) for line in lines[2:] if "·" not in line and found["causes"]]
        total = float(lines[1].split()[-1])
        assert sum(written) == pytest.approx(total if found["causes"] else 0.0, abs=1e-9)


def test_an_account_is_told_of_the_nation_that_is_asked_for(save: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", str(save), "--number", "treasury", "--nation", "CHN"]) == 0
    assert "Treasury, China" in capsys.readouterr().out


def test_every_number_that_is_listed_has_an_answer(save: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", str(save), "--list"]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    match = Match.load(save)
    assert names == list(number_names(match))
    match.close()
    for name in names:
        assert run(["why", str(save), "--number", name]) == 0
    assert len(names) > 20


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--number pric:rare_earths", "did you mean price:rare_earths"),
        ("--number price", "price:rare_earths"),
        ("--number zzz", "--list"),
        ("--number support --nation JPX", "JPX"),
        ("--number support --turn 3", "turns 1 to 2"),
        ("--number support --turn 0", "--turn"),
        ("", "--number"),
        ("--number support --list", "--number"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(
    save: Path, arguments: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", str(save), *arguments.split()]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert said in printed.err


def test_the_score_of_a_saved_game_is_printed(save: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", str(save)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Score of Japan after 2025H2, 0-100"
    assert run(["score", str(save), "--nation", "JPX"]) == 2
    assert "JPX" in capsys.readouterr().err


def test_a_game_without_a_turn_has_nothing_to_explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    match = Match.new(load_level("first_shipment"), {"JPN": "person"}, 5)
    match.save_to(tmp_path / "new.chokepoint")
    match.close()
    assert run(["why", str(tmp_path / "new.chokepoint"), "--number", "support"]) == 2
    assert "no turn of this game is resolved yet" in capsys.readouterr().err
    assert run(["score", str(tmp_path / "new.chokepoint")]) == 2
    assert "no score" in capsys.readouterr().err


def test_rounded_amounts_sum_to_the_rounded_total() -> None:
    assert adding_up([1.26, 2.26, -0.52], 3.0, 1) == [1.3, 2.2, -0.5]
    assert sum(adding_up([1 / 3] * 3, 1.0, 2)) == pytest.approx(1.0)


def test_causes_are_written_one_a_line_under_the_change(save: Path) -> None:
    match = Match.load(save)
    causes = (Cause("royalty", "Royalties", 1.26), Cause("interest", "Interest on debt", -0.5))
    lines = why_lines(match, Answer("Treasury", "JPN", 1, NumberChange("treasury", "US$ bn", 4.0, 4.76, causes)))
    match.close()
    assert lines == [
        "Treasury, Japan, 2025H1 (US$ bn)",
        "4.000 → 4.760, +0.760",
        "  +1.260  Royalties",
        "  −0.500  Interest on debt",
    ]
