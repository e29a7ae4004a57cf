"""One headline of a turn report: its model, and the money at stake that ranks it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.axes import MINE, RECYCLE, REFINE
from game.match.report import LogLine
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Content, Number, Tip, number
from game.ui.view_model import source
from game.ui.view_model.scene import Array, Scene
from game.ui.view_model.ticker import short_name

STAGE_ICONS = {MINE: "mine", REFINE: "refinery", RECYCLE: "recycle"}
OPENING_WORDS = {
    MINE: "New mines for {mineral} open {where}",
    REFINE: "New refineries for {mineral} open {where}",
    RECYCLE: "New recyclers for {mineral} open {where}",
}


@dataclass(frozen=True)
class HeadlineModel:
    """One piece of news: what kind, what it is about, the sentence and what stands behind it, and what it weighs.

    `tip` explains the figures of the detail that are plain words, such as an order's own sentence.
    """

    kind: str  # price, measure, contract, site, outage, public or order
    key: str
    icon: str
    mineral: str
    nation: str
    text: tuple[Content, ...]
    detail: tuple[Content, ...]
    effect: Number
    weight: float
    tip: Tip | None = None


def made_less_used_t(scene: Scene) -> Array:
    """Output of the seat less its makers' use, refined tonnes a half-year, [M]; ore counts where it is not refined."""
    world, n = scene.past[-1], scene.nation
    refined = (world.refined_t + world.recycled_t + world.synthetic_t)[0, n]
    dug = world.mined_t[0, n] * np.asarray(scene.calibration.ratio)
    net: Array = np.maximum(refined, dug) - world.use_t[0, n].sum(axis=-1)
    return net


def price_now(scene: Scene, m: int) -> float:
    return scene.price_path(m)[-1]


def stake_number(usd_bn: float, meaning: str, *fields: str) -> Number:
    """The signed money that ranks a headline."""
    return number(
        usd_bn,
        "usd_bn",
        title=_("At stake for you"),
        meaning=meaning,
        signed=True,
        source=source.fields(*fields),
        text=fmt.money(usd_bn, signed=True),
    )


def short(scene: Scene, mineral: str) -> str:
    return short_name(scene.name(mineral))


def goods(scene: Scene, mineral: str, layer: str) -> str:
    """'refined lithium' or 'lithium ore' as it stands within a sentence."""
    name = short(scene, mineral).lower()
    return _("refined {mineral}", mineral=name) if layer == "refined" else _("{mineral} ore", mineral=name)


def order_tip(line: LogLine) -> Tip:
    return Tip(
        _("Order in the public log"), "", line.text, _("as written"), (), source.game(_("the public log of the turn"))
    )


def opened_t(scene: Scene) -> Array:
    """Capacity that was due to open in the turn, tonnes a half-year, [N, M, S]."""
    assert scene.before is not None
    return scene.before.pipeline_t[0, :, :, :, 0]


def site_words(scene: Scene, pattern: str, mineral: str, nation: str) -> str:
    where = _("at home") if nation == scene.seat else _("in {nation}", nation=scene.name(nation))
    return _(pattern, mineral=short(scene, mineral).lower(), where=where)


def stage_price(scene: Scene, m: int, stage: int) -> float:
    return float(scene.baseline.ore_price_usd_per_t[m]) if stage == MINE else price_now(scene, m)
