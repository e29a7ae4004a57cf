import csv
import io
import json

import numpy as np
import pytest

from game.batch.shock_spec import read_shock
from game.batch.simulate import Arena
from game.batch.whatif import WhatIf, rows, summary, what_if, write
from game.content.load import load_level

SPEC = "rare_earths:CHN:refine:-60%@2+2"


@pytest.fixture(scope="module")
def found() -> WhatIf:
    arena = Arena(load_level("first_shipment"))
    return what_if(arena, [read_shock(SPEC, arena.calibration, 4)], [SPEC], turns=4, worlds=4, seed=3)


def test_before_the_shock_nothing_differs_and_in_it_the_metal_is_dearer(found: WhatIf) -> None:
    m = found.arena.calibration.axes.mineral_index["rare_earths"]
    np.testing.assert_array_equal(found.price_change[:, 0], 0.0)
    low, middle, high = found.price_change[:, 1, m]
    assert 0.05 < low <= middle <= high


def test_the_summary_names_prices_shortages_and_who_suffers(found: WhatIf) -> None:
    text = summary(found)
    assert SPEC in text
    assert "rare_earths" in text.split("Shortages")[0]
    assert "JPN" in text.split("Who suffers")[1]


def test_users_lose_where_the_metal_is_dearer(found: WhatIf) -> None:
    n = found.arena.calibration.axes.nation_index["JPN"]
    assert found.users_loss_usd_bn[0, n] > 0


def test_who_loses_refining_makes_the_rest_of_the_market_less_concentrated(found: WhatIf) -> None:
    m = found.arena.calibration.axes.mineral_index["rare_earths"]
    refining, mining = found.hhi_change("hhi_refine"), found.hhi_change("hhi_mine")
    assert refining[2, 1, m] < -50.0
    assert abs(mining[1, 1, m]) < abs(refining[1, 1, m])
    assert "Concentration of refining" in summary(found)
    told = {row[0] for row in rows(found)}
    assert told >= {"hhi_mine_change", "hhi_refine_change", "hhi_recycle_change", "supply_risk_change"}


def test_without_shocks_nobody_loses() -> None:
    arena = Arena(load_level("first_shipment"))
    nothing = what_if(arena, [], [], turns=2, worlds=2, seed=3)
    assert np.abs(nothing.users_loss_usd_bn).max() == 0.0
    assert "nobody loses" in summary(nothing)


def test_worlds_are_the_same_in_any_batch(found: WhatIf) -> None:
    arena = found.arena
    fewer = what_if(arena, [read_shock(SPEC, arena.calibration, 4)], [SPEC], turns=4, worlds=2, seed=3)
    np.testing.assert_array_equal(fewer.shocked.price, found.shocked.price[:, :2])


def test_the_table_and_the_json_hold_the_same_rows(found: WhatIf) -> None:
    as_table, as_json = io.StringIO(), io.StringIO()
    write(found, as_table, "csv")
    write(found, as_json, "json")
    table = list(csv.DictReader(io.StringIO(as_table.getvalue())))
    data = json.loads(as_json.getvalue())
    assert len(table) == len(data["rows"]) == len(list(rows(found))) - 1
    assert float(table[0]["p50"]) == data["rows"][0]["p50"]
    assert data["shocks"] == [SPEC]
