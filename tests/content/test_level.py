"""What a match and its screens ask of a level: names, seats, scripted orders, and the source of every figure."""

import pytest

from game.content.load import level_ids, load_level
from game.problems import ProblemError
from game.rules.catalog import read_order


@pytest.fixture(scope="module", params=level_ids())
def level(request):
    """Every level of the game in turn."""
    return load_level(request.param)


@pytest.fixture(scope="module")
def long_arc():
    """The long arc."""
    return load_level("long_arc")


def test_the_nation_offered_first_has_a_seat_and_every_seat_plays(level):
    assert level.default_nation in level.seats
    assert set(level.seats) <= set(level.nations)
    assert "ROW" not in level.seats


def test_every_scripted_order_is_one_that_can_be_read_and_is_given_within_the_level(level):
    for row in level.scripted:
        assert read_order(row["order"]).kind == row["order"]["kind"]
        assert 1 <= row["turn"] <= level.turns
        assert row["nation"] in level.nations


def test_measures_that_began_between_december_2024_and_june_2025_are_orders_of_those_who_acted(long_arc):
    given = {(row["nation"], row["order"]["mineral"]) for row in long_arc.scripted}
    china = {("CHN", "rare_earths"), ("CHN", "gallium"), ("CHN", "graphite")}
    assert given == china | {("COD", "cobalt"), ("IDN", "nickel"), ("IND", "rare_earths")}


def test_everyone_but_the_rest_of_the_world_has_a_personality_with_nine_weights(long_arc):
    assert set(long_arc.personalities) == set(long_arc.nations) - {"ROW"}
    for row in long_arc.personalities.values():
        assert len(long_arc.weights[row["name"]]) == 9
        assert row["source"] in long_arc.world.sources
    assert long_arc.personalities["JPN"]["name"] == "hedger"
    assert long_arc.personalities["RUS"]["name"] == "leverage_player"


def test_what_was_in_force_on_new_years_day_2025_is_what_had_begun_and_not_ended(long_arc):
    assert "minerals_security_partnership_msp" in long_arc.agreements_in_force
    assert "us_china_busan_truce" not in long_arc.agreements_in_force
    assert "gallium_chn_ban_2024_12_03" in long_arc.restrictions_in_force  # suspended only in November 2025
    assert "nickel_rus_tax_2023_10_01" not in long_arc.restrictions_in_force
    assert "copper_cod_ban_2013_07_01" not in long_arc.restrictions_in_force


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (("mined", "copper.CHL"), "t a year in ore, 2024, US Geological Survey, published"),
        (("minerals", "copper", "price"), "US$ per t refined, 2024, US Geological Survey, published"),
        (("nations", "JPN", "gdp"), "US$ bn, 2024, World Bank, published"),
        (("parameters", "momentum"), "1, The Chokepoint project, derived"),
        (("prices", "copper"), "2024 US$ per t, International Monetary Fund, published"),
        (("projects", "resolution_copper", "capacity"), "t a year, Companies and press, estimate"),
    ],
)
def test_a_figure_tells_its_unit_year_publisher_and_confidence(long_arc, place, sentence):
    assert long_arc.source(*place) == sentence


def test_a_figure_that_does_not_exist_is_answered_with_the_nearest(long_arc):
    with pytest.raises(ProblemError, match="did you mean mined"):
        long_arc.source("mines", "lithium.CHL")
    with pytest.raises(ProblemError, match="there is no row"):
        long_arc.source("mined", "lithium.ZZZ")


def test_the_dataset_that_asks_for_attribution_is_credited(long_arc):
    assert any("IEA (2025)" in line and "CC BY 4.0" in line for line in long_arc.citations())
