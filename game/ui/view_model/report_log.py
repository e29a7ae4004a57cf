"""The public log of a turn: every nation's orders, narrowed to a mineral or a nation, one's own first."""

from __future__ import annotations

from dataclasses import dataclass

from game.match.resolve import CONTROL
from game.rules.orders._base import Order
from game.text import _, _n
from game.ui.tip import Number, Tip
from game.ui.view_model import source
from game.ui.view_model.order_list import order_source
from game.ui.view_model.scene import Scene
from game.ui.view_model.words import order_icon

EVERYTHING = ""
# Kinds by how much others' orders of them concern a seat: measures first, stockpiling last.
CONCERN = (
    "restrict_exports",
    "leave",
    "cap_sourcing",
    "build_refinery",
    "build_mine",
    "release_stock",
    "buy_stock",
    "support_industry",
    "build_recycler",
    "propose",
    "answer",
)
MOST_OF_A_KIND = 3


@dataclass(frozen=True)
class LogModel:
    """One order of the log."""

    key: str
    nation: str
    name: str
    kind: str
    icon: str
    mineral: str
    partner: str
    text: str
    tip: Tip
    is_done: bool
    is_mine: bool
    is_scripted: bool


def log_models(scene: Scene, mineral: str = EVERYTHING, nation: str = EVERYTHING) -> list[LogModel]:
    """The orders of the last turn that concern a mineral and come from, or name, a nation; one's own first."""
    if scene.report is None:
        return []
    rows = [_line(scene, place) for place in range(len(scene.match.report().log)) if _is_public(scene, place)]
    rows = [row for row in rows if mineral in (EVERYTHING, row.mineral)]
    rows = [row for row in rows if nation in (EVERYTHING, row.nation, row.partner)]
    return sorted(rows, key=lambda row: not row.is_mine)


def concerning(scene: Scene, most: int) -> list[LogModel]:
    """The orders of others that concern the seat most: those that name it, then by kind and by what its makers need."""
    need = scene.past[-1].need_t[0, scene.nation].sum(axis=-1) * scene.baseline.price_usd_per_t
    total = float(need.sum()) or 1.0

    def concern(row: LogModel) -> tuple[bool, float]:
        weight = float(need[scene.mineral(row.mineral)]) / total if row.mineral else 0.0
        place = CONCERN.index(row.kind) if row.kind in CONCERN else len(CONCERN)
        return row.partner != scene.seat, place / len(CONCERN) - weight

    others = [row for row in log_models(scene) if not row.is_mine and row.is_done]
    found: list[LogModel] = []
    for row in sorted(others, key=concern):
        if sum(known.kind == row.kind for known in found) < MOST_OF_A_KIND:
            found.append(row)
    return found[:most]


def _is_public(scene: Scene, place: int) -> bool:
    """Others' quiet purchases stay theirs."""
    carried = scene.match.report().log[place].carried
    return carried.nation == scene.seat or getattr(carried.order, "tempo", "") != "quiet"


def _line(scene: Scene, place: int) -> LogModel:
    line = scene.match.report().log[place]
    order, nation = line.carried.order, line.carried.nation
    name = scene.name(nation)
    done = _("carried out") if line.carried.done else _("not carried out")
    tip = Tip(
        _("Order of {nation}", nation=name),
        done,
        line.text,
        _("as written"),
        (),
        source.game(_("the public log of the turn")) + source.SEPARATOR + order_source(order.kind),
    )
    return LogModel(
        str(place),
        nation,
        name,
        order.kind,
        order_icon(order.icon),
        order_mineral(order),
        order_partner(scene, order),
        line.text,
        tip,
        line.carried.done,
        nation == scene.seat,
        line.carried.seat == CONTROL,
    )


def order_mineral(order: Order) -> str:
    """The mineral an order is about, clauses of a proposal included; "" for none."""
    data = order.as_data()
    if "mineral" in data:
        return str(data["mineral"])
    found = [clause["mineral"] for clause in data.get("clauses", ()) if "mineral" in clause]
    return str(found[0]) if found else ""


def order_partner(scene: Scene, order: Order) -> str:
    """The one nation an order names: the other side of a proposal or answer, a measure's only target; "" for none."""
    data = order.as_data()
    for name in ("partner", "target"):
        if name in data:
            return str(data[name])
    if "offer" in data:
        offers = [offer for offer in scene.match.report().offers if offer.number == data["offer"]]
        return offers[0].sender if offers else ""
    targets = data.get("targets", ())
    return str(targets[0]) if len(targets) == 1 else ""


def count_number(shown: int, total: int) -> Number:
    """'12 of 92 orders' of the log."""
    text = _n("{n} order", "{n} orders", total) if shown == total else _("{shown} of {n} orders", shown=shown, n=total)
    return source.game_number(
        float(shown),
        "count",
        _("the public log of the turn"),
        title=_("Orders in the log"),
        meaning=_(
            "Orders of all nations in the turn that the filters let through; others' quiet purchases stay hidden."
        ),
        text=text,
    )


def log_minerals(scene: Scene) -> list[str]:
    """The minerals that the log names, as the level orders them."""
    named = {row.mineral for row in log_models(scene)}
    return [mineral for mineral in scene.axes.minerals if mineral in named]


def log_nations(scene: Scene) -> list[str]:
    """The nations that the log names, by name."""
    rows = log_models(scene)
    named = {row.nation for row in rows} | {row.partner for row in rows if row.partner}
    return sorted(named, key=scene.name)
