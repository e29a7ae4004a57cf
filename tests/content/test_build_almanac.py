"""The almanac's tables are what the command writes, and nothing of the model is without an entry."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import pytest

from game.content.almanac import FOLDER, read_almanac
from game.content.almanac_error import error_page
from game.content.almanac_text import figure, grade, table
from game.content.build_almanac import EPISODES, generated_pages
from game.content.episode import load_episodes
from game.content.load import load_level
from game.engine.baseline import Parameters
from game.engine.fields import FIELDS
from game.engine.measures.table import MEASURES
from game.files import ROOT
from game.rules.catalog import CLAUSES, ORDERS, TREATIES

REMEDY = "run python -m game.content.build_almanac"
EQUATIONS = ("clearing", "gates", "expectations", "investment", "demand", "products", "scrap", "technology", "finance",
             "society", "measure_formulas")  # fmt: skip


@pytest.fixture(scope="module")
def made():
    """The generated pages as the tables of today give them."""
    return generated_pages()


def stored(name):
    """The text of a page as it lies in the folder."""
    return (FOLDER / name).read_text(encoding="utf-8")


def test_every_generated_page_is_what_the_command_writes(made):
    for name, text in made.items():
        assert stored(name) == text, f"{name} is stale: {REMEDY}"


def test_every_parameter_has_an_entry():
    page = stored("parameters.md")
    for item in fields(Parameters):
        assert f"| `{item.name}`" in page, f"{item.name}: {REMEDY}"


def test_every_parameter_stands_in_an_equation():
    text = "".join(stored(f"{name}.md") for name in EQUATIONS)
    names = load_level("long_arc").world.parameters
    missing = [name for name in names if not re.search(rf"\b{name}\b", text)]
    assert missing == [], "say on a page of equations in assets/almanac what these parameters do"


def test_every_field_has_an_entry():
    page = stored("fields.md")
    for field in FIELDS:
        assert f"| `{field.name}` | {field.axes} | {field.unit} |" in page, f"{field.name}: {REMEDY}"


def test_every_measure_order_clause_and_treaty_has_an_entry():
    orders, treaties, measures = stored("orders.md"), stored("treaties.md"), stored("measures.md")
    for kind, order in ORDERS.items():
        assert f"### {order.title}\n" in orders, kind
        assert all(f"| `{name}` |" in orders for name in order.model_fields), kind
    assert all(f"### {clause.title}\n" in treaties for clause in CLAUSES.values())
    assert all(f"`{name}`" in treaties for name in TREATIES)
    assert all(f"| `{name}` |" in measures for name in MEASURES)


def test_every_constant_and_module_that_a_page_of_equations_names_is_in_the_code():
    known = set(re.findall(r"\| `([A-Z][A-Z_0-9]+)` \|", stored("constants.md")))
    for page in read_almanac():
        for name in re.findall(r"`(game/[\w/]+\.py)`", page.text):
            assert (ROOT / name).is_file(), f"{page.name}: {name}"
        if page.name.removesuffix(".md") in EQUATIONS:
            named = set(re.findall(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b", page.text))
            assert named <= known, f"{page.name}: {named - known}"


def test_every_page_of_equations_says_where_they_come_from():
    origins = stored("equations.md")
    assert [name for name in EQUATIONS if f"]({name}.md)" not in origins] == []


def test_every_phase_of_a_turn_is_told():
    turn = stored("turn.md")
    for path in (ROOT / "game/engine/phases").glob("[a-z]*.py"):
        assert f"`game/engine/phases/{path.name}`" in turn


def test_grades_follow_confidence_and_source():
    assert grade("published", "usgs_mcs_2026") == "A"
    assert grade("derived", "price_dynamics") == "B"
    assert grade("estimate", "unep_2011") == "C"
    assert grade("estimate", "project_estimate") == "D"


def test_a_table_keeps_its_columns_whatever_its_cells_hold():
    assert table(("a", "b"), [("x|y", "two\nlines")]).splitlines()[-1] == "| x\\|y | two lines |"


def test_figures_read_with_thousands_and_a_real_minus():
    assert [figure(value) for value in (62800.0, -4.0, 0.025, float("inf"), 1e-9)] == [
        "62,800", "−4", "0.025", "∞", "1e−09",
    ]  # fmt: skip


def test_the_error_page_names_every_check_that_fails_and_says_so_when_there_is_no_run(tmp_path):
    result = tmp_path / "result.json"
    assert "No run against history is stored" in error_page(result, [])
    checks = [
        {"episode": "one", "metric": "peak", "model": 3.0, "low": 2.0, "high": 4.0, "inside": True},
        {"episode": "one", "metric": "m12", "model": 9.0, "low": 2.0, "high": None, "inside": False},
    ]
    result.write_text(json.dumps(checks), encoding="utf-8")
    page = error_page(result, [])
    assert "**1 of 2 checks inside their bands (50 %).**" in page
    assert "| [one](#one) | m12 | 9 | 2 to open | no |" in page
    assert "| [one](#one) | peak" not in page


def test_the_error_page_tells_the_story_of_every_episode(made):
    episodes = load_episodes(EPISODES / "episodes.yaml")
    for episode in episodes:
        assert f"## {episode.id}\n\n{' '.join(episode.story.split())}" in made["error.md"]
