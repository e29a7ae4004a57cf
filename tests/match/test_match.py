import sqlite3
from contextlib import closing
from functools import cache

import numpy as np
import pytest

from game.content.load import load_level
from game.engine.turn import PHASES
from game.engine.view import NationView
from game.match.match import Match
from game.match.replay import replay
from game.problems import ProblemError
from game.rules.catalog import ORDERS
from game.rules.offtake import offtake

ORE = "rare_earths"


@cache
def level(name="first_shipment"):
    return load_level(name)


def quick_match(seed=7, name="first_shipment", persons=("JPN",)):
    """A match in which all others act by habit, which takes no time to think."""
    seats = {nation: "habit" for nation in level(name).nations if nation != "ROW"}
    return Match.new(level(name), seats | dict.fromkeys(persons, "person"), seed)


def purchase(months=1.0):
    return ORDERS["buy_stock"](mineral=ORE, months=months)


def cap(share=0.5):
    return ORDERS["cap_sourcing"](mineral=ORE, share=share)


def test_an_order_is_accepted_once_it_has_no_problems_and_waits_for_the_turns_end():
    match = quick_match()
    assert match.submit("JPN", purchase()) == []
    assert match.orders("JPN") == [purchase()]
    assert match.world.purchase_t.sum() == 0
    report = match.end_turn()
    assert match.orders("JPN") == []
    assert match.turn == report.turn == 1
    assert any(item.seat == "JPN" and item.done for item in report.carried)


def test_what_is_queued_is_paid_for_before_anything_more_is_accepted():
    match = quick_match()
    assert match.plan("JPN").world.political_capital[0, match.axes.nation_index["JPN"]] == 4
    for _round in range(4):
        assert match.submit("JPN", purchase(0.5)) == []
    problems = match.submit("JPN", purchase(0.5))
    assert "political capital" in problems[0].what
    assert len(match.orders("JPN")) == 4


def test_a_release_cannot_be_ordered_twice_from_the_same_stock():
    match = quick_match()
    stock = match.view("JPN").world.public_stock_t[0, match.axes.nation_index["JPN"], 0]
    release = ORDERS["release_stock"](mineral=ORE, amount_t=0.6 * stock, to="spot")
    assert match.submit("JPN", release) == []
    assert "more than the stockpile holds" in match.submit("JPN", release)[0].what


def test_undo_redo_and_remove_touch_the_seats_own_orders():
    match = quick_match()
    for order in (purchase(), cap(), purchase(2)):
        assert match.submit("JPN", order) == []
    assert match.undo("JPN")
    assert match.orders("JPN") == [purchase(), cap()]
    assert match.redo("JPN")
    assert match.remove("JPN", 0)
    assert match.orders("JPN") == [cap(), purchase(2)]
    assert not match.remove("JPN", 2)
    assert not match.redo("CHN")


def test_a_seat_that_is_none_and_a_level_that_is_over_are_refused():
    match = quick_match()
    assert "there is no seat of a person" in match.submit("ROW", purchase())[0].what
    for _turn in range(match.level.turns):
        match.end_turn()
    assert match.over
    assert "are over" in match.submit("JPN", purchase())[0].what


def test_a_government_that_falls_twice_ends_the_game_and_gives_no_more_orders():
    match = quick_match()
    japan = match.axes.nation_index["JPN"]
    match.world.support[0, japan] = 5.0
    match.world.weak_turns[0, japan] = 2
    match.end_turn()
    assert match.world.mandate[0, japan] == 1
    assert not match.over
    match.world.weak_turns[0, japan] = 2
    match.end_turn()
    assert match.over
    assert match.has_fallen("JPN")
    assert not match.has_fallen("CHN")
    assert "has fallen twice" in match.submit("JPN", purchase())[0].what


def test_two_persons_play_on_until_both_governments_have_fallen_twice():
    level_of_two = level("long_arc")
    match = Match.new(level_of_two, dict.fromkeys(level_of_two.seats, "habit") | {"JPN": "person", "KOR": "person"})
    for iso3, ends in (("JPN", False), ("KOR", True)):
        nation = match.axes.nation_index[iso3]
        match.world.mandate[0, nation], match.world.weak_turns[0, nation] = 1, 3
        assert match.over == ends


@pytest.mark.parametrize(
    ("seats", "words"),
    [({"JPX": "person"}, "no nation"), ({"CHN": "person"}, "cannot be played"), ({"CHN": "robot"}, "no kind of seat")],
)
def test_seats_that_cannot_be_are_refused_with_a_sentence(seats, words):
    with pytest.raises(ProblemError, match=words):
        Match.new(level(), seats)


