import pytest

from game.batch.fact.laboratory import Laboratory
from game.batch.fact.report import LEVEL
from game.content.build import build_baseline
from game.content.load import load_level
from game.engine.calibrate import Calibration, calibrate


@pytest.fixture(scope="session")
def calibration() -> Calibration:
    """The level that facts are played on."""
    return calibrate(build_baseline(load_level(LEVEL)))


@pytest.fixture(scope="session")
def lab(calibration: Calibration) -> Laboratory:
    """A laboratory of one seed."""
    return Laboratory(calibration, seeds=1)
