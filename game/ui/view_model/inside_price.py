"""Prices inside nations where they part from the world price: under export measures, tariffs, caps and long ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number

LEAST_GAP = 0.05  # of the world price; smaller gaps are freight and rounding
LEAST_USE = 0.01  # of the world's use; in smaller markets a gap tells nothing
MOST_SHOWN = 3


@dataclass(frozen=True)
class InsidePrice:
    """A nation and what its users pay for metal delivered, with the gap to the world price."""

    nation: str
    price: Number
    gap: float  # share of the world price


def inside_prices(scene: Scene, m: int) -> list[InsidePrice]:
    """The nations whose price parts most from the world's, your own first; none where all are alike."""
    world, axes = scene.world, scene.axes
    use = world.use_t[0, :, m].sum(1)
    counts = use >= LEAST_USE * max(float(use.sum()), 1e-12)
    counts[scene.nation] = use[scene.nation] > 0
    if axes.rest_of_world is not None:
        counts[axes.rest_of_world] = False
    gap = np.where(counts, np.expm1(world.delivered_ln[0, :, m] - world.headline_ln[0, m]), 0.0)
    parted = [int(n) for n in np.argsort(-np.abs(gap), kind="stable") if abs(gap[n]) >= LEAST_GAP]
    parted.sort(key=lambda n: n != scene.nation)
    return [_inside(scene, m, n, float(gap[n])) for n in parted[:MOST_SHOWN]]


def _inside(scene: Scene, m: int, n: int, gap: float) -> InsidePrice:
    nation = scene.axes.nations[n]
    name = scene.name(nation)
    base = float(scene.baseline.price_usd_per_t[m])
    price, headline = (
        base * float(np.exp(ln)) for ln in (scene.world.delivered_ln[0, n, m], scene.world.headline_ln[0, m])
    )
    where = _("Cheaper inside") if gap < 0 else _("Dearer inside")
    figure = field_number(
        price, "usd_per_t", ("delivered_ln", "headline_ln"), title=_("Price inside {nation}", nation=name),
        meaning=_("{where}: users pay {gap} against the world price of {headline}. Export measures, taxes, caps and "
                  "ways that are full or long part prices.",
                  where=where, gap=fmt.percent(gap, signed=True), headline=fmt.price(headline)),
        text=_("{price} ({gap})", price=fmt.price(price), gap=fmt.percent(gap, signed=True)),
        tone="good" if gap < 0 else "warn",
    )  # fmt: skip
    return InsidePrice(nation, figure, gap)
