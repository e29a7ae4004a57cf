import numpy as np

from game.engine.fields import PROGRAMME
from game.engine.purse import envelope_usd_bn
from game.rules.budget import HORIZON, affordable_share, promised_usd_bn, slack_usd_bn
from tests.rules.play_world import calibration, play_world


def test_slack_is_treasury_and_floor_plus_later_envelopes_less_promises():
    world = play_world()
    world.treasury_usd_bn[...] = 1.0
    world.commitment_usd_bn[0, 2, PROGRAMME["build_mine"], 1] = 0.3
    world.support_usd_bn[0, 2, 0, 1, 0] = 0.2
    envelope = envelope_usd_bn(calibration())[2]
    slack = slack_usd_bn(world, calibration())[0, 2]
    np.testing.assert_allclose(slack[:3], 1 + 2 * envelope - np.array([0.2, 0.5 - envelope, 0.5 - 2 * envelope]))


def test_purchases_ordered_count_at_todays_price():
    world = play_world()
    before = promised_usd_bn(world, calibration())
    world.purchase_t[0, 1, 0, 2] += 1000.0
    price = calibration().baseline.price_usd_per_t[0] * np.exp(world.delivered_ln[0, 1, 0]) / 1e9
    np.testing.assert_allclose((promised_usd_bn(world, calibration()) - before)[0, 1, 2], 1000.0 * price)


def test_the_tightest_turn_decides_what_is_affordable():
    slack, outlays = np.full((3, HORIZON), 10.0), np.zeros((3, HORIZON))
    slack[:, 3:] = 2.0
    outlays[0, :4], outlays[1, 5] = 1.0, 1.0
    assert affordable_share(slack, outlays).tolist() == [0.5 + 1e-9 / 4, 2.0 + 1e-9, np.inf]


def test_who_is_below_the_floor_can_pay_nothing():
    slack, outlays = np.full((1, HORIZON), -1.0), np.ones((1, HORIZON))
    assert affordable_share(slack, outlays)[0] == 0
