import pytest

from game.batch import bench
from game.batch.bench import Figure, seconds


def test_a_figure_holds_within_its_limit() -> None:
    assert Figure("a", 1.4, "times", limit=1.5).holds
    assert not Figure("a", 1.6, "times", limit=1.5).holds
    assert Figure("a", 120.0, "times", least=100.0).holds
    assert not Figure("a", 66.0, "times", least=100.0).holds
    assert Figure("a", 66.0, "ms").holds


def test_the_table_marks_what_is_beyond_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Figure("slow", 3.0, "s", limit=2.0), Figure("quick", 1.0, "s", limit=2.0)]
    monkeypatch.setattr(bench, "figures", lambda: found)
    _heading, slow, quick = bench.table().splitlines()
    assert "beyond" in slow
    assert "beyond" not in quick


def test_time_is_taken_after_a_run_that_does_not_count() -> None:
    calls: list[int] = []
    assert seconds(lambda: calls.append(1), 3) >= 0
    assert len(calls) == 4
