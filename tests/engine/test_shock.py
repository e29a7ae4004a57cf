import numpy as np
import pytest

from game.engine.axes import MINE, RECYCLE, REFINE
from game.engine.calibrate import Calibration
from game.engine.contract import working_capacity
from game.engine.ledger import check
from game.engine.shock import Shock, Shocks, exports_t
from game.engine.turn import Keys, advance, begin_turn
from game.engine.world import World
from tests.small_world import opened, settled_baseline, small_baseline

WORLDS = 2


def run(shocks: list[Shock], turns: int, *, moving: bool = False) -> tuple[list[World], Calibration]:
    """The worlds after each turn under shocks; every turn must leave the ledger whole."""
    baseline = small_baseline(5, 1) if moving else settled_baseline(5, 1)
    world, calibration = opened(baseline, WORLDS)
    hits, found = Shocks(shocks), []
    for _turn in range(turns):
        hits.begin(world)
        after = advance(world, calibration, Keys(1, tuple(range(WORLDS))), hits.on_phase)
        assert check(world, after, calibration) == []
        found.append(after)
        world = after.copy()
        begin_turn(world)
    return found, calibration


def working(worlds: list[World], stage: int, nation: int) -> np.ndarray:
    return np.array([working_capacity(world)[0, nation, 0, stage] for world in worlds])


@pytest.mark.parametrize(
    ("kind", "stage", "nation"), [("mine", MINE, 0), ("refine", REFINE, 1), ("recycle", RECYCLE, 4)]
)
def test_half_of_a_stage_is_out_of_use_in_its_turns_and_comes_back(kind, stage, nation) -> None:
    plain, _calibration = run([], 5)
    hit, _calibration = run([Shock(kind, -0.5, start=2, turns=2, mineral=0, nation=nation)], 5)
    ratio = working(hit, stage, nation) / working(plain, stage, nation)
    np.testing.assert_allclose(ratio[:3], [1.0, 0.5, 0.5], rtol=1e-4)
    assert ratio[3] > 0.9


def test_a_mine_that_gains_capacity_has_it_for_its_turns_alone() -> None:
    plain, _calibration = run([], 3)
    hit, _calibration = run([Shock("mine", 0.3, start=1, mineral=0, nation=0)], 3)
    assert hit[0].mined_t[0, 0, 0] > plain[0].mined_t[0, 0, 0]
    assert hit[0].capacity_t[0, 0, 0, MINE] == pytest.approx(plain[0].capacity_t[0, 0, 0, MINE])


def test_less_mined_is_dearer_and_more_use_is_dearer() -> None:
    plain, _calibration = run([], 1)
    for shock in (Shock("mine", -0.3, mineral=0, nation=0), Shock("use", 0.3, mineral=0, nation=4)):
        hit, _calibration = run([shock], 1)
        assert (hit[0].headline_ln > plain[0].headline_ln).all(), shock.kind


def test_what_chance_does_to_use_is_the_same_after_a_shock() -> None:
    plain, _calibration = run([], 3, moving=True)
    hit, _calibration = run([Shock("use", -0.4, start=2, mineral=0, nation=4)], 3, moving=True)
    for one, other in zip(plain, hit, strict=True):
        np.testing.assert_array_equal(one.demand_shock_ln, other.demand_shock_ln)
    ratio = hit[1].need_t[0, 4, 0].sum() / plain[1].need_t[0, 4, 0].sum()
    assert ratio == pytest.approx(0.6)
    assert hit[2].need_t[0, 4, 0].sum() == pytest.approx(plain[2].need_t[0, 4, 0].sum(), rel=0.1)


def test_exports_are_cut_to_a_part_of_the_usual_for_the_shocks_turns() -> None:
    hit, _calibration = run([Shock("export", -0.5, start=2, turns=2, mineral=0, nation=0)], 5)
    exports = [exports_t(world, 0, 0)[0].sum() for world in hit]
    assert exports[1] <= 0.501 * exports[0]
    assert exports[2] <= 0.501 * exports[0]
    assert exports[3] > 0.8 * exports[0]
    assert not hit[1].export_target.any()
    assert np.isinf(hit[1].export_quota_t).all()


