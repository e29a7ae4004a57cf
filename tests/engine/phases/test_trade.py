"""Trade fills contracts first, obeys export measures, caps, limits and routes, and books what happened."""

from dataclasses import replace

import numpy as np
import pytest

from game.engine.axes import ORE, REFINED
from game.engine.baseline import Parameters
from game.engine.calibrate import calibrate
from game.engine.ledger import check_mass
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance
from game.engine.world import World
from tests.small_world import settled_baseline

STILL = Parameters(constant_stock_change=True, by_product_trend=0.0)
KEY = Keys(1, (0,))
REFINER = 1


@pytest.fixture
def calibration():
    base = settled_baseline(nations=5, parameters=STILL)
    return calibrate(replace(base, reserves_t=np.full_like(base.reserves_t, np.inf)))


def after(calibration, change=lambda world: None, turns=1) -> World:
    world = opening_world(calibration)
    change(world)
    for _ in range(turns):
        world = advance(world, calibration, KEY)
    return world


def exports(world: World, layer: int, origin: int) -> np.ndarray:
    flow = (world.ore_flow_t if layer == ORE else world.refined_flow_t)[0, 0, origin].copy()
    flow[origin] = 0
    return flow


def sign(world, seller, buyer, tonnes, layer=REFINED, price=np.nan):
    world.contract_seller[0, 0], world.contract_buyer[0, 0] = seller, buyer
    world.contract_mineral[0, 0], world.contract_layer[0, 0] = 0, layer
    world.contract_t[0, 0], world.contract_ln[0, 0], world.contract_until[0, 0] = tonnes, price, 99


def restrict(world, origin, quota_t=np.inf, tax=0.0, targets=None, layer=REFINED):
    named = np.arange(5) != origin if targets is None else np.isin(np.arange(5), targets)
    world.export_target[0, origin, 0, layer] = named
    world.export_quota_t[0, origin, 0, layer] = quota_t
    world.export_tax[0, origin, 0, layer] = tax
    world.export_until[0, origin, 0, layer] = 99


def test_a_contract_is_delivered_whatever_the_spot_market_does(calibration):
    base = after(calibration)
    tonnes = 1.5 * base.refined_flow_t[0, 0, REFINER, 3]
    signed = after(calibration, lambda w: sign(w, REFINER, 3, tonnes))
    assert signed.contract_delivered_t[0, 0] == pytest.approx(tonnes)
    assert signed.refined_flow_t[0, 0, REFINER, 3] >= tonnes


def test_a_contract_that_has_ended_leaves_no_delivery_behind(calibration):
    world = after(calibration, lambda w: sign(w, REFINER, 3, 1.0))
    assert world.contract_delivered_t[0, 0] > 0
    for end in (lambda w: w.contract_until.fill(world.turn), lambda w: w.contract_seller.fill(-1)):
        ended = world.copy()
        end(ended)
        assert advance(ended, calibration, KEY).contract_delivered_t.sum() == 0


def test_a_seller_delivers_no_more_than_95_percent_of_what_works(calibration):
    signed = after(calibration, lambda w: sign(w, REFINER, 3, 1e6))
    assert signed.contract_delivered_t[0, 0] == pytest.approx(0.95 * calibration.capacity_t[REFINER, 0, 1])


def test_an_ore_contract_reaches_the_buyers_refinery(calibration):
    tonnes = 40.0
    signed = after(calibration, lambda w: sign(w, 0, REFINER, tonnes, layer=ORE))
    assert signed.contract_delivered_t[0, 0] == pytest.approx(tonnes)
    assert signed.ore_flow_t[0, 0, 0, REFINER] >= tonnes


def test_ore_under_contract_is_delivered_as_far_as_the_buyers_refineries_work(calibration):
    base = after(calibration)
    idle = calibration.capacity_t[REFINER, 0, 1] * 0.05

    def strike(world):
        sign(world, 0, REFINER, base.mined_t[0, 0, 0] / 2, ORE)
        world.capacity_t[0, REFINER, 0, 1] = idle

    struck = after(calibration, strike)
    taken = 0.95 * idle / calibration.ratio[0]
    assert struck.contract_delivered_t[0, 0] == pytest.approx(taken, rel=0.2)
    assert struck.contract_delivered_t[0, 0] < base.mined_t[0, 0, 0] / 2
    assert check_mass(opening_world(calibration), struck, calibration) == []
    assert (struck.trust_posting[0, REFINER, 0] >= 0).all()


def test_a_quota_binds_its_targets_and_parts_home_and_foreign_prices(calibration):
    base = after(calibration)
    quota = 0.6 * exports(base, REFINED, REFINER).sum()
    bound = after(calibration, lambda w: restrict(w, REFINER, quota))
    assert exports(bound, REFINED, REFINER).sum() == pytest.approx(quota, rel=1e-3)
    assert bound.export_rent_ln[0, REFINER, 0, REFINED] > 0.05
    assert bound.delivered_ln[0, REFINER, 0] < base.delivered_ln[0, REFINER, 0]
    assert bound.delivered_ln[0, 3, 0] > base.delivered_ln[0, 3, 0]
    assert bound.headline_ln[0, 0] > 0.05


def test_a_quota_above_todays_exports_changes_nothing(calibration):
    base = after(calibration)
    quota = 1.5 * exports(base, REFINED, REFINER).sum()
    slack = after(calibration, lambda w: restrict(w, REFINER, quota))
    assert slack.export_rent_ln[0, REFINER, 0, REFINED] < 1e-3
    assert np.allclose(slack.delivered_ln, base.delivered_ln, atol=1e-3)


