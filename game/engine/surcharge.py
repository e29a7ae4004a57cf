"""What passing corridors costs beyond the freight of calm days: war-risk premiums, tension and waiting for a place.

A premium is a share of the cargo's value for every passage, and no cargo pays more for one than its way round costs:
then it goes round. Where a nearly full corridor is no gate (`corridor.py`), a share of its cargo finds no place and
goes round. What goes round is later by the days of the longer way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.engine.axes import ORE, REFINED, TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.calibrate import Calibration, freight_ln
from game.engine.network import Flags
from game.engine.routes import FreightRates, routes
from game.engine.tension import contested_tension, exposed_tension, mutual_tension, severity
from game.engine.way import Index, Ways
from game.engine.world import World

DAYS_PER_TURN = 365.0 / TURNS_PER_YEAR
RATES = FreightRates()


@dataclass(frozen=True)
class Surcharges:
    """Of the worlds `row` [r] that pay any: shares of the cargo's value on every arc, and what goes round."""

    row: Index
    share: Array  # [r, M, L, N, N] of the value of the cargo at its origin
    late_t: Array  # [W, N, M, L] tonnes under way at the turn's end because they went round, by destination


@dataclass(frozen=True)
class _Around:
    """The way round one corridor for the pairs [p] that pass it, their positions in N x N."""

    pair: Index
    cost: Array  # [M, L, p] share of the cargo's value; inf where there is no way round
    days: Array  # [p] days more, 0 where there is no way round


@lru_cache(maxsize=64)
def pattern_freight_ln(calibration: Calibration, closed: frozenset[str]) -> Array:
    """ln of price with freight over price while corridors are closed [M, L, N, N], kept for what a game meets."""
    return freight_ln(calibration.baseline, closed) if closed else calibration.base_freight_ln


def surcharges(world: World, calibration: Calibration, way: Ways, waiting: Array | None) -> Surcharges | None:
    """What passages cost beyond freight, None where they cost nothing anywhere.

    `waiting` is the share of each corridor's cargo that finds no place, [W, C, M, L], None for nowhere.
    """
    premium = _Premium.of(world, calibration)
    active = premium.is_asked
    if waiting is not None:
        active = active | waiting.any((2, 3))
    row = np.flatnonzero(active.any(1) | premium.is_tense)
    if not len(row):
        return None
    minerals, nations = calibration.base_freight_ln.shape[0], len(calibration.axes.nations)
    place = np.full(world.size, -1)
    place[row] = np.arange(len(row))
    share = np.zeros((len(row), minerals, 2, nations * nations))
    share += premium.on_pairs(row)[:, None, None]
    late = np.zeros((world.size, nations, minerals, 2))
    for number, found in enumerate(way.routes):
        rows = way.worlds(number)
        for c in np.flatnonzero(active[rows].any(0)):
            w = rows[active[rows, c]]
            around = _way_round(calibration, found.closed, int(c))
            wait = np.zeros((len(w), minerals, 2)) if waiting is None else waiting[w, c]
            paid, gone = _at_corridor(around, premium.at(w, int(c), around.pair), wait)
            cells = np.ix_(place[w], np.arange(minerals), np.arange(2), around.pair)
            share[cells] += paid
            if gone.any():
                late[w] += _late_t(world, w, around, gone, nations)
    return Surcharges(row, share.reshape(len(row), minerals, 2, nations, nations), late)


def _at_corridor(around: _Around, premium: Array, wait: Array) -> tuple[Array, Array]:
    """What a passage costs the cargo of each pair and the share of it that goes round, [w, M, L, p] both.

    Cargo without a way round has its place, whatever the premium.
    """
    asked, wait = premium[:, None, None, :], wait[..., None]
    has_way = np.isfinite(around.cost)
    wait = wait * has_way
    inside = np.minimum(asked, around.cost)
    paid = (1.0 - wait) * inside + wait * np.where(has_way, around.cost, 0.0)
    return paid, wait + (1.0 - wait) * (asked > around.cost)


