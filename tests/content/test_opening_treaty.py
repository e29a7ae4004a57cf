"""The agreements of 2025 are treaties of the game from its first turn, and leave the base year as it was."""

import numpy as np
import pytest

from game.content.build import build_baseline
from game.content.load import load_level
from game.engine.calibrate import calibrate
from game.engine.opening import opening_world
from game.engine.pact import TREATIES
from game.match.offer import Diplomacy
from game.rules.strain import strain_causes
from game.rules.terms import clauses_in
from game.rules.uphold import uphold


@pytest.fixture(scope="module")
def calibration():
    return calibrate(build_baseline(load_level("long_arc")))


def named(calibration, name):
    """The slot of an agreement."""
    return next(slot for slot, found in calibration.baseline.treaties.names.items() if found == name)


def test_every_agreement_in_force_between_nations_of_the_level_is_a_treaty(calibration):
    level = load_level("long_arc")
    nations = set(level.nations) - {"ROW"}
    wanted = {
        row.name
        for row in level.agreements_in_force.values()
        if len(nations & set(row.parties)) >= 2 and row.kind not in ("jv", "offtake", "corridor")
    }
    assert wanted <= set(calibration.baseline.treaties.names.values())


def test_members_sides_and_clauses_are_those_of_the_agreement(calibration):
    world = opening_world(calibration)
    nation = calibration.axes.nation_index
    slot = named(calibration, "Sicomines")
    assert TREATIES[world.treaty_kind[0, slot]] == "infrastructure_for_minerals"
    assert np.flatnonzero(world.treaty_member[0, slot]).tolist() == sorted([nation["CHN"], nation["COD"]])
    builds = next(q for q in np.flatnonzero(world.clause_treaty[0] == slot) if world.clause_amount[0, q] == 0.16)
    assert (world.clause_giver[0, builds], world.clause_taker[0, builds]) == (nation["CHN"], nation["COD"])
    assert [clause.kind for clause in clauses_in(world, slot)] == ["build_infrastructure", "consult", "term"]


def test_new_treaties_find_the_first_slots_free(calibration):
    world = opening_world(calibration)
    assert (world.treaty_kind[0, :60] < 0).all()
    assert (world.clause_treaty[0, :200] < 0).all()


def test_what_they_do_in_the_first_turn_touches_neither_trade_nor_the_climate_for_investors(calibration):
    world = opening_world(calibration)
    uphold(world, calibration)
    for name in ("alliance_ln", "tariff_relief", "procurement_ln", "assurance_ln"):
        assert not world.arrays[name].any(), name
    assert (world.output_quota_share == 1).all()


def test_a_match_lists_them_by_name_from_the_start(calibration):
    world = opening_world(calibration)
    found = Diplomacy.opening(world, calibration.baseline.treaties.names).treaties
    assert len(found) == int((world.treaty_kind[0] >= 0).sum()) > 30
    assert "Sicomines" in [signed.name for signed in found]
    assert all(signed.state == "in force" and len(signed.bound) >= 2 for signed in found)


def test_nobody_is_strained_before_anything_has_happened(calibration):
    world = opening_world(calibration)
    slot = named(calibration, "Sicomines")
    assert world.strain.max() == 0
    assert strain_causes(world, calibration, slot, calibration.axes.nation_index["COD"]) == []
