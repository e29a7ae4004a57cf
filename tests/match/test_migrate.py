import shutil
import sqlite3
from pathlib import Path

import pytest

from game.match.migrate import FORMAT, STEPS, migrate
from game.match.save import Save

OLD_SAVES = Path(__file__).parent / "old_saves"


def user_version(database):
    return database.execute("PRAGMA user_version").fetchone()[0]


@pytest.fixture
def database():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE meta (value INTEGER)")
    connection.execute("PRAGMA user_version = 1")
    yield connection
    connection.close()


def test_there_is_a_step_from_every_older_format():
    assert sorted(STEPS) == list(range(1, FORMAT))


@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_a_save_of_every_format_there_was_still_opens(number, tmp_path):
    path = tmp_path / "old.chokepoint"
    shutil.copy(OLD_SAVES / f"format_{number}.chokepoint", path)
    with Save.open(path) as save:
        assert save.turn == 2
        assert len(save.entries()) == 7
        assert save.snapshot().arrays["price_usd_per_t"].shape == (2, 3, 4)


def test_steps_are_taken_in_order_from_the_format_found(database):
    steps = {number: lambda db, n=number: db.execute(f"INSERT INTO meta VALUES ({n})") for number in (1, 2, 3)}
    migrate(database, 2, steps, wanted=4)
    assert database.execute("SELECT value FROM meta").fetchall() == [(2,), (3,)]
    assert user_version(database) == 4


def test_when_a_step_fails_none_was_taken(database):
    steps = {1: lambda db: db.execute("INSERT INTO meta VALUES (1)"), 2: lambda db: db.execute("INSERT INTO gone")}
    with pytest.raises(sqlite3.Error):
        migrate(database, 1, steps, wanted=3)
    assert database.execute("SELECT count(*) FROM meta").fetchone() == (0,)
    assert user_version(database) == 1
