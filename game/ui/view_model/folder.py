"""The four folders of orders: what each order does and takes, and why it cannot be given now."""

from __future__ import annotations

from dataclasses import dataclass

from game.rules.catalog import ORDERS
from game.rules.orders._base import Order
from game.text import _
from game.ui.tip import Number
from game.ui.view_model.order_list import capital_number
from game.ui.view_model.scene import Scene
from game.ui.view_model.words import GROUP_ICONS, GROUP_WORDS, order_icon


@dataclass(frozen=True)
class OrderKindModel:
    """One order a player may choose."""

    kind: str
    title: str
    summary: str
    lead: str
    icon: str
    capital: Number
    is_open: bool
    reason: str


@dataclass(frozen=True)
class FolderModel:
    """A folder and its orders."""

    group: str
    title: str
    icon: str
    orders: tuple[OrderKindModel, ...]


def folders(scene: Scene) -> list[FolderModel]:
    """All orders of the level in their folders; answering is left to the inbox."""
    found = []
    for group, title in GROUP_WORDS.items():
        kinds = [kind for kind, order in ORDERS.items() if order.group == group and kind not in ("answer", "leave")]
        rows = tuple(_kind(scene, ORDERS[kind], kind) for kind in kinds)
        if rows:
            found.append(FolderModel(group, _(title), GROUP_ICONS[group], rows))
    return found


def _kind(scene: Scene, order: type[Order], kind: str) -> OrderKindModel:
    reason = ""
    if scene.level.orders is not None and kind not in scene.level.orders:
        reason = _("This level plays without this order.")
    elif float(scene.plan.world.political_capital[0, scene.nation]) < order.capital:
        reason = _("Not enough political capital left this turn.")
    elif _is_hopeless(scene, kind):
        reason = _("No room for any in this level: see its form for why.")
    return OrderKindModel(
        kind, _(order.title), _(order.summary), _(order.lead), order_icon(order.icon),
        capital_number(order.capital, kind), not reason and not scene.match.over, reason,
    )  # fmt: skip


def _is_hopeless(scene: Scene, kind: str) -> bool:
    """Whether a building order finds room for none of the level's minerals."""
    if "mineral" not in ORDERS[kind].model_fields or not kind.startswith("build_"):
        return False
    rooms = [ORDERS[kind].limits(scene.plan, "size", {"mineral": mineral}) for mineral in scene.axes.minerals]
    return all(room is not None and room[1] <= 0 for room in rooms)
