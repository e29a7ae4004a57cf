"""Gives orders in the play world and moves it on."""

from game.engine.turn import Keys, advance
from game.engine.world import World
from game.rules.orders._base import Order
from game.rules.reckoning import reckon
from tests.rules.play_world import calibration, play_view, play_world


def given(nation: int, order: Order, world: World | None = None) -> World:
    """The play world (or `world`) with the order's effect; the order must be legal."""
    world = world or play_world()
    view = play_view(nation, world.copy())
    assert order.problems(view) == []
    order.effect(world, calibration(), order.batch(view))
    return world


def moved(world: World, turns: int = 1) -> World:
    """The world some turns on; nobody orders anything more."""
    for _turn in range(turns):
        world = advance(world, calibration(), Keys(11, tuple(range(world.size))))
        reckon(world, calibration())
    return world
