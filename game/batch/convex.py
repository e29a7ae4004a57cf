"""The clearing's potential stated for a general convex solver: what the engine's own Newton is measured against.

Choke factors on uses that also fall with price have an integral without a closed form in a solver's cones, so they are
taken out of both: `without_chokes` gives markets in which the two state the same problem, and their prices agree.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.market import FLOOR_LN, Markets
from game.engine.reach import reachable
from game.problems import Problem, ProblemError
from game.text import _

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Answer:
    """Refined delivered prices of one mineral's users [n], who they are [n], and the solver's own time in seconds."""

    delivered_ln: Array
    users: NDArray[np.int64]
    solver_s: float


def without_chokes(markets: Markets) -> Markets:
    """Return the markets with no choke on uses that fall with price anyway."""
    falls = markets.use_elasticity[None, :, :, None] > 0
    return replace(
        markets,
        use_choke=np.where(falls, np.inf, markets.use_choke),
        direct_choke=np.full_like(markets.direct_choke, np.inf),
    )


def solved(markets: Markets, mineral: int) -> Answer:
    """Solve one mineral of world 0 with cvxpy and Clarabel, on the nodes that are active in the engine's clearing."""
    cp = _cvxpy()
    potential = _Potential(cp, markets, mineral)
    problem = cp.Problem(cp.Minimize(potential.total))
    with warnings.catch_warnings():
        # The solver doubts its last digits on some markets; whether they matter is told by comparing the prices.
        warnings.simplefilter("ignore", UserWarning)
        problem.solve(solver=cp.CLARABEL)
    return Answer(np.asarray(potential.v.value), potential.users, float(problem.solver_stats.solve_time))


def _cvxpy() -> Any:
    try:
        import cvxpy
    except ImportError as error:
        what = _("the general convex solver is not installed")
        raise ProblemError(Problem("error", "bench", what, 'python -m pip install -e ".[bench]"')) from error
    return cvxpy


class _Potential:
    """The potential of one market as a cvxpy expression, term by term."""

    def __init__(self, cp: Any, markets: Markets, mineral: int) -> None:
        self.cp, self.markets, self.m = cp, markets, mineral
        active = reachable(markets)
        self.mines, self.refiners, self.sellers, self.users, self.smelters, self.directs = (
            np.flatnonzero(mask[0, mineral])
            for mask in (active.mine, active.ore_user, active.seller, active.user, active.smelts, active.direct)
        )
        self.p, self.q, self.u, self.v = (
            cp.Variable(len(nodes)) for nodes in (self.mines, self.refiners, self.sellers, self.users)
        )
        self.rows = np.flatnonzero((markets.gates.world == 0) & (markets.gates.mineral == mineral))
        self.shadow: Any = cp.Variable(len(self.rows)) if len(self.rows) else None
        self.total = sum([*self._supplies(), *self._uses(), *self._inflows(), *self._trade(), *self._gates()])

    def _step(self, size: Array, steepness: float | Array, margin: Any) -> Any:
        """The integral of size x logistic(steepness x margin)."""
        return (size / steepness) @ self.cp.logistic(self.cp.multiply(steepness, margin))

    def _supplies(self) -> list[Any]:
        a, m = self.markets, self.m
        u_at, q_at = _places(self.sellers, self.smelters), _places(self.refiners, self.smelters)
        mines = (m, self.mines)
        margin = self.p - a.mine_cost[0][mines]
        terms = [self._step(a.mine_size[0][mines], a.mine_steepness[mines], margin)]
        if len(self.smelters):
            margin = self.u[u_at] - self.q[q_at] - a.refinery_cost[0, m, self.smelters]
            terms.append(self._step(a.refinery_size[0, m, self.smelters], a.refinery_steepness[m], margin))
        for f in range(a.source_size.shape[2]):
            margin = self.u - a.source_cost[0, m, f, self.sellers]
            terms.append(self._step(a.source_size[0, m, f, self.sellers], a.source_steepness[m, f], margin))
        return terms

    def _uses(self) -> list[Any]:
        a, m, kappa = self.markets, self.m, self.markets.choke_steepness
        terms = []
        for k in range(a.use_size.shape[2]):
            size, eta = a.use_size[0, m, k, self.users], float(a.use_elasticity[m, k])
            if eta > 0:
                terms.append((size / eta) @ self.cp.exp(-eta * self.v))
            elif (size > 0).any():
                choke = np.where(size > 0, a.use_choke[0, m, k, self.users], 0.0)
                terms.append(self._step(size, kappa, choke - self.v))
        if len(self.directs):
            size, eta = a.direct_size[0, m, self.directs], float(a.direct_elasticity[m])
            terms.append((size / eta) @ self.cp.exp(-eta * self.q[_places(self.refiners, self.directs)]))
        return terms

    def _inflows(self) -> list[Any]:
        a, m = self.markets, self.m
        return [a.ore_inflow[0, m, self.refiners] @ self.q, a.refined_inflow[0, m, self.users] @ self.v]

    def _trade(self) -> list[Any]:
        a, m = self.markets, self.m
        smelts, direct = np.isin(self.refiners, self.smelters), np.isin(self.refiners, self.directs)
        ore_wanted = a.refinery_size[0, m, self.refiners] * smelts + a.direct_size[0, m, self.refiners] * direct
        sold = a.refinery_size[0, m, self.sellers] * np.isin(self.sellers, self.smelters)
        sold = sold + a.source_size[0, m][:, self.sellers].sum(0)
        wanted = a.use_size[0, m][:, self.users].sum(0) + np.abs(a.refined_inflow[0, m, self.users])
        ore = (self.p, self.q, self.mines, self.refiners, a.mine_size[0, m, self.mines])
        metal = (self.u, self.v, self.sellers, self.users, sold)
        ore_wanted = ore_wanted + np.abs(a.ore_inflow[0, m, self.refiners])
        return [*self._layer(0, *ore, ore_wanted), *self._layer(1, *metal, wanted)]

    def _layer(
        self, layer: int, out: Any, into: Any, origins: Any, destinations: Any, sold: Array, wanted: Array
    ) -> list[Any]:
        """Arcs that are open, and the backstops: unsold output leaves, unmet need enters."""
        a, m, sigma = self.markets, self.m, self.markets.sigma
        weight = a.trade_ln[0, m, layer][np.ix_(origins, destinations)]
        weight = weight + a.origin_ln[0, m, layer, origins][:, None] + a.destination_ln[0, m, layer, destinations]
        i, j = np.nonzero(np.isfinite(weight))
        terms = []
        if len(i):
            exponent = sigma * (into[j] - out[i]) + weight[i, j]
            for g, row in enumerate(self.rows):
                if a.gates.layer[row] == layer:
                    exponent = exponent - sigma * self.shadow[g] * a.gates.arcs[row][origins[i], destinations[j]]
            terms.append(self.cp.sum(self.cp.exp(exponent)) / sigma)
        for nodes, price, size, ln in ((origins, -out, sold, FLOOR_LN), (destinations, into, wanted, -a.ceiling[m])):
            some = np.flatnonzero(size > 0)
            if len(nodes) and len(some):
                terms.append(self.cp.sum(self.cp.exp(sigma * (price[some] + ln) + np.log(size[some]))) / sigma)
        return terms

    def _gates(self) -> list[Any]:
        if self.shadow is None:
            return []
        room = self.markets.gates.capacity[self.rows]
        return [room @ self.shadow, -(self.markets.gate_smoothing * room) @ self.cp.log(self.shadow)]


def _places(nodes: NDArray[np.int64], some: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions of `some` among the sorted `nodes`."""
    return np.searchsorted(nodes, some)
