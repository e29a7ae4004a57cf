import numpy as np
import pytest

from game.engine.fields import FIELD
from game.engine.view import NationView, believed_world, public_stock_estimate_t
from game.rules.clauses.deliver import Deliver
from game.rules.clauses.term import Term
from tests.rules.agreeing import SLOT, agreed
from tests.rules.play_world import calibration, play_view, play_world

HIDDEN = [field.name for field in FIELD.values() if field.seen_by != "public"]
WATCHER = 3


def marked_world():
    """A world whose hidden fields hold a figure that nobody could guess."""
    world = play_world(2)
    for name in HIDDEN:
        world.arrays[name][...] = 4321.0
    return world


@pytest.mark.parametrize("name", HIDDEN)
def test_what_others_keep_to_themselves_is_belief_and_ones_own_is_truth(name):
    world = marked_world()
    for seen in (NationView(world, calibration(), WATCHER).world, believed_world(world, calibration(), WATCHER)):
        others = np.delete(seen.arrays[name], WATCHER, axis=1)
        assert not (others == 4321.0).any()
        assert (seen.arrays[name][:, WATCHER] == 4321.0).all()


def test_others_stockpiles_are_taken_at_their_last_published_estimate():
    seen = believed_world(marked_world(), calibration(), WATCHER)
    estimate = public_stock_estimate_t(calibration())
    np.testing.assert_array_equal(seen.public_stock_t[0, :WATCHER], estimate[:WATCHER])
    np.testing.assert_allclose(estimate, calibration().baseline.consumption_t / 6)


def test_public_fields_are_the_worlds_own_and_nothing_can_be_written():
    world = marked_world()
    view = NationView(world, calibration(), WATCHER)
    assert np.shares_memory(view.world.delivered_ln, world.delivered_ln)
    for array in view.world.arrays.values():
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    assert world.delivered_ln.flags.writeable


def test_a_believed_world_is_a_copy():
    world = marked_world()
    before = world.state_hash()
    believed_world(world, calibration(), WATCHER).treasury_usd_bn[...] = 0
    assert world.state_hash() == before


def test_a_view_speaks_of_the_turn_that_is_being_ordered():
    view = NationView(play_world(), calibration(), WATCHER, names={"NAD": "Dee"})
    assert (view.turn, view.iso3, view.name("NAD"), view.name("m0")) == (2, "NAD", "Dee", "m0")
    base = calibration().baseline.price_usd_per_t
    np.testing.assert_allclose(view.price_usd_per_t, base * np.exp(view.world.delivered_ln[0, WATCHER]))


def test_a_secret_treaty_is_seen_by_its_members_alone_and_what_it_delivers_by_all():
    deliver = Deliver(mineral="m0", layer="refined", volume_t=5.0)
    world = agreed(deliver, Term(turns=6), first=(1,), second=(2,), treaty="offtake")
    world.treaty_secret[0, SLOT] = True
    member, other = play_view(1, world.copy()).world, play_view(3, world.copy()).world
    assert member.treaty_kind[0, SLOT] >= 0
    assert other.treaty_kind[0, SLOT] == -1
    assert not other.treaty_member[0, SLOT].any()
    assert SLOT not in other.clause_treaty[0]
    assert (other.contract_seller == world.contract_seller).all()
    believed = believed_world(world, calibration(), 3)
    assert believed.treaty_kind[0, SLOT] == -1
    assert world.treaty_kind[0, SLOT] >= 0
