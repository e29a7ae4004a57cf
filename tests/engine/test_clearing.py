"""The clearing finds the one equilibrium, for any market, alone or in a batch."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.engine.clearing import clear
from game.engine.market import Gates, Markets, Solution, Start
from game.engine.rng import stream
from tests.engine.random_market import one_world, random_markets

EASY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 10_000)


def supply_of(markets: Markets) -> np.ndarray:
    return markets.mine_size.sum(2) + markets.source_size.sum((2, 3)) + markets.refined_inflow.sum(2)


def balance_errors(markets: Markets, s: Solution) -> float:
    """Largest violation of the four balances, over all nodes, from the quantities that are reported."""
    mine = s.mined - s.idle[:, :, 0] - s.flow[:, :, 0].sum(3)
    made = s.refined + s.sourced.sum(2) - s.idle[:, :, 1] - s.flow[:, :, 1].sum(3)
    ore = s.flow[:, :, 0].sum(2) + s.unmet[:, :, 0] + markets.ore_inflow - s.refined - s.direct
    metal = s.flow[:, :, 1].sum(2) + s.unmet[:, :, 1] + markets.refined_inflow - s.used.sum(2)
    metal = np.where(s.used.sum(2) > 0, metal, 0.0)
    return float(max(np.abs(e).max() for e in (mine, made, ore, metal)))


@EASY
@given(seeds, st.integers(1, 12), st.floats(0, 1), st.floats(0, 1), st.integers(0, 6))
def test_every_balance_closes_and_nothing_is_negative_whatever_is_missing_or_closed(
    seed, nations, closed, missing, gates
):
    markets = random_markets(seed, nations=nations, closed=closed, missing=missing, gates=gates)
    solution = clear(markets)
    assert solution.residual.max() <= 1e-8
    assert balance_errors(markets, solution) <= 2e-8
    for name, values in vars(solution).items():
        assert np.isfinite(values).all(), name
    quantities = (solution.mined, solution.refined, solution.sourced, solution.used, solution.direct, solution.flow)
    assert min(float(q.min()) for q in quantities) >= 0


@pytest.mark.parametrize(("nations", "gates"), [(1, 0), (1, 2), (40, 20), (200, 3)])
def test_one_nation_twenty_gates_and_two_hundred_nations_are_solved(nations, gates):
    markets = random_markets(5, minerals=1, nations=nations, closed=0.1, missing=0.1, gates=gates)
    solution = clear(markets)
    assert solution.residual.max() <= 1e-8
    assert balance_errors(markets, solution) <= 2e-8


def test_a_total_embargo_leaves_home_trade_alone():
    markets = random_markets(3, closed=0.0, missing=0.0)
    home = np.eye(6, dtype=bool)
    closed = replace(markets, trade_ln=np.where(home, markets.trade_ln, -np.inf))
    solution = clear(closed)
    assert solution.flow[..., ~home].max() == 0
    assert solution.flow[..., home].min() > 0


def test_a_node_that_reaches_nobody_gets_nothing_at_a_price_beyond_all_limits():
    markets = random_markets(3, closed=0.0, missing=0.0, inflow=False)
    trade = markets.trade_ln.copy()
    trade[:, :, 1, :, 2] = -np.inf
    trade[:, :, 0, 4, :] = -np.inf
    solution = clear(replace(markets, trade_ln=trade))
    assert solution.used[..., 2].max() == 0
    assert (solution.delivered[..., 2] == markets.ceiling).all()
    assert solution.mined[..., 4].max() == 0
    assert solution.mine_gate[..., 4].max() < -3


@EASY
@given(seeds, st.integers(0, 4))
def test_world_k_of_a_batch_equals_world_k_alone_bit_for_bit(seed, gates):
    markets = random_markets(seed, worlds=3, nations=5, gates=gates)
    together = clear(markets)
    for world in range(3):
        alone = clear(one_world(markets, world))
        for name in ("mine_gate", "delivered", "mined", "used", "flow", "iterations"):
            assert np.array_equal(getattr(alone, name)[0], getattr(together, name)[world]), name


@EASY
@given(seeds)
def test_a_warm_start_finds_the_same_equilibrium_in_fewer_steps(seed):
    markets = random_markets(seed, gates=1)
    cold = clear(markets)
    start = Start(cold.mine_gate, cold.ore_delivered, cold.refinery_gate, cold.delivered)
    warm = clear(markets, start)
    assert warm.iterations.max() <= 4
    assert np.allclose(warm.used, cold.used, atol=1e-7)


@EASY
@given(seeds, st.integers(0, 5), st.booleans())
def test_more_supply_raises_no_price_and_more_demand_lowers_none(seed, nation, at_mines):
    markets = random_markets(seed, closed=0.1, missing=0.1, gates=1)  # an export measure
    more = {"mine_size": markets.mine_size.copy(), "use_size": markets.use_size.copy()}
    if at_mines:
        more["mine_size"][:, :, nation] *= 1.3
    else:
        more["use_size"][:, :, :, nation] *= 1.3
    before = clear(markets)
    start = Start(before.mine_gate, before.ore_delivered, before.refinery_gate, before.delivered)
    after = clear(replace(markets, **more), start)
    for name in ("mine_gate", "ore_delivered", "refinery_gate", "delivered"):
        rise = getattr(after, name) - getattr(before, name)
        assert (rise.max() <= 1e-4) if at_mines else (rise.min() >= -1e-4), name


@EASY
@given(seeds)
def test_scaling_all_sizes_with_their_trade_moves_no_price(seed):
    markets = random_markets(seed, closed=0.0, missing=0.0)
    before = clear(markets)
    grown = {
        name: getattr(markets, name) * 2.0
        for name in ("mine_size", "refinery_size", "source_size", "use_size", "direct_size", "refined_inflow")
    }
    after = clear(replace(markets, **grown, trade_ln=markets.trade_ln + np.log(2.0)))
    assert np.allclose(after.delivered, before.delivered, atol=1e-7)
    assert np.allclose(after.mined, 2.0 * before.mined, atol=1e-7)
    # A mine of next to no output leaves its own price open to what the residual allows.
    assert np.allclose(after.mine_gate, before.mine_gate, atol=1e-4)


def export_gate(markets: Markets, share: float, base: Solution, origin: int = 0) -> Markets:
    nations = markets.mine_size.shape[2]
    arcs = np.zeros((1, nations, nations), dtype=bool)
    arcs[0, origin] = True
    arcs[0, origin, origin] = False
    exports = base.flow[0, 0, 1][arcs[0]].sum()
    zero = np.zeros(1, dtype=np.int64)
    return replace(markets, gates=Gates(zero, zero, zero + 1, np.array([share * exports]), arcs))


def test_a_binding_gate_fills_and_parts_inside_from_outside_prices_and_a_slack_one_does_neither():
    markets = random_markets(2, minerals=1, closed=0.0, missing=0.0)
    base = clear(markets)
    half = export_gate(markets, 0.5, base)
    bound = clear(half)
    assert bound.flow[0, 0, 1][half.gates.arcs[0]].sum() == pytest.approx(half.gates.capacity[0], rel=1e-3)
    assert bound.gate_price[0] > 0.01
    assert bound.delivered[0, 0, 1:].mean() > base.delivered[0, 0, 1:].mean()
    assert bound.delivered[0, 0, 0] < base.delivered[0, 0, 0]
    slack = clear(export_gate(markets, 2.0, base))
    assert slack.gate_price[0] < 1e-3
    assert np.allclose(slack.delivered, base.delivered, atol=1e-3)


def test_what_finds_no_room_in_a_gate_with_a_way_round_goes_there_at_its_price():
    markets = random_markets(2, minerals=1, closed=0.0, missing=0.0)
    base = clear(markets)
    hard = export_gate(markets, 0.5, base)
    price = clear(hard).gate_price[0]
    dear, cheap = (clear(replace(hard, gates=replace(hard.gates, limit=np.array([x * price])))) for x in (3.0, 0.3))
    assert dear.gate_price[0] == pytest.approx(price, rel=1e-2), "a way round that costs more is not used"
    exports = cheap.flow[0, 0, 1][hard.gates.arcs[0]].sum()
    assert hard.gates.capacity[0] < exports < 2 * hard.gates.capacity[0]
    assert cheap.gate_price[0] == pytest.approx(0.3 * price, rel=1e-2)
    assert cheap.gate_price[0] < 0.3 * price


@EASY
@given(seeds, st.floats(0.01, 0.5))
def test_gates_with_ways_round_leave_no_residual_and_never_pass_their_limit(seed, limit):
    markets = random_markets(seed, gates=12)
    gates = replace(markets.gates, limit=np.full(len(markets.gates.capacity), limit))
    solved = clear(replace(markets, gates=gates))
    assert solved.residual.max() <= 1e-8
    assert (solved.gate_price < limit).all()
    assert solved.iterations.max() < 60


def test_a_gate_with_next_to_no_room_and_a_way_round_is_solved_too():
    for seed in range(20):
        markets = random_markets(seed, gates=4)
        count = len(markets.gates.capacity)
        tiny = replace(markets.gates, limit=np.full(count, 0.05), capacity=np.full(count, 1e-4))
        assert clear(replace(markets, gates=tiny)).residual.max() <= 1e-8


@EASY
@given(seeds, st.permutations(range(6)))
def test_relabelling_nations_permutes_the_result_and_changes_nothing_else(seed, permutation):
    markets = random_markets(seed, nations=6)
    order = np.array(permutation)
    changed = {
        name: value[..., order]
        for name, value in vars(markets).items()
        if isinstance(value, np.ndarray) and value.ndim >= 3
    }
    changed["trade_ln"] = markets.trade_ln[..., order, :][..., order]
    changed["mine_steepness"] = markets.mine_steepness[:, order]
    after = clear(replace(markets, **changed))
    before = clear(markets)
    assert np.allclose(after.used, before.used[..., order], atol=1e-7)
    assert np.allclose(after.flow, before.flow[..., order, :][..., order], atol=1e-7)


@pytest.mark.parametrize("reach", [1.0, 4.0, 8.0])
@pytest.mark.parametrize("seed", range(4))
def test_prices_far_from_any_solution_lead_to_the_same_one(seed, reach):
    markets = random_markets(seed, nations=8, gates=3)
    draws = stream(seed, 0, 0, "far start")
    start = Start(*(draws.uniform(-reach, reach, markets.mine_size.shape) for _ in range(4)))
    far, cold = clear(markets, start), clear(markets)
    assert far.residual.max() < 1e-8
    assert np.allclose(far.delivered, cold.delivered, atol=1e-6)
