import pytest

from game.engine.fields import CAUSE, TREASURY
from game.engine.phases.finance import finance
from game.engine.turn import Keys
from game.rules.asking import Batch
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

BuildCorridor = ORDERS["build_corridor"]
ORDER = BuildCorridor(corridor="strait")


def crowded_world():
    """A strait that lets a tenth through of what wants to pass."""
    world = play_world()
    world.corridor_capacity_t[...] = 150.0
    return world


def test_after_the_works_more_can_pass_and_goods_beyond_are_cheaper():
    free, built = crowded_world(), given(3, ORDER, crowded_world())
    free, built = moved(free, 3), moved(built, 3)
    assert built.corridor_capacity_t[0, 0] == 150.0
    free, built = moved(free), moved(built)
    assert built.corridor_works_done[0, 0]
    assert built.corridor_capacity_t[0, 0] == 1150.0
    passed = [world.ore_flow_t[0, :, 0, 2:].sum() + world.refined_flow_t[0, :, 0, 2:].sum() for world in (free, built)]
    assert passed[1] > 1.02 * passed[0]


def test_the_builder_pays_while_it_is_built_and_shares_the_rent_with_its_holder():
    world = moved(given(3, ORDER))
    assert world.posting[0, 3, TREASURY, CAUSE["build_corridor"]] == pytest.approx(-0.001)
    world = moved(world, 3)
    rents = CAUSE["gate_rent"]
    before = world.posting[0, :, TREASURY, rents].copy()
    world.corridor_rent_usd_bn[0, 0] = 1.0
    finance(world, calibration(), Keys(1, (0,)), world.copy())
    collected = world.posting[0, :, TREASURY, rents] - before
    assert collected[3] == collected[0] > 0
    assert collected[1] == collected[2] == 0


def test_works_are_begun_once_and_who_comes_second_pays_nothing():
    world = given(3, ORDER)
    problem = ORDER.problems(play_view(2, world))[0]
    assert "no works wait" in problem.what
    assert problem.hint
    world = play_world()
    two = Batch.of(3, ORDER.row(calibration().axes))
    other = Batch.of(2, ORDER.row(calibration().axes))
    ORDER.apply(world, calibration(), two)
    ORDER.apply(world, calibration(), other)
    assert world.corridor_builder[0, 0] == 3
    assert not world.commitment_usd_bn[0, 2].any()


def test_a_holder_without_trust_lets_nobody_build():
    world = play_world()
    world.trust[0, 0, 3] = 10.0
    problem = ORDER.problems(play_view(3, world))[0]
    assert "NAA" in problem.what
    assert "trust" in problem.hint
