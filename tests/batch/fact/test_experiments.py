"""Experiments give a figure for each check of their fact, and with every lever off their effects vanish."""

import numpy as np
import pytest

from game.batch.fact import control, supply
from game.batch.fact.laboratory import Laboratory
from game.batch.fact.lever import hold_stock
from game.batch.fact.report import EXPERIMENTS, laboratory, outcomes
from game.batch.fact.table import read_facts
from game.engine.calibrate import Calibration

# What the figures of an experiment are when nothing was done.
NOTHING_DONE = {
    "halved exports": (control.restrictions, {"price": 1.0}),
    "small and large markets": (control.market_size, dict.fromkeys(("gallium", "copper"), 1.0)),
    "a stop and a quota": (control.by_product_stop, {"price": 1.0, "revenue": 0.0}),
    "a ban on one buyer": (control.leakage, {"rerouted": 100.0, "us_price": 0.0}),
    "a licence": (control.licence, {"price": 1.0}),
    "full stops": (control.macro_cost, {"gallium": 0.0, "rare_earths": 0.0}),
    "flooding": (supply.flooding, {"rare_earths": 1.0, "cobalt": 1.0}),
    "a glut": (supply.glut, {"without_floor": 0.0, "with_floor": 0.0}),
    "an ore ban": (supply.ore_ban, {"copper_gain": 0.0}),
    "a quota for five years": (control.quota_decay, {"export_value": 1.0, "mining_share": 0.0}),
}


@pytest.fixture(scope="module")
def idle(calibration: Calibration) -> Laboratory:
    return Laboratory(calibration, seeds=1, is_idle=True)


@pytest.mark.parametrize("kind", NOTHING_DONE)
def test_with_the_lever_off_the_effect_vanishes(kind: str, idle: Laboratory) -> None:
    experiment, nothing = NOTHING_DONE[kind]
    values = experiment(idle)
    assert {name: values[name] for name in nothing} == pytest.approx(nothing, abs=1e-9)


def test_with_the_lever_on_prices_answer(lab: Laboratory) -> None:
    assert control.restrictions(lab)["price"] > 1.1
    assert supply.flooding(lab)["cobalt"] < 0.9
    assert control.macro_cost(lab)["gallium"] > 0
    assert control.leakage(lab)["us_price"] > 0


def test_a_quota_parts_the_price_outside_from_the_price_inside(lab: Laboratory, idle: Laboratory) -> None:
    assert control.two_prices(lab)["ratio"] > control.two_prices(idle)["ratio"] + 0.1


def test_stocks_that_holders_are_content_with_do_not_press_on_the_price(calibration: Calibration) -> None:
    lab, fuller = Laboratory(calibration, seeds=1), hold_stock("cobalt", 8.0)
    at = 0, lab.axes.mineral_index["cobalt"]
    content = control.content_to_hold(lab, "cobalt", 8.0).course("full", fuller, 1)[1].headline_ln[at]
    assert content > lab.course("full", fuller, 1)[1].headline_ln[at] + 0.5
    assert abs(content) < 0.25


@pytest.mark.long
def test_the_complete_run_gives_every_figure_of_every_fact_that_has_an_experiment() -> None:
    for outcome in outcomes(read_facts(), laboratory()):
        if outcome.fact.fact in EXPERIMENTS:
            assert set(outcome.values) == {check.id for check in outcome.fact.checks}, outcome.fact.title
            assert np.isfinite(list(outcome.values.values())).all(), outcome.fact.title
