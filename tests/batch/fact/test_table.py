from pathlib import Path

import pytest

from game.batch.fact.report import EXPERIMENTS
from game.batch.fact.table import Check, read_facts
from game.problems import ProblemError

ROW = """
facts:
- fact: 1
  title: A fact
  published: It was so.
  source: A publication
  evidence: checked
  minerals: [copper]
  standing: counted
  turns: 2
  setup: A lever.
  checks:
  - {id: price, title: price, unit: times, published: 2, low: 1, high: 3, why: a price}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(ProblemError) as refused:
        read_facts(written(folder, text))
    return str(refused.value)


def test_the_table_holds_all_thirty_one_facts_in_order() -> None:
    assert [fact.fact for fact in read_facts()] == list(range(1, 32))


def test_every_fact_that_counts_has_an_experiment_or_says_what_is_missing() -> None:
    for fact in read_facts():
        assert (fact.fact in EXPERIMENTS) == (fact.counts and not fact.missing), fact.title


def test_facts_that_do_not_count_say_why_and_are_about_no_mineral_or_no_number() -> None:
    for fact in read_facts():
        if not fact.counts:
            assert fact.reason
            assert not fact.checks
        if fact.standing == "no_mineral":
            assert not fact.minerals


def test_the_edges_of_a_band_are_inside_and_no_figure_is_outside() -> None:
    check = Check(id="x", title="x", unit="x", published="2", low=1.0, high=3.0, why="x")
    assert check.holds(1.0)
    assert check.holds(3.0)
    assert not check.holds(0.99)
    assert not check.holds(3.01)
    assert not check.holds(float("nan"))


def test_a_sound_table_is_read_and_each_slip_in_it_is_named(tmp_path: Path) -> None:
    assert read_facts(written(tmp_path, ROW))[0].checks[0].published == "2"
    assert "high 3" in complaint(tmp_path, ROW.replace("low: 1,", "low: 4,"))
    assert "unit" in complaint(tmp_path, ROW.replace("unit: times, ", ""))
    assert "lever" in complaint(tmp_path, ROW.replace("setup:", "lever:"))
    assert "reason" in complaint(tmp_path, ROW.replace("standing: counted", "standing: no_number"))
    assert "minerals" in complaint(tmp_path, ROW.replace("[copper]", "[]"))
    assert "one number" in complaint(tmp_path, ROW + ROW.split("facts:\n")[1])
    assert "cannot be read" in complaint(tmp_path, "facts: [")
