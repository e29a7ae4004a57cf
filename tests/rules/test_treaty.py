import numpy as np
import pytest

from game.engine.view import Offer
from game.problems import ProblemError
from game.rules.treaty import contract_of, load_treaty
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


def test_an_offer_comes_to_the_numbers_of_a_contract():
    world = play_world()
    contract = contract_of(OFFER, world, calibration())
    assert (contract.seller, contract.buyer, contract.mineral, contract.layer) == (1, 3, 0, 1)
    assert (contract.tonnes, contract.turns, contract.penalty_share) == (10.0, 6, 0.25)
    assert np.isnan(contract.price_ln)


def test_a_fixed_price_is_a_share_of_the_sellers_gate_price_on_signing():
    world = play_world()
    clauses = tuple({**c, "rule": "fixed", "percent": 90} if c["kind"] == "price_rule" else c for c in OFFER.clauses)
    offer = Offer(**{**vars(OFFER), "clauses": clauses})
    price = contract_of(offer, world, calibration()).price_ln
    assert price == pytest.approx(world.refinery_gate_ln[0, 1, 0] + np.log(0.9))
