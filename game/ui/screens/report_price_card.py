"""A mineral's price of the turn with the inputs of its market that moved, as a card and as rows."""

from __future__ import annotations

from collections.abc import Callable

from game.text import _
from game.ui import theme
from game.ui.chart.bar import CauseStrip
from game.ui.tip import Cause
from game.ui.view_model.market import MoveModel
from game.ui.view_model.report_price import PriceModel
from game.ui.widgets.base import Widget
from game.ui.widgets.chip import Change, MineralChip
from game.ui.widgets.choice import Choice
from game.ui.widgets.label import Icon, Label, caption
from game.ui.widgets.layout import Column, Row, Spacer

MOST_INPUTS = 3
SHARE_WIDTH = 68


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
    rows = [input_row(row, model.largest, 0 if compact else 84) for row in model.inputs[:MOST_INPUTS]]
    none = [] if rows else [caption(_("No input of the market moved noticeably."))]
    return Choice(Column(head, *rows, *none, gap=5), f"price.{model.mineral}", on_press=on_press, pad=(14, 9))


def input_row(row: MoveModel, largest: float, strip_width: float) -> Widget:
    """An input: words, from → to, and its movement as a share of the world's need; a bar too, given room."""
    cells: list[Widget] = [
        caption(row.words, "text", grow=1, wrap=True),
        Label([row.before, " → ", row.after], size=theme.CAPTION, tone="mid"),
    ]
    if strip_width:
        bar = Cause(row.words, row.share.value or 0.0, tone="accent")
        cells.append(CauseStrip((bar,), largest, width=strip_width, tip=row.share.tip))
    cells.append(Label(row.share, size=theme.CAPTION, weight=theme.SEMIBOLD, align="right", width=SHARE_WIDTH))
    return Row(*cells, gap=10)
