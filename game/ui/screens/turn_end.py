"""The question before a turn ends while something is left open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.text import _
from game.ui.tip import Number
from game.ui.widgets.button import Button
from game.ui.widgets.dialog import Dialog
from game.ui.widgets.label import Icon, Label
from game.ui.widgets.layout import Column, Row

if TYPE_CHECKING:
    from game.ui.window import Window


def ask_to_end(
    window: Window, decisions: list[Number], end: Callable[[], None], show_orders: Callable[[], None]
) -> None:
    """List what is open; Enter ends the turn all the same."""

    def then(act: Callable[[], None]) -> Callable[[], None]:
        def press() -> None:
            window.close_dialog()
            act()

        return press

    lines = [
        Row(Icon("warning", tone="warn"), Label(words.text, tip=words.tip, wrap=True, grow=1), gap=12, align="start")
        for words in decisions
    ]
    ending = Button(_("End turn"), "confirm_end", kind="primary", icon="double_arrow", key="Enter", on_press=then(end))
    showing = Button(_("Show my orders"), "show_open", icon="orders", on_press=then(show_orders))
    window.open_dialog(
        Dialog(
            _("Before the turn ends"), Column(*lines, gap=12), actions=[ending, showing], icon="gavel",
            on_cancel=window.close_dialog, id="open_decisions",
        )
    )  # fmt: skip
