from dataclasses import replace

import numpy as np
import pytest

from game.engine.pact import TREATIES
from game.problems import ProblemError
from game.rules.reckoning import reckon
from game.rules.terms import clauses_in, offer_terms, sign
from game.rules.treaty import load_treaty
from tests.rules.play_world import OFFER, calibration, play_world

BUNDLE = """
treaty: {name}
title: Pact
summary: Somebody gains and somebody else loses something here.
icon: contract
clauses:
{clauses}
"""


def written(tmp_path, clauses, name="pact", extra=""):
    path = tmp_path / "pact.yaml"
    path.write_text(BUNDLE.format(name=name, clauses=clauses) + extra)
    return path


def test_a_bundle_may_leave_values_open(tmp_path):
    treaty = load_treaty(written(tmp_path, "  - kind: deliver\n  - kind: term\n    turns: 3"))
    assert treaty.kinds == ("deliver", "term")
    assert treaty.start("term") == {"turns": 3}


@pytest.mark.parametrize(
    ("clauses", "name", "extra", "words"),
    [
        ("  - kind: delivr", "pact", "", "did you mean deliver"),
        ("  - kind: term\n    turns: 300", "pact", "", "at most 30"),
        ("  - kind: term\n    turn: 3", "pact", "", "did you mean turns"),
        ("  - kind: term", "other", "", "the name of the file"),
        ("  - kind: term", "pact", "published: [penalti]", "did you mean penalty"),
        ("  - kind: term", "pact", "colour: red", "no field 'colour'"),
        ("  - kind: [", "pact", "", "cannot be read"),
    ],
)
def test_a_wrong_bundle_is_refused_with_the_remedy(tmp_path, clauses, name, extra, words):
    with pytest.raises(ProblemError, match=words):
        load_treaty(written(tmp_path, clauses, name, extra))


def signed(offer=OFFER):
    """The play world with the offer signed, and the contract slot it has taken."""
    world = play_world()
    (slot,) = sign(world, calibration(), [(0, offer_terms(offer, world.axes, offer.parties))])
    assert slot is not None
    clauses = np.flatnonzero(world.clause_treaty[0] == slot)
    (contract,) = np.flatnonzero(np.isin(world.contract_clause[0], clauses))
    return world, int(slot), int(contract)


def test_an_offer_comes_to_a_treaty_its_clauses_and_a_contract():
    world, slot, c = signed()
    assert TREATIES[world.treaty_kind[0, slot]] == "offtake"
    assert np.flatnonzero(world.treaty_member[0, slot]).tolist() == [1, 3]
    assert (world.treaty_since[0, slot], world.treaty_until[0, slot]) == (world.turn + 1, world.turn + 6)
    assert [clause.as_data() for clause in clauses_in(world, slot)] == list(OFFER.clauses)
    names = ("seller", "buyer", "mineral", "layer", "t", "until", "penalty_share")
    assert [world.arrays[f"contract_{name}"][0, c] for name in names] == [1, 3, 0, 1, 10.0, world.turn + 6, 0.25]
    assert np.isnan(world.contract_ln[0, c])


def test_a_fixed_price_is_a_share_of_the_sellers_gate_price_on_signing():
    clauses = tuple({**c, "rule": "fixed", "percent": 90} if c["kind"] == "price_rule" else c for c in OFFER.clauses)
    world, _slot, c = signed(replace(OFFER, clauses=clauses))
    assert world.contract_ln[0, c] == pytest.approx(world.refinery_gate_ln[0, 1, 0] + np.log(0.9))


def test_signing_builds_trust_both_ways():
    world, _slot, _c = signed()
    before = play_world()
    gained = world.trust - before.trust
    assert gained[0, 1, 3] == gained[0, 3, 1] == 3.0
    assert np.count_nonzero(gained) == 2
    assert world.trust_posting[0].sum() == pytest.approx(6.0)


def test_a_treaty_for_which_there_is_no_room_comes_to_nothing():
    world = play_world()
    world.contract_seller[...] = 0
    before = world.copy()
    agreed = offer_terms(OFFER, world.axes, OFFER.parties)
    assert sign(world, calibration(), [(0, agreed)]) == [None]
    assert world.state_hash() == before.state_hash()


def test_a_term_that_is_over_frees_the_slots_and_the_contract_delivers_no_more():
    world, slot, c = signed()
    world.turn += 6
    reckon(world, calibration())
    assert world.treaty_kind[0, slot] == -1
    assert not world.treaty_member[0, slot].any()
    assert slot not in world.clause_treaty[0]
    assert world.contract_clause[0, c] == -1
    assert world.contract_until[0, c] == world.turn


def test_a_member_that_has_given_notice_is_free_when_it_ends_and_so_is_the_other():
    world, slot, _c = signed()
    world.treaty_leaving[0, slot, 3] = world.turn + 2
    world.turn += 1
    reckon(world, calibration())
    assert world.treaty_kind[0, slot] >= 0
    world.turn += 1
    reckon(world, calibration())
    assert world.treaty_kind[0, slot] == -1
