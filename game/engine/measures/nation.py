"""Measures of a world: pure functions of its arrays, each with its formula.

Flows are per half-year turn. W, N, M, K, S as in the field table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from game.engine.axes import MINE, RECYCLE, REFINE, TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.value import value_added_usd_bn
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

MONTHS_PER_TURN = 6.0

# Stock counts for N-1 up to half a year of need, in aerospace and defence up to a year, as its makers hold by rule.
STOCK_LIMIT_TURNS = 1.0
DEFENCE_STOCK_LIMIT_TURNS = 2.0
DEFENCE = "aerospace_defence"

OWN_WORD_WEIGHT = 0.6  # of standing; the rest is the trust of partners

_FindMet = Callable[[World, Array, Array, float], Callable[[int], Array]]


def measure(world: World, calibration: Calibration) -> None:
    """Fill the fields that hold a measure of each nation, except industry, which society needs first."""
    world.n_minus_1[...] = n_minus_1(world, calibration)
    world.value_captured[...] = value_captured(world, calibration).sum(-1)
    world.standing[...] = standing(world, calibration)


def product_weight(calibration: Calibration) -> Array:
    """Weight of each product in a nation's industry, [N, K]: value of the product times the nation's share of making
    it; sums to 1, or to 0 for a nation that makes none."""
    raw = calibration.baseline.product_value * calibration.baseline.manufacturing_share
    total = raw.sum(1, keepdims=True)
    return np.asarray(np.where(total > 0, raw / np.where(total > 0, total, 1.0), 0.0))


def fulfilment(world: World) -> Array:
    """Share of planned output that the metal of a product's makers allowed, [W, N, K]; 1 where nothing is needed."""
    return world.recipe_met_share


def industry(world: World, calibration: Calibration) -> Array:
    """100 x value-weighted fulfilment of the nation's products, [W, N]; 100 when all need is met."""
    weight = product_weight(calibration)
    idle = weight.sum(1) <= 0
    return np.asarray(100.0 * ((weight * fulfilment(world)).sum(2) + idle))


def n_minus_1(world: World, calibration: Calibration) -> Array:
    """Percent of next year's need still met if the one foreign supplier that hurts most stopped selling, [W, N].

    The smallest, over suppliers s, of the sum over products of weight x the smallest over its minerals of
    min(1, (supply not from s + capped stock + idle home capacity) / need); arithmetic from this turn's flows, without a
    new clearing. Half the stock counts for each of the year's two turns.
    """
    total = met_without(world, calibration)
    home = np.arange(total.shape[1])
    total[:, home, home] = np.inf
    return np.asarray(100.0 * np.minimum(total.min(1), 1.0))


def met_without(world: World, calibration: Calibration) -> Array:
    """Share of next year's need that nations (last axis) would meet without each supplier, by weight of product,
    [W, S, N]."""
    nations = len(calibration.axes.nations)
    return _met_by_product(world, calibration, _met_without, (world.size, nations, nations))


def met_with_all(world: World, calibration: Calibration) -> Array:
    """The same share while nobody stops, [W, N]."""
    return _met_by_product(world, calibration, _met_with_all, (world.size, len(calibration.axes.nations)))


def _met_by_product(world: World, calibration: Calibration, find: _FindMet, shape: tuple[int, ...]) -> Array:
    """Sum over products of weight x the smallest share over its minerals, 1 at most; 1 for a nation that makes none."""
    weight = product_weight(calibration)
    total = np.zeros(shape)
    need = world.need_t.sum(-1).transpose(0, 2, 1)
    supply = world.refined_flow_t.sum(2) + idle_home_capacity(world).transpose(0, 2, 1)
    ordinary = find(world, need, supply, STOCK_LIMIT_TURNS)
    defence = find(world, need, supply, DEFENCE_STOCK_LIMIT_TURNS)
    for k, product in enumerate(calibration.axes.products):
        met = defence if product == DEFENCE else ordinary
        smallest = np.ones_like(total)
        for m in np.flatnonzero(calibration.baseline.product_share[:, k] > 0):
            np.minimum(smallest, met(int(m)), out=smallest)
        total += smallest * weight[:, k]
    total += weight.sum(1) <= 0
    return total


def _met_without(world: World, need: Array, supply: Array, stock_turns: float) -> Callable[[int], Array]:
    """For each mineral, the share of need that nations (last axis) meet without supplier s, [W, S, N]; it may exceed 1,
    and is 1 where nothing is needed. No more stock than `stock_turns` of need counts, spread over a year.

    `need` and `supply`, idle home capacity included: [W, M, N].
    """
    ready, per_need = _ready(world, need, supply, stock_turns)

    @cache
    def met(mineral: int) -> Array:
        lost = world.refined_flow_t[:, mineral] * per_need[:, mineral, None]
        return np.asarray(np.subtract(ready[:, mineral, None], lost, out=lost))

    return met


def _met_with_all(world: World, need: Array, supply: Array, stock_turns: float) -> Callable[[int], Array]:
    """For each mineral, the share of need that nations meet while nobody stops, [W, N]; as above."""
    ready, _per_need = _ready(world, need, supply, stock_turns)
    return lambda mineral: ready[:, mineral]


def _ready(world: World, need: Array, supply: Array, stock_turns: float) -> tuple[Array, Array]:
    """Supply and stock that counts over need, 1 where nothing is needed, and one over need, 0 there; [W, M, N] each."""
    is_needed = need > 0
    per_need = np.where(is_needed, 1.0 / np.where(is_needed, need, 1.0), 0.0)
    stock = (world.public_stock_t + world.commercial_stock_t).transpose(0, 2, 1)
    at_hand = supply + np.minimum(stock, stock_turns * need) / TURNS_PER_YEAR
    return np.where(is_needed, at_hand * per_need, 1.0), per_need


