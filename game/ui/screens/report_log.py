"""The log of a turn: every public order, with filters by mineral and nation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from game.text import _
from game.ui import theme
from game.ui.tip import Tip
from game.ui.view_model.report_log import (
    EVERYTHING,
    LogModel,
    count_number,
    log_minerals,
    log_models,
    log_nations,
)
from game.ui.view_model.scene import Scene
from game.ui.view_model.ticker import short_name
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag, MineralChip, Pill
from game.ui.widgets.choice import Choice
from game.ui.widgets.label import Icon, Label, caption
from game.ui.widgets.layout import Column, Row, Scroll, Spacer
from game.ui.widgets.panel import Panel, notice
from game.ui.widgets.select import Item, Select

NAME_WIDTH = 176


@dataclass(frozen=True)
class LogFilter:
    """Which orders the log shows: those about a mineral, and those of or to a nation; "" for all."""

    mineral: str = EVERYTHING
    nation: str = EVERYTHING


def log_page(
    scene: Scene, chosen: LogFilter, choose: Callable[[LogFilter], None], show_nation: Callable[[str], None]
) -> Widget:
    """Filters over the rows of the log."""
    every = log_models(scene)
    rows = log_models(scene, chosen.mineral, chosen.nation)
    body: Widget
    if rows:
        body = Scroll(Column(*[_row(scene, row, show_nation) for row in rows], gap=4, group=True), "log")
    elif every:
        every_one = Button(_("Show all orders"), "show_all", on_press=lambda: choose(LogFilter()))
        body = notice("filter", _("No order fits these filters"), "", every_one)
    else:
        body = notice("list", _("Nobody gave an order this turn"))
    return Panel(_filters(scene, chosen, choose, len(rows), len(every)), body, grow=1, id="log_panel", pad=16, gap=12)


def _filters(scene: Scene, chosen: LogFilter, choose: Callable[[LogFilter], None], shown: int, total: int) -> Widget:
    minerals = [Item(EVERYTHING, _("All minerals"), icon="layers")]
    minerals += [Item(name, short_name(scene.name(name)), mineral=name) for name in log_minerals(scene)]
    nations = [Item(EVERYTHING, _("All nations"), icon="globe")]
    nations += [Item(name, scene.name(name), nation=name) for name in log_nations(scene)]
    return Row(
        Icon("filter", size=18),
        Select(
            minerals, chosen.mineral, lambda key: choose(replace(chosen, mineral=key)), id="filter_mineral", width=240
        ),
        Select(nations, chosen.nation, lambda key: choose(replace(chosen, nation=key)), id="filter_nation", width=280),
        Button(
            _("Clear"),
            "clear_filters",
            kind="link",
            visible=chosen != LogFilter(),
            on_press=lambda: choose(LogFilter()),
        ),
        Spacer(),
        Label(count_number(shown, total), tone="mid"),
        gap=12,
    )


def _row(scene: Scene, row: LogModel, show_nation: Callable[[str], None]) -> Widget:
    mark: Widget = MineralChip(row.mineral, size=24) if row.mineral else Spacer(width=24)
    tone = "low" if not row.is_done else "high" if row.is_mine else "text"
    cells: list[Widget] = [
        Flag(row.nation, size=20),
        Label(row.name, weight=theme.MEDIUM, tone="high", width=NAME_WIDTH),
        Icon(row.icon, size=18),
        mark,
        Label(row.text, tone=tone, tip=row.tip, wrap=True, grow=1),
    ]
    if row.is_mine:
        cells.append(Pill(_("yours"), "accent"))
    if row.is_scripted:
        cells.append(Pill(_("scripted"), tip=Tip(_("Scripted"), "", _("The level gives this order, whoever plays."))))
    cells.append(_outcome(row))
    return Choice(
        Row(*cells, gap=14),
        f"log.{row.key}",
        on_press=lambda: show_nation(row.nation),
        quiet=not row.is_mine,
        pad=(12, 7),
    )


def _outcome(row: LogModel) -> Widget:
    if row.is_done:
        return Icon("check", size=18, tone="good", tip=Tip(_("Carried out")))
    return Row(caption(_("not carried out"), "bad"), Icon("close", size=18, tone="bad"), gap=6)