def test_no_exports_at_all_leave_the_ledger_whole() -> None:
    hit, _calibration = run([Shock("export", -1.0, mineral=0, nation=0)], 2)
    assert exports_t(hit[0], 0, 0).max() < 1e-3


def test_a_stock_is_hit_once_before_its_turn() -> None:
    plain, _calibration = run([], 2)
    hit, _calibration = run([Shock("stock", -0.6, start=2, mineral=0, nation=4)], 2)
    np.testing.assert_array_equal(hit[0].commercial_stock_t, plain[0].commercial_stock_t)
    assert hit[1].headline_ln[0, 0] > plain[1].headline_ln[0, 0]


def test_a_corridor_is_shut_in_the_shocks_turns_alone() -> None:
    hit, _calibration = run([Shock("corridor", corridor=0, start=2, turns=2)], 5)
    plain, _calibration = run([], 5)
    dearer = [h.delivered_ln[0].max() - p.delivered_ln[0].max() for h, p in zip(hit, plain, strict=True)]
    assert dearer[0] == 0.0
    assert min(dearer[1:3]) > 0.0
    assert all((world.corridor_open[:, 0] == 1.0).all() for world in hit)


def test_without_a_shock_a_turn_is_what_it_was() -> None:
    plain, _calibration = run([], 2, moving=True)
    late, _calibration = run([Shock("mine", -0.5, start=9, mineral=0, nation=0)], 2, moving=True)
    assert [world.state_hash(1) for world in plain] == [world.state_hash(1) for world in late]


def test_two_shocks_to_one_mine_act_one_on_the_other() -> None:
    plain, _calibration = run([], 1)
    half = Shock("mine", -0.5, mineral=0, nation=0)
    hit, _calibration = run([half, Shock("mine", -0.2, mineral=0, nation=0)], 1)
    ratio = working(hit, MINE, 0) / working(plain, MINE, 0)
    np.testing.assert_allclose(ratio, 0.4, rtol=1e-9)


def test_a_corridor_that_loses_a_part_is_open_to_the_rest_in_its_turns_alone() -> None:
    hit, _calibration = run([Shock("corridor", -0.4, start=2, turns=2, corridor=0)], 4)
    assert [world.corridor_open[0, 0] for world in hit] == [1.0, 1.0, 1.0, 1.0], "what is lent is given back"
    world, calibration = opened(settled_baseline(5, 1), WORLDS)
    hits, seen = Shocks([Shock("corridor", -0.4, start=1, corridor=0)]), []

    def look(name: str, moved: World) -> None:
        hits.on_phase(name, moved)
        if name == "demand":
            seen.append(moved.corridor_open[0, 0])

    hits.begin(world)
    advance(world, calibration, Keys(1, tuple(range(WORLDS))), look)
    assert seen == [0.6]


def test_tension_is_raised_for_insurers_and_trade_and_given_back_worn_off() -> None:
    plain, calibration = run([], 3)
    hit, _calibration = run([Shock("tension", 80.0, start=1, turns=2, nation=0, other=4)], 3)
    keeps = calibration.parameters.tension_persistence
    assert [world.tension[0, 0, 4] for world in hit] == [0.0, 0.0, 0.0]
    assert hit[0].refined_flow_t[0, 0, 0, 4] < plain[0].refined_flow_t[0, 0, 0, 4]
    world, calibration = opened(settled_baseline(5, 1), 1)
    world.tension[:, 0, 4] = 40.0
    hits = Shocks([Shock("tension", 80.0, nation=0, other=4), Shock("tension", 60.0, nation=0, other=4)])
    hits.begin(world)
    after = advance(world, calibration, Keys(1, (0,)), hits.on_phase)
    assert after.tension[0, 0, 4] == pytest.approx(40.0 * keeps)
