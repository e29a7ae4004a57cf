"""Prices of a turn: from → to at the world market and at home, and the inputs of the market that moved."""

from __future__ import annotations

from dataclasses import dataclass

from game.engine.measures import months_of_cover
from game.match.change import PriceChange
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number, number
from game.ui.view_model import source
from game.ui.view_model.price_cause import MoveModel, in_unit_of, moves
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number
from game.ui.view_model.ticker import sells, short_name

STILL = 0.0005


@dataclass(frozen=True)
class PriceModel:
    """A mineral's turn: world price before and after, the price at home, stock cover, causes, inputs that moved.

    `causes` are parts of the change in US$ per tonne that sum to it, `inputs` figures of the market beside it.
    """

    mineral: str
    name: str
    before: Number
    after: Number
    change: Number
    home: Number
    home_change: Number
    cover: Number
    causes: tuple[tuple[str, Number], ...]
    inputs: tuple[MoveModel, ...]

    @property
    def largest_cause(self) -> float:
        """The largest part of the change, US$ per tonne; 1 when there is none."""
        return max((abs(part.value or 0.0) for _words, part in self.causes), default=1.0) or 1.0

    @property
    def largest_input(self) -> float:
        """The largest movement among the inputs, as a share of the world's need; 1 when none moved."""
        return max((abs(row.share.value or 0.0) for row in self.inputs), default=1.0) or 1.0


def price_models(scene: Scene) -> list[PriceModel]:
    """All minerals of the level, the largest relative price change first; none before the first turn."""
    if scene.report is None:
        return []
    changes = sorted(scene.report.prices, key=lambda change: -abs(change.share))
    return [_price(scene, change) for change in changes]


def _price(scene: Scene, change: PriceChange) -> PriceModel:
    m, name = scene.mineral(change.mineral), scene.name(change.mineral)
    model = moves(scene, m)
    assert model.before is not None
    assert model.after is not None
    home = field_number(
        change.home_after,
        "usd_per_t",
        "delivered_ln",
        title=_("{mineral}: price at home", mineral=name),
        meaning=_("What your users paid for the metal delivered, freight and taxes on the way included."),
    )
    return PriceModel(
        change.mineral,
        short_name(name),
        model.before,
        model.after,
        _change(scene, m, _("{mineral}: price change", mineral=name), "headline_ln", change.before, change.after),
        home,
        _change(
            scene,
            m,
            _("{mineral}: change of the price at home", mineral=name),
            "delivered_ln",
            change.home_before,
            change.home_after,
        ),
        _cover(scene, m, name),
        price_causes(scene, change),
        model.rows,
    )


def _change(scene: Scene, m: int, title: str, field: str, before: float, after: float) -> Number:
    share = after / before - 1.0
    share = 0.0 if abs(share) < STILL else share
    return number(
        share,
        "share",
        title=title,
        meaning=_("Price after the turn against the price before it."),
        signed=True,
        source=source.fields(field),
        better=1 if sells(scene, m) else -1,
        text=fmt.plain(100 * share, 1 if abs(share) < 0.995 else 0, signed=True) + "%",
        causes=(
            Cause(_("Before"), before, fmt.price(before), "high"),
            Cause(_("After"), after, fmt.price(after), "high"),
        ),
    )


def _cover(scene: Scene, m: int, name: str) -> Number:
    months = float(months_of_cover(scene.world)[0, scene.nation, m])
    uses = float(scene.world.use_t[0, scene.nation, m].sum()) > 0
    return field_number(
        months,
        "count",
        ("public_stock_t", "commercial_stock_t", "use_t"),
        title=_("{mineral}: months of cover", mineral=name),
        tone="high",
        meaning=_("How long public and commercial stock at home would last at present use."),
        text=(fmt.trimmed(months, 2) if months < 99 else "99+") + " " + _("months") if uses else _("no use"),
    )


def price_causes(scene: Scene, change: PriceChange) -> tuple[tuple[str, Number], ...]:
    """The groups of causes of a price's change with their part in US$ per tonne, largest first; they sum to it."""
    found = moves(scene, scene.mineral(change.mineral)).causes
    return tuple((words, part.shown_as(_part_text(part.value or 0.0, change.after))) for words, part in found)


def _part_text(part: float, price: float) -> str:
    """A part of a price as the price itself is shown."""
    return in_unit_of(price, part, signed=True) + fmt.NO_BREAK + fmt.price_parts(price)[1]


def main_cause(change: PriceChange) -> int | None:
    """Place of the largest cause that moved the price the way it went; None when no group did."""
    up = change.after > change.before
    return next((place for place, cause in enumerate(change.causes) if (cause.amount > 0) == up), None)
