"""The key map: every key and what it does, in a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from game.text import _
from game.ui import theme
from game.ui.tip import Tip
from game.ui.view_model import source
from game.ui.view_model.key_map import KeyGroup, key_groups
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import KeyCap
from game.ui.widgets.dialog import Dialog
from game.ui.widgets.label import Icon, Label
from game.ui.widgets.layout import Column, Row, Scroll
from game.ui.window import Window

WIDTH, COLUMNS, CAP_WIDTH = 1180, 3, 84
NARROW = 1000  # reference pixels of width under which the groups stand under one another in two columns


def open_key_map(window: Window) -> None:
    """Show the key map over whatever is on screen; a second press of its key leaves it open."""
    if any(dialog.id == "key_map" for dialog in window.dialogs):
        return
    columns = COLUMNS if window.size[0] / theme.scale() >= NARROW else COLUMNS - 1
    tip = Tip(_("Keys"), "", _("What each key does in a game."), _("keys"), (), source.game(_("the key map")))
    body = Row(*_columns(key_groups(), columns), gap=32, align="start", tip=tip)
    close = Button(_("Close"), "close_keys", kind="primary", key="Enter", on_press=window.close_dialog)
    window.open_dialog(
        Dialog(
            _("Keys"),
            Scroll(body, "key_list", grow=1),
            actions=[close],
            icon="keyboard",
            on_cancel=window.close_dialog,
            width=WIDTH if columns == COLUMNS else WIDTH * 2 / 3,
            id="key_map",
        )
    )


def _columns(groups: Sequence[KeyGroup], columns: int) -> list[Widget]:
    """The groups shared out so that the columns are about equally long, in reading order within each."""
    lengths = [0] * columns
    parts: list[list[Widget]] = [[] for _column in range(columns)]
    for group in groups:
        place = lengths.index(min(lengths))
        lengths[place] += len(group.keys) + 2
        parts[place].append(_group(group))
    return [Column(*widgets, gap=24, grow=1) for widgets in parts]


def _group(group: KeyGroup) -> Widget:
    title = Row(Icon(group.icon, size=18), Label(group.title, weight=theme.SEMIBOLD, tone="high"), gap=10)
    rows = [
        Row(Row(KeyCap(key), width=CAP_WIDTH), Label(words, size=theme.CAPTION, wrap=True, grow=1), gap=10)
        for key, words in group.keys
    ]
    return Column(title, *rows, gap=9)
