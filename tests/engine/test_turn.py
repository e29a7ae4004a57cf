from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.engine.axes import MINE, REFINE, REFINED
from game.engine.baseline import Parameters
from game.engine.fields import FIELDS
from game.engine.ledger import check, check_accounts, check_state
from game.engine.turn import Keys, advance, begin_turn
from game.engine.world import World, joined
from tests.small_world import opened, played, settled_baseline, small_baseline

LEVERS = st.fixed_dictionaries(
    {
        "quota": st.one_of(st.none(), st.floats(0.0, 1.5)),
        "tax": st.one_of(st.just(0.0), st.floats(0.05, 0.8)),
        "cap": st.one_of(st.just(1.0), st.floats(0.3, 0.9)),
        "bought": st.floats(0.0, 1.0),
        "stock": st.floats(0.0, 2.0),
        "released": st.floats(0.0, 1.0),
        "contract": st.one_of(st.just(0.0), st.floats(0.01, 2.0)),
        "built": st.floats(0.0, 2.0),
        "lost": st.floats(0.0, 1.0),
        "seed": st.integers(0, 2**31),
    }
)


def _pull(world: World, lever: dict[str, float], row: int) -> None:
    """Write every kind of lever into one world, sized relative to its flows."""
    exports = world.refined_flow_t[row, 0, 1].sum() - world.refined_flow_t[row, 0, 1, 1]
    if lever["quota"] is not None:
        world.export_quota_t[row, 1, 0, REFINED] = lever["quota"] * exports
    world.export_tax[row, 1, 0, REFINED] = lever["tax"]
    world.export_target[row, 1, 0, REFINED, 2:] = True
    world.export_until[row, 1, 0, REFINED] = 3
    world.sourcing_cap_share[row, 3, 0] = lever["cap"]
    use = world.use_t[row, 2, 0].sum()
    world.purchase_t[row, 3, 0, 0] = lever["bought"] * use
    world.public_stock_t[row, 2, 0] = lever["stock"] * use
    world.release_spot_t[row, 2, 0] = lever["released"] * lever["stock"] * use / 2
    world.release_users_t[row, 2, 0] = lever["released"] * lever["stock"] * use / 2
    world.contract_seller[row, 0], world.contract_buyer[row, 0], world.contract_mineral[row, 0] = 1, 3, 0
    world.contract_t[row, 0], world.contract_until[row, 0] = lever["contract"] * use, 5
    world.pipeline_t[row, 2, 0, REFINE, 0] = lever["built"] * use
    world.capacity_t[row, 0, 0, MINE] *= 1.0 - lever["lost"]
    world.support_usd_bn[row, 2, 0, MINE, 0] = 0.01 * lever["built"]


@settings(max_examples=30)
@given(LEVERS)
def test_whatever_is_ordered_mass_and_money_are_kept_and_nothing_is_undefined(lever):
    world, calibration = opened(small_baseline(reserves_t=np.full((4, 1), 2e4)))
    _pull(world, lever, 0)
    for _ in range(4):
        after = advance(world, calibration, Keys(lever["seed"], (0,)))
        assert check(world, after, calibration) == []
        world = after
        begin_turn(world)


@settings(max_examples=15)
@given(st.lists(LEVERS, min_size=2, max_size=4), st.integers(0, 3))
def test_a_world_of_a_batch_equals_the_same_world_alone(levers, chosen):
    chosen = min(chosen, len(levers) - 1)
    world, calibration = opened(small_baseline(minerals=3), len(levers))
    for row, lever in enumerate(levers):
        _pull(world, lever, row)
    alone = world.picked(slice(chosen, chosen + 1))
    for _ in range(3):
        world = advance(world, calibration, Keys(9, tuple(range(len(levers)))))
        alone = advance(alone, calibration, Keys(9, (chosen,)))
        for field in FIELDS:
            assert np.array_equal(world.arrays[field.name][chosen], alone.arrays[field.name][0], equal_nan=True), field
        begin_turn(world)
        begin_turn(alone)


def test_a_split_batch_equals_the_whole():
    world, calibration = opened(small_baseline(nations=6, minerals=2), 5)
    whole = played(world, calibration, 6, ids=(0, 1, 2, 3, 4))
    halves = [played(world.picked(np.array(ids)), calibration, 6, ids=ids) for ids in ((0, 1), (2, 3, 4))]
    parts = joined(halves)
    assert [whole.state_hash(k) for k in range(5)] == [parts.state_hash(k) for k in range(5)]


def test_after_every_phase_nothing_is_negative_and_accounts_are_the_sum_of_their_postings():
    world, calibration = opened(small_baseline(minerals=2))
    seen = []

    def look(phase: str, now: World) -> None:
        seen.append(phase)
        assert check_state(now) == []
        assert check_accounts(world, now) == []

    advance(world, calibration, Keys(1, (0,)), look)
    opening = ["forum", "policy", "technology", "idling", "construction", "plan", "passage", "demand"]
    closing = ["stocks", "finance", "society", "rivalry"]
    assert seen == [*opening, "trade", "manufacture", *closing]


