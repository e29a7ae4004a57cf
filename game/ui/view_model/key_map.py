"""Every key of the game and what it does, by where it works."""

from __future__ import annotations

from dataclasses import dataclass

from game.text import _


@dataclass(frozen=True)
class KeyGroup:
    """Keys that belong together: (key, what it does)."""

    title: str
    icon: str
    keys: tuple[tuple[str, str], ...]


_GROUPS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "The turn",
        "play",
        (
            ("Enter", "End the turn; the main button of a page or form"),
            ("Esc", "Back; close; the menu"),
            ("Ctrl S", "Save under another name"),
        ),
    ),
    (
        "Pages",
        "layers",
        (
            ("F1", "Almanac; with a tooltip open, its entry"),
            ("F2", "Map"),
            ("F3", "Market of the selected mineral"),
            ("F4", "Orders and proposals"),
            ("F5", "Report on the last turn"),
            ("F6", "Diplomacy: relations, blocs, treaties"),
            ("A", "Your advisers"),
            ("/", "Search anything; also Ctrl K"),
            ("1 … 0", "Select a mineral"),
        ),
    ),
    (
        "Map",
        "globe",
        (
            ("L", "Next lens"),
            ("Arrows", "Nearest nation in that direction"),
            ("+ −", "Zoom in and out"),
            ("Home", "The whole world"),
            ("Space", "Centre on the selection"),
            ("I", "Nation panel"),
            ("H", "History of the nation"),
        ),
    ),
    (
        "Orders",
        "orders",
        (
            ("O", "Give an order"),
            ("P", "Proposals that wait for you"),
            ("Ctrl Z", "Take back the last order"),
            ("Ctrl Y", "Give it again"),
        ),
    ),
    (
        "Everywhere",
        "keyboard",
        (
            ("Tab", "Next control; Shift Tab goes back"),
            ("Arrows", "Move within a group or a chart"),
            ("T", "Pin a tooltip; pinned ones stay open"),
            ("Shift T", "Walk through every figure on screen"),
            ("F11", "Full screen"),
            ("?", "These keys"),
        ),
    ),
    (
        "Report",
        "report",
        (
            ("S", "Summary"),
            ("M", "Markets"),
            ("G", "Full log"),
            ("E", "Export as text"),
        ),
    ),
)


def key_groups() -> list[KeyGroup]:
    """All keys in groups, in the words of the chosen language."""
    return [KeyGroup(_(title), icon, tuple((_(key), _(words)) for key, words in keys)) for title, icon, keys in _GROUPS]