def test_a_ban_on_one_nation_stops_that_flow_alone(calibration):
    banned = after(calibration, lambda w: restrict(w, REFINER, 0.0, targets=[3]))
    flow = exports(banned, REFINED, REFINER)
    assert flow[3] == 0
    assert flow[[0, 2, 4]].min() > 0


def test_an_export_tax_sells_less_abroad_and_more_at_home(calibration):
    base = after(calibration)
    taxed = after(calibration, lambda w: restrict(w, REFINER, tax=0.2))
    assert exports(taxed, REFINED, REFINER).sum() < exports(base, REFINED, REFINER).sum()
    assert taxed.delivered_ln[0, REFINER, 0] < taxed.delivered_ln[0, 3, 0]


def test_an_import_tariff_raises_the_price_at_home_and_buys_less_abroad(calibration):
    base = after(calibration)
    taxed = after(calibration, lambda w: w.import_tariff[0, 3, 0].__setitem__(REFINED, 0.2))
    assert 0 < taxed.delivered_ln[0, 3, 0] - base.delivered_ln[0, 3, 0] < np.log(1.2) + 1e-9
    assert exports(taxed, REFINED, REFINER)[3] < exports(base, REFINED, REFINER)[3]
    assert taxed.delivered_ln[0, 4, 0] < base.delivered_ln[0, 4, 0]
    assert taxed.treasury_usd_bn[0, 3] > base.treasury_usd_bn[0, 3]


def test_a_contract_under_an_export_quota_is_cut_with_the_rest(calibration):
    def change(world):
        sign(world, REFINER, 3, 60.0)
        restrict(world, REFINER, 30.0)

    bound = after(calibration, change)
    assert bound.contract_delivered_t[0, 0] == pytest.approx(30.0)
    assert exports(bound, REFINED, REFINER).sum() == pytest.approx(30.0, rel=1e-2)


def test_a_sourcing_cap_holds_the_largest_supplier_to_its_share_of_ordinary_use(calibration):
    base = after(calibration)
    share = base.refined_flow_t[0, 0, REFINER, 4] / base.need_t[0, 4, 0].sum()
    cap = 0.7 * share
    capped = after(calibration, lambda w: w.sourcing_cap_share.__setitem__((0, 4, 0), cap))
    bought = capped.refined_flow_t[0, 0, REFINER, 4]
    assert bought <= cap * capped.need_t[0, 4, 0].sum() * 1.001
    assert capped.delivered_ln[0, 4, 0] > base.delivered_ln[0, 4, 0]


def test_a_stockpile_purchase_raises_the_price_and_stops_at_its_limit(calibration):
    def buy(world, limit):
        world.purchase_t[0, 4, 0, 0] = 50.0
        world.purchase_limit_ln[0, 4, 0] = limit

    base = after(calibration)
    bought = after(calibration, lambda w: buy(w, 2.0))
    assert bought.purchased_t[0, 4, 0] == pytest.approx(50.0, rel=0.01)
    assert bought.headline_ln[0, 0] > base.headline_ln[0, 0]
    dear = after(calibration, lambda w: buy(w, -1.5))
    assert dear.purchased_t[0, 4, 0] < 1.0


@pytest.mark.parametrize("field", ["release_spot_t", "release_users_t"])
def test_a_release_from_the_stockpile_lowers_the_price_at_home(calibration, field):
    def release(world):
        world.public_stock_t[0, 4, 0] = 80.0
        world.arrays[field][0, 4, 0] = 60.0

    base = after(calibration)
    released = after(calibration, release)
    assert released.released_t[0, 4, 0] == pytest.approx(60.0, rel=0.03)
    assert released.delivered_ln[0, 4, 0] < base.delivered_ln[0, 4, 0]
    assert released.public_stock_t[0, 4, 0] == pytest.approx(20.0, abs=2.0)


def test_a_closed_strait_moves_flows_away_from_the_pairs_that_used_it(calibration):
    base = after(calibration)
    shut = after(calibration, lambda w: w.corridor_open.__setitem__((0, 0), 0.0))
    assert not np.allclose(base.refined_flow_t, shut.refined_flow_t, rtol=1e-3)
    assert shut.headline_ln[0, 0] >= base.headline_ln[0, 0]


def test_the_smallest_share_goes_missing_when_a_refiner_has_no_ore(calibration):
    """Contract metal that cannot be made for lack of ore is neither delivered nor used."""

    def change(world):
        sign(world, REFINER, 3, 200.0)
        for origin in (0, 2, 3, 4):
            restrict(world, origin, 0.0, layer=ORE)
        world.capacity_t[0, REFINER, 0, 0] = 0.0

    starved = after(calibration, change)
    assert starved.refined_t[0, REFINER, 0] < 1.0
    assert starved.refined_flow_t[0, 0, REFINER, 3] < 1.0


def test_depleted_mines_cost_more(calibration):
    base = settled_baseline(nations=5, parameters=STILL)
    worn = calibrate(replace(base, reserves_t=np.where(base.mined_t > 0, 200.0 * base.mined_t, 0.0)))
    fresh = after(worn)
    old = after(worn, lambda w: np.multiply(w.reserves_t, 0.3, out=w.reserves_t))
    assert old.mine_gate_ln[0, 0, 0] > fresh.mine_gate_ln[0, 0, 0] + 0.01
