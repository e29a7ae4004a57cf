"""Every file that is no good save is refused with one clear sentence and left byte for byte as it was."""

import sqlite3

import pytest

from game.match.log import Entry
from game.match.migrate import FORMAT
from game.match.save import Save
from game.match.shelf import list_saves
from game.problems import ProblemError
from tests.match.fake_match import new_save


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "game.chokepoint"
    new_save(path, turns=2).close()
    return path


def change(path, statement, *values):
    database = sqlite3.connect(path, isolation_level=None)
    database.execute(statement, values)
    database.close()


def refused(path):
    """Return the one sentence that refuses a file, having checked that the file stays as it is."""
    before = path.read_bytes()
    with pytest.raises(ProblemError) as error:
        Save.open(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    (listed,) = list_saves(path.parent)
    assert listed.name == path.stem
    (problem,) = error.value.problems
    assert problem.where == str(path)
    return str(problem)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00" * 5000, b"SQLite format 3\x00"])
def test_a_file_that_is_no_database_is_refused(good, content):
    good.write_bytes(content)
    assert "not a save of this game" in refused(good)


def test_another_programs_database_is_refused(good):
    good.unlink()
    change(good, "CREATE TABLE recipes (name TEXT)")
    assert "belongs to another program" in refused(good)


def test_a_save_of_a_newer_game_is_refused_with_both_formats(good):
    change(good, f"PRAGMA user_version = {FORMAT + 1}")
    assert f"has format {FORMAT + 1}, and this game reads up to {FORMAT}" in refused(good)
    assert "update the game" in refused(good)


def test_a_save_without_a_format_is_refused(good):
    change(good, "PRAGMA user_version = 0")
    assert "damaged (it has no format)" in refused(good)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE log",
        "ALTER TABLE log RENAME COLUMN seat TO nation",
        "CREATE TABLE more (name TEXT)",
        "CREATE TRIGGER cheat AFTER INSERT ON log BEGIN DELETE FROM log; END",
    ],
)
def test_wrong_tables_are_refused(good, statement):
    change(good, statement)
    assert "tables are not those of a save" in refused(good)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.99])
def test_a_truncated_save_is_refused(good, share):
    content = good.read_bytes()
    good.write_bytes(content[: int(len(content) * share)])
    assert "damaged" in refused(good)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM meta WHERE key = 'seed'", "its seed is unreadable"),
        ("UPDATE meta SET value = 'x' WHERE key = 'nations'", "its nations is unreadable"),
        ("DELETE FROM level", "its level is unreadable"),
        ("UPDATE level SET content = x'00'", "its level is unreadable"),
        ("DELETE FROM turns", "a turn is missing"),
        ("DELETE FROM turns WHERE turn = 1", "a turn is missing"),
        ("DELETE FROM log WHERE turn = 1 AND seq = 1", "the orders of turn 1 are not whole"),
        ("UPDATE log SET order_json = '{' WHERE turn = 2 AND seq = 1", "the orders of turn 2 are not whole"),
        ("UPDATE log SET phase = 'submitted' WHERE turn = 1 AND seq = 0", "the orders of turn 1 are not whole"),
        ("INSERT INTO log VALUES (4, 0, 'JPN', '{}', 'submitted')", "the orders of turn 4 are not whole"),
    ],
)
def test_content_that_the_game_did_not_write_is_refused(good, statement, said):
    change(good, statement)
    assert said in refused(good)


def test_text_that_is_no_text_is_refused(good):
    change(good, "UPDATE meta SET value = CAST(x'ff' AS TEXT) WHERE key = 'level'")
    assert "damaged" in refused(good)


@pytest.mark.parametrize("column", ["dtype", "shape"])
def test_a_state_that_cannot_be_unpacked_is_said_when_it_is_asked_for(good, column):
    change(good, f"UPDATE snapshots SET {column} = 'rubbish' WHERE turn = 1")
    with Save.open(good) as save:
        assert save.snapshot(2).turn == 2
        with pytest.raises(ProblemError, match="state after turn 1 is unreadable"):
            save.snapshot(1)


def test_a_missing_file_and_a_folder_are_no_saves(tmp_path):
    with pytest.raises(ProblemError, match="no such save"):
        Save.open(tmp_path / "gone.chokepoint")
    with pytest.raises(ProblemError, match="not a file"):
        Save.open(tmp_path)


def read_through(path):
    """Return the one sentence that refuses a save, or "" when all of it can be read."""
    try:
        with Save.open(path) as save:
            assert all(isinstance(entry, Entry) for entry in save.entries())
            assert all(save.snapshot(turn).turn == turn for turn in range(save.turn + 1))
    except ProblemError as error:
        return str(error)
    return ""


def test_no_flipped_byte_ever_gives_more_than_a_problem(good):
    """One byte in 97 is flipped in turn: the save opens and reads, or is refused; nothing else may come of it."""
    content = good.read_bytes()
    sentences = []
    for place in range(0, len(content), 97):
        good.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        sentences.append(read_through(good))
        list_saves(good.parent)
    assert sum(map(bool, sentences)) > 10
    assert not [sentence for sentence in sentences if "\n" in sentence]
