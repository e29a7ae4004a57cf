import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from game.files import ROOT
from game.match import save_file
from game.match.header import Header
from game.match.log import OrderLog
from game.match.save import Save
from game.problems import ProblemError
from tests.match.fake_match import LEVEL_TEXT, fake_snapshot, new_save, play_turn


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "game.chokepoint"


def assert_same(snapshot, expected):
    assert (snapshot.turn, snapshot.state_hash, snapshot.records) == (
        expected.turn,
        expected.state_hash,
        expected.records,
    )
    assert list(snapshot.arrays) == list(expected.arrays)
    for name, array in expected.arrays.items():
        assert snapshot.arrays[name].dtype == array.dtype, name
        np.testing.assert_array_equal(snapshot.arrays[name], array, err_msg=name)


def test_a_save_holds_the_whole_game(path):
    new_save(path, turns=3).close()
    with Save.open(path) as save:
        assert save.turn == 3
        assert save.level_text == LEVEL_TEXT
        assert (save.header.level, save.header.seed, save.header.nations) == ("long_arc", 7, ("JPN",))
        assert [entry.phase for entry in save.entries()] == ["committed", "undone", "committed"] * 3
        for turn in range(4):
            assert_same(save.snapshot(turn), fake_snapshot(turn))
            assert save.state_hash(turn) == fake_snapshot(turn).state_hash


def test_a_save_is_one_file(path):
    new_save(path, turns=2).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_orders_of_the_turn_being_played_are_there_after_reopening(path):
    with new_save(path, turns=1) as save:
        log = OrderLog(save.entries())
        for order in ('{"a": 1}', '{"b": 2}'):
            save.record(log.submit(2, "JPN", order))
        save.record(log.undo(2, "JPN"))
    with Save.open(path) as save:
        assert OrderLog(save.entries()).entries() == log.entries()
        assert [entry.order for entry in OrderLog(save.entries()).pending(2)] == ['{"a": 1}']


def test_a_reopened_game_plays_on(path):
    new_save(path, turns=1).close()
    with Save.open(path) as save:
        play_turn(save, OrderLog(save.entries()), 2)
    with Save.open(path) as save:
        assert_same(save.snapshot(), fake_snapshot(2))


def test_an_existing_file_is_never_replaced(path):
    new_save(path).close()
    before = path.read_bytes()
    with pytest.raises(ProblemError, match="already a file"):
        new_save(path)
    assert path.read_bytes() == before


def test_what_a_killed_creation_left_is_in_nobodys_way(path):
    path.parent.mkdir(parents=True)
    path.with_name(f".{path.name}.unfinished").write_bytes(b"half")
    new_save(path).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_copy_is_the_same_game_and_the_original_stays_in_use(path, tmp_path):
    with new_save(path, turns=2) as save:
        save.copy(tmp_path / "copy.chokepoint")
        play_turn(save, OrderLog(save.entries()), 3)
    with Save.open(tmp_path / "copy.chokepoint") as copy:
        assert copy.turn == 2
        assert_same(copy.snapshot(), fake_snapshot(2))
        with pytest.raises(ProblemError, match="already a file"):
            copy.copy(path)


@pytest.mark.parametrize("turn", [1, 3])
def test_an_order_of_another_turn_is_refused(path, turn):
    entry = OrderLog().submit(turn, "JPN", "{}")
    with new_save(path, turns=1) as save, pytest.raises(ValueError, match=f"turn {turn}"):
        save.record(entry)


def test_a_turn_does_not_end_with_pending_orders_or_out_of_order(path):
    log = OrderLog()
    entry = log.submit(1, "JPN", "{}")
    with new_save(path) as save:
        with pytest.raises(ValueError, match="committed or undone"):
            save.end_turn([entry], fake_snapshot(1))
        with pytest.raises(ValueError, match="does not follow"):
            save.end_turn([], fake_snapshot(2))
        with pytest.raises(ValueError, match="no state after turn 1"):
            save.snapshot(1)


def test_a_save_starts_at_the_start(path):
    with pytest.raises(ValueError, match="turn 0"):
        Save.create(path, Header.of("long_arc", 1, ()), "", fake_snapshot(1))


def test_a_turn_that_cannot_be_written_whole_is_not_written_at_all(path):
    bad = replace(fake_snapshot(1), arrays={**fake_snapshot(1).arrays, "owner": np.array([object()])})
    log = OrderLog()
    log.submit(1, "JPN", "{}")
    with new_save(path) as save:
        with pytest.raises(TypeError, match="owner"):
            save.end_turn(log.commit(1), bad)
        assert (save.turn, save.entries()) == (0, [])
        save.end_turn(log.entries(1), fake_snapshot(1))
        assert_same(save.snapshot(), fake_snapshot(1))


def test_a_full_disk_is_said_plainly_and_the_game_goes_on_when_there_is_room(path):
    log = OrderLog()
    entry = log.submit(1, "JPN", "{}")
    noise = np.frombuffer(b"".join(number.to_bytes(8, "little") for number in range(0, 2**20, 7)), np.uint8)
    with new_save(path) as save:
        save.record(entry)
        # SQLite's own limit on a file's size gives the same error as a disk without room.
        (pages,) = save._database.execute("PRAGMA page_count").fetchone()
        save._database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ProblemError, match="disk is full"):
            save.end_turn(log.commit(1), replace(fake_snapshot(1), arrays={"noise": noise}))
        assert (save.turn, save.entries()) == (0, [entry])
        save._database.execute("PRAGMA max_page_count = 1000000")
        save.end_turn(log.entries(1), fake_snapshot(1))
    with Save.open(path) as save:
        assert save.turn == 1


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ProblemError, match=r"cannot be read or written .* — choose a folder"):
        new_save(tmp_path / "file" / "game.chokepoint")


def test_a_window_does_not_write_over_what_another_played(path):
    with new_save(path) as first, Save.open(path) as second:
        log = OrderLog()
        first.record(log.submit(1, "JPN", '{"first": 1}'))
        with pytest.raises(ProblemError, match="another window"):
            second.record(OrderLog().submit(1, "JPN", '{"second": 2}'))
        first.record(log.submit(1, "JPN", '{"more": 3}'))
        assert first.entries() == log.entries()


def test_a_save_in_use_elsewhere_is_said_plainly(path, monkeypatch):
    monkeypatch.setattr(save_file, "_WAIT_SECONDS", 0.01)
    entry = OrderLog().submit(1, "JPN", "{}")
    with (
        new_save(path) as busy,
        Save.open(path) as save,
        save_file.transaction(busy._database),
        pytest.raises(ProblemError, match="another program is using this save"),
    ):
        save.record(entry)


@pytest.mark.parametrize("lines", [3, 14, 25])
def test_a_killed_process_loses_nothing_that_was_submitted(path, lines):
    new_save(path).close()
    command = [sys.executable, "-m", "tests.match.fake_match", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        said = [process.stdout.readline().split() for _line in range(lines)]
        process.kill()
        said += [line.split() for line in process.communicate()[0].splitlines()]
    assert process.returncode != 0
    with Save.open(path) as save:
        held = {(entry.turn, entry.seq) for entry in save.entries()}
        for kind, turn, rest in said:
            if kind == "order":
                assert (int(turn), int(rest)) in held
            else:
                assert save.state_hash(int(turn)) == rest
        for turn in range(save.turn + 1):
            assert_same(save.snapshot(turn), fake_snapshot(turn))
        log = OrderLog(save.entries())
        save.end_turn(log.commit(save.turn + 1), fake_snapshot(save.turn + 1))
