"""Corridors open and close: what runs out, what was planned, what chance brings, and what insurers make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.axes import TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.network import Network
from game.engine.ranks import ranks
from game.engine.rng import stream
from game.engine.tension import corridor_tension, is_felt, severity, wear_off
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

MOST_TURNS_CLOSED = 8.0
PORT_WATCH = 0.75  # part of what a port can handle at which it is enlarged
PORT_GROWTH = 0.03  # by which it is enlarged in a turn
LEAST_RISK = 5e-4  # share of the cargo's value; below it insurers forget


def passage(world: World, calibration: Calibration, keys: Keys) -> None:
    """Move the corridors on by one turn."""
    _reopen(world)
    _open_works(world, calibration)
    _enlarge_ports(world, calibration)
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
    if is_felt(world):
        exponent = exponent * (1.0 + severity(corridor_tension(world, passages)))
    chance = 1.0 - (1.0 - passages.closing_odds) ** exponent
    if not chance.any():
        return
    draws = np.concatenate([_draws(*part, world.turn, keys) for part in _draw_groups(network)], axis=1)
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


def _draw_groups(network: Network) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Corridors, and ports apart from them, so that a new port changes nobody's luck."""
    first = len(network.corridor_ids) - network.harbours
    return ("corridor", network.corridor_ids[:first]), ("port", network.corridor_ids[first:])


def _draws(purpose: str, ids: tuple[str, ...], turn: int, keys: Keys) -> Array:
    """A number from 0 to 1 for every world and id."""
    if not ids:
        return np.zeros((len(keys.worlds), 0))
    streams = [stream(keys.seed, w, turn, purpose) for w in keys.worlds]
    return np.stack([s.random(len(ids)) for s in streams])[:, ranks(ids)]


def _enlarge_ports(world: World, calibration: Calibration) -> None:
    """Ports grow as they fill in ordinary times; railways, canals and roads need works."""
    is_port = np.array([kind == "port" for kind in calibration.baseline.network.corridor_kind], dtype=bool)
    filling = is_port & (world.corridor_load > PORT_WATCH) & (world.corridor_open == 1.0)
    if filling.any():
        world.corridor_capacity_t[...] *= np.where(filling, 1.0 + PORT_GROWTH, 1.0)


def _insure(world: World, calibration: Calibration) -> None:
    """Premiums jump where a corridor or its neighbour is disturbed and then halve turn by turn."""
    passages = calibration.baseline.network.passages
    disturbed = world.corridor_open < 1.0
    near = np.zeros_like(disturbed)
    for c in np.flatnonzero(disturbed.any(0)):
        near |= disturbed[:, c, None] & passages.neighbours[:, c]
    risk = np.maximum(np.where(near | disturbed, passages.war_risk, 0.0), 0.5 * world.corridor_risk)
    world.corridor_risk[...] = np.where(risk < LEAST_RISK, 0.0, risk)