def _late_t(world: World, w: Index, around: _Around, gone: Array, nations: int) -> Array:
    """Tonnes of last turn's trade that going round keeps under way at the turn's end [w, N, M, L]."""
    delay = np.minimum(around.days / DAYS_PER_TURN, 1.0)
    result = np.zeros((len(w), nations, gone.shape[1], 2))
    destination = around.pair % nations
    for layer, field in ((ORE, "ore_flow_t"), (REFINED, "refined_flow_t")):
        flow = world.arrays[field][w].reshape(len(w), gone.shape[1], -1)[:, :, around.pair]
        tonnes = flow * gone[:, :, layer] * delay
        for n in np.unique(destination):
            result[:, n, :, layer] = tonnes[:, :, destination == n].sum(2)
    return result


@lru_cache(maxsize=512)
def _way_round(calibration: Calibration, closed: frozenset[str], corridor: int) -> _Around:
    network = calibration.baseline.network
    without = closed | {network.corridor_ids[corridor]}
    now, then = routes(network, closed), routes(network, without)
    pair = np.flatnonzero(now.use[:, :, corridor])
    minerals = len(calibration.axes.minerals)
    present, other = (
        np.exp(pattern_freight_ln(calibration, shut)).reshape(minerals, 2, -1)[..., pair] for shut in (closed, without)
    )
    reachable = then.reachable.reshape(-1)[pair]
    cost = np.where(reachable, np.maximum(np.where(reachable, other, 0.0) - present, 0.0), np.inf)
    days = np.where(reachable, np.where(reachable, then.days.reshape(-1)[pair], 0.0) - now.days.reshape(-1)[pair], 0.0)
    return _Around(pair, cost, np.maximum(days, 0.0))


@dataclass(frozen=True)
class _Premium:
    """War-risk premiums of a batch, as shares of the cargo's value."""

    world: World
    risk: Array  # [C] of a passage of each corridor at WAR_TENSION
    between: Array | None  # [W, N, N] tension of every two nations, None where there is none
    exposed: Array | None  # [W, N, C]
    contested: Array | None  # [W, C]

    @classmethod
    def of(cls, world: World, calibration: Calibration) -> _Premium:
        passages = calibration.baseline.network.passages
        if not world.tension.any():
            return cls(world, passages.war_risk, None, None, None)
        between = mutual_tension(world)
        exposed = exposed_tension(between, passages)
        return cls(world, passages.war_risk, between, exposed, contested_tension(exposed, passages))

    @property
    def is_tense(self) -> Flags:
        """Worlds with any tension [W]."""
        if self.between is None:
            return np.zeros(self.world.size, dtype=bool)
        return np.asarray(self.between.any((1, 2)))

    @property
    def is_asked(self) -> Flags:
        """Where a corridor's passages cost a premium [W, C]."""
        asked = self.world.corridor_risk > 0
        if self.exposed is None:
            return np.asarray(asked)
        return np.asarray(asked | (self.exposed.any(1) & (self.risk > 0)))

    def at(self, w: Index, c: int, pair: Index) -> Array:
        """Premium of the pairs [p] in one corridor, [w, p]."""
        disturbed = self.world.corridor_risk[w, c][:, None]
        if self.exposed is None or self.contested is None:
            return np.repeat(disturbed, len(pair), axis=1)
        origin, destination = np.divmod(pair, self.exposed.shape[1])
        met = np.maximum(self.exposed[w][:, origin, c], self.exposed[w][:, destination, c])
        met = np.maximum(met, self.contested[w, c][:, None])
        return np.asarray(disturbed + self.risk[c] * severity(met))

    def on_pairs(self, row: Index) -> Array:
        """What tension between two nations adds to the insurance of their own trade, wherever it goes, [r, N x N]."""
        if self.between is None:
            return np.zeros((len(row), 1))
        return np.asarray(RATES.insurance_share * severity(self.between[row])).reshape(len(row), -1)
