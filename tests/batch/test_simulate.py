import csv
from pathlib import Path

import numpy as np
import pytest

from game.batch.record import Record
from game.batch.simulate import Arena, played, simulate, summary
from game.content.level import Level
from game.content.load import load_level
from game.engine.ledger import check
from game.engine.turn import Keys

TURNS = 3


@pytest.fixture(scope="module")
def level() -> Level:
    return load_level("long_arc")


@pytest.fixture(scope="module")
def batch(level: Level) -> Record:
    return simulate(level, TURNS, seed=5, worlds=3)


def test_world_k_of_a_batch_equals_world_k_alone(level: Level, batch: Record) -> None:
    alone = simulate(level, TURNS, seed=5, first_world=2)
    assert alone.state_hash[0] == batch.state_hash[2]
    np.testing.assert_array_equal(alone.frames[-1].price_usd_per_t[0], batch.frames[-1].price_usd_per_t[2])


def test_one_seed_gives_one_hash_and_another_seed_another(level: Level, batch: Record) -> None:
    assert simulate(level, TURNS, seed=5).state_hash[0] == batch.state_hash[0]
    assert simulate(level, TURNS, seed=6).state_hash[0] != batch.state_hash[0]


def test_worlds_differ_by_chance(batch: Record) -> None:
    assert len(set(batch.state_hash)) == 3


def test_turns_may_exceed_the_length_of_the_level() -> None:
    level = load_level("first_shipment")
    record = simulate(level, level.turns + 2)
    assert record.frames[-1].turn == level.turns + 2


def test_headless_minds_run_and_differ_from_habits() -> None:
    level = load_level("first_shipment")
    assert simulate(level, 1, minds=True).state_hash != simulate(level, 1).state_hash


def test_scripted_orders_of_the_first_turn_are_carried_out_at_no_cost(level: Level) -> None:
    arena = Arena(level)
    first = list(played(arena, Keys(1, (0,)), 1, idle=arena.calibration.axes.nations))[1]
    cobalt, congo = arena.calibration.axes.mineral_index["cobalt"], arena.calibration.axes.nation_index["COD"]
    assert np.isfinite(first.ordered.export_quota_t[0, congo, cobalt]).any()
    assert first.ordered.political_capital[0, congo] == pytest.approx(4.0)


def test_the_ledger_holds_with_everybody_acting(level: Level) -> None:
    arena = Arena(level)
    for step in list(played(arena, Keys(8, (0, 1)), TURNS))[1:]:
        assert check(step.ordered, step.world, arena.calibration) == []


def test_nations_that_are_idle_give_no_orders(level: Level) -> None:
    arena = Arena(level)
    japan = arena.calibration.axes.nation_index["JPN"]
    for step in list(played(arena, Keys(8, (0,)), TURNS, idle=["JPN"]))[1:]:
        assert (step.orders.kind[:, japan] < 0).all()
        assert (step.orders.kind >= 0).any()


def test_the_summary_names_every_turn_and_hash(batch: Record) -> None:
    text = summary(batch)
    assert all(frame.date in text for frame in batch.frames)
    assert all(state_hash in text for state_hash in batch.state_hash)


SOURCES = Path(__file__).parents[2] / "levels" / "_shared" / "sources"


@pytest.mark.parametrize(
    ("file", "flow"), [("mine_production.csv", "mined_t"), ("refined_production.csv", "refined_t")]
)
def test_turn_0_is_the_published_year(level: Level, file: str, flow: str) -> None:
    record = simulate(level, 0)
    axes, found = record.axes, record.frames[0].quantity[flow][0]
    with (SOURCES / file).open(encoding="utf-8", newline="") as rows:
        table = list(csv.DictReader(rows))
    assert table
    for row in table:
        nation, mineral = axes.nation_index[row["nation"]], axes.mineral_index[row["mineral"]]
        published = float(row["production_2024"] or 0)
        assert found[nation, mineral] == pytest.approx(published, rel=1e-3, abs=1e-6), (row["nation"], row["mineral"])
