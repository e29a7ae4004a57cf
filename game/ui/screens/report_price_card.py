"""A mineral's price of the turn with the inputs of its market that moved, as a card and as rows."""

from __future__ import annotations

from collections.abc import Callable

from game.text import _
from game.ui import theme
from game.ui.chart.bar import CauseStrip
from game.ui.tip import Cause, Content, Number
from game.ui.view_model.price_cause import MoveModel
from game.ui.view_model.report_price import PriceModel
from game.ui.widgets.base import Widget
from game.ui.widgets.chip import Change, MineralChip
from game.ui.widgets.choice import Choice
from game.ui.widgets.label import Icon, Label, caption
from game.ui.widgets.layout import Column, Row, Spacer

MOST_CAUSES, MOST_INPUTS = 3, 2
SHARE_WIDTH, CAUSE_WIDTH = 68, 104


def price_card(model: PriceModel, on_press: Callable[[], None], *, compact: bool) -> Widget:
    """Chip, price from → to, change, and the inputs that moved most; without the price before when narrow."""
    before: list[Widget] = [Label(model.before, size=theme.CAPTION, tone="mid"), Icon("arrow_right", size=14)]
    head = Row(
        MineralChip(model.mineral, size=28),
        Label(model.name, weight=theme.SEMIBOLD, tone="high"),
        Spacer(),
        *([] if compact else before),
        Label(model.after, weight=theme.SEMIBOLD, tone="high"),
        Change(model.change, size=16),
        gap=10,
    )
    rows = [cause_row(words, part, model.largest_cause, compact=compact) for words, part in model.causes[:MOST_CAUSES]]
    if not rows:
        rows = [caption(_("No group of causes moved it noticeably."))]
    moved: list[Content] = []
    for row in model.inputs[:MOST_INPUTS]:
        moved += [" · " if moved else "", f"{row.words} ", row.after.shown_as(f"{row.before} → {row.after}")]
    inputs = [caption(moved, "low", wrap=True)] if moved else []
    return Choice(Column(head, *rows, *inputs, gap=4), f"price.{model.mineral}", on_press=on_press, pad=(14, 9))


def cause_row(words: str, part: Number, largest: float, *, compact: bool) -> Widget:
    """A cause of a price's change: words, a bar to its side, its part."""
    bar = Cause(words, part.value or 0.0, tone=part.tone)
    strip = CauseStrip((bar,), largest, width=60 if compact else 100, tip=part.tip)
    figure = Label(part, size=theme.CAPTION, weight=theme.SEMIBOLD, align="right", width=CAUSE_WIDTH)
    return Row(caption(words, "text", grow=1, wrap=True, tip=part.tip), strip, figure, gap=10)


def input_row(row: MoveModel, largest: float, strip_width: float) -> Widget:
    """An input: words, from → to, and its movement as a share of the world's need; a bar too, given room."""
    figures = Label([row.before, " → ", row.after], size=theme.CAPTION, tone="mid")
    cells: list[Widget] = [caption(row.words, "text", grow=1, wrap=True), figures]
    if strip_width:
        bar = Cause(row.words, row.share.value or 0.0, tone="accent")
        cells.append(CauseStrip((bar,), largest, width=strip_width, tip=row.share.tip))
    cells.append(Label(row.share, size=theme.CAPTION, weight=theme.SEMIBOLD, align="right", width=SHARE_WIDTH))
    return Row(*cells, gap=10)
