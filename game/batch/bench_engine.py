"""Speed of the whole engine turn, and of the clearing against the number of nations and minerals."""

from __future__ import annotations

from functools import partial

import numpy as np

from game.batch.figure import Figure, seconds
from game.batch.random_market import random_markets
from game.batch.simulate import Arena
from game.engine.clearing import clear
from game.engine.turn import Keys, advance
from game.engine.world import World
from game.forecast import begun
from game.text import _

BATCH = 64
NATIONS, MINERALS = (20, 40, 80, 200), (5, 10, 20)
USUAL_NATIONS, USUAL_MINERALS = 40, 10
LEAST_PER_SECOND = 400.0


def engine_figures(arena: Arena, world: World) -> list[Figure]:
    """A turn of the engine, without minds, of one world and of 64 that have drifted apart by chance."""
    found = []
    for worlds in (1, BATCH):
        keys = Keys(1, tuple(range(1, 1 + worlds)))
        apart = _turn(world.repeated(worlds), arena, keys)
        turn_s = seconds(partial(_turn, apart, arena, keys), 9 if worlds == 1 else 3)
        name = _("an engine turn of one world") if worlds == 1 else _("an engine turn of {n} worlds", n=worlds)
        found.append(Figure(name, 1e3 * turn_s, "ms"))
    per_second = BATCH / turn_s
    return [*found, Figure(_("  world-turns in a second"), per_second, "", least=LEAST_PER_SECOND)]


def _turn(world: World, arena: Arena, keys: Keys) -> World:
    return advance(begun(world), arena.calibration, keys)


def scale_figures() -> list[Figure]:
    """A clearing of random markets by their size, and the power of the size that its cost grows with."""
    by_nation = [clearing_s(nations, USUAL_MINERALS) for nations in NATIONS]
    by_mineral = [clearing_s(USUAL_NATIONS, minerals) for minerals in MINERALS]
    found = [
        Figure(_("clearing of {n} nations, {m} minerals", n=n, m=USUAL_MINERALS), 1e3 * time_s, "ms")
        for n, time_s in zip(NATIONS, by_nation, strict=True)
    ]
    found += [
        Figure(_("clearing of {n} nations, {m} minerals", n=USUAL_NATIONS, m=m), 1e3 * time_s, "ms")
        for m, time_s in zip(MINERALS, by_mineral, strict=True)
        if m != USUAL_MINERALS
    ]
    return [
        *found,
        Figure(_("  power of the number of nations that cost grows with"), exponent(NATIONS, by_nation), ""),
        Figure(_("  power of the number of minerals that cost grows with"), exponent(MINERALS, by_mineral), ""),
    ]


def clearing_s(nations: int, minerals: int) -> float:
    """Seconds for a cold clearing of random markets of this size."""
    markets = random_markets(1, nations=nations, minerals=minerals)
    return seconds(lambda: clear(markets), 3)


def exponent(sizes: tuple[int, ...], costs_s: list[float]) -> float:
    """Slope of a straight line through ln cost against ln size, by least squares."""
    return float(np.polyfit(np.log(sizes), np.log(costs_s), 1)[0])
