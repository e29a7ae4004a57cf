import pytest

from game.match.log import Entry, OrderLog


def orders(entries):
    return [entry.order for entry in entries]


def test_orders_are_numbered_in_each_turn_as_asked():
    log = OrderLog()
    asked = [log.submit(1, "JPN", "a"), log.submit(1, "USA", "b"), log.submit(2, "JPN", "c")]
    assert [(entry.turn, entry.seq) for entry in asked] == [(1, 0), (1, 1), (2, 0)]
    assert log.entries() == asked
    assert log.entries(1) == asked[:2]


def test_undo_takes_back_the_seats_own_last_order():
    log = OrderLog()
    for seat, order in (("JPN", "a"), ("JPN", "b"), ("USA", "c")):
        log.submit(1, seat, order)
    assert log.undo(1, "JPN") == Entry(1, 1, "JPN", "b", "undone")
    assert orders(log.pending(1)) == ["a", "c"]
    assert orders(log.pending(1, "JPN")) == ["a"]


def test_there_is_nothing_to_undo_or_redo_without_orders_of_ones_own():
    log = OrderLog()
    log.submit(1, "USA", "a")
    assert log.undo(1, "JPN") is None
    assert log.redo(1, "JPN") is None


def test_redo_brings_back_in_reverse_what_was_undone_and_removed():
    log = OrderLog()
    for order in "abc":
        log.submit(1, "JPN", order)
    log.remove(1, 0)
    log.undo(1, "JPN")
    assert orders(log.pending(1)) == ["b"]
    assert log.redo(1, "JPN") == Entry(1, 2, "JPN", "c", "submitted")
    log.redo(1, "JPN")
    assert orders(log.pending(1)) == ["a", "b", "c"]
    assert log.redo(1, "JPN") is None


def test_a_new_order_ends_redo():
    log = OrderLog()
    log.submit(1, "JPN", "a")
    log.undo(1, "JPN")
    log.submit(1, "JPN", "b")
    assert log.redo(1, "JPN") is None


def test_what_was_undone_in_a_turn_cannot_be_redone_in_the_next():
    log = OrderLog()
    log.submit(1, "JPN", "a")
    log.undo(1, "JPN")
    log.commit(1)
    assert log.redo(1, "JPN") is None
    assert log.redo(2, "JPN") is None


def test_a_turn_commits_what_is_pending_and_keeps_what_was_undone():
    log = OrderLog()
    log.submit(1, "JPN", "a")
    log.submit(1, "JPN", "b")
    log.undo(1, "JPN")
    assert [entry.phase for entry in log.commit(1)] == ["committed", "undone"]
    assert log.pending(1) == []


def test_a_committed_order_cannot_be_removed():
    log = OrderLog()
    log.submit(1, "JPN", "a")
    log.commit(1)
    with pytest.raises(ValueError, match="committed"):
        log.remove(1, 0)


def test_a_log_is_rebuilt_from_its_entries_in_any_order():
    log = OrderLog()
    for order in "abc":
        log.submit(1, "JPN", order)
    log.undo(1, "JPN")
    assert OrderLog(reversed(log.entries())).entries() == log.entries()


def test_a_log_with_a_gap_is_refused():
    with pytest.raises(ValueError, match="no entry 0"):
        OrderLog([Entry(1, 1, "JPN", "a")])
