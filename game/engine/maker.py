"""Makers of products in the base year: what they made, for whom, and from what.

Products are counted in US$ bn at makers' prices of 2024, per half-year turn. N nations, M minerals, K products; T turns
as rows of the demand table.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import TURNS_PER_YEAR
from game.engine.baseline import Baseline
from game.engine.fields import PIPELINE_TURNS
from game.engine.gravity import gravity_ln, levelled, ras

Array = NDArray[np.float64]

BILLION = 1e9
LEAST_MAKER = 1e-4  # of the world's metal for a product: a nation that uses less and is not listed makes none of it
MOST_METAL_SHARE = 0.9  # of a product's value


@dataclass(frozen=True)
class Makers:
    """The third stage of the chain in 2024, and how demand for products and their recipes move after it."""

    made_usd_bn: Array  # [N, K]
    capacity_usd_bn: Array  # [N, K]
    world_usd_bn: Array  # [K], the unit of the clearing
    final_usd_bn: Array  # [N, K] bought in 2024
    flow_usd_bn: Array  # [K, N, N]
    trade_ln: Array  # [K, N, N] ln of weight over (size of origin x size of destination / world size)
    recipe_weight: Array  # [M, K] share of each mineral in the cost of a product's metal; sums to 1, or to 0
    metal_share: Array  # [K] share of metal in the value of a product
    growth: Array  # [T, K] final demand, multiple of 2024
    intensity: Array  # [T, M, K] metal in a product, multiple of 2024
    goods_share: Array  # [N, M, K] share of each nation in the metal of the goods bought in 2024; sums to 1
    trend: Array  # [T + PIPELINE_TURNS, K] growth of capacity that makers plan for a turn; ln

    def at(self, path: Array, turn: int) -> Array:
        """Row of a path over turns; past its end it stays where it is."""
        return np.asarray(path[min(turn, len(path) - 1)])


def calibrate_makers(baseline: Baseline, use_t: Array) -> Makers:
    """Fit to the base year; `use_t` [N, M, K] is refined metal used in it, t per turn."""
    p = baseline.parameters
    metal_usd = use_t * baseline.price_usd_per_t[:, None]
    share = _making_share(baseline, metal_usd.sum(1))
    world = baseline.product_world_usd_bn / TURNS_PER_YEAR
    made = share * world
    final = baseline.final_share / baseline.final_share.sum(0) * world
    growth, intensity, weight = _recipe_paths(baseline, metal_usd.sum(0))
    flow, trade_ln = _fitted_trade(baseline, share, final / world)
    planned = made / p.maker_delivery
    metal_share = np.minimum(metal_usd.sum((0, 1)) / (world * BILLION), MOST_METAL_SHARE)
    ahead = np.concatenate([growth, np.repeat(growth[-1:], PIPELINE_TURNS, axis=0)])
    trend = np.diff(np.log(ahead), axis=0, prepend=np.log(ahead[:1]))
    return Makers(
        made_usd_bn=made,
        capacity_usd_bn=planned / p.maker_utilisation,
        world_usd_bn=world,
        final_usd_bn=final,
        flow_usd_bn=flow * world[:, None, None],
        trade_ln=trade_ln,
        recipe_weight=weight,
        metal_share=metal_share,
        growth=growth,
        intensity=intensity,
        goods_share=_goods_share(use_t, flow),
        trend=trend,
    )


def goods_bought(made_t: Array, flow: Array) -> Array:
    """Metal in the goods that each nation buys [W, N, M, K], from metal in the goods of its makers [W, N, M, K].

    Goods travel as the products' `flow` [W, K, N, N] does; those of makers that sold nothing, as all goods together.
    """
    sold = flow.sum(3, keepdims=True)
    whole = flow.sum(2, keepdims=True)
    everywhere = whole / np.maximum(whole.sum(3, keepdims=True), 1e-300)
    share = np.where(sold > 0, flow / np.where(sold > 0, sold, 1.0), everywhere)
    # One small product for each world and product, so that a world's bits do not depend on its batch.
    bought = np.matmul(np.ascontiguousarray(np.moveaxis(made_t, 3, 1).swapaxes(2, 3)), share)
    return np.ascontiguousarray(np.moveaxis(bought, (1, 3), (3, 1)))


def _goods_share(use_t: Array, flow: Array) -> Array:
    total = use_t.sum(0)
    return np.asarray(goods_bought((use_t / np.where(total > 0, total, 1.0))[None], flow[None])[0])


def _making_share(baseline: Baseline, metal_usd: Array) -> Array:
    """Share of each nation in the world's output of each product [N, K].

    Where no table lists a nation as a maker but it uses metal for the product, it makes as much as it uses metal.
    """
    total = metal_usd.sum(0)
    used = metal_usd / np.where(total > 0, total, 1.0)
    listed = baseline.manufacturing_share
    share = np.where(listed > 0, listed, np.where(used > LEAST_MAKER, used, 0.0))
    return np.asarray(share / share.sum(0))


def _recipe_paths(baseline: Baseline, metal_usd: Array) -> tuple[Array, Array, Array]:
    """Growth of demand for products [T, K], their metal intensity [T, M, K], and recipe weights [M, K].

    The published paths are of metal by product. Demand for the product is the part they share, the mean weighted by
    cost; what a mineral's path does beyond it is a change of the recipe.
    """
    total = metal_usd.sum(0)
    weight = metal_usd / np.where(total > 0, total, 1.0)
    path = (baseline.demand_multiple * weight).sum(1)
    growth = np.where(total > 0, path, 1.0)
    return growth, baseline.demand_multiple / growth[:, None], weight


def _fitted_trade(baseline: Baseline, made: Array, bought: Array) -> tuple[Array, Array]:
    """Flows of 2024 as shares of world output, and the clearing's trade weights, both [K, N, N]."""
    prior = gravity_ln(baseline)
    flow = np.zeros((made.shape[1], *prior.shape))
    weight = np.empty_like(flow)
    for k in range(made.shape[1]):
        flow[k] = ras(prior, made[:, k], bought[:, k])
        weight[k] = levelled(flow[k], prior, made[:, k], bought[:, k])
    return flow, weight
