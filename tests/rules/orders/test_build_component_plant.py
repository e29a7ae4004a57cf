import pytest

from game.engine.fields import CAUSE, TREASURY
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import calibration, play_view, play_world

BuildComponentPlant = ORDERS["build_component_plant"]
PRODUCT = "magnets_motors_wind"


def large_plant(nation):
    world = play_world()
    world.treasury_usd_bn[...] = 1e3
    room = BuildComponentPlant.limits(play_view(nation, world), "size_usd_bn", {"product": PRODUCT})[1]
    return BuildComponentPlant(product=PRODUCT, size_usd_bn=0.5 * room), world


def test_a_plant_opens_after_its_lead_and_its_makers_ask_for_more_metal():
    order, world = large_plant(2)
    built, free = moved(given(2, order, world.copy()), 4), moved(world.copy(), 4)
    assert built.maker_capacity_usd_bn[0, 2, 0] == pytest.approx(free.maker_capacity_usd_bn[0, 2, 0], rel=0.01)
    built, free = moved(built, 2), moved(free, 2)
    assert built.maker_capacity_usd_bn[0, 2, 0] > 1.2 * free.maker_capacity_usd_bn[0, 2, 0]
    assert built.need_t[0, 2, 0, 0] > 1.1 * free.need_t[0, 2, 0, 0]
    assert built.product_made_usd_bn[0, 2, 0] > 1.05 * free.product_made_usd_bn[0, 2, 0]


def test_makers_abroad_lose_customers():
    order, world = large_plant(2)
    built, free = moved(given(2, order, world.copy()), 6), moved(world.copy(), 6)
    assert built.product_made_usd_bn[0, 3, 0] < free.product_made_usd_bn[0, 3, 0]


def test_the_state_pays_while_it_is_built_and_less_with_partners():
    order, world = large_plant(2)
    shared = order.model_copy(update={"owner": "partnership"})
    full, part = order.price(play_view(2, world))[0], shared.price(play_view(2, world))[0]
    assert full == pytest.approx(order.size_usd_bn * calibration().parameters.maker_capex)
    assert 0.3 * full <= part < full
    built = moved(given(2, order, world))
    assert built.posting[0, 2, TREASURY, CAUSE["build_component_plant"]] == pytest.approx(-full / 4)


def test_where_nobody_makes_it_another_product_is_asked_for(monkeypatch):
    view = play_view(2)
    monkeypatch.setattr(BuildComponentPlant, "makes", classmethod(lambda cls, calibration, batch: batch.n < 0))
    problem = BuildComponentPlant(product=PRODUCT, size_usd_bn=0.001).problems(view)[0]
    assert "no makers" in problem.what
    assert "choose a product" in problem.hint
