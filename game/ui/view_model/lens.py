"""The map's lenses: dependency, production, price and trust, each as a value per nation with its tip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from game.engine.measures import supplier_shares
from game.text import _
from game.ui import format as fmt
from game.ui.map.lens import Lens
from game.ui.tip import Number, Tip
from game.ui.view_model.scene import Array, Scene
from game.ui.view_model.source import field_number, fields
from game.ui.view_model.words import trust_words

LENS_WORDS = {
    "dependency": ("Dependency", "link"),
    "production": ("Production", "pick"),
    "price": ("Price", "price"),
    "trust": ("Trust", "trust"),
}
SHARE_STEPS = (0.01, 0.02, 0.05, 0.10, 0.25, 0.50)
SHARE_TEXTS = ("1", "2", "5", "10", "25", "50%")
PRICE_STEPS = (-9.0, -0.05, -0.02, 0.0, 0.02, 0.05)
PRICE_TEXTS = ("", "−5", "−2", "0", "2", "5%")
TRUST_STEPS = (0.0, 25.0, 42.0, 58.0, 75.0)
TRUST_TEXTS = ("0", "25", "42", "58", "75")
LEAST_SHARE = 0.0005
MOST_LABELS = 12


def lens(scene: Scene, name: str, mineral: str, stage: str) -> Lens:
    """A lens for the selected mineral; `stage` (mine or refine) matters to production alone."""
    chosen = _LENSES[name](scene, scene.mineral(mineral), stage)
    absent = {nation: _absent(scene, nation, chosen) for nation in scene.axes.nations if nation not in chosen.tips}
    return replace(chosen, tips={**chosen.tips, **absent})


def _absent(scene: Scene, nation: str, chosen: Lens) -> Tip:
    """What is said of a nation that the lens leaves plain."""
    names = {"dependency": "refined_flow_t", "production": "mined_t", "price": "delivered_ln", "trust": "trust"}
    words = {
        "dependency": _("It sends you none of the refined metal."),
        "production": _("Next to none of the world's output."),
        "price": _("No use of the metal there."),
        "trust": _("Your own nation.") if nation == scene.seat else _("No government to trust or mistrust."),
    }
    unit = _("of 100") if chosen.id == "trust" else _("per cent")
    return Tip(scene.name(nation), _("none"), words[chosen.id], unit, (), fields(names[chosen.id]))


def lens_values(scene: Scene, name: str, mineral: str, stage: str) -> dict[str, Number]:
    """The figure of each nation under a lens."""
    return _figures(scene, name, scene.mineral(mineral), stage)


def _figures(scene: Scene, name: str, m: int, stage: str) -> dict[str, Number]:
    return {"dependency": _suppliers, "production": _producers, "price": _prices, "trust": _trust}[name](
        scene, m, stage
    )


def _dependency(scene: Scene, m: int, stage: str) -> Lens:
    figures = _suppliers(scene, m, stage)
    nation = scene.name(scene.seat)
    own = "" if scene.seat not in figures else _("you")
    title = _("where the supply of {nation} comes from", nation=nation)
    return _built("dependency", title, "dependency", SHARE_STEPS, SHARE_TEXTS, figures, own or _("you"))


def _production(scene: Scene, m: int, stage: str) -> Lens:
    mineral = scene.level.mineral(scene.axes.minerals[m])
    names = {"mine": _("who mines it: {what}", what=_(mineral.ore_name)),
             "refine": _("who refines it: {what}", what=_(mineral.refined_name))}  # fmt: skip
    return _built("production", names[stage], "production", SHARE_STEPS, SHARE_TEXTS, _producers(scene, m, stage), "")


def _price(scene: Scene, m: int, stage: str) -> Lens:
    title = _("price delivered to users, against the world price")
    return _built("price", title, "price", PRICE_STEPS, PRICE_TEXTS, _prices(scene, m, stage), "")


def _trusting(scene: Scene, m: int, stage: str) -> Lens:
    title = _("how far each nation trusts {nation}", nation=scene.name(scene.seat))
    return _built("trust", title, "standing", TRUST_STEPS, TRUST_TEXTS, _trust(scene, m, stage), _("you"))


def _built(
    name: str,
    title: str,
    ramp: str,
    steps: tuple[float, ...],
    texts: tuple[str, ...],
    figures: dict[str, Number],
    own_note: str,
) -> Lens:
    values = {nation: figure.value for nation, figure in figures.items()}
    tips = {nation: figure.tip for nation, figure in figures.items()}
    return Lens(name, title, ramp, steps, texts, values, tips, own_note)


_LENSES: dict[str, Callable[[Scene, int, str], Lens]] = {
    "dependency": _dependency,
    "production": _production,
    "price": _price,
    "trust": _trusting,
}


def _suppliers(scene: Scene, m: int, stage: str) -> dict[str, Number]:
    shares = supplier_shares(scene.world, scene.nation, m)[0]
    mineral = scene.name(scene.axes.minerals[m])
    return {
        nation: field_number(
            float(shares[k]),
            "share",
            "refined_flow_t",
            title=_("{nation} in your supply", nation=scene.name(nation)),
            meaning=_(
                "Share of the refined {mineral} delivered to you last turn that came from there.", mineral=mineral
            ),
        )
        for k, nation in enumerate(scene.axes.nations)
        if shares[k] > LEAST_SHARE
    }


def output_t(scene: Scene, m: int, stage: str) -> Array:
    """Tonnes of the last half-year by nation, [N], and refined includes recycled and synthetic."""
    world = scene.world
    if stage == "mine":
        return np.asarray(world.mined_t[0, :, m])
    return np.asarray((world.refined_t + world.recycled_t + world.synthetic_t)[0, :, m])


def stage_fields(stage: str) -> tuple[str, ...]:
    """The fields that `output_t` adds up."""
    return ("mined_t",) if stage == "mine" else ("refined_t", "recycled_t", "synthetic_t")


def _producers(scene: Scene, m: int, stage: str) -> dict[str, Number]:
    output = output_t(scene, m, stage)
    total = float(output.sum()) or 1.0
    mineral = scene.name(scene.axes.minerals[m])
    stage_word = _("mined") if stage == "mine" else _("refined")
    return {
        nation: field_number(
            float(output[k]) / total, "share", stage_fields(stage),
            title=_("{nation}, {mineral} {stage}", nation=scene.name(nation), mineral=mineral, stage=stage_word),
            meaning=_("Share of the world's output last turn: {tonnes}.", tonnes=fmt.mass(float(output[k]))),
        )
        for k, nation in enumerate(scene.axes.nations) if output[k] / total > LEAST_SHARE
    }  # fmt: skip


def _prices(scene: Scene, m: int, stage: str) -> dict[str, Number]:
    world, base = scene.world, float(scene.baseline.price_usd_per_t[m])
    users = world.use_t[0, :, m].sum(-1) > 0
    headline = float(world.headline_ln[0, m])
    found = {}
    for k, nation in enumerate(scene.axes.nations):
        if not users[k]:
            continue
        inside = base * float(np.exp(world.delivered_ln[0, k, m]))
        gap = float(np.expm1(world.delivered_ln[0, k, m] - headline))
        found[nation] = field_number(
            gap, "share", ("delivered_ln", "headline_ln"), signed=True, tone="text",
            title=_("{nation}: inside price", nation=scene.name(nation)),
            meaning=_("Price delivered to users there, {price}, against the world price.", price=fmt.price(inside)),
        )  # fmt: skip
    return found


def _trust(scene: Scene, m: int, stage: str) -> dict[str, Number]:
    trust = scene.world.trust[0, :, scene.nation]
    return {
        nation: field_number(
            float(trust[k]), "index", "trust", title=_("{nation} trusts you", nation=scene.name(nation)),
            meaning=_("How far they trust you, 0 to 100: {word}.", word=trust_words(float(trust[k])).lower()),
        )
        for k, nation in enumerate(scene.axes.nations) if nation not in (scene.seat, "ROW")
    }  # fmt: skip


@dataclass(frozen=True)
class LabelModel:
    """A nation's name on the map, with its figure when the lens has one."""

    nation: str
    name: str
    figure: Number | None
    is_selected: bool


def labels(scene: Scene, name: str, mineral: str, stage: str, selected: str | None) -> list[LabelModel]:
    """The names that matter most under a lens, the selected nation first."""
    figures = lens_values(scene, name, mineral, stage)
    order = sorted(figures, key=lambda nation: -abs(figures[nation].value or 0.0))
    order = [nation for nation in order if nation != "ROW"][:MOST_LABELS]
    if selected and selected not in order:
        order.insert(0, selected)
    return [
        LabelModel(nation, scene.name(nation), figures.get(nation), nation == selected)
        for nation in sorted(order, key=lambda nation: nation != selected)
    ]
