import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from game.cli.command import app, run
from game.content.load import load_level
from game.files import ROOT
from game.match.match import Match


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """What the error stream says, which is one line, and nothing else was printed."""
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert "Traceback" not in printed.err
    return printed.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("simulate no_such_level", "no_such_level"),
        ("simulate long_ark", "did you mean long_arc"),
        ("simulate long_arc --turns -1", "--turns"),
        ("simulate long_arc --turns many", "--turns"),
        ("simulate long_arc --worlds 0", "--worlds"),
        ("simulate long_arc --first-world -3", "--first-world"),
        ("simulate long_arc --seed x", "--seed"),
        ("simulate long_arc --scenario net_zer", "did you mean net_zero"),
        ("simulate long_arc --bogus", "--bogus"),
        ("simulate", "LEVEL"),
        ("simulate long_arc --turns 0 --out nowhere/x.csv", "nowhere"),
        ("simulate long_arc --turns 0 --out x.xls", "x.xls"),
        ("play long_arc --nation JPX", "JPX"),
        ("play long_arc --nation ROW", "ROW"),
        ("play no_such_level", "no_such_level"),
        ("play", "--load"),
        ("play long_arc --load x.chokepoint", "x.chokepoint"),
        ("play --load no_such_file.chokepoint", "no_such_file"),
        ("replay no_such_file.chokepoint", "no_such_file"),
        ("replay", "FILE"),
        ("shots --out . --size wide", "wide"),
        ("shots --out . --size 10x10", "10x10"),
        ("shots --out . --size 100000x100000", "100000x100000"),
        ("shots --out . --scale 300", "300"),
        ("shots", "--out"),
        ("dance", "dance"),
    ],
)
def test_wrong_use_is_answered_with_one_sentence_and_exit_code_2(
    arguments: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments.split()) == 2
    assert said in sentence(capsys)


def test_a_save_is_continued_under_its_own_level_and_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "game.chokepoint"
    match = Match.new(load_level("first_shipment"), {"JPN": "person"}, seed=3)
    match.save_to(path)
    match.close()
    opened: list[Match] = []
    monkeypatch.setattr("game.cli.window.open_window", opened.append)
    assert run(["play", "long_arc", "--load", str(path)]) == 2
    assert "is a game of first_shipment" in sentence(capsys)
    assert run(["play", "first_shipment", "--load", str(path)]) == 0
    assert run(["play", "--load", str(path)]) == 0
    assert [match.path for match in opened] == [path, path]
    for match in opened:
        match.close()


def test_a_level_with_many_problems_is_refused_with_the_first_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "level.yaml").write_text("turns: many\nbogus: 1\n", encoding="utf-8")
    assert run(["simulate", str(tmp_path)]) == 2
    assert "more: python main.py check" in sentence(capsys)


def test_a_save_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.chokepoint"
    path.write_bytes(b"not a save")
    assert run(["replay", str(path)]) == 2
    assert str(path) in sentence(capsys)
    assert path.read_bytes() == b"not a save"


def test_simulate_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("simulate first_shipment --turns 1 --worlds 2 --out -".split()) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["level"], data["seed"], data["worlds"]) == ("first_shipment", 1, 2)
    assert [turn["date"] for turn in data["turns"]] == ["2024", "2025H1"]
    assert all(re.fullmatch("[0-9a-f]{64}", state_hash) for state_hash in data["state_hash"])


def test_simulate_without_a_file_prints_prices_by_turn(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("simulate first_shipment --turns 2".split()) == 0
    assert "2025H2" in capsys.readouterr().out


def test_simulate_writes_a_table_or_json_by_the_name_of_the_file(tmp_path: Path) -> None:
    table, data = tmp_path / "x.csv", tmp_path / "x.json"
    assert run(f"simulate first_shipment --turns 1 --out {table}".split()) == 0
    assert run(f"simulate first_shipment --turns 1 --out {data}".split()) == 0
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    headline = [row for row in rows if row["turn"] == "1" and row["quantity"] == "price_usd_per_t"]
    minerals = json.loads(data.read_text(encoding="utf-8"))["turns"][1]["minerals"]
    assert {row["mineral"]: float(row["value"]) for row in headline} == {
        mineral: values["price_usd_per_t"] for mineral, values in minerals.items()
    }


def test_check_finds_nothing_in_the_levels_that_come_with_the_game(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    assert "long_arc" in capsys.readouterr().out


def test_check_prints_every_problem_and_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "level.yaml").write_text("id: broken\nturns: many\nbogus: 1\n", encoding="utf-8")
    assert run(["check", str(folder)]) == 1
    printed = capsys.readouterr().out
    assert "turns" in printed
    assert "bogus" in printed


def test_replay_of_an_untouched_save_says_identical(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "game.chokepoint"
    match = Match.new(load_level("first_shipment"), {"JPN": "person"}, seed=3)
    match.save_to(path)
    match.end_turn()
    match.close()
    assert run(["replay", str(path)]) == 0
    assert "identical" in capsys.readouterr().out


def test_whatif_prints_prices_shortages_and_who_suffers(capsys: pytest.CaptureFixture[str]) -> None:
    shock = "rare_earths:CHN:export:-80%"
    assert run(["whatif", "first_shipment", "--shock", shock, "--turns", "2", "--worlds", "2"]) == 0
    printed = capsys.readouterr().out
    assert all(word in printed for word in (shock, "Prices", "Shortages", "Who suffers", "JPN"))


@pytest.mark.parametrize("shocks", [["rare_earths:CHN:exprot:-80%"], ["rare_earths:CHN:mine:-8%@1", "nonsense"]])
def test_a_wrong_shock_is_one_sentence_and_exit_code_2(shocks: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["whatif", "first_shipment", *(part for shock in shocks for part in ("--shock", shock))]) == 2
    complaint = capsys.readouterr().err
    assert shocks[-1] in complaint
    assert complaint.count("\n") == 1


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in ("play", "simulate", "check", "replay", "shots", "bench", "whatif"))


def test_a_reader_that_leaves_early_meets_no_traceback() -> None:
    command = f"{sys.executable} main.py simulate first_shipment --turns 1 --out - | head -c 10"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout == '{"level":"'


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^python main\.py (\w+)", text, re.MULTILINE))
    assert listed == {command.name or command.callback.__name__ for command in app.registered_commands}
