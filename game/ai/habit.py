"""Habits: what every nation orders without looking ahead, one array function over all worlds and nations at once."""

import numpy as np

from game.ai.choice import Choice, within_budget
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.forecast import Offers, Policy
from game.rules.asking import Askings
from game.rules.personality import Personalities

SLOTS = 6
PATIENT_SCORE = 1.0  # a score that is acted on with no political capital to spare
EAGER_PER_POINT = 0.097  # by which it falls with every point saved
LEAST_SCORE = 0.03


def habit(
    world: World, calibration: Calibration, personalities: Personalities, offers: Offers | None = None
) -> Askings:
    """Return the orders of every nation by habit; nations without a personality ask for nothing.

    `world` must have begun its turn. `offers` are the askings of the turn before: proposals among them are answered.
    """
    choice = Choice.of(world, calibration, personalities, offers)
    threshold = np.maximum(PATIENT_SCORE - EAGER_PER_POINT * world.political_capital, LEAST_SCORE)
    wanted = np.where(choice.score >= threshold[..., None], choice.score, 0.0)
    return within_budget(world, calibration, choice.best(wanted, SLOTS), choice.slack_usd_bn)


def habit_policy(personalities: Personalities) -> Policy:
    """Return the habit as a policy for futures."""

    def policy(world: World, calibration: Calibration, offers: Offers | None) -> Askings:
        return habit(world, calibration, personalities, offers)

    return policy
