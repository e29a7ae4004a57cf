import io
import json

import numpy as np
import pytest

from game.batch.record import (
    ACCOUNTS,
    CONCENTRATION,
    FLOWS,
    MEASURED,
    OF_NATIONS,
    STOCKS,
    Record,
    frame,
    joined_frames,
    write_json,
    write_table,
)
from game.engine.axes import MINE, RECYCLE, REFINE
from game.engine.calibrate import calibrate
from game.engine.measures import hhi
from game.engine.measures.risk import supply_risk
from game.engine.opening import opening_world
from tests.small_world import settled_baseline


def record(worlds: int) -> Record:
    calibration = calibrate(settled_baseline(3, 2))
    world = opening_world(calibration, worlds)
    kept = frame(world, calibration)
    return Record("small", 7, 2, calibration.axes, (kept,), tuple(world.state_hash(w) for w in range(worlds)))


def test_with_one_world_every_leaf_is_a_number() -> None:
    data = record(1).as_json()
    assert list(data) == ["level", "seed", "worlds", "nations", "minerals", "turns", "state_hash"]
    turn = data["turns"][0]
    assert (turn["turn"], turn["date"]) == (0, "2024")
    assert set(turn["minerals"]["m0"]) == {"price_usd_per_t", *CONCENTRATION, *FLOWS, *STOCKS}
    assert set(turn["nations"]["NAA"]) == {*ACCOUNTS, *OF_NATIONS, *MEASURED}
    assert isinstance(turn["nations"]["NAA"]["cover"]["m0"], float)
    assert isinstance(turn["minerals"]["m0"]["mined_t"]["NAA"], float)
    assert isinstance(data["state_hash"], str)


def test_with_more_worlds_every_leaf_is_a_list() -> None:
    data = record(3).as_json()
    assert data["worlds"] == len(data["state_hash"]) == 3
    turn = data["turns"][0]
    assert len(turn["minerals"]["m1"]["price_usd_per_t"]) == 3
    assert len(turn["minerals"]["m1"]["stock_t"]["NAB"]) == 3
    assert len(turn["nations"]["NAC"]["support"]) == 3


def test_flows_are_tonnes_a_year_and_refined_counts_recycled() -> None:
    baseline = settled_baseline(3, 2)
    kept = record(1).frames[0].quantity
    np.testing.assert_allclose(kept["mined_t"][0], baseline.mined_t, rtol=1e-6)
    refined = baseline.refined_primary_t + baseline.refined_secondary_t
    np.testing.assert_allclose(kept["refined_t"][0], refined, rtol=1e-6)
    np.testing.assert_allclose(kept["recycled_t"][0], baseline.refined_secondary_t, rtol=1e-6)
    np.testing.assert_allclose(kept["consumed_t"][0], baseline.consumption_t, rtol=1e-6)


def test_concentration_by_stage_and_supply_risk_are_those_of_the_measures() -> None:
    calibration = calibrate(settled_baseline(3, 2))
    world = opening_world(calibration)
    turn = record(1).as_json()["turns"][0]
    for stage, name in ((MINE, "hhi_mine"), (REFINE, "hhi_refine"), (RECYCLE, "hhi_recycle")):
        assert turn["minerals"]["m1"][name] == hhi(world, stage)[0, 1]
    assert turn["nations"]["NAB"]["supply_risk"]["m0"] == supply_risk(world, calibration)[0, 1, 0]


def test_json_is_written_and_read_back() -> None:
    file = io.StringIO()
    write_json(record(2), file)
    assert json.loads(file.getvalue()) == record(2).as_json()


def test_an_undefined_number_is_never_written() -> None:
    broken = record(1)
    broken.frames[0].price_usd_per_t[0, 0] = np.nan
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(broken, io.StringIO())


def test_the_table_holds_one_number_a_row_and_all_of_them() -> None:
    file = io.StringIO()
    write_table(record(2).rows(), file)
    heading, *rows = file.getvalue().splitlines()
    assert heading == "world,turn,date,nation,mineral,quantity,value"
    nations, minerals = 3, 2
    of_mineral = 1 + len(CONCENTRATION) + nations * len(FLOWS + STOCKS + MEASURED)
    assert len(rows) == 2 * (minerals * of_mineral + nations * len(ACCOUNTS + OF_NATIONS))
    assert rows[0].startswith("2,0,2024,,m0,price_usd_per_t,")


def test_frames_of_batches_join_in_order() -> None:
    kept = record(1).frames[0]
    both = joined_frames([kept, record(2).frames[0]])
    assert both.price_usd_per_t.shape[0] == 3
    np.testing.assert_array_equal(both.account["support"][0], kept.account["support"][0])
