"""Carries the episodes' world through its turns, writing each episode's shock into the levers as it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.batch.hindcast_course import Course, course
from game.batch.hindcast_market import episode_calibration, has_ore_layer, ordered_shares, suppliers
from game.content.episode import Episode
from game.content.episode_mineral import MineralRow
from game.engine.axes import MINE, ORE, REFINED, TURNS_PER_YEAR
from game.engine.baseline import Parameters
from game.engine.calibrate import Calibration
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance, begin_turn
from game.engine.world import World

Array = NDArray[np.float64]
HOME = 0
MOST_LOST = 0.99  # of anybody's capacity


@dataclass(frozen=True)
class Paths:
    """What the model did, [T + 1, episodes]: turn 0 is the half-year before the start. Prices are ratios to it."""

    price: Array  # outside price: delivered, weighted by imports
    home_price: Array  # delivered in the home nation
    refined_share: Array  # home nation's share of world refined output
    mined_share: Array  # and of ore
    long_run: Array  # [episodes] long-run price over the price before


@dataclass(frozen=True)
class Shock:
    """An episode's shock in the engine's levers, arrays over turns 0 to T; tonnes a turn."""

    layer: int
    quota_t: Array  # exports of the home nation that are allowed
    cut_t: Array  # exports it would have had, less the quota
    feared_t: Array  # exports that buyers fear to lose
    since: int  # first turn of the measure
    left: Array  # share of capacity left
    losers: NDArray[np.int64]  # nations whose capacity is lost


def run(episodes: Sequence[Episode], rows: Sequence[MineralRow], parameters: Parameters, turns: int) -> Paths:
    """The paths of all episodes over `turns` turns, with one set of parameters."""
    courses = [course(episode, turns) for episode in episodes]
    calibration = episode_calibration(episodes, courses, rows, parameters)
    world = opening_world(calibration)
    _set_stocks(world, calibration)
    shocks = [_shock(world, calibration, m, *pair) for m, pair in enumerate(zip(episodes, courses, strict=True))]
    states = [world]
    for turn in range(1, turns + 1):
        begun = world.copy()
        begin_turn(begun)
        # Episodes share their nations: what one does to tension between them must not insure the cargo of another.
        begun.tension[...] = 0.0
        for m, shock in enumerate(shocks):
            _pull(begun, m, shock, turn)
        world = advance(begun, calibration, Keys(0, (0,)))
        states.append(world)
    refined = np.stack([state.refined_t[0] for state in states])  # [T + 1, N, M]
    mined = np.stack([state.mined_t[0] for state in states])
    return Paths(
        price=np.exp(np.stack([state.headline_ln[0] for state in states])),
        home_price=np.exp(np.stack([state.delivered_ln[0, HOME] for state in states])),
        refined_share=refined[:, HOME] / refined.sum(1),
        mined_share=mined[:, HOME] / mined.sum(1),
        long_run=np.exp(calibration.long_run_ln),
    )


def _set_stocks(world: World, calibration: Calibration) -> None:
    """Ordinary cover: growth of the stock with use is part of an episode's flows and does not press on its price."""
    use = calibration.baseline.consumption_t / TURNS_PER_YEAR
    world.commercial_stock_t[...] = calibration.baseline.stock_cover * use


def _shock(opening: World, calibration: Calibration, m: int, episode: Episode, one: Course) -> Shock:
    """Shares become tonnes of the flows of the base year, which grow with committed supply."""
    layer = ORE if has_ore_layer(episode) else REFINED
    flow = (opening.ore_flow_t if layer == ORE else opening.refined_flow_t)[0, m]
    exports = flow[HOME].sum() - flow[HOME, HOME]
    abroad = flow.sum() - flow[:, HOME].sum()
    grown = np.exp(np.cumsum(one.supply_ln) - one.supply_ln[0])
    supply, _use = ordered_shares(episode)
    acting = [k for k, name in enumerate(suppliers(episode)) if name in episode.shock.actors]
    removed_t = one.removed * (abroad if one.is_apart else flow.sum())
    cut_t = np.minimum(removed_t, exports) * grown if one.is_export else np.zeros(len(grown))
    holds = supply[acting].sum() if acting else 1.0
    weight = calibration.parameters.licence_fear if one.is_licence else 1.0
    return Shock(
        layer=layer,
        quota_t=np.where(cut_t > 0, exports * grown - cut_t, np.inf),
        cut_t=cut_t,
        feared_t=weight * one.feared * abroad,
        since=int(np.argmax(cut_t > 0)),
        left=np.ones(len(grown)) if one.is_export else 1.0 - np.minimum(one.removed / holds, MOST_LOST),
        losers=np.array(acting or range(len(supply))),
    )


def _pull(world: World, m: int, shock: Shock, turn: int) -> None:
    """Write a turn's levers."""
    at = (0, HOME, m, shock.layer)
    world.export_quota_t[at] = shock.quota_t[turn]
    world.export_cut_t[at] = shock.cut_t[turn]
    world.export_since[at] = shock.since
    world.export_feared_t[at] = shock.feared_t[turn]
    world.export_target[at] = shock.cut_t[turn] > 0 or shock.feared_t[turn] > 0
    world.export_target[(*at, HOME)] = False
    world.export_until[at] = turn
    world.capacity_t[0, shock.losers, m, MINE] *= shock.left[turn] / shock.left[turn - 1]
