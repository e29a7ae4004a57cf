"""Products of a nation: what its makers made and which mineral held them up, and how far its need of goods was met."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.value import chain_share, owned_usd_bn, value_added_usd_bn
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number
from game.ui.view_model.report_change import FAIR, FULL, PRODUCT_ICONS
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number

LEAST_MADE_USD_BN = 0.005
MOST_OWNERS = 5


@dataclass(frozen=True)
class ProductRow:
    """One product: made at home, what limits it, and need met. `limit` is None where makers got all their metal."""

    product: str
    name: str
    icon: str
    made: Number
    met: Number
    mineral: str
    limit: Number | None


def products(scene: Scene, nation: str) -> list[ProductRow]:
    """All products, those that the nation needs most first."""
    n = scene.position(nation)
    order = np.argsort(-scene.world.product_need_usd_bn[0, n], kind="stable")
    return [_row(scene, n, int(k)) for k in order]


def _row(scene: Scene, n: int, k: int) -> ProductRow:
    world, product = scene.world, scene.axes.products[k]
    name = _(scene.level.product(product).name)
    m = int(world.bottleneck[0, n, k])
    makes = float(world.product_made_usd_bn[0, n, k]) >= LEAST_MADE_USD_BN
    short = m >= 0 and makes and float(world.recipe_met_share[0, n, k]) < FULL
    return ProductRow(
        product,
        name,
        PRODUCT_ICONS.get(product, "industry"),
        _made(scene, n, k, name),
        _met(scene, n, k, name),
        scene.axes.minerals[m] if short else "",
        _limit(scene, n, k, m, name) if short else None,
    )


def _made(scene: Scene, n: int, k: int, name: str) -> Number:
    world = scene.world
    made, whole = float(world.product_made_usd_bn[0, n, k]), float(world.product_made_usd_bn[0, :, k].sum())
    return field_number(
        made, "usd_bn_per_turn", "product_made_usd_bn", title=_("{product}: made here", product=name),
        meaning=_("Made in the last half-year at makers' prices of 2024: {share} of the world's. Plants could make "
                  "{capacity}.", share=fmt.percent(made / whole if whole > 0 else 0.0),
                  capacity=fmt.money(float(world.maker_capacity_usd_bn[0, n, k]))),
        text="" if made >= LEAST_MADE_USD_BN else fmt.NONE,
    )  # fmt: skip


def _met(scene: Scene, n: int, k: int, name: str) -> Number:
    """Bought over wanted, with what was bought from whom."""
    world = scene.world
    need, bought = (float(world.arrays[f][0, n, k]) for f in ("product_need_usd_bn", "product_bought_usd_bn"))
    met = bought / need if need > 0 else 1.0
    flow = world.product_flow_usd_bn[0, k, :, n]
    sellers = [int(i) for i in np.argsort(-flow, kind="stable")[:3] if flow[i] > 0.01 * bought]
    causes = tuple(
        Cause(scene.name(scene.axes.nations[i]), float(flow[i]), fmt.percent(float(flow[i]) / bought)) for i in sellers
    )
    price = float(np.exp(world.product_delivered_ln[0, n, k]))
    return field_number(
        met, "share", ("product_bought_usd_bn", "product_need_usd_bn", "product_flow_usd_bn", "product_delivered_ln"),
        title=_("{product}: need met", product=name), causes=causes,
        tone="high" if met >= FULL else "warn" if met >= FAIR else "bad", text=fmt.percent(round(met, 2)),
        meaning=_("Goods bought against what buyers would want at prices of 2024, and the largest sellers. The price "
                  "stands at {price} of 2024's.", price=fmt.percent(price)),
    )  # fmt: skip


def _limit(scene: Scene, n: int, k: int, m: int, name: str) -> Number:
    world = scene.world
    allowed = float(world.recipe_met_share[0, n, k])
    tone = "warn" if allowed >= FAIR else "bad"
    mineral = scene.name(scene.axes.minerals[m]).partition(" (")[0]
    use, need = (float(world.arrays[field][0, n, m, k]) for field in ("use_t", "need_t"))
    pure = float(world.high_purity_met_share[0, n, m])
    if scene.baseline.purity.is_needed[m, k] and pure < use / need:
        return field_number(
            allowed, "share", ("recipe_met_share", "high_purity_met_share", "high_purity_usual_share"), tone=tone,
            title=_("{product}: limited by {mineral} of high purity", product=name, mineral=mineral),
            meaning=_("The metal of its makers allowed this part of their plans. They take {mineral} of high purity "
                      "only, and too much of what arrived came from refineries that make little of it: {share} of "
                      "their need was met.", mineral=mineral, share=fmt.percent(pure)),
            text=_("Pure {mineral} allows {share} of plans", mineral=mineral.lower(), share=fmt.percent(allowed)),
        )  # fmt: skip
    part = float(np.broadcast_to(scene.baseline.containing_share, scene.baseline.product_share.shape)[m, k])
    inside = _(" {part} of what they make contains it.", part=fmt.percent(part)) if part < 1 else ""
    return field_number(
        allowed, "share", ("recipe_met_share", "bottleneck", "use_t", "need_t"),
        title=_("{product}: limited by {mineral}", product=name, mineral=mineral),
        meaning=_("The metal of its makers allowed this part of their plans. Of {mineral}, lacked most, they "
                  "got {use} of {need}.", mineral=mineral, use=fmt.mass(use), need=fmt.mass(need)) + inside,
        text=_("{mineral} allows {share} of plans", mineral=mineral, share=fmt.percent(allowed)), tone=tone,
    )  # fmt: skip


def chain_value(scene: Scene, m: int) -> Number:
    """What ore, refining and products earn of a mineral's chain, and the nations whose firms own most of it."""
    world, calibration = scene.world, scene.calibration
    stage = chain_share(value_added_usd_bn(world, calibration))[0, :, m].sum(0)
    owned = chain_share(owned_usd_bn(world, calibration))[0, :, m].sum(1)
    first = np.argsort(-owned, kind="stable")[:MOST_OWNERS]
    causes = tuple(
        Cause(scene.name(scene.axes.nations[int(n)]), float(owned[n]), fmt.percent(float(owned[n]) / 100))
        for n in first
    )
    ore, metal, made = (fmt.percent(round(float(part) / 100, 2)) for part in stage)
    return field_number(
        float(stage[2]), "percent", ("mined_t", "refined_t", "use_t", "product_made_usd_bn"), causes=causes,
        title=_("Who earns the value of the chain"),
        meaning=_("Parts of what the products bring: ore at the mine gate, what refining adds, what makers add; below, "
                  "the nations whose firms own most of it. Ribbons above show traded volume; yours are brighter."),
        text=_("Of its value: ore {ore}, refining {metal}, products {made}", ore=ore, metal=metal, made=made),
    )  # fmt: skip
