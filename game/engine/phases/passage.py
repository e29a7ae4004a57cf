"""Corridors open and close: what runs out, what was planned, what chance brings, and what insurers make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.axes import TURNS_PER_YEAR
from game.engine.ranks import ranks
from game.engine.rng import stream
from game.engine.tension import corridor_tension, severity, wear_off
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

MOST_TURNS_CLOSED = 8.0
LEAST_RISK = 5e-4  # share of the cargo's value; below it insurers forget


def passage(world: World, calibration: Calibration, keys: Keys) -> None:
    """Move the corridors on by one turn."""
    _reopen(world)
    _open_works(world, calibration)
    _disturb(world, calibration, keys)
    _insure(world, calibration)
    wear_off(world, calibration.parameters.tension_persistence)


def _reopen(world: World) -> None:
    """Corridors whose event is over open again; those shut without an end stay shut."""
    over = world.corridor_closed_turns == 1.0
    world.corridor_open[over] = 1.0
    world.corridor_closed_turns[...] = np.maximum(world.corridor_closed_turns - 1.0, 0.0)


def _open_works(world: World, calibration: Calibration) -> None:
    """Works that are due come into use: more can pass, on rails, and over ways that were none before."""
    passages = calibration.baseline.network.passages
    due = (world.corridor_works_turn == world.turn) & passages.has_works & ~world.corridor_works_done
    if due.any():
        world.corridor_capacity_t[...] += np.where(due, passages.works_t / TURNS_PER_YEAR, 0.0)
        world.corridor_works_done[...] |= due


def _disturb(world: World, calibration: Calibration, keys: Keys) -> None:
    """Events strike open corridors by their yearly odds, more often the tenser their owners, and last a geometric
    number of turns.

    A draw below the chance is itself uniform from 0 to the chance, so it gives the length as well.
    """
    network = calibration.baseline.network
    passages = network.passages
    exponent = np.full((1, 1), calibration.parameters.corridor_chance / TURNS_PER_YEAR)
    if world.tension.any():
        exponent = exponent * (1.0 + severity(corridor_tension(world, passages)))
    chance = 1.0 - (1.0 - passages.closing_odds) ** exponent
    if not chance.any():
        return
    streams = [stream(keys.seed, w, world.turn, "corridor") for w in keys.worlds]
    draws = np.stack([s.random(chance.shape[1]) for s in streams])[:, ranks(network.corridor_ids)]
    struck = (draws < chance) & (world.corridor_open == 1.0) & (world.corridor_capacity_t > 0)
    if not struck.any():
        return
    rest = np.where(struck, np.maximum(draws, 1e-12) / np.where(chance > 0, chance, 1.0), 1.0)
    goes_on = 1.0 - 1.0 / passages.closed_turns
    with np.errstate(divide="ignore"):
        more = np.where(goes_on > 0, np.floor(np.log(rest) / np.log(np.maximum(goes_on, 1e-12))), 0.0)
    world.corridor_closed_turns[...] = np.where(
        struck, np.minimum(1.0 + more, MOST_TURNS_CLOSED), world.corridor_closed_turns
    )
    world.corridor_open[...] = np.where(struck, passages.open_share, world.corridor_open)


def _insure(world: World, calibration: Calibration) -> None:
    """Premiums jump where a corridor or its neighbour is disturbed and then halve turn by turn."""
    passages = calibration.baseline.network.passages
    disturbed = world.corridor_open < 1.0
    near = (disturbed[:, None, :] & passages.neighbours).any(2)
    risk = np.maximum(np.where(near | disturbed, passages.war_risk, 0.0), 0.5 * world.corridor_risk)
    world.corridor_risk[...] = np.where(risk < LEAST_RISK, 0.0, risk)
