"""Aid, research and leaks: steps are taken by chance, savings spread, seabed ore comes within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.ahead import shift
from game.engine.aid import deliver_aid
from game.engine.axes import SEABED
from game.engine.exploration import explore
from game.engine.ranks import ranks
from game.engine.rng import stream
from game.engine.technology import STEPS, step_odds, substitution_odds
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys


def technology(world: World, calibration: Calibration, keys: Keys) -> None:
    """Move what nations know, and what users have learnt to do without, on by one turn."""
    world.found_t[...] = 0.0
    deliver_aid(world, calibration)
    if calibration.parameters.research_chance > 0:
        _learn(world, calibration, keys)
        _substitute(world, calibration, keys)
    explore(world, calibration, keys)
    shift(world.research_usd_bn)
    shift(world.substitution_usd_bn)


def _learn(world: World, calibration: Calibration, keys: Keys) -> None:
    """A step at most on each track and turn; none that would open the seabed where a treaty keeps it closed."""
    nations = len(world.axes.nations)
    streams = [stream(keys.seed, w, world.turn, "research") for w in keys.worlds]
    draws = np.stack([s.random((nations, world.know.shape[2])) for s in streams])[:, ranks(world.axes.nations)]
    before = world.know[:, :, SEABED].copy()
    steps = draws < step_odds(world, calibration)
    if world.seabed_closed.any():
        opens = world.know[..., SEABED] + 1 >= calibration.baseline.technology.effect[SEABED]
        steps[..., SEABED] &= ~(world.seabed_closed & opens)
    world.know[...] += steps
    _reach_seabed(world, calibration, before)


def _reach_seabed(world: World, calibration: Calibration, before: np.ndarray) -> None:
    """Ore of a nation's seabed areas counts as reserves once it knows how to lift it."""
    setup = calibration.baseline.technology
    reached = (before < setup.effect[SEABED]) & (world.know[:, :, SEABED] >= setup.effect[SEABED])
    if reached.any():
        found = reached[..., None] * setup.seabed_t
        world.found_t[...] += found
        world.reserves_t[...] += found


def _substitute(world: World, calibration: Calibration, keys: Keys) -> None:
    """Steps by mineral and product; makers everywhere take them up at `adoption_speed`."""
    axes, p = world.axes, calibration.parameters
    streams = [stream(keys.seed, w, world.turn, "substitution") for w in keys.worlds]
    draws = np.stack([s.random((len(axes.minerals), len(axes.products))) for s in streams])
    draws = draws[:, ranks(axes.minerals)[:, None], ranks(axes.products)]
    world.substitution_step[...] += draws < substitution_odds(world, calibration)
    wanted = calibration.baseline.technology.saving * np.minimum(world.substitution_step, STEPS)
    world.saved_share[...] += p.adoption_speed * (wanted - world.saved_share)
