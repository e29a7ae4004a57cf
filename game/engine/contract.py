"""Firm contracts: filled before the market clears."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import MINE, ORE, REFINE
from game.engine.calibrate import Calibration
from game.engine.layout import by_mineral
from game.engine.market import Array
from game.engine.way import ways
from game.engine.world import World


@dataclass(frozen=True)
class Contracts:
    """Firm deliveries of a turn: shares of base use, by slot [W, C] and summed over pairs."""

    slot: Array  # [W, C] delivered, refined equivalents over base use
    place: tuple[NDArray[np.int64], ...]  # world, mineral, layer, seller and buyer of each contract that delivers [k]
    amount: Array  # [k] what it delivers
    pair: Array  # [W, M, L, N, N] origin, destination
    sold: Array  # [W, M, L, N]
    bought: Array  # [W, M, L, N]


def working_capacity(world: World) -> Array:
    """Capacity less outages, less what by-products lack of their hosts' output and what producers' clubs hold back,
    [W, N, M, S] tonnes a turn."""
    working = world.capacity_t * (1.0 - world.outage_share)
    working[..., MINE] *= world.host_output_share * world.output_quota_share
    return np.asarray(working)


def contract_deliveries(world: World, calibration: Calibration) -> Contracts:
    """Delivered = min(promised, its share of 95 % of working capacity, what an export quota leaves to its target, what
    the buyer of ore can take)."""
    minerals, nations = len(calibration.axes.minerals), len(calibration.axes.nations)
    slot = np.zeros(world.contract_t.shape)
    pair = np.zeros((world.size, minerals, 2, nations, nations))
    sold, bought = np.zeros(pair.shape[:4]), np.zeros(pair.shape[:4])
    place, amount = (np.zeros(0, dtype=np.int64),) * 5, np.zeros(0)
    world.contract_delivered_t[...] = 0.0
    w, c = np.nonzero((world.contract_seller >= 0) & (world.contract_t > 0))
    if len(w):
        seller, buyer = world.contract_seller[w, c], world.contract_buyer[w, c]
        mineral, layer = world.contract_mineral[w, c], world.contract_layer[w, c]
        offered = offered_share(world, calibration)
        tonnes = (world.contract_t * offered * taken_share(world, calibration, offered, world.direct_use_t))[w, c]
        world.contract_delivered_t[w, c] = tonnes
        per_ore = np.where(layer == ORE, calibration.ratio[mineral], 1.0)
        slot[w, c] = tonnes * per_ore / calibration.world_use_t[mineral]
        place, amount = (w, mineral, layer, seller, buyer), slot[w, c]
        np.add.at(pair, place, amount)
        np.add.at(sold, (w, mineral, layer, seller), amount)
        np.add.at(bought, (w, mineral, layer, buyer), amount)
    return Contracts(slot, place, amount, pair, sold, bought)


def offered_share(world: World, calibration: Calibration) -> Array:
    """Share of each contract that its seller can deliver, [W, C]; 1 for free slots, 0 where no way is left open."""
    result = np.ones(world.contract_t.shape)
    w, c = np.nonzero((world.contract_seller >= 0) & (world.contract_t > 0))
    seller, buyer = world.contract_seller[w, c], world.contract_buyer[w, c]
    mineral, layer = world.contract_mineral[w, c], world.contract_layer[w, c]
    capacity = _contract_capacity(world, calibration)
    promised = np.zeros_like(capacity)
    np.add.at(promised, (w, mineral, layer, seller), world.contract_t[w, c])
    share = np.minimum(1.0, capacity / np.where(promised > 0, promised, 1.0))[w, mineral, layer, seller]
    share = np.minimum(share, _quota_share(world, (w, c, seller, buyer, mineral, layer)))
    result[w, c] = share * ways(world, calibration).can_pass(w, seller, buyer)
    return result


def taken_share(world: World, calibration: Calibration, offered: Array, direct_use_t: Array) -> Array:
    """Share of what each contract's seller offers that its buyer can take, [W, C]; 1 for metal and free slots.

    Nobody takes more ore than 95 % of what working refineries and users of ore as such, by last turn's `direct_use_t`
    [W, N, M], can work on: ore under contract is not sold on.
    """
    result = np.ones(world.contract_t.shape)
    is_ore = (world.contract_seller >= 0) & (world.contract_t > 0) & (world.contract_layer == ORE)
    w, c = np.nonzero(is_ore)
    where = (w, world.contract_buyer[w, c], world.contract_mineral[w, c])
    room = working_capacity(world)[..., REFINE] / calibration.ratio + direct_use_t
    arriving = np.zeros_like(room)
    np.add.at(arriving, where, (world.contract_t * offered)[w, c])
    room = calibration.parameters.contract_capacity_share * room
    result[w, c] = np.minimum(1.0, room / np.where(arriving > 0, arriving, 1.0))[where]
    return result


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
