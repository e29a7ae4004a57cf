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
from game.engine.calibrate import RATES, Calibration
from game.engine.network import Flags
from game.engine.routes import Routes
from game.engine.tension import (
    CALM_TENSION,
    contested_tension,
    exposed_tension,
    is_felt,
    met_tension,
    mutual_tension,
    severity,
)
from game.engine.way import Index, Pattern, Ways, pattern_without
from game.engine.world import World

DAYS_PER_TURN = 365.0 / TURNS_PER_YEAR


@dataclass(frozen=True)
class Surcharges:
    """Of the worlds `row` [r] that pay any, on the `pair` [p] of nations that do, positions in N x N."""

    row: Index
    pair: Index
    share: Array  # [r, M, L, p] of the value of the cargo at its origin
    late_t: Array  # [W, N, M, L] tonnes under way at the turn's end because they went round, by destination


@dataclass(frozen=True)
class Around:
    """The way round one corridor for the pairs [p] that pass it, their positions in N x N, by destination."""

    pair: Index
    cargo: Flags  # [M, L, p] whether it passes there
    least: Array  # [p] premium that all cargo pays rather than go round; below 0 where some passes elsewhere anyway
    cost: Array  # [M, L, p] share of its value that it adds; inf where there is no way round
    cost_ln: Array  # [M, L, p] ln of the price delivered so over that delivered now
    days: Array  # [M, L, p] days more, 0 where there is no way round

    def apart(self, asked: Array) -> Index:
        """Pairs, by their place here, of which not all cargo pays the premiums asked, [w, p]."""
        return np.flatnonzero(asked.max(0, initial=0.0) > self.least)

    def picked(self, pairs: Index) -> Around:
        """The same for some of the pairs, by their place here."""
        cost, cost_ln, days = (part[..., pairs] for part in (self.cost, self.cost_ln, self.days))
        return Around(self.pair[pairs], self.cargo[..., pairs], self.least[pairs], cost, cost_ln, days)


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
    paying = _Paying.of(world, row, _touched(way, active, premium, row), calibration.base_freight_ln.shape)
    paying.flat[...] = premium.on_pairs(row)[:, paying.pair]
    for rows, found, taken, _cargo in way.parts():
        for c in np.flatnonzero(active[rows].any(0)):
            w = rows[active[rows, c]]
            around = way_round(calibration, found, taken, int(c))
            asked = premium.at(w, int(c), around.pair)
            wait = np.zeros((len(w), *around.cost.shape[:2])) if waiting is None else waiting[w, c]
            paying.alike(w, around, asked)
            waits = wait.any((1, 2))
            for chosen, pairs in ((waits, np.arange(len(around.pair))), (~waits, around.apart(asked[~waits]))):
                if chosen.any() and len(pairs):
                    some, their = around.picked(pairs), asked[chosen][:, pairs]
                    paid, gone = _at_corridor(some, their, wait[chosen])
                    paying.apart(w[chosen], some, paid - their[:, None, None], gone)
    return Surcharges(row, paying.pair, paying.share + paying.flat[:, None, None], paying.late_t)


def asked_premium(world: World, calibration: Calibration, nation: int) -> Array:
    """War-risk premium of a passage for a nation's own cargo, as a share of its value, [W, C]."""
    passages = calibration.baseline.network.passages
    return np.asarray(world.corridor_risk + passages.war_risk * severity(met_tension(world, passages, nation)))


def _touched(way: Ways, active: Flags, premium: _Premium, row: Index) -> Index:
    """Pairs of nations that anything is asked of in any world, positions in N x N."""
    size = way.patterns[0].main.use.shape[0] ** 2
    touched: Flags = np.zeros(size, dtype=bool) | premium.on_pairs(row).any(0)
    for rows, _found, taken, _cargo in way.parts():
        touched |= taken.use[:, :, active[rows].any(0)].any(2).reshape(-1)
    return np.flatnonzero(touched)


