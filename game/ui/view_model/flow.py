"""Trade of one mineral on the map: who ships how much to whom by which way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.engine.axes import ORE, REFINED
from game.engine.way import ways
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Tip
from game.ui.view_model import source
from game.ui.view_model.scene import Scene

MOST_FLOWS, MOST_OWN_FLOWS = 14, 8
LEAST_SHARE = 0.004  # of the world's trade in the mineral; smaller flows are not drawn
Legs = tuple[tuple[str, Sequence[tuple[float, float]]], ...]


@dataclass(frozen=True)
class FlowModel:
    """A stream from one nation to another: `style` is ore, refined or contract."""

    id: str
    legs: Legs
    volume: float
    style: str
    tip: Tip


def flows(scene: Scene, mineral: str) -> list[FlowModel]:
    """The largest streams of ore and refined metal, and all that matter to the seat."""
    m, way = scene.mineral(mineral), ways(scene.world, scene.calibration).patterns[0]
    found: list[FlowModel] = []
    for layer, field in ((ORE, "ore_flow_t"), (REFINED, "refined_flow_t")):
        tonnes = scene.world.arrays[field][0, m].copy()
        np.fill_diagonal(tonnes, 0.0)
        _without_rest(scene, tonnes)
        total = float(tonnes.sum())
        if total <= 0:
            continue
        for i, j in _chosen(tonnes, scene.nation, total):
            legs = way.routes_of(m, layer, i, j).legs(i, j)
            if legs:
                found.append(_flow(scene, m, layer, field, i, j, float(tonnes[i, j]), legs))
    return found


def _without_rest(scene: Scene, tonnes: np.ndarray) -> None:
    rest = scene.axes.rest_of_world
    if rest is not None:
        tonnes[rest, :] = tonnes[:, rest] = 0.0


def _chosen(tonnes: np.ndarray, n: int, total: float) -> list[tuple[int, int]]:
    order = np.argsort(-tonnes, axis=None, kind="stable")
    pairs = [divmod(int(place), tonnes.shape[1]) for place in order[:400]]
    worth = [(i, j) for i, j in pairs if tonnes[i, j] >= LEAST_SHARE * total]
    own = [pair for pair in worth if n in pair][:MOST_OWN_FLOWS]
    return list(dict.fromkeys([*worth[:MOST_FLOWS], *own]))


def _flow(scene: Scene, m: int, layer: int, field: str, i: int, j: int, tonnes: float, legs: Legs) -> FlowModel:
    axes = scene.axes
    contracted = contracted_t(scene, m, layer, i, j)
    own_contract = contracted > 0 and scene.nation in (i, j)
    row = scene.level.mineral(axes.minerals[m])
    goods = _(row.ore_name) if layer == ORE else _(row.refined_name)
    causes = (Cause(_("of it under contract"), contracted, fmt.mass(contracted), "good"),) if contracted else ()
    tip = Tip(
        _("{origin} to {destination}", origin=scene.name(axes.nations[i]), destination=scene.name(axes.nations[j])),
        fmt.mass(tonnes), _("{goods} shipped in the last half-year", goods=goods.capitalize()), _("tonnes a half-year"),
        causes, source.fields(field, "contract_delivered_t"),
    )  # fmt: skip
    style = "contract" if own_contract else "ore" if layer == ORE else "refined"
    return FlowModel(f"{layer}.{axes.nations[i]}.{axes.nations[j]}", legs, tonnes, style, tip)


def contracted_t(scene: Scene, m: int, layer: int, seller: int, buyer: int) -> float:
    """Tonnes that firm contracts delivered last turn from one nation to another."""
    world = scene.world
    fits = (world.contract_seller[0] == seller) & (world.contract_buyer[0] == buyer)
    fits &= (world.contract_mineral[0] == m) & (world.contract_layer[0] == layer)
    return float(world.contract_t[0, fits].sum())
