import numpy as np
import pytest

from game.content.load import load_level
from game.match.match import Match
from game.problems import ProblemError
from game.rules.catalog import ORDERS


@pytest.fixture(scope="module")
def match():
    """Two turns of the whole world, habits but for two persons; China stops selling rare earths to Japan in turn 2."""
    level = load_level("long_arc")
    seats = {nation: "habit" for nation in level.nations if nation != "ROW"} | {"JPN": "person", "CHN": "person"}
    match = Match.new(level, seats, 7)
    match.end_turn()
    ban = {"measure": "ban", "targets": ("JPN",), "turns": 4}
    order = ORDERS["restrict_exports"](mineral="rare_earths", layer="refined", **ban)
    match.submit("JPN", ORDERS["buy_stock"](mineral="rare_earths", months=1.0, tempo="open"))
    assert match.submit("CHN", order) == []
    match.end_turn()
    return match


@pytest.mark.parametrize("nation", ["JPN", "CHN", "COD", "USA"])
@pytest.mark.parametrize(
    "field",
    [
        "treasury_usd_bn",
        "political_capital",
        "support",
        "reliability",
        "industry",
        "standing",
        "n_minus_1",
        "value_captured",
    ],
)
def test_causes_sum_to_the_change_they_explain(match, nation, field):
    number = match.report().seat(nation).number(field)
    assert sum(cause.amount for cause in number.causes) == pytest.approx(number.change, abs=1e-9)
    assert len(number.causes) <= 6
    assert all(cause.title and cause.label for cause in number.causes)
    if number.parts:
        assert sum(part.amount for part in number.parts) == pytest.approx(number.change, abs=1e-9)


def test_a_ban_is_a_headline_for_the_one_it_names_with_its_share_of_supply(match):
    headlines = [item for item in match.report().seat("JPN").headlines if item.subject == "order"]
    assert any(item.name == "CHN" and item.effect < -0.1 and "%" in item.detail for item in headlines)
    assert not any(item.name == "CHN" for item in match.report().seat("KOR").headlines if "ban" in item.text)


def test_a_price_names_the_measure_that_moved_with_its_figures(match):
    prices = {price.mineral: price for price in match.report().seat("JPN").prices}
    moved = prices["rare_earths"].inputs
    ban = next(figure for figure in moved if figure.title.startswith("China"))
    assert ban.before > ban.after == 0
    world, n = match.world, match.axes.nation_index["JPN"]
    m = match.axes.mineral_index["rare_earths"]
    base = match.calibration.baseline.price_usd_per_t[m]
    assert prices["rare_earths"].home_after == pytest.approx(base * np.exp(world.delivered_ln[0, n, m]))


def test_every_figure_is_read_from_the_two_worlds(match):
    for price in match.report().seat("JPN").prices:
        for figure in price.inputs:
            assert figure.before != figure.after
            assert figure.share > 0
        assert list(price.inputs) == sorted(price.inputs, key=lambda figure: -figure.share)


def test_products_name_the_mineral_they_lack_only_when_they_lack_one(match):
    products = match.report().seat("JPN").products
    assert products
    for product in products:
        assert bool(product.limiting) == (product.met < 1 - 1e-6)


def test_trust_changes_by_its_postings_and_a_ban_costs_the_trust_of_the_one_it_names(match):
    changes = {change.nation: change for change in match.report().seat("CHN").trust}
    for change in changes.values():
        assert sum(cause.amount for cause in change.causes) == pytest.approx(change.after - change.before, abs=1e-9)
    assert changes["JPN"].after < changes["JPN"].before
    assert any(cause.name == "restricted_partner" for cause in changes["JPN"].causes)


def test_headlines_are_ranked_by_effect(match):
    effects = [abs(item.effect) for item in match.report().seat("JPN").headlines]
    assert effects == sorted(effects, reverse=True)
    assert effects


def test_the_log_lists_every_order_of_everybody_in_words(match):
    report = match.report()
    assert len(report.log) == len(report.carried) > 20
    assert all(len(line.text) > 10 for line in report.log)


def test_a_report_of_an_earlier_turn_is_the_one_given_then(match, tmp_path):
    match.save_to(tmp_path / "game.chokepoint")
    match.close()
    again = Match.load(tmp_path / "game.chokepoint")
    again.close()
    assert again.report(2).carried == match.report(2).carried
    assert again.report(1).seat("JPN") == match.report(1).seat("JPN")
    with pytest.raises(ProblemError, match="no report of turn 3"):
        again.report(3)


def test_the_causes_of_a_price_sum_to_its_change(match):
    for price in match.report().seat("JPN").prices:
        moved = price.after - price.before
        assert sum(cause.amount for cause in price.causes) == pytest.approx(moved, abs=1e-9)
