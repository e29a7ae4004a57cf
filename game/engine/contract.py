"""Firm contracts: filled before the market clears."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import MINE, ORE, REFINE
from game.engine.calibrate import Calibration
from game.engine.layout import by_mineral
from game.engine.market import Array
from game.engine.world import World


@dataclass(frozen=True)
class Contracts:
    """Firm deliveries of a turn: shares of base use, by slot [W, C] and summed over pairs."""

    slot: Array  # [W, C] delivered, refined equivalents over base use
    pair: Array  # [W, M, L, N, N] origin, destination
    sold: Array  # [W, M, L, N]
    bought: Array  # [W, M, L, N]


def working_capacity(world: World) -> Array:
    """Capacity less outages [W, N, M, S], tonnes a turn."""
    return np.asarray(world.capacity_t * (1.0 - world.outage_share))


def contract_deliveries(world: World, calibration: Calibration) -> Contracts:
    """Delivered = min(promised, its share of 95 % of working capacity, what an export quota leaves to its target)."""
    minerals, nations = len(calibration.axes.minerals), len(calibration.axes.nations)
    shape = (world.size, minerals, 2, nations, nations)
    slot = np.zeros(world.contract_t.shape)
    pair = np.zeros(shape)
    world.contract_delivered_t[...] = 0.0
    w, c = np.nonzero((world.contract_seller >= 0) & (world.contract_t > 0))
    if len(w):
        seller, buyer = world.contract_seller[w, c], world.contract_buyer[w, c]
        mineral, layer = world.contract_mineral[w, c], world.contract_layer[w, c]
        promised = np.zeros(shape[:4])
        np.add.at(promised, (w, mineral, layer, seller), world.contract_t[w, c])
        capacity = _contract_capacity(world, calibration)
        share = np.minimum(1.0, capacity / np.where(promised > 0, promised, 1.0))[w, mineral, layer, seller]
        share = np.minimum(share, _quota_share(world, (w, c, seller, buyer, mineral, layer)))
        tonnes = world.contract_t[w, c] * share
        world.contract_delivered_t[w, c] = tonnes
        per_ore = np.where(layer == ORE, calibration.ratio[mineral], 1.0)
        slot[w, c] = tonnes * per_ore / calibration.world_use_t[mineral]
        np.add.at(pair, (w, mineral, layer, seller, buyer), slot[w, c])
    return Contracts(slot, pair, pair.sum(4), pair.sum(3))


def _contract_capacity(world: World, calibration: Calibration) -> Array:
    """[W, M, L, N] tonnes a turn that contracts may draw on."""
    working = working_capacity(world)
    share = calibration.parameters.contract_capacity_share
    return np.asarray(share * np.stack([by_mineral(working[..., MINE]), by_mineral(working[..., REFINE])], 2))


def _quota_share(world: World, at: tuple[NDArray[np.int64], ...]) -> Array:
    """Share of each contract that an export measure lets out."""
    w, c, seller, buyer, mineral, layer = at
    hit = world.export_target[w, seller, mineral, layer, buyer] & (seller != buyer)
    quota = world.export_quota_t[w, seller, mineral, layer]
    asked = np.zeros(world.export_quota_t.shape)
    np.add.at(asked, (w, seller, mineral, layer), np.where(hit, world.contract_t[w, c], 0.0))
    total = asked[w, seller, mineral, layer]
    return np.where(hit, np.minimum(1.0, quota / np.where(total > 0, total, 1.0)), 1.0)
