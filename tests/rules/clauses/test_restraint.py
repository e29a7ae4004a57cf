import pytest

from game.rules.asking import Askings
from game.rules.carry import carry_out
from game.rules.catalog import KIND_CODE, ORDERS
from game.rules.clauses.restraint import Restraint
from game.rules.reckoning import reckon
from tests.rules.agreeing import agreed, upheld
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

Restrict = ORDERS["restrict_exports"]
LICENCE_TO_ALL = Restrict(mineral="m0", layer="refined", measure="licence")
LICENCE_TO_MEMBER = Restrict(mineral="m0", layer="refined", measure="licence", targets=("NAD",))
BAN_TO_ALL = Restrict(mineral="m0", layer="refined", measure="ban")
BAN_TO_OUTSIDER = Restrict(mineral="m0", layer="refined", measure="ban", targets=("NAC",))


@pytest.mark.parametrize(
    ("scope", "order", "stopped"),
    [
        ("standstill", LICENCE_TO_ALL, True),
        ("standstill", BAN_TO_OUTSIDER, False),
        ("no_discrimination", LICENCE_TO_ALL, False),
        ("no_discrimination", LICENCE_TO_MEMBER, True),
        ("notice", LICENCE_TO_MEMBER, False),
        ("notice", BAN_TO_ALL, True),
    ],
)
def test_what_a_scope_forbids_is_refused_with_the_remedy_and_not_carried_out(scope, order, stopped):
    world = agreed(Restraint(scope=scope), first=(1,), second=(3,))
    problems = order.problems(play_view(1, world.copy()))
    assert [("treaty" in problem.what, "leave" in problem.hint) for problem in problems] == [(True, True)] * stopped
    askings = Askings.none(1, 4, 1)
    askings.put((0, 1, 0), KIND_CODE["restrict_exports"], order.row(world.axes))
    assert carry_out(world, calibration(), askings)[0, 1, 0] != stopped


def test_a_measure_may_always_be_lifted_and_outsiders_are_free():
    measured = given(1, BAN_TO_ALL, play_world())
    world = agreed(Restraint(scope="standstill"), first=(1,), second=(3,), world=measured)
    lift = Restrict(mineral="m0", layer="refined", measure="none")
    assert not any("treaty" in problem.what for problem in lift.problems(play_view(1, world)))
    assert not any("treaty" in problem.what for problem in BAN_TO_OUTSIDER.problems(play_view(0, world)))


def test_a_measure_that_was_written_all_the_same_is_a_promise_missed():
    world = upheld(Restraint(scope="standstill"), first=(1,), second=(3,))
    LICENCE_TO_MEMBER.apply(world, calibration(), LICENCE_TO_MEMBER.batch(play_view(1, world.copy())))
    after = moved(world)
    quiet = moved(upheld(Restraint(scope="standstill"), first=(1,), second=(3,)))
    assert after.clause_missed.max() == 1.0
    assert after.reliability[0, 1] < quiet.reliability[0, 1] - 3
    assert after.trust[0, 3, 1] < quiet.trust[0, 3, 1] - 7
    assert after.trust[0, 1, 3] >= quiet.trust[0, 1, 3] - 1e-9


def test_reckoning_an_unsigned_world_changes_nothing():
    world = play_world()
    world.treaty_kind[...] = -1
    before = world.copy()
    reckon(world, calibration())
    assert world.state_hash() == before.state_hash()
