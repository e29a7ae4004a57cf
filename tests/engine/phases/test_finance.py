import numpy as np
import pytest

from game.engine.axes import REFINED
from game.engine.fields import CAUSE, POLITICAL_CAPITAL, TREASURY
from game.engine.phases.finance import finance, measured_exports_t
from game.engine.turn import Keys
from game.engine.world import World
from tests.small_world import opened, settled_baseline

KEYS = Keys(1, (0,))


def _posted(world: World, nation: int, cause: str) -> float:
    return float(world.posting[0, nation, TREASURY, CAUSE[cause]])


def test_the_envelope_is_a_share_of_gdp_and_the_royalty_of_ore_mined():
    world, calibration = opened(settled_baseline())
    finance(world, calibration, KEYS, world.copy())
    assert _posted(world, 0, "envelope") == pytest.approx(0.2)
    mined = world.mined_t[0, 0, 0]
    assert _posted(world, 0, "royalty") == pytest.approx(mined * 8_000.0 * 0.05 * 0.2 / 1e9)


def test_an_export_tax_is_paid_on_what_goes_to_the_nations_it_names():
    world, calibration = opened(settled_baseline())
    world.export_tax[0, 1, 0, REFINED] = 0.3
    world.export_target[0, 1, 0, REFINED, [1, 2]] = True
    flow = world.refined_flow_t[0, 0, 1]
    assert measured_exports_t(world)[0, 1, 0, REFINED] == pytest.approx(flow[2])
    finance(world, calibration, KEYS, world.copy())
    assert _posted(world, 1, "export_tax") == pytest.approx(flow[2] * 20_000.0 * 0.3 * 0.2 / 1e9)


def test_firm_contracts_pay_no_export_tax():
    world, _ = opened(settled_baseline())
    world.export_tax[0, 1, 0, REFINED] = 0.3
    world.export_target[0, 1, 0, REFINED, 2] = True
    flow = world.refined_flow_t[0, 0, 1, 2]
    world.contract_seller[0, 0], world.contract_buyer[0, 0], world.contract_mineral[0, 0] = 1, 2, 0
    world.contract_delivered_t[0, 0] = 0.25 * flow
    assert measured_exports_t(world)[0, 1, 0, REFINED] == pytest.approx(0.75 * flow)


def test_an_import_tariff_is_paid_to_the_importers_treasury_on_all_but_firm_contracts():
    world, calibration = opened(settled_baseline())
    world.import_tariff[0, 2, 0, REFINED] = 0.1
    flow = world.refined_flow_t[0, 0, :, 2]
    world.contract_seller[0, 0], world.contract_buyer[0, 0], world.contract_mineral[0, 0] = 1, 2, 0
    world.contract_delivered_t[0, 0] = 0.25 * flow[1]
    finance(world, calibration, KEYS, world.copy())
    abroad = flow.sum() - flow[2] - 0.25 * flow[1]
    assert _posted(world, 2, "import_tariff") == pytest.approx(abroad * 20_000.0 * 0.1 * 0.2 / 1e9)
    assert _posted(world, 1, "import_tariff") == 0


def test_the_rent_of_a_quota_is_the_price_gap_it_makes():
    world, calibration = opened(settled_baseline())
    world.export_rent_ln[0, 1, 0, REFINED] = np.log(1.5)
    world.export_target[0, 1, 0, REFINED, :] = True
    exported = measured_exports_t(world)[0, 1, 0, REFINED]
    finance(world, calibration, KEYS, world.copy())
    assert _posted(world, 1, "gate_rent") == pytest.approx(exported * 20_000.0 * 0.5 * 0.2 / 1e9)


def test_a_stockpile_is_paid_for_sold_and_stored_at_the_delivered_price():
    world, calibration = opened(settled_baseline())
    world.delivered_ln[0, 2, 0] = np.log(2.0)
    world.purchased_t[0, 2, 0], world.released_t[0, 2, 0], world.public_stock_t[0, 2, 0] = 100.0, 40.0, 500.0
    finance(world, calibration, KEYS, world.copy())
    assert _posted(world, 2, "buy_stock") == pytest.approx(-100.0 * 40_000.0 / 1e9)
    assert _posted(world, 2, "release_stock") == pytest.approx(40.0 * 40_000.0 / 1e9)
    assert _posted(world, 2, "storage") == pytest.approx(-500.0 * 40_000.0 * 0.01 / 1e9)


def test_only_debt_carried_into_the_turn_bears_interest():
    world, calibration = opened(settled_baseline())
    world.treasury_usd_bn[0, :2] = [-2.0, 2.0]
    finance(world, calibration, KEYS, world.copy())
    assert _posted(world, 0, "interest") == pytest.approx(-2.0 * 0.04)
    assert _posted(world, 1, "interest") == 0


@pytest.mark.parametrize(
    ("support", "mandate", "held", "gain"),
    [(50, 0, 0, 4), (60, 0, 0, 5), (39, 0, 0, 3), (60, 1, 0, 2.5), (50, 0, 8, 2), (50, 0, 10, 0)],
)
def test_political_capital_renews_by_support_and_keeps_at_most_ten(support, mandate, held, gain):
    world, calibration = opened(settled_baseline())
    world.support[...], world.mandate[...], world.political_capital[...] = support, mandate, held
    finance(world, calibration, KEYS, world.copy())
    assert world.posting[0, 0, POLITICAL_CAPITAL, CAUSE["renewal"]] == gain
    assert world.political_capital[0, 0] == held + gain
