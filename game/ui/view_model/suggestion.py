"""Orders a player may want to give about a nation, with the form's first answers filled in."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.engine.measures import supplier_shares
from game.rules.catalog import ORDERS
from game.text import _
from game.ui.view_model.scene import Scene
from game.ui.view_model.words import order_icon


@dataclass(frozen=True)
class Suggestion:
    """An order kind with starting values."""

    kind: str
    title: str
    detail: str
    icon: str
    values: dict[str, object] = field(default_factory=dict)


def suggestions(scene: Scene, nation: str, mineral: str) -> list[Suggestion]:
    """What one can order that concerns a nation (or one's own), for the selected mineral."""
    found = _own(scene, mineral) if nation == scene.seat else _about(scene, nation, mineral)
    allowed = scene.level.orders
    return [item for item in found if allowed is None or item.kind in allowed]


def _about(scene: Scene, nation: str, mineral: str) -> list[Suggestion]:
    m, k = scene.mineral(mineral), scene.position(nation)
    name = scene.name(mineral).partition(" (")[0].lower()
    world = scene.world
    found = []
    sells = float(world.refined_t[0, k, m] + world.mined_t[0, k, m]) > 0
    if sells:
        layer = "refined" if world.refined_t[0, k, m] > 0 else "ore"
        values = {"partner": nation, "role": "buy", "deliver.mineral": mineral, "deliver.layer": layer}
        found.append(_item("propose", _("Offer to buy {mineral}", mineral=name), values))
    made = float(world.refined_t[0, scene.nation, m] + world.mined_t[0, scene.nation, m])
    if made > 0:
        values = {"partner": nation, "role": "sell", "deliver.mineral": mineral}
        found.append(_item("propose", _("Offer to sell {mineral}", mineral=name), values))
        limit = {"mineral": mineral, "targets": (nation,)}
        found.append(_item("restrict_exports", _("Limit {mineral} exports to them", mineral=name), limit))
    share = float(supplier_shares(world, scene.nation, m)[0, k])
    if share > 0.2:
        found.append(_item("cap_sourcing", _("Cap any supplier of {mineral}", mineral=name), {"mineral": mineral}))
    return found


def _own(scene: Scene, mineral: str) -> list[Suggestion]:
    name = scene.name(mineral).partition(" (")[0].lower()
    values: dict[str, object] = {"mineral": mineral}
    if scene.level.nation(scene.seat).role == "producer":
        return [
            _item("restrict_exports", _("Limit exports of {mineral}", mineral=name), values),
            _item("build_mine", _("Build a {mineral} mine", mineral=name), values),
            _item("build_refinery", _("Build a {mineral} refinery", mineral=name), values),
            _item("support_industry", _("Support the {mineral} industry", mineral=name), values),
        ]
    return [
        _item("buy_stock", _("Buy {mineral} for the stockpile", mineral=name), values),
        _item("build_refinery", _("Build a {mineral} refinery", mineral=name), values),
        _item("build_recycler", _("Build a {mineral} recycling plant", mineral=name), values),
        _item("support_industry", _("Support the {mineral} industry", mineral=name), values),
    ]


def _item(kind: str, title: str, values: dict[str, object]) -> Suggestion:
    order = ORDERS[kind]
    return Suggestion(kind, title, _(order.title), order_icon(order.icon), values)
