import pytest

from game.engine.purse import capital_gain, envelope_usd_bn
from tests.small_world import opened, settled_baseline


@pytest.mark.parametrize(
    ("support", "mandate", "gain"), [(50, 0, 4), (60, 0, 5), (39.9, 0, 3), (40, 0, 4), (50, 1, 2), (70, 1, 2.5)]
)
def test_political_capital_renews_by_support_and_by_half_under_a_mandate(support, mandate, gain):
    world, _calibration = opened(settled_baseline())
    world.support[0, 1], world.mandate[0, 1] = support, mandate
    assert capital_gain(world)[0, 1] == gain


def test_the_envelope_is_four_hundredths_of_a_per_cent_of_gdp():
    _world, calibration = opened(settled_baseline())
    assert envelope_usd_bn(calibration) == pytest.approx(0.0004 * calibration.baseline.gdp_usd_bn)
