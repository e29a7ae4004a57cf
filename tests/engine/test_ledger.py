import numpy as np
import pytest

from game.engine.fields import CAUSE, TREASURY
from game.engine.ledger import check
from game.engine.turn import Keys, advance
from tests.small_world import opened, small_baseline


def _turn():
    world, calibration = opened(small_baseline(minerals=2))
    return world, advance(world, calibration, Keys(1, (0,))), calibration


def test_an_ordinary_turn_breaks_nothing():
    before, after, calibration = _turn()
    assert check(before, after, calibration) == []


def test_money_that_a_nation_pays_and_no_other_gets_is_named():
    before, after, calibration = _turn()
    after.treasury_usd_bn[0, 1] -= 2.0
    after.posting[0, 1, TREASURY, CAUSE["leave"]] -= 2.0
    assert check(before, after, calibration) == [
        "of what nations pay one another, -2 US$ bn come from or go nowhere at (0,)"
    ]
    after.treasury_usd_bn[0, 3] += 2.0
    after.posting[0, 3, TREASURY, CAUSE["contract_settlement"]] += 2.0
    assert check(before, after, calibration) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("use_t", np.nan, "use_t is not a number at (0, 0, 0, 0)"),
        ("mined_t", np.inf, "mined_t is infinite"),
        ("public_stock_t", -1.0, "public_stock_t is negative at (0, 0, 0): -1 t"),
        ("treasury_usd_bn", 99.0, "treasury_usd_bn at (0, 0) is 99, its postings make it"),
        ("support", 12.0, "support at (0, 0) is 12"),
        ("trust", 12.0, "trust at (0, 0, 0) is 12"),
        ("mined_t", 1e5, "ore: mined = refined from + used directly + more at sea: 100"),
        ("recycled_t", 1e5, "metal: made + released = used + bought + put in stock"),
        ("landfilled_t", 1e5, "scrap: retired = recycled + landfilled"),
        ("retiring_t", 1e5, "goods: change of stock in use = used - dispersed - retired"),
        ("public_stock_t", 1e5, "stockpile: change = bought - released"),
        ("reserves_t", 3.0, "reserves at (0, 0, 0) fell by something else"),
    ],
)
def test_each_broken_invariant_is_named(field, value, said):
    world, calibration = opened(small_baseline(minerals=2, reserves_t=np.full((4, 2), 1e6)))
    after = advance(world, calibration, Keys(1, (0,)))
    array = after.arrays[field]
    array[(0,) * array.ndim] = value
    assert any(problem.startswith(said) for problem in check(world, after, calibration))
