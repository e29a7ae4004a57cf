import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.axes import MINE, RECYCLE, REFINE
from game.engine.calibrate import Calibration
from game.engine.measures import (
    fulfilment,
    hhi,
    import_reliance,
    industry,
    measure,
    months_of_cover,
    n_minus_1,
    product_weight,
    standing,
    supplier_shares,
    value_captured,
)
from game.engine.value import value_added_usd_bn
from game.engine.world import World
from tests.small_world import opened, settled_baseline


def _slow_n_minus_1(world: World, calibration: Calibration, nation: int) -> float:
    """The published sum, one supplier, product and mineral at a time."""
    baseline, axes = calibration.baseline, calibration.axes
    weight = product_weight(calibration)[nation]
    worst = np.inf
    for supplier in range(len(axes.nations)):
        if supplier == nation:
            continue
        met = 0.0
        for k, product in enumerate(axes.products):
            smallest = 1.0
            for m in np.flatnonzero(baseline.product_share[:, k] > 0):
                need = world.need_t[0, nation, m].sum()
                if need <= 0:
                    continue
                others = sum(world.refined_flow_t[0, m, s, nation] for s in range(len(axes.nations)) if s != supplier)
                made = world.refined_t[0, nation, m] + world.recycled_t[0, nation, m]
                idle = max(world.capacity_t[0, nation, m, REFINE] + world.capacity_t[0, nation, m, RECYCLE] - made, 0)
                stock = world.public_stock_t[0, nation, m] + world.commercial_stock_t[0, nation, m]
                cap = 2.0 if product == "aerospace_defence" else 1.0
                smallest = min(smallest, (others + idle + min(stock, cap * need) / 2.0) / need)
            met += weight[k] * smallest
        worst = min(worst, met)
    return 100.0 * worst


def test_n_minus_1_is_the_published_sum():
    world, calibration = opened(settled_baseline(minerals=2), worlds=3)
    world.commercial_stock_t[1] = 0.0
    world.commercial_stock_t[2] *= 3.0
    for row in range(3):
        alone = world.picked(slice(row, row + 1))
        expected = [_slow_n_minus_1(alone, calibration, n) for n in range(4)]
        np.testing.assert_allclose(n_minus_1(world, calibration)[row], expected)


def test_a_stockpile_counts_for_half_a_year_of_need_and_longer_for_defence():
    world, calibration = opened(settled_baseline())
    world.commercial_stock_t[...] = 0.0
    bare = n_minus_1(world, calibration)[0, 2]
    need = world.need_t[0, 2, 0].sum()
    world.public_stock_t[0, 2, 0] = need
    half_year = n_minus_1(world, calibration)[0, 2]
    world.public_stock_t[0, 2, 0] = 1.2 * need
    longer = n_minus_1(world, calibration)[0, 2]
    world.public_stock_t[0, 2, 0] = 100.0 * need
    assert bare < half_year <= longer <= n_minus_1(world, calibration)[0, 2]
    assert n_minus_1(world, calibration)[0, 2] - half_year <= 0.4 * 100.0


@given(st.integers(0, 2**32 - 1))
def test_measures_stay_within_their_range_for_any_flows(seed):
    world, calibration = opened(settled_baseline(minerals=2))
    tonnes = np.float64(seed % 997 + 1) * np.abs(np.sin(np.arange(world.refined_flow_t.size) + seed))
    world.refined_flow_t[...] = tonnes.reshape(world.refined_flow_t.shape)
    world.use_t[...] = world.refined_flow_t.sum(2).transpose(0, 2, 1)[..., None] / 2.0
    measure(world, calibration)
    for name in ("n_minus_1", "value_captured", "standing"):
        assert (world.arrays[name] >= 0).all()
        assert (world.arrays[name] <= 100 + 1e-9).all()


def test_industry_weighs_what_the_metal_of_each_product_allowed():
    world, calibration = opened(settled_baseline(minerals=2))
    np.testing.assert_allclose(industry(world, calibration), 100.0)
    world.recipe_met_share[0, 1, 0] = 0.7
    assert fulfilment(world)[0, 1].tolist() == pytest.approx([0.7, 1.0])
    assert industry(world, calibration)[0, 1] == pytest.approx(100.0 * (0.6 * 0.7 + 0.4))


def test_a_nation_that_makes_nothing_has_nothing_to_lose():
    share = np.array([[0.0, 0.0], [0.3, 0.3], [0.3, 0.3], [0.4, 0.4]])
    world, calibration = opened(settled_baseline(manufacturing_share=share))
    world.recipe_met_share[...] = 0.5
    assert industry(world, calibration)[0].tolist() == pytest.approx([100.0, 50.0, 50.0, 50.0])
    assert n_minus_1(world, calibration)[0, 0] == 100.0