def test_the_same_seed_and_orders_give_the_same_world_and_another_seed_another():
    hashes = set()
    for seed in (7, 7, 8):
        match = quick_match(seed)
        match.submit("JPN", cap())
        match.end_turn()
        hashes.add(match.world.state_hash())
    assert len(hashes) == 2


def test_worlds_of_the_past_are_never_changed():
    match = quick_match()
    first = match.world.state_hash()
    match.submit("JPN", purchase())
    match.plan("JPN")
    match.end_turn()
    assert match.history[0].state_hash() == first


def test_a_view_hides_what_others_keep_in_stock():
    match = quick_match()
    nation = match.axes.nation_index["JPN"]
    match.world.public_stock_t[...] = 123.0
    seen = match.view("JPN").world.public_stock_t[0]
    assert (seen[nation] == 123).all()
    assert not (np.delete(seen, nation, axis=0) == 123).any()
    with pytest.raises(ValueError, match="read-only"):
        match.view("JPN").world.treasury_usd_bn[0, 0] = 9


def test_progress_is_told_phase_by_phase():
    told = []
    quick_match().end_turn(lambda step, done, of: told.append((step, done, of)))
    assert [step for step, _done, _of in told if step in PHASES] == list(PHASES)
    assert all(0 <= done <= of for _step, done, of in told)


def test_minds_tell_how_far_they_have_thought():
    told = []
    seats = {nation: "mind" for nation in level().nations if nation != "ROW"}
    Match.new(level(), seats | {"JPN": "person"}).end_turn(lambda *step: told.append(step))
    shares = [done / of for step, done, of in told if step == "minds"]
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)


def test_scripted_orders_are_carried_out_for_their_nation_and_cost_it_nothing():
    match = quick_match(name="long_arc")
    scripted = [row for row in match.level.scripted if row["turn"] == 1]
    report = match.end_turn()
    control = [item for item in report.carried if item.seat == "CONTROL"]
    assert len(control) == len(scripted) > 0
    assert all(item.done for item in control)
    for item in control:
        n = match.axes.nation_index[item.nation]
        where = (0, n, match.axes.mineral_index[item.order.mineral], 0 if item.order.layer == "ore" else 1)
        assert match.world.export_until[where] == item.order.turns


def test_nothing_submitted_is_lost_when_the_process_dies(tmp_path):
    path = tmp_path / "game.chokepoint"
    match = quick_match()
    match.save_to(path)
    match.submit("JPN", purchase())
    match.end_turn()
    match.submit("JPN", cap())
    match.submit("JPN", purchase(2))
    match.undo("JPN")
    # The first match is left as a killed process leaves it: its file is never closed.
    again = Match.load(path)
    assert (again.turn, again.date, again.orders("JPN")) == (1, "2025H1", [cap()])
    assert again.world.state_hash() == match.world.state_hash()
    assert again.persons == ("JPN",)
    again.end_turn()
    match.close()
    again.close()


def test_a_loaded_match_goes_on_as_the_first_would_have(tmp_path):
    match = quick_match()
    match.end_turn()
    match.save_to(tmp_path / "a.chokepoint")
    match.close()
    again = Match.load(tmp_path / "a.chokepoint")
    for played in (match, again):
        played.submit("JPN", cap())
        played.end_turn()
    again.close()
    assert match.world.state_hash() == again.world.state_hash()


def test_saving_late_or_under_another_name_keeps_the_whole_game(tmp_path):
    match = quick_match()
    match.submit("JPN", purchase())
    match.end_turn()
    match.submit("JPN", cap())
    match.save_to(tmp_path / "a.chokepoint")
    match.save_to(tmp_path / "b.chokepoint")
    assert match.path == tmp_path / "b.chokepoint"
    match.submit("JPN", purchase(2))
    match.close()
    for name, orders in (("a", [cap()]), ("b", [cap(), purchase(2)])):
        again = Match.load(tmp_path / f"{name}.chokepoint")
        assert again.orders("JPN") == orders
        again.close()
        assert replay(tmp_path / f"{name}.chokepoint").outcome == "identical"


def test_a_turn_that_cannot_be_written_leaves_the_match_as_it_was(tmp_path, monkeypatch):
    match = quick_match()
    match.save_to(tmp_path / "a.chokepoint")
    match.submit("JPN", cap())

    def full(*_):
        raise ProblemError(match.submit("ROW", cap()))

    monkeypatch.setattr("game.match.save.Save.end_turn", full)
    with pytest.raises(ProblemError):
        match.end_turn()
    assert (match.turn, match.orders("JPN")) == (0, [cap()])
    monkeypatch.undo()
    match.end_turn()
    match.close()
    assert replay(tmp_path / "a.chokepoint").outcome == "identical"


