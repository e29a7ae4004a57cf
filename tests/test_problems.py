import pytest

from game.problems import Problem, ProblemError


def test_a_problem_is_one_line_of_place_fault_and_remedy():
    problem = Problem("error", "level.yaml:3", "turns is -1", "give 1 to 60")
    assert str(problem) == "level.yaml:3: turns is -1 — give 1 to 60"


def test_a_problem_without_place_or_remedy_has_no_empty_marks():
    assert str(Problem("warning", "", "nothing is sold")) == "nothing is sold"


def test_an_error_carries_every_problem_and_prints_one_a_line():
    problems = [Problem("error", "a", "b"), Problem("warning", "c", "d", "e")]
    error = ProblemError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == "a: b\nc: d — e"


def test_one_problem_may_be_raised_alone():
    problem = Problem("error", "a", "b")
    assert ProblemError(problem).problems == (problem,)


def test_an_error_without_a_problem_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        ProblemError([])