def test_value_captured_is_all_of_it_for_a_nation_alone_and_splits_by_stage():
    world, calibration = opened(settled_baseline(nations=1))
    share = value_captured(world, calibration)[0, 0]
    products = world.product_made_usd_bn.sum() * 1e9
    metal = world.use_t.sum() * 20_000.0
    assert share[0] == pytest.approx(100.0 * world.mined_t.sum() * 8_000.0 / products)
    assert share[2] == pytest.approx(100.0 * (products - metal) / products)
    assert share.sum() == pytest.approx(100.0)


def test_a_nation_that_only_mines_captures_little():
    use = np.array([[0.0], [300.0], [300.0], [400.0]])
    refined = np.array([[0.0], [600.0], [300.0], [0.0]])
    recycled = np.array([[0.0], [0.0], [0.0], [100.0]])
    world, calibration = opened(
        settled_baseline(consumption_t=use, refined_primary_t=refined, refined_secondary_t=recycled)
    )
    captured = value_captured(world, calibration)[0]
    assert 0 < captured[0].sum() < 15.0
    assert captured[0, 1:].sum() == 0


def test_value_captured_is_what_the_chain_of_the_market_page_earns_at_home():
    world, calibration = opened(settled_baseline())
    added = value_added_usd_bn(world, calibration)[0, 0, 0]
    made = (world.refined_t + world.recycled_t)[0, :, 0]
    dug = world.mined_t[0, :, 0] * calibration.ratio[0] + world.recycled_t[0, :, 0]
    tonnes = np.stack([dug, made, world.use_t[0, :, 0].sum(-1)], 1)
    per_t = value_added_usd_bn(world, calibration)[0, :, 0].sum(0) / tonnes.sum(0)
    missing = ((tonnes[0].max() - tonnes[0]) * per_t).sum()
    assert missing > 0
    expected = 100.0 * added / (added.sum() + missing)
    np.testing.assert_allclose(value_captured(world, calibration)[0, 0], expected)


def test_a_nation_that_moves_from_ore_to_products_captures_more():
    world, calibration = opened(settled_baseline())
    before = value_captured(world, calibration)[0, 0].sum()
    world.use_t[:, 0] *= 2.0
    world.product_made_usd_bn[:, 0] *= 2.0
    assert value_captured(world, calibration)[0, 0].sum() > before + 1.0


def test_standing_weighs_partners_by_trade():
    world, calibration = opened(settled_baseline())
    world.trust[0, :, 1] = [90.0, 0.0, 10.0, 10.0]
    value = world.refined_flow_t[0, 0] * 20_000.0 + world.ore_flow_t[0, 0] * 8_000.0
    both = value[:, 1] + value[1]
    both[1] = 0.0
    expected = 0.6 * 60.0 + 0.4 * (both * world.trust[0, :, 1]).sum() / both.sum()
    assert standing(world, calibration)[0, 1] == pytest.approx(expected)


def test_a_nation_without_trade_is_judged_by_all_alike():
    world, calibration = opened(settled_baseline())
    world.refined_flow_t[...] = world.ore_flow_t[...] = 0.0
    world.trust[0, :, 1] = [30.0, 0.0, 60.0, 90.0]
    assert standing(world, calibration)[0, 1] == pytest.approx(0.6 * 60.0 + 0.4 * 60.0)


def test_concentration_cover_and_reliance_of_a_plain_case():
    world, _ = opened(settled_baseline())
    world.mined_t[0, :, 0] = [50.0, 50.0, 0.0, 0.0]
    assert hhi(world, MINE)[0, 0] == 5_000.0
    world.public_stock_t[0, 2, 0], world.commercial_stock_t[0, 2, 0] = 10.0, 20.0
    world.use_t[0, 2, 0] = [45.0, 15.0]
    assert months_of_cover(world)[0, 2, 0] == pytest.approx(3.0)
    world.refined_flow_t[0, 0, :, 2] = [10.0, 60.0, 30.0, 0.0]
    assert supplier_shares(world, 2, 0)[0].tolist() == pytest.approx([0.1, 0.6, 0.3, 0.0])
    assert import_reliance(world)[0, 2, 0] == pytest.approx(0.7)


def test_where_nothing_flows_measures_are_zero_not_undefined():
    world, _ = opened(settled_baseline())
    world.refined_flow_t[...] = world.use_t[...] = world.recycled_t[...] = 0.0
    assert not import_reliance(world).any()
    assert not months_of_cover(world).any()
    assert not hhi(world, RECYCLE).any()
    assert not supplier_shares(world, 1, 0).any()