def idle_home_capacity(world: World) -> Array:
    """Refining and recycling capacity that works but stands idle, [W, N, M] t per turn."""
    able = world.capacity_t * (1.0 - world.outage_share)
    made = world.refined_t + world.recycled_t
    return np.asarray(np.maximum(able[..., REFINE] + able[..., RECYCLE] - made, 0.0))


def value_captured(world: World, calibration: Calibration) -> Array:
    """Percent of the value of its chains that a nation earns at home, by stage: ore, refining, products; [W, N, 3].

    The chain of a mineral carries the largest of the nation's mined, refined and used tonnes of metal. At home each
    stage earns what it adds there (`value_added_usd_bn`); tonnes that lack a stage at home have it elsewhere, at what
    the world earns there on a tonne. Ore used as ore ends its chain at the mine.
    """
    added = value_added_usd_bn(world, calibration)
    made = world.refined_t + world.recycled_t + world.synthetic_t
    mined = world.mined_t.sum(1, keepdims=True)
    used_as_ore = world.direct_use_t.sum(1, keepdims=True) / np.where(mined > 0, mined, 1.0)
    from_ore = world.mined_t * calibration.ratio * np.maximum(1.0 - used_as_ore, 0.0)
    done = np.stack([from_ore + world.recycled_t + world.synthetic_t, made, world.use_t.sum(-1)], axis=-1)
    whole = done.sum(1, keepdims=True)
    per_t = added.sum(1, keepdims=True) / np.where(whole > 0, whole, 1.0)
    elsewhere = ((done.max(-1, keepdims=True) - done) * per_t).sum((2, 3))
    earned = added.sum(2)
    chain = earned.sum(-1) + elsewhere
    return np.asarray(100.0 * earned / np.where(chain > 0, chain, 1.0)[..., None])


def standing(world: World, calibration: Calibration) -> Array:
    """0.6 x reliability + 0.4 x mean trust that partners have in the nation, weighted by trade both ways, [W, N]."""
    trusted = (partner_share(world, calibration) * world.trust).sum(1)
    alone = world.trust.shape[1] < 2
    return np.asarray(
        OWN_WORD_WEIGHT * world.reliability + (1.0 - OWN_WORD_WEIGHT) * (world.reliability if alone else trusted)
    )


def partner_share(world: World, calibration: Calibration) -> Array:
    """Share of each nation (first) in the trade of another (second), both ways and both layers by value, [W, O, D].

    A nation that trades with nobody has all others as partners alike.
    """
    value = traded_usd(world, calibration)
    weight = value.transpose(0, 2, 1) + value
    home = np.arange(weight.shape[1])
    weight[:, home, home] = 0.0
    alone = weight.sum(1, keepdims=True) <= 0
    weight = np.where(alone, 1.0 - np.eye(len(home)), weight)
    total = weight.sum(1, keepdims=True)
    return np.asarray(weight / np.where(total > 0, total, 1.0))


def traded_usd(world: World, calibration: Calibration) -> Array:
    """Value at base prices of what each origin sends each destination, both layers, [W, O, D] US$ a turn."""
    baseline = calibration.baseline
    value = np.zeros((world.size, *world.ore_flow_t.shape[2:]))
    for m in range(world.ore_flow_t.shape[1]):
        value += world.ore_flow_t[:, m] * baseline.ore_price_usd_per_t[m]
        value += world.refined_flow_t[:, m] * baseline.price_usd_per_t[m]
    return value


def months_of_cover(world: World) -> Array:
    """Months of the nation's present use held in public and commercial stock, [W, N, M]; 0 where nothing is used."""
    use = world.use_t.sum(-1)
    stock = world.public_stock_t + world.commercial_stock_t
    return np.asarray(np.where(use > 0, MONTHS_PER_TURN * stock / np.where(use > 0, use, 1.0), 0.0))


def hhi(world: World, stage: int) -> Array:
    """Herfindahl-Hirschman index of the output of a stage by nation, 0 to 10 000, [W, M].

    Sum of squared percentage shares, as competition authorities use it; above 1 800 a market counts as concentrated
    (US Merger Guidelines 2023).
    """
    output = stage_output_t(world, stage)
    total = output.sum(1, keepdims=True)
    share = 100.0 * output / np.where(total > 0, total, 1.0)
    return np.asarray((share**2).sum(1))


def stage_output_t(world: World, stage: int) -> Array:
    """Output of a stage this turn, [W, N, M] t; refining includes synthetic output."""
    if stage == MINE:
        return world.mined_t
    if stage == REFINE:
        return np.asarray(world.refined_t + world.synthetic_t)
    return world.recycled_t


def supplier_shares(world: World, nation: int, mineral: int) -> Array:
    """Share of each supplier in the refined metal delivered to a nation, home included, [W, N]; 0 where none is."""
    flow = world.refined_flow_t[:, mineral, :, nation]
    total = flow.sum(1, keepdims=True)
    return np.asarray(np.where(total > 0, flow / np.where(total > 0, total, 1.0), 0.0))


def import_reliance(world: World) -> Array:
    """Share of the refined metal delivered to a nation that comes from abroad, [W, N, M]; 0 where none is delivered."""
    total = world.refined_flow_t.sum(2)
    nation = np.arange(total.shape[2])
    home = world.refined_flow_t[:, :, nation, nation]
    share = np.where(total > 0, 1.0 - home / np.where(total > 0, total, 1.0), 0.0)
    return np.asarray(share.transpose(0, 2, 1))
