"""Causes of a price add up to its change and blame what changed."""

import numpy as np
import pytest

from game.engine.calibrate import calibrate
from game.engine.explain import CAUSE_GROUPS, price_parts
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance, begin_turn
from tests.small_world import settled_baseline, small_baseline

KEY = Keys(3, (0,))


def price(world, calibration):
    return calibration.baseline.price_usd_per_t * np.exp(world.headline_ln[0])


def turn(world, calibration, change=lambda world: None):
    started = world.copy()
    begin_turn(started)
    change(started)
    return advance(started, calibration, KEY)


def lose_half_the_mines(world):
    world.capacity_t[:, 0, :, 0] *= 0.5


def buy_much(world):
    world.purchase_t[:, 3, 0, 0] = 80.0


def shut_exports(world):
    world.export_target[:, 1, 0, 1, [0, 2, 3]] = True
    world.export_quota_t[:, 1, 0, 1] = 0.4 * world.refined_flow_t[:, 0, 1, [0, 2, 3]].sum(-1)
    world.export_until[:, 1, 0, 1] = 99


def test_the_parts_of_every_turn_add_up_to_the_change_of_the_price():
    calibration = calibrate(small_baseline(nations=4, minerals=2))
    worlds = [opening_world(calibration)]
    changes = [lambda w: None, buy_much, shut_exports, lose_half_the_mines, lambda w: None]
    for change in changes:
        worlds.append(turn(worlds[-1], calibration, change))
    for t in range(1, len(worlds)):
        earlier = worlds[t - 2] if t > 1 else None
        parts = price_parts(earlier, worlds[t - 1], worlds[t], calibration)
        moved = price(worlds[t], calibration) - price(worlds[t - 1], calibration)
        assert np.abs(moved).max() > 1.0
        assert np.allclose(parts.sum(0), moved, atol=1e-3 * np.abs(moved).max() + 0.05), t


@pytest.mark.parametrize(
    ("change", "group"),
    [(lose_half_the_mines, "capacity"), (buy_much, "stocks"), (shut_exports, "policy")],
)
def test_the_group_that_changed_carries_the_blame(change, group):
    calibration = calibrate(settled_baseline(nations=4))
    first = turn(opening_world(calibration), calibration)
    second = turn(first, calibration, change)
    parts = price_parts(opening_world(calibration), first, second, calibration)[:, 0]
    assert CAUSE_GROUPS[int(np.abs(parts).argmax())] == group
    assert parts[CAUSE_GROUPS.index(group)] > 0
