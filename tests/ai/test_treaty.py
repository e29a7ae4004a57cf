"""What nations want of treaties beside offtakes: whom they ask, what they accept, when they are weary."""

import numpy as np
import pytest

from game.ai.contract import answers, leave
from game.ai.treaty import ASKING_TURNS, CODES, GAINS, KINDS, OFFSET, ROUNDS, propose_treaties, worth
from game.engine.pact import TREATIES
from game.forecast import ACCEPT, Offers, signed
from game.rules.asking import Askings, Batch, Row, partner_code
from game.rules.catalog import KIND_CODE, ORDERS
from game.rules.clauses.consult import Consult
from game.rules.compact import packed, unpacked
from game.rules.personality import WEIGHTS
from game.rules.situation import Situation
from game.rules.terms import terms, write_treaty
from tests.ai.characters import small_characters
from tests.rules.play_world import NATIONS, calibration, play_world

CONSULT = TREATIES.index("crisis_consultation")


def situation(world=None):
    return Situation(world or play_world(), calibration())


def characters():
    return small_characters(calibration().axes.nations)


def offered(*partners, kind=CONSULT, size=0.2):
    """Nation 1 proposes a treaty to others."""
    asked = Askings.none(1, NATIONS, 1)
    option = packed(1, kind=kind)
    asked.put((0, 1, 0), KIND_CODE["propose"], Row(-1, -1, partner_code(partners), option, size))
    return Offers.among(asked)


def test_every_treaty_but_the_offtake_is_wished_for_by_weights_there_are():
    assert set(KINDS) == set(TREATIES) - {"offtake"}
    assert {weight for sides in GAINS.values() for side in sides for weight in side} <= set(WEIGHTS)


def test_proposals_are_made_in_turn_and_most_that_are_wished_for_could_be_given():
    world = play_world()
    found = propose_treaties(situation(world), characters())
    asks = (world.turn + np.arange(NATIONS)) % ASKING_TURNS == OFFSET
    assert not found.score[0, ~asks].any()
    assert found.score[0, asks].max() > 0.05
    w, n, place = np.nonzero(found.score > 0.05)
    columns = (getattr(found, name)[w, n, place] for name in ("mineral", "layer", "partner", "option", "size"))
    allowed = ORDERS["propose"].allowed(world, calibration(), Batch(w, n, *columns))
    assert allowed.mean() > 0.7
    assert set(np.unique(unpacked(found.option[found.option >= 0]).kind)) <= set(CODES)


def test_who_is_bound_already_is_not_asked_again():
    world = play_world()
    world.turn = (
        ASKING_TURNS * next(t for t in range(ROUNDS) if KINDS.index("crisis_consultation") % ROUNDS == t) + OFFSET
    )
    free = propose_treaties(situation(world), characters())
    agreed = terms("crisis_consultation", (Consult(),), world.axes, (0,), (1, 2, 3))
    write_treaty(world, 0, 9, agreed, 1, 20, np.arange(40, 41))
    bound = propose_treaties(situation(world), characters())
    of = unpacked(free.option).kind == CONSULT
    assert free.score[of].max() > 0
    assert bound.score[of].max() == 0


def test_an_offer_is_worth_nothing_to_whom_trust_is_missing_and_something_to_others():
    world = play_world()
    found = worth(situation(world), characters(), offered(2, 3))[0, :, 1]
    assert (found[[2, 3]] > 0).all()
    world.trust[0, 3, 1] = 10.0
    assert worth(situation(world), characters(), offered(2, 3))[0, 3, 1] == 0


def test_a_club_is_signed_by_those_who_accept():
    world = play_world()
    offers = offered(0, 2, 3)
    _score, found = answers(situation(world), characters(), offers)
    accepts = [n for n in range(NATIONS) if (found.option[0, n] % 4 == ACCEPT).any() and _score[0, n].max() > 0]
    chosen = Askings.none(1, NATIONS, 1)
    for nation in accepts:
        chosen.put((0, nation, 0), KIND_CODE["answer"], found.row(0, nation, 0))
    signed(world, calibration(), offers, chosen)
    slot = int(np.flatnonzero(world.treaty_kind[0] == CONSULT)[0])
    assert np.flatnonzero(world.treaty_member[0, slot]).tolist() == sorted({1, *accepts})
    assert len(accepts) >= 2


@pytest.mark.parametrize(("strain", "weary"), [(79.0, False), (85.0, True)])
def test_a_member_gives_notice_when_its_patience_is_used_up(strain, weary):
    world = play_world()
    agreed = terms("crisis_consultation", (Consult(),), world.axes, (0,), (2,))
    write_treaty(world, 0, 9, agreed, 1, 20, np.arange(40, 41))
    world.strain[0, 9, 2] = strain
    score, askings = leave(situation(world), characters())
    assert (score[0, 2, 0] > 0) == weary
    if weary:
        assert askings.option[0, 2, 0] == 2 * 9
    assert score[0, 0, 0] == 0
