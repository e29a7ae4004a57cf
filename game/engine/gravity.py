"""The entropy-maximising gravity fit of trade flows, and the weights of the clearing that reproduce it.

Arrays are origin x destination.
"""

import numpy as np
from numpy.typing import NDArray

from game.engine.baseline import Baseline
from game.engine.routes import routes

Array = NDArray[np.float64]

GRAVITY = 0.8  # fall of trade with distance, about the mean of published gravity estimates for bulk goods
HOME_PREFERENCE = 1.0  # ln
HOME_KM = 300.0
RAS_ROUNDS = 5000
RAS_TOLERANCE = 1e-13


def gravity_ln(baseline: Baseline) -> Array:
    """Gravity prior [N, N] (origin, destination): distance, preference, home."""
    route = routes(baseline.network, frozenset())
    km = route.km_sea + 3.0 * route.km_land
    home = np.eye(len(km), dtype=bool)
    km = np.where(home, HOME_KM, np.maximum(km, HOME_KM))
    return np.asarray(-GRAVITY * np.log(km / 1000.0) + baseline.affinity.T + HOME_PREFERENCE * home)


def ras(prior_ln: Array, rows: Array, columns: Array) -> Array:
    """Matrix proportional to exp(prior) with the given row and column sums (entropy maximum; iterative scaling).

    Raises ArithmeticError when closed cells (-inf) admit no such matrix.
    """
    flow = np.zeros_like(prior_ln)
    r, c = np.flatnonzero(rows > 0), np.flatnonzero(columns > 0)
    if not len(r) or not len(c):
        return flow
    inside = np.exp(prior_ln[np.ix_(r, c)] - prior_ln[np.ix_(r, c)].max())
    want_r, want_c = rows[r], columns[c] * (rows.sum() / columns.sum())
    for _round in range(RAS_ROUNDS):
        have = inside.sum(1)
        if (have <= 0).any() or (inside.sum(0) <= 0).any():
            raise ArithmeticError("a row or column has no open cell")
        inside *= (want_r / have)[:, None]
        have_c = inside.sum(0)
        if (np.abs(have_c - want_c) <= RAS_TOLERANCE * want_c.sum()).all():
            break
        inside *= (want_c / have_c)[None]
    else:
        raise ArithmeticError("closed cells leave no way to meet the sums")
    flow[np.ix_(r, c)] = inside
    return flow


def levelled(flow: Array, prior: Array, origin_size: Array, destination_size: Array) -> Array:
    """ln of flow / (origin size x destination size / world size) where it is known.

    Elsewhere the prior alone, levelled so that a new origin (destination) of any size would sell (buy) at the price of
    the fitted ones: what distance costs is in the freight, so a weight must not charge it twice.
    """
    world = origin_size.sum()
    seller, buyer = origin_size > 0, destination_size > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        known = np.log(flow) - np.log(origin_size)[:, None] - np.log(destination_size)[None] + np.log(world)
    fitted = seller[:, None] & buyer[None] & (flow > 0)
    if not fitted.any():
        return np.asarray(prior - np.where(np.isfinite(prior), prior, 0.0).mean())
    result = np.where(fitted, np.nan_to_num(known, neginf=-np.inf), prior)
    out_share = flow.sum() / world  # what an origin sells per unit of its size
    in_share = flow.sum() / destination_size.sum()
    weight = np.exp(prior)
    reach = (weight * destination_size).sum(1)
    row_level = np.log(out_share * world / np.where(reach > 0, reach, 1.0))
    supply = (weight * origin_size[:, None]).sum(0)
    column_level = np.log(in_share * world / np.where(supply > 0, supply, 1.0))
    mean_level = float(np.log(out_share / np.average(weight, weights=np.outer(origin_size, destination_size) + 1e-300)))
    result = np.where(~seller[:, None] & buyer[None], prior + row_level[:, None], result)
    result = np.where(seller[:, None] & ~buyer[None], prior + column_level[None], result)
    return np.asarray(np.where(~seller[:, None] & ~buyer[None], prior + mean_level, result))
