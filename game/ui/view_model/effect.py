"""What an order is expected to change: the same future with and without it, others acting by habit.

Both futures share one stream of chance, so that they differ by the order alone. The seat does nothing after this turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from game.ai.habit import habit
from game.engine.measures import months_of_cover
from game.engine.view import believed_world
from game.engine.world import World
from game.forecast import Offers, begun, future_keys, futures
from game.rules.asking import Askings
from game.rules.catalog import KIND_CODE
from game.rules.orders._base import Order
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number
from game.ui.view_model.order_words import order_mineral
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number

if TYPE_CHECKING:
    from game.ai.personality import Personalities
    from game.engine.calibrate import Calibration

LONGEST = 12  # turns looked ahead
WITHOUT, WITH = 0, 1
SEED = 1  # never the game's own chance


@dataclass(frozen=True)
class EffectRow:
    """A figure without and with the order, and the difference."""

    words: str
    without: Number
    with_it: Number
    change: Number


@dataclass(frozen=True)
class EffectModel:
    """What is expected, and in which half-year."""

    date: Number
    rows: tuple[EffectRow, ...]


def turns_ahead(scene: Scene, order: Order) -> int:
    """How far to look: until the order shows, within the level and a few years."""
    left = max(1, scene.level.turns - scene.turn)
    return min(order.turns_until_effect(scene.plan) + 1, LONGEST, left)


def effect(scene: Scene, order: Order) -> EffectModel:
    """The figures that matter to the seat at the turn in which the order shows."""
    turns = turns_ahead(scene, order)
    world = believed_world(scene.match.world, scene.calibration, scene.nation).repeated(2)
    characters = scene.characters
    keys = future_keys(SEED, "preview", scene.turn, 2, common=True)
    first = _first(scene, world, characters, order)
    after = futures(world, scene.calibration, _others(characters, scene.nation), keys, turns, first)[-1]
    return EffectModel(_date(scene, turns), tuple(_rows(scene, after, order)))


def _others(characters: Personalities, nation: int):  # type: ignore[no-untyped-def]  # a Policy
    """Everybody's habit but the seat's."""

    def policy(world: World, calibration: Calibration, offers: Offers | None) -> Askings:
        askings = habit(world, calibration, characters, offers)
        askings.kind[:, nation] = -1
        return askings

    return policy


def _first(scene: Scene, world: World, characters: Personalities, order: Order) -> Askings:
    """This turn's askings: the others' habit, the seat's orders, and in the second world the new order too."""
    usual = _others(characters, scene.nation)(begun(world), scene.calibration, None)
    given = [known for known in scene.match.orders(scene.seat) if known.kind != "answer"]
    slots = max(usual.kind.shape[2], len(given) + 1)
    found = Askings.none(world.size, len(scene.axes.nations), slots)
    for name in ("kind", "mineral", "layer", "partner", "option", "size"):
        getattr(found, name)[:, :, : usual.kind.shape[2]] = getattr(usual, name)
    for slot, known in enumerate(given):
        found.put((slice(None), scene.nation, slot), KIND_CODE[known.kind], known.row(scene.axes))
    found.put((WITH, scene.nation, len(given)), KIND_CODE[order.kind], order.row(scene.axes))
    return found


def _date(scene: Scene, turns: int) -> Number:
    return field_number(
        None, "date", "treasury_usd_bn", title=_("When"), text=fmt.turn_date(scene.turn + turns),
        meaning=_("End of the half-year in which the order shows. Others act by habit, you give no later order."),
    )  # fmt: skip


def _rows(scene: Scene, after: World, order: Order) -> list[EffectRow]:
    n, mineral = scene.nation, order_mineral(order)
    rows = []
    if mineral:
        m = scene.mineral(mineral)
        base = float(scene.baseline.price_usd_per_t[m])
        price = base * np.exp(after.headline_ln[:, m])
        rows.append(_row(_("World price"), price, "usd_per_t", ("headline_ln",), -1))
        cover = months_of_cover(after)[:, n, m]
        if cover.max() > 0:
            rows.append(
                _row(_("Stocks at home, months of use"), cover, "ratio", ("public_stock_t", "commercial_stock_t"), 1)
            )
    is_producer = scene.level.nation(scene.seat).role == "producer"
    fourth = (_("Value captured"), "value_captured") if is_producer else (_("N-1 security"), "n_minus_1")
    for words, field in (fourth, (_("Industry"), "industry"), (_("Standing"), "standing")):
        rows.append(_row(words, after.arrays[field][:, n], "index", (field,), 1))
    rows.append(_row(_("Treasury"), after.treasury_usd_bn[:, n], "usd_bn", ("treasury_usd_bn",), 1))
    return rows


def _row(words: str, values: np.ndarray, unit: str, names: tuple[str, ...], better: int) -> EffectRow:
    def made(value: float, meaning: str) -> Number:
        text = fmt.plain(value, 1) if unit in ("index", "ratio") else ""
        return field_number(value, unit, names, title=words, meaning=meaning, text=text)

    without, with_it = float(values[WITHOUT]), float(values[WITH])
    moved = with_it - without
    least = {"usd_bn": 5e-4, "usd_per_t": 0.0005 * abs(without)}.get(unit, 0.05)
    moved = 0.0 if abs(moved) < least else moved
    text = fmt.money(moved, signed=True) if unit == "usd_bn" else fmt.plain(moved, 1, signed=True)
    if unit == "usd_per_t":
        text = fmt.percent(moved / without, signed=True) if without and moved else fmt.plain(0.0)
    change = field_number(
        moved, unit, names, title=words, signed=True, better=better, text=text,
        meaning=_("Expected with the order less without it, all else alike."),
    )  # fmt: skip
    return EffectRow(
        words, made(without, _("Expected without the order.")), made(with_it, _("Expected with the order.")), change,
    )  # fmt: skip