def test_dropping_an_order_changes_nothing_that_does_not_depend_on_it():
    """Two minerals that share no product share nothing."""
    world, calibration = opened(small_baseline(minerals=2, product_share=np.eye(2)), 2)
    world.capacity_t[0, 0, 0, MINE] *= 0.5
    for _ in range(4):
        world = advance(world, calibration, Keys(4, (6, 6)))
        begin_turn(world)
    assert world.headline_ln[0, 0] != world.headline_ln[1, 0]
    for name in ("headline_ln", "mined_t", "use_t", "capacity_t", "demand_shock_ln", "retiring_t", "expected_ln"):
        mineral = world.arrays[name][:, 1] if name == "headline_ln" else world.arrays[name][:, :, 1]
        assert np.array_equal(mineral[0], mineral[1]), name


def test_a_settled_world_stays_where_it_is_for_thirty_turns():
    world, calibration = opened(settled_baseline(minerals=2))
    after = played(world, calibration, 30)
    for name in ("headline_ln", "delivered_ln", "mine_gate_ln"):
        np.testing.assert_allclose(after.arrays[name], 0.0, atol=1e-6)
    made = ("planned_usd_bn", "product_made_usd_bn", "product_bought_usd_bn")
    for name in ("capacity_t", "use_t", "recycled_t", "scrap_t", "commercial_stock_t", "support", *made):
        np.testing.assert_allclose(after.arrays[name], world.arrays[name], rtol=1e-6, atol=1e-9)


def test_firms_keep_a_growing_world_supplied():
    quiet = {"demand_noise": np.zeros(1), "outage_noise": np.zeros(1)}
    world, calibration = opened(small_baseline(**quiet))
    after = played(world, calibration, 30)
    assert abs(after.headline_ln[0, 0]) < 0.3
    assert after.use_t.sum() == pytest.approx(1.03**15 * world.use_t.sum(), rel=0.1)


def test_without_private_investment_the_price_path_differs():
    idle = Parameters(growth_limit=0.0, exit_limit=0.0, entry_share=0.0)
    end = []
    for parameters in (Parameters(), idle):
        world, calibration = opened(small_baseline(parameters=parameters))
        end.append(played(world, calibration, 30).headline_ln[0, 0])
    assert end[1] > end[0] + 0.2


def test_advance_leaves_the_given_world_as_it_was():
    world, calibration = opened(small_baseline())
    before = world.state_hash()
    advance(world, calibration, Keys(1, (0,)))
    assert world.state_hash() == before


def test_a_batch_needs_one_id_for_each_world():
    world, calibration = opened(small_baseline(), 2)
    with pytest.raises(ValueError, match="1 world ids for a batch of 2"):
        advance(world, calibration, Keys(1, (0,)))


def test_support_stays_between_20_and_80_in_ordinary_years():
    world, calibration = opened(small_baseline(nations=6, minerals=3, demand_noise=np.full(3, 0.05)), 8)
    for _ in range(15):
        world = played(world, calibration, 2)
        assert (world.support > 20).all()
        assert (world.support < 80).all()


def test_relabelling_nations_permutes_a_whole_turn():
    """Noise is drawn for ids; without it nothing depends on where a nation stands."""
    order = np.array([2, 0, 3, 1])
    base = settled_baseline()
    worlds, calibrations = zip(*(opened(b) for b in (base, _relabelled(base, order))), strict=True)
    for _turn in range(3):
        worlds[0].capacity_t[:, 0, 0, 0] *= 0.9
        worlds[1].capacity_t[:, int(np.flatnonzero(order == 0)[0]), 0, 0] *= 0.9
        worlds = [
            advance(world, calibration, Keys(1, (0,))) for world, calibration in zip(worlds, calibrations, strict=True)
        ]
    for name in ("delivered_ln", "mined_t", "use_t", "support", "treasury_usd_bn", "n_minus_1"):
        assert np.allclose(worlds[1].arrays[name], worlds[0].arrays[name][:, order], rtol=1e-6, atol=1e-7), name


def _relabelled(base, order):
    """The same world with its nations in another order."""
    changes = {}
    for item in fields(base):
        value = getattr(base, item.name)
        if not isinstance(value, np.ndarray):
            continue
        if item.name in ("affinity", "trust"):
            changes[item.name] = value[np.ix_(order, order)]
        elif item.name in ("ore_open", "refined_open"):
            changes[item.name] = value[:, order][:, :, order]
        elif value.ndim and len(value) == len(order):
            changes[item.name] = value[order]
    names = tuple(base.axes.nations[i] for i in order)
    network = base.network
    pairs = {
        name: getattr(network, name)[np.ix_(order, order)]
        for name in ("origin_access", "destination_access", "sea_km", "land_km", "overland_km", "is_overland",
                     "overland_corridor", "days")
    }  # fmt: skip
    corridors = tuple(tuple(network.sea_corridors[i][j] for j in order) for i in order)
    place = np.argsort(order)[network.access_nation]
    network = replace(network, nations=names, access_nation=place, sea_corridors=corridors, **pairs)
    return replace(base, axes=replace(base.axes, nations=names), network=network, **changes)
