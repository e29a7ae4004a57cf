from game.engine.axes import REFINE
from game.engine.fields import CAUSE, TREASURY
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world

SetPriceFloor = ORDERS["set_price_floor"]


def dear_floor(world):
    volume = float(world.capacity_t[0, 1, 0, REFINE])
    return SetPriceFloor(mineral="m0", stage="refine", percent=130, volume_t=volume, years=3)


def test_refineries_under_a_floor_run_harder_and_grow_while_the_state_pays():
    world = play_world()
    free, floored = moved(world, 3), moved(given(1, dear_floor(world)), 3)
    assert floored.refined_t[0, 1, 0] > 1.01 * free.refined_t[0, 1, 0]
    assert floored.expected_margin_ln[0, 1, 0] > free.expected_margin_ln[0, 1, 0] + 0.05
    assert floored.posting[0, 1, TREASURY, CAUSE["price_floor"]] < 0


def test_refiners_without_a_floor_sell_less():
    world = play_world()
    free, floored = moved(world), moved(given(1, dear_floor(world)))
    others = [n for n in range(4) if n != 1]
    assert floored.refined_t[0, others, 0].sum() < free.refined_t[0, others, 0].sum()


def test_the_floor_ends_after_its_years():
    world = moved(given(1, SetPriceFloor(mineral="m0", stage="refine", percent=130, volume_t=5.0, years=1)))
    assert world.floor_ln[0, 1, 0, REFINE] > 0
    assert moved(world).floor_ln[0, 1, 0, REFINE] > 0
    assert moved(world, 2).floor_ln[0, 1, 0, REFINE] == -8.0


def test_sites_have_one_floor_at_a_time_and_must_exist():
    order = SetPriceFloor(mineral="m0", stage="refine", volume_t=5.0, years=2)
    problem = order.problems(play_view(1, given(1, order)))[0]
    assert "until 2027H1" in problem.what
    assert problem.hint
    world = play_world()
    world.capacity_t[0, 1, 0, REFINE] = world.pipeline_t[0, 1, 0, REFINE] = 0
    assert "build" in order.problems(play_view(1, world))[0].hint
