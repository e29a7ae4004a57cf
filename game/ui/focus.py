"""Where the keyboard is: tab order in reading order, arrows inside groups, the ring."""

from __future__ import annotations

import pygame

from game.ui.widgets.base import Widget

ARROWS = {
    pygame.K_LEFT: (-1, 0),
    pygame.K_RIGHT: (1, 0),
    pygame.K_UP: (0, -1),
    pygame.K_DOWN: (0, 1),
}


def group_of(widget: Widget) -> Widget | None:
    """The innermost group (a widget with `is_group`) around `widget`."""
    node = widget.parent
    while node is not None and not node.is_group:
        node = node.parent
    return node


def focus_order(root: Widget) -> list[Widget]:
    """Widgets that Tab visits, in reading order; a group counts once, by its selected or first member."""
    order: list[Widget] = []
    for widget in root.walk():
        if not widget.focusable:
            continue
        group = group_of(widget)
        if group is None or widget is entry_of(group):
            order.append(widget)
    return order


def entry_of(group: Widget) -> Widget | None:
    """The member of a group that Tab reaches: the focused, else the selected, else the first."""
    members = [w for w in group.walk() if w.focusable and group_of(w) is group]
    for mark in ("focused", "selected"):
        for widget in members:
            if getattr(widget, mark, False):
                return widget
    return members[0] if members else None


def next_in_order(root: Widget, current: Widget | None, step: int) -> Widget | None:
    """The widget `step` places after `current` in the tab order, around the end."""
    order = focus_order(root)
    if not order:
        return None
    if current not in order:
        return order[0] if step > 0 else order[-1]
    return order[(order.index(current) + step) % len(order)]


def next_by_arrow(current: Widget, key: int) -> Widget | None:
    """The nearest member of `current`'s group in an arrow's direction."""
    group = group_of(current)
    if group is None or key not in ARROWS:
        return None
    across, down = ARROWS[key]
    here = current.screen_rect
    best: tuple[float, Widget] | None = None
    for widget in group.walk():
        if widget is current or not widget.focusable or group_of(widget) is not group:
            continue
        there = widget.screen_rect
        move = (there.centerx - here.centerx, there.centery - here.centery)
        along = move[0] * across + move[1] * down
        aside = abs(move[0] * down) + abs(move[1] * across)
        if along <= 0:
            continue
        distance = along + 3 * aside
        if best is None or distance < best[0]:
            best = (distance, widget)
    return best[1] if best else None
