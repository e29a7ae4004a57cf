"""Export measures and sourcing caps as gates of the clearing."""

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import REFINED
from game.engine.calibrate import Calibration
from game.engine.contract import Contracts
from game.engine.layout import by_mineral
from game.engine.leak import allowed_exports_t
from game.engine.market import Array, Gates
from game.engine.world import World

CAP_WATCH = 0.85  # a supplier is gated once its share passes this part of the cap
LEAST_MADE = 1e-12
BAN_SHARE = 1e-6  # a quota below this share of base use closes the arcs


def export_gates(world: World, calibration: Calibration, contracts: Contracts) -> Gates:
    unit = flow_unit(calibration)
    target = np.moveaxis(world.export_target, 1, 3)
    allowed = by_mineral(allowed_exports_t(world)) / unit
    binds = np.isfinite(allowed) & (allowed > BAN_SHARE) & target.any(4)
    w, m, layer, origin = np.nonzero(binds)
    nations = len(calibration.axes.nations)
    arcs = np.zeros((len(w), nations, nations), dtype=bool)
    arcs[np.arange(len(w)), origin] = target[w, m, layer, origin]
    arcs[np.arange(len(w)), origin, origin] = False
    promised = (contracts.pair[w, m, layer, origin] * target[w, m, layer, origin]).sum(1)
    capacity = np.maximum(allowed[w, m, layer, origin] - promised, BAN_SHARE)
    return Gates(w, m, layer, capacity, arcs)


def goods_gates(world: World, calibration: Calibration) -> Gates:
    """Gates of the market for products: export measures that hold back the goods made of a mineral too.

    A product goes out in the part of its usual exports that contains none of the mineral, and of the rest as much as of
    the mineral itself. Usual are the shares of 2024 in what makers plan; [N] are the buyers that a measure names.
    """
    nations = len(calibration.axes.nations)
    if not world.export_goods.any():
        return Gates.none(nations)
    makers = calibration.makers
    held = world.export_goods & world.export_target.any(-1)
    before = np.where(held, world.export_quota_t + world.export_cut_t, 0.0)
    let_out = np.where(before > 0, allowed_exports_t(world) / np.where(before > 0, before, 1.0), 1.0)
    stopped = np.where(held, 1.0 - np.minimum(let_out, 1.0), 0.0).max(-1)  # [W, N, M]
    contained = np.where(makers.recipe_weight > 0, calibration.baseline.containing_share, 0.0)
    part = (stopped[..., None] * contained).max(2)  # [W, N, K]
    named = (held[..., None] & world.export_target).any((2, 3))  # [W, N, D]
    share = makers.flow_usd_bn / np.maximum(makers.made_usd_bn.T, LEAST_MADE)[..., None]  # [K, N, D]
    w, n, k = np.nonzero((part > 0) & (world.planned_usd_bn > 0))
    arcs = np.zeros((len(w), nations, nations), dtype=bool)
    arcs[np.arange(len(w)), n] = named[w, n]
    arcs[np.arange(len(w)), n, n] = False
    usual = (share[k, n] * arcs[np.arange(len(w)), n]).sum(1) * world.planned_usd_bn[w, n, k] / makers.world_usd_bn[k]
    layer = np.full(len(w), REFINED)
    return Gates(w, k, layer, np.maximum((1.0 - part[w, n, k]) * usual, BAN_SHARE), arcs)


def cap_gates(world: World, calibration: Calibration, contracts: Contracts, ordinary_t: Array) -> Gates:
    """One gate for every foreign supplier whose last share passed a part of the cap: capacity = cap x ordinary use
    (`ordinary_t` [W, N, M, K])."""
    nations = len(calibration.axes.nations)
    cap = by_mineral(world.sourcing_cap_share)
    capped = cap < 1.0  # [W, M, N]
    if not capped.any():
        return Gates.none(nations)
    w, m, destination = np.nonzero(capped)
    flow = world.refined_flow_t[w, m, :, destination]
    total = flow.sum(1)
    share = flow / np.where(total > 0, total, 1.0)[:, None]
    watched = share > CAP_WATCH * cap[w, m, destination][:, None]
    watched[np.arange(len(w)), destination] = False
    row, origin = np.nonzero(watched)
    order = np.lexsort((destination[row], origin, m[row], w[row]))
    row, origin = row[order], origin[order]
    w, m, destination = w[row], m[row], destination[row]
    use = by_mineral(ordinary_t.sum(3) / calibration.world_use_t)
    room = cap[w, m, destination] * use[w, m, destination] - contracts.pair[w, m, REFINED, origin, destination]
    arcs = np.zeros((len(w), nations, nations), dtype=bool)
    arcs[np.arange(len(w)), origin, destination] = True
    return Gates(w, m, np.full(len(w), REFINED), np.maximum(room, BAN_SHARE), arcs)


def only_origin(gates: Gates) -> NDArray[np.int64]:
    """Origin of gates that have one origin."""
    return gates.arcs.any(2).argmax(1) if len(gates.capacity) else np.zeros(0, dtype=np.int64)


def joined_gates(first: Gates, second: Gates) -> Gates:
    """Gates of both, those of the first kept in front."""
    rows = ((g.world, g.mineral, g.layer, g.capacity, g.arcs, g.limits) for g in (first, second))
    return Gates(*(np.concatenate(pair) for pair in zip(*rows, strict=True)))


def flow_unit(calibration: Calibration) -> Array:
    """Tonnes of each layer in one unit of the clearing [M, L, 1]."""
    per_layer = np.stack([calibration.world_use_t / calibration.ratio, calibration.world_use_t], 1)
    return per_layer[..., None]