@dataclass(frozen=True)
class _Paying:
    """Surcharges while they are added up, corridor by corridor."""

    world: World
    pair: Index  # [p]
    column: Index  # [N x N] position of a pair in `pair`
    place: Index  # [W] position of a world among the rows
    flat: Array  # [r, p] shares that all cargo pays alike
    share: Array  # [r, M, L, p]
    late_t: Array  # [W, N, M, L]

    @classmethod
    def of(cls, world: World, row: Index, pair: Index, shape: tuple[int, ...]) -> _Paying:
        minerals, layers, nations = shape[:3]
        column, place = np.full(nations * nations, -1), np.full(world.size, -1)
        column[pair], place[row] = np.arange(len(pair)), np.arange(len(row))
        share = np.zeros((len(row), minerals, layers, len(pair)))
        return cls(world, pair, column, place, np.zeros((len(row), len(pair))), share, np.zeros_like(world.at_sea_t))

    def alike(self, w: Index, around: Around, asked: Array) -> None:
        """All cargo of the pairs pays the premium `asked` [w, p]."""
        self.flat[np.ix_(self.place[w], self.column[around.pair])] += asked

    def apart(self, w: Index, around: Around, more: Array, gone: Array | Flags) -> None:
        """Each cargo pays `more` [w, M, L, p] than all alike, and the share `gone` of it goes round and is late."""
        layer = np.arange(more.shape[1])[:, None] * more.shape[2] + np.arange(more.shape[2])
        row = (self.place[w] * layer.size)[:, None, None] + layer
        self.share.reshape(-1)[(row * len(self.pair))[..., None] + self.column[around.pair]] += more
        leaving = np.flatnonzero(gone.any((0, 1, 2)))
        if len(leaving):
            share = np.minimum(around.days[..., leaving] / DAYS_PER_TURN, 1.0)
            self._delay(w, around.pair[leaving], np.multiply(gone[..., leaving], share, dtype=np.float64))

    def _delay(self, w: Index, pair: Index, late: Array) -> None:
        """A share `late` [w, M, L, p] of last turn's trade is under way at the turn's end; pairs by destination."""
        minerals, nations = late.shape[1], self.world.at_sea_t.shape[1]
        place = ((w[:, None] * minerals + np.arange(minerals)) * nations**2)[..., None] + pair
        destination, first = np.unique(pair % nations, return_index=True)
        for layer, field in ((ORE, "ore_flow_t"), (REFINED, "refined_flow_t")):
            tonnes = np.add.reduceat(self.world.arrays[field].take(place) * late[:, :, layer], first, axis=2)
            self.late_t[w[:, None], destination, :, layer] += tonnes.swapaxes(1, 2)


def _at_corridor(around: Around, premium: Array, wait: Array) -> tuple[Array, Array | Flags]:
    """What a passage costs the cargo of each pair and the share of it that goes round, [w, M, L, p] both.

    Cargo without a way round has its place, whatever the premium.
    """
    asked = premium[:, None, None, :] * around.cargo
    inside, leaves = np.minimum(asked, around.cost), asked > around.cost
    if not wait.any():
        return inside, leaves
    has_way = np.isfinite(around.cost)
    waits = wait[..., None] * (around.cargo & has_way)
    return inside + waits * (np.where(has_way, around.cost, 0.0) - inside), np.where(leaves, 1.0, waits)


@lru_cache(maxsize=512)
def way_round(calibration: Calibration, found: Pattern, taken: Routes, corridor: int) -> Around:
    """The way round a corridor for the pairs of some routes of a pattern; what goes another way is not concerned."""
    cargo = next(chosen for routes, chosen in found.taken() if routes is taken)
    passed = taken.use[:, :, corridor] if cargo is None else taken.use[:, :, corridor] & cargo.any((0, 1))
    destination, origin = np.nonzero(passed.T)
    pair = origin * len(passed) + destination
    share, days = found.best(pair)
    other, other_days = pattern_without(calibration, found, corridor).best(pair)
    reachable = np.isfinite(other)
    cost = np.where(reachable, np.maximum(np.where(reachable, other, 0.0) - share, 0.0), np.inf)
    late = np.where(reachable, np.maximum(np.where(reachable, other_days, 0.0) - days, 0.0), 0.0)
    goes = np.ones(cost.shape, dtype=bool) if cargo is None else cargo.reshape(*cost.shape[:2], -1)[..., pair]
    least = np.where(goes.all((0, 1)), cost.min((0, 1)), -1.0)
    return Around(pair, goes, least, cost, np.log1p(cost / (1.0 + share)), late)


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
        if not is_felt(world):
            return cls(world, passages.war_risk, None, None, None)
        between = mutual_tension(world)
        exposed = exposed_tension(between, passages)
        return cls(world, passages.war_risk, between, exposed, contested_tension(exposed, passages))

    @property
    def is_tense(self) -> Flags:
        """Worlds with any tension [W]."""
        if self.between is None:
            return np.zeros(self.world.size, dtype=bool)
        return np.asarray((self.between > CALM_TENSION).any((1, 2)))

    @property
    def is_asked(self) -> Flags:
        """Where a corridor's passages cost a premium [W, C]."""
        asked = self.world.corridor_risk > 0
        if self.exposed is None:
            return np.asarray(asked)
        return np.asarray(asked | (self.exposed > CALM_TENSION).any(1))

    def at(self, w: Index, c: int, pair: Index) -> Array:
        """Premium of the pairs [p] in one corridor, [w, p]."""
        disturbed = self.world.corridor_risk[w, c][:, None]
        if self.exposed is None or self.contested is None:
            return np.repeat(disturbed, len(pair), axis=1)
        origin, destination = np.divmod(pair, self.exposed.shape[1])
        met = severity(np.maximum(self.exposed[w, :, c], self.contested[w, c][:, None]))
        return np.asarray(disturbed + self.risk[c] * np.maximum(met[:, origin], met[:, destination]))

    def on_pairs(self, row: Index) -> Array:
        """What tension between two nations adds to the insurance of their own trade, wherever it goes, [r, N x N]."""
        if self.between is None:
            return np.zeros((len(row), self.world.tension[0].size))
        return np.asarray(RATES.insurance_share * severity(self.between[row])).reshape(len(row), -1)
