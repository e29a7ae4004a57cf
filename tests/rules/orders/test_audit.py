import pytest

from game.engine.fields import CAUSE, TREASURY
from game.engine.view import NationView, believed_world, public_stock_estimate_t
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

Audit = ORDERS["audit"]
SUPPLIER = Audit(partner="NAB", subject="supplier")
COUNTRY = Audit(partner="NAB", subject="country")
STRESS = Audit(partner="NAB", subject="stress")


def _hiding():
    world = play_world()
    world.public_stock_t[0, 1, 0] = 777.0
    world.rushed_share[0, 1, 0] = 0.4
    return world


def test_what_a_supplier_has_in_stock_is_known_for_six_turns_and_to_nobody_else():
    world = given(3, SUPPLIER, _hiding())
    assert NationView(world, calibration(), 3).world.public_stock_t[0, 1, 0] == 777.0
    assert believed_world(world, calibration(), 3).public_stock_t[0, 1, 0] == 777.0
    estimate = public_stock_estimate_t(calibration())[1, 0]
    assert NationView(world, calibration(), 2).world.public_stock_t[0, 1, 0] == pytest.approx(estimate)
    assert NationView(moved(world, 5), calibration(), 3).world.public_stock_t[0, 1, 0] != pytest.approx(estimate)
    assert NationView(moved(world, 6), calibration(), 3).world.public_stock_t[0, 1, 0] == pytest.approx(estimate)


def test_an_audit_of_the_country_shows_rushed_permits_and_not_its_stock():
    world = given(3, COUNTRY, _hiding())
    seen = NationView(world, calibration(), 3).world
    assert seen.rushed_share[0, 1, 0] == 0.4
    assert seen.public_stock_t[0, 1, 0] != 777.0
    assert NationView(_hiding(), calibration(), 3).world.rushed_share[0, 1, 0] == 0.0


def test_a_stress_test_clears_the_markets_without_the_main_supplier():
    world = given(3, STRESS)
    assert world.stressed_industry[0, 3] < moved(play_world()).industry[0, 3] - 2
    assert f"{world.stressed_industry[0, 3]:.1f}" in STRESS.describe(play_view(3, world))
    small = given(3, Audit(partner="NAC", subject="stress"))
    assert small.stressed_industry[0, 3] > world.stressed_industry[0, 3]


def test_a_test_changes_nothing_but_what_it_found():
    before, after = play_world(), given(3, STRESS)
    assert (after.export_quota_t == before.export_quota_t).all()
    assert (after.mined_t == before.mined_t).all()


def test_the_experts_are_paid_once():
    assert SUPPLIER.price(play_view(3)) == (0.02, 1)
    assert moved(given(3, SUPPLIER), 2).posting[0, 3, TREASURY, CAUSE["audit"]] == pytest.approx(-0.02)


def test_what_is_known_is_not_looked_into_again_nor_is_oneself():
    assert "known to you still" in SUPPLIER.problems(play_view(3, given(3, SUPPLIER)))[0].what
    assert Audit(partner="NAD", subject="country").problems(play_view(3))[0].hint == "choose another nation"


def test_the_one_looked_into_objects():
    assert SUPPLIER.objects(play_view(3)) == ["NAB, which would rather not be looked into"]
