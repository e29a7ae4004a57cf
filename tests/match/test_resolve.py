import json

import pytest

from game.engine.fields import CAUSE
from game.match.log import Entry
from game.match.offer import Diplomacy
from game.match.resolve import CONTROL, State, compact_json, read_entry, resolve, scripted_json
from game.problems import ProblemError
from game.rules.catalog import ORDERS
from tests.rules.play_world import OFFER, calibration, play_world

CAP = ORDERS["cap_sourcing"](mineral="m0", share=0.5)
BAN = ORDERS["restrict_exports"](mineral="m0", layer="refined", measure="ban", targets=("NAD",), turns=3)


def entry(seat, order, seq=0, phase="committed"):
    return Entry(2, seq, seat, order, phase)


def resolved(*entries, offers=()):
    before = State(play_world(), Diplomacy(tuple(offers), (), 9))
    return resolve(before, calibration(), entries, seed=4)


def test_an_order_a_habit_and_a_script_are_read_back_from_the_log():
    axes = calibration().axes
    assert read_entry(entry("NAD", CAP.as_json()), axes) == ("NAD", CAP)
    assert read_entry(entry("NAD", compact_json(CAP.kind, CAP.row(axes))), axes) == ("NAD", CAP)
    assert read_entry(entry(CONTROL, scripted_json("NAB", BAN)), axes) == ("NAB", BAN)


def test_an_entry_of_another_game_is_refused_with_its_place():
    with pytest.raises(ProblemError, match="turn 2, NAD"):
        read_entry(entry("NAD", json.dumps({"kind": "conquer"})), calibration().axes)


def test_only_committed_entries_count():
    _state, carried = resolved(entry("NAD", CAP.as_json(), phase="undone"))
    assert carried == []


def test_a_script_costs_nothing_and_an_order_does():
    state, carried = resolved(entry(CONTROL, scripted_json("NAB", BAN)), entry("NAD", CAP.as_json(), 1))
    assert [(item.seat, item.nation, item.done) for item in carried] == [
        ("NAD", "NAD", True),
        (CONTROL, "NAB", True),
    ]
    assert state.world.posting[0, 1, :, CAUSE["restrict_exports"]].sum() == 0
    assert state.world.posting[0, 3, 1, CAUSE["cap_sourcing"]] == -1
    assert state.world.refined_flow_t[0, 0, 1, 3] == 0


def test_the_script_has_the_last_word_over_a_nations_own_order():
    lift = ORDERS["restrict_exports"](mineral=BAN.mineral, layer=BAN.layer, measure="none")
    state, _carried = resolved(entry(CONTROL, scripted_json("NAB", BAN)), entry("NAB", lift.as_json(), 1))
    assert state.world.refined_flow_t[0, 0, 1, 3] == 0


def test_seats_act_at_once_so_the_order_of_the_log_between_them_does_not_matter():
    first = entry("NAD", CAP.as_json(), 0)
    second = entry("NAB", BAN.as_json(), 1)
    one, _carried = resolved(first, second)
    other, _carried = resolved(entry("NAB", BAN.as_json(), 0), entry("NAD", CAP.as_json(), 1))
    assert one.world.state_hash() == other.world.state_hash()


def test_what_is_too_much_is_left_undone_and_marked():
    orders = [ORDERS["buy_stock"](mineral="m0", months=0.5).as_json() for _position in range(9)]
    state, carried = resolved(*(entry("NAD", order, seq) for seq, order in enumerate(orders)))
    done = [item.done for item in carried]
    assert done.count(True) < 9
    assert done == sorted(done, reverse=True)
    assert state.world.political_capital[0, 3] >= 0


def test_an_offer_is_answered_once_and_only_by_its_receiver():
    accept = ORDERS["answer"](offer=OFFER.number, reply="accept").as_json()
    entries = [entry("NAC", accept, 0), entry("NAD", accept, 1), entry("NAD", accept, 2)]
    state, carried = resolved(*entries, offers=[OFFER])
    assert [item.done for item in carried] == [False, True, False]
    assert len(state.diplomacy.treaties) == 1
    assert state.diplomacy.offers == ()
    slot = state.diplomacy.treaties[0].slot
    assert (state.world.contract_seller[0, slot], state.world.contract_buyer[0, slot]) == (1, 3)


def test_diplomacy_survives_plain_data():
    accept = ORDERS["answer"](offer=OFFER.number, reply="accept").as_json()
    state, _carried = resolved(entry("NAD", accept), offers=[OFFER])
    assert Diplomacy.from_data(json.loads(json.dumps(state.diplomacy.as_data()))) == state.diplomacy
