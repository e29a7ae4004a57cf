"""Why a price moved: its change split over causes that add up to it, and the inputs of the market that moved."""

from __future__ import annotations

from dataclasses import dataclass

from game.engine.fields import FIELDS
from game.match.cause import Cause as PriceCause
from game.match.change import Figure, PriceChange
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number, number
from game.ui.view_model import source
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number
from game.ui.view_model.ticker import sells, short_name
from game.ui.view_model.words import GROUP_BRIEF, bar_words

# The fields that stand behind each group of causes, the first few of each for a tooltip.
MOST_FIELDS = 4
MOST_ACTS = 5  # in the tooltip of a group of causes
CAUSE_FIELDS = {
    group: tuple(field.name for field in FIELDS if field.group == group)[:MOST_FIELDS]
    for group in ("capacity", "demand", "stocks", "policy", "routes", "expectations")
}


@dataclass(frozen=True)
class MoveModel:
    """An input of the market that moved: words, before, after, as a share of the world's need."""

    words: str
    before: Number
    after: Number
    share: Number


@dataclass(frozen=True)
class MovesModel:
    """The price's change by cause, which add up to it, and the inputs that moved; both empty at the start."""

    before: Number | None
    after: Number | None
    causes: tuple[tuple[str, Number], ...]
    rows: tuple[MoveModel, ...]


def moves(scene: Scene, m: int, *, brief: bool = False) -> MovesModel:
    """Causes and inputs of the last turn, as its report finds them; `brief` names the causes in a word."""
    if scene.report is None:
        return MovesModel(None, None, (), ())
    change = next(price for price in scene.report.prices if price.mineral == scene.axes.minerals[m])
    return MovesModel(
        _price(scene, change, change.before, _("Price a turn ago")),
        _price(scene, change, change.after, _("Price now")),
        tuple(
            (_title(cause, brief), _cause(scene, m, change, cause)) for cause in change.causes if _shows(change, cause)
        ),
        tuple(_move(figure) for figure in change.inputs),
    )


def _shows(change: PriceChange, cause: PriceCause) -> bool:
    """Whether anything is left of a cause's part in the figures that the price is shown in."""
    return in_unit_of(change.after, cause.amount) != in_unit_of(change.after, 0.0)


def _title(cause: PriceCause, brief: bool) -> str:
    return _(GROUP_BRIEF[cause.name]) if brief and cause.name in GROUP_BRIEF else bar_words(cause)


def _cause(scene: Scene, m: int, change: PriceChange, cause: PriceCause) -> Number:
    """A cause's part of the price's change."""
    amount, base = cause.amount, change.before
    mineral = short_name(scene.name(change.mineral)).lower()
    return field_number(
        amount, "usd_per_t", CAUSE_FIELDS.get(cause.name, ("headline_ln",)), title=cause.title, signed=True,
        better=1 if sells(scene, m) else -1, text=in_unit_of(change.after, amount, signed=True),
        meaning=_("Its part of the change of the price of {mineral}: {share}. Found by clearing the market with each"
                  " group of causes held back.", mineral=mineral, share=fmt.percent(amount / base, signed=True)),
        causes=tuple(Cause(act.title, act.amount, in_unit_of(change.after, act.amount, signed=True))
                     for act in cause.acts[:MOST_ACTS]),
    )  # fmt: skip


def in_unit_of(price: float, value: float, *, signed: bool = False) -> str:
    """A price, or a part of one, in the unit and to the digit that `price` itself is shown in, the unit left out."""
    figure, unit = fmt.price_parts(price)
    decimals = len(figure.partition(".")[2])
    return fmt.plain(value / 1000 if unit == "$/kg" else value, decimals, signed=signed)


def _price(scene: Scene, change: PriceChange, value: float, title: str) -> Number:
    return field_number(
        value, "usd_per_t", "headline_ln", title=title,
        meaning=_("World price of {mineral}, weighted by imports.", mineral=scene.name(change.mineral)),
    )  # fmt: skip


def _move(figure: Figure) -> MoveModel:
    unit = {"share": "share", "": "count"}.get(figure.unit, "t_per_turn")
    change = figure.after - figure.before
    meaning = _(
        "World total of the last half-year against the one before; an input of the market, not a share of the price."
    )

    def made(value: float) -> Number:
        return field_number(value, unit, figure.fields, title=figure.title, meaning=meaning)

    size = number(
        figure.share if change >= 0 else -figure.share, "share", title=figure.title, signed=True, tone="text",
        meaning=_("The movement as a share of the world's need."),
        source=source.fields(*dict.fromkeys((*figure.fields, "need_t"))),
        causes=(Cause(_("Before"), figure.before, fmt.quantity(figure.before, unit), "high"),
                Cause(_("Change"), change, fmt.quantity(change, unit, signed=True), "text")),
    )  # fmt: skip
    return MoveModel(figure.title, made(figure.before), made(figure.after), size)
