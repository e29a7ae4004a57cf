"""Allies leave an embargo where it costs them more than it brings, metal by metal."""

import numpy as np
import pytest

from game.batch.fact.embargo import ALLIES, METALS, TURNS, embargo, gain_usd, members
from game.batch.fact.laboratory import Laboratory
from game.batch.fact.lever import restrict
from game.engine.calibrate import Calibration


@pytest.fixture(scope="module")
def holding(lab: Laboratory) -> dict[str, tuple[str, ...]]:
    return members(lab)


def test_an_ally_that_needs_the_metal_leaves_and_one_that_sells_it_stays(holding: dict[str, tuple[str, ...]]) -> None:
    assert "EUU" not in holding["titanium"]
    assert "JPN" in holding["titanium"]


def test_an_ally_that_left_keeps_its_supplier(lab: Laboratory, holding: dict[str, tuple[str, ...]]) -> None:
    assert embargo(lab)["share_kept"] > 5.0


def test_the_most_dependent_loses_most_for_each_dollar_of_metal(lab: Laboratory) -> None:
    ban = restrict("RUS", "titanium", "ban", targets=ALLIES)
    course, m = lab.course("titanium embargo", ban, TURNS), lab.axes.mineral_index["titanium"]
    gain = gain_usd(lab.calibration, course, lab.base(TURNS), m, TURNS)[0]
    spent = lab.calibration.baseline.consumption_t[:, m] * lab.calibration.baseline.price_usd_per_t[m]
    eu, usa = lab.axes.nation_index["EUU"], lab.axes.nation_index["USA"]
    assert gain[eu] / spent[eu] < gain[usa] / spent[usa] < 0.0


def test_nobody_leaves_what_costs_nothing(calibration: Calibration) -> None:
    assert members(Laboratory(calibration, seeds=1, is_idle=True)) == dict.fromkeys(METALS, ALLIES)


def test_a_course_gains_nothing_over_itself_and_a_ban_costs_those_it_names(lab: Laboratory) -> None:
    m, n = lab.axes.mineral_index["gallium"], lab.axes.nation_index["USA"]
    base = lab.base(2)
    assert not gain_usd(lab.calibration, base, base, m, 2).any()
    course = lab.course("gallium ban on the USA", restrict("CHN", "gallium", "ban", targets=("USA",)), 2)
    assert gain_usd(lab.calibration, course, base, m, 2)[0, n] < 0.0
    assert np.isfinite(gain_usd(lab.calibration, course, base, m, 2)).all()