def test_a_save_of_other_fields_is_loaded_with_a_note_that_names_them(tmp_path):
    path = tmp_path / "a.chokepoint"
    match = quick_match()
    match.save_to(path)
    match.close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE snapshots SET field = 'old_lever' WHERE field = 'export_tax'")
    before = path.read_bytes()
    match = Match.load(path)
    assert "export_tax" in match.notes[0].hint
    assert "old_lever" in match.notes[0].hint
    match.close()
    assert path.read_bytes() == before


def two_persons():
    return quick_match(name="long_arc", persons=("JPN", "CHN"))


def signed_match():
    match = two_persons()
    offer = offtake("CHN", "buy", ORE, "refined", 1000.0, 3)
    assert match.submit("JPN", offer) == []
    match.end_turn()
    number = next(offer.number for offer in match.inbox("CHN") if offer.sender == "JPN")
    assert match.submit("CHN", ORDERS["answer"](offer=number, reply="accept")) == []
    assert number not in [offer.number for offer in match.plan("CHN").inbox]
    match.end_turn()
    return match


def test_an_offer_is_answered_next_turn_and_delivered_the_turn_after():
    match = signed_match()
    treaty = match.treaties("JPN")[-1]
    assert (treaty.state, treaty.first, treaty.last) == ("in force", 3, 5)
    assert match.world.contract_delivered_t.sum() == 0
    match.end_turn()
    world = match.world
    (contract,) = np.flatnonzero(world.clause_treaty[0, world.contract_clause[0]] == treaty.slot)
    assert world.contract_delivered_t[0, contract] > 0


def test_a_contract_ends_with_its_term():
    match = signed_match()
    for _turn in range(3):
        match.end_turn()
    assert match.treaties("JPN")[-1].state == "ended"


def test_a_counter_goes_back_with_one_number_changed():
    match = two_persons()
    match.submit("JPN", offtake("CHN", "buy", ORE, "refined", 1000.0, 3))
    match.end_turn()
    number = next(offer.number for offer in match.inbox("CHN") if offer.sender == "JPN")
    match.submit("CHN", ORDERS["answer"](offer=number, reply="counter", change="turns", value=8))
    match.end_turn()
    offer = next(offer for offer in match.inbox("JPN") if offer.sender == "CHN" and offer.number > number)
    assert (offer.sender, offer.seller, offer.buyer) == ("CHN", "CHN", "JPN")
    assert offer.clauses[1] == {"kind": "term", "turns": 8}


def test_an_offer_nobody_answers_lapses():
    match = two_persons()
    match.submit("JPN", offtake("CHN", "buy", ORE, "refined", 1000.0, 3))
    for _turn in range(3):
        match.end_turn()
    assert not any(offer.sender == "JPN" for offer in match.inbox("CHN"))


def test_leaving_at_once_ends_the_contract_and_costs_the_word():
    match = signed_match()
    china, japan = (match.axes.nation_index[nation] for nation in ("CHN", "JPN"))
    treaty = match.treaties("JPN")[-1]
    before = match.world
    assert match.submit("CHN", ORDERS["leave"](treaty=treaty.slot, how="now")) == []
    match.end_turn()
    assert match.treaties("JPN")[-1].state == "ended"
    assert match.world.reliability[0, china] < before.reliability[0, china] - 5
    assert match.world.trust[0, japan, china] < before.trust[0, japan, china] - 10


def test_treaties_survive_saving(tmp_path):
    match = signed_match()
    match.submit("JPN", offtake("CHN", "buy", "gallium", "refined", 1.0, 3, price_percent=90))
    match.end_turn()
    match.save_to(tmp_path / "a.chokepoint")
    match.close()
    again = Match.load(tmp_path / "a.chokepoint")
    again.close()
    assert again.inbox("CHN") == match.inbox("CHN") != ()
    assert again.treaties() == match.treaties()
    assert replay(tmp_path / "a.chokepoint").outcome == "identical"


def test_views_know_names_and_the_levels_orders():
    view = quick_match().plan("JPN")
    assert isinstance(view, NationView)
    assert view.name("JPN") == "Japan"
    assert view.name(ORE) != ORE


def test_the_script_does_not_speak_for_a_nation_that_a_person_plays():
    level = load_level("long_arc")
    habits = {nation: "habit" for nation in level.nations if nation != "ROW"}
    cobalt = level.minerals.index("cobalt")
    for seat, measures in (("JPN", 1), ("COD", 0)):
        match = Match.new(level, habits | {seat: "person"}, 1)
        match.end_turn()
        congo = match.axes.nation_index["COD"]
        assert match.world.export_target[0, congo, cobalt, 0].any() == bool(measures)
