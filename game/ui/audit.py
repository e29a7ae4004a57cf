"""What a tree shows: figures without an explanation, texts cut or overlapping, controls and lists out of reach."""

from __future__ import annotations

from collections.abc import Iterator

import pygame

from game.ui.shown import Audit, Shown
from game.ui.theme import px
from game.ui.widgets.base import Widget

LEAST_WINDOW = 90  # reference pixels of a scrolled window in which two rows can be read


def shown_texts(root: Widget) -> list[Shown]:
    """Every line of text the tree draws, scrolled-out ones included, with the tip a reader finds at it."""
    scratch = pygame.Surface((max(1, root.rect.width), max(1, root.rect.height)))
    Audit.active = []
    try:
        root.render(scratch, (0, 0))
        shown = Audit.active
    finally:
        Audit.active = None
    for line in shown:
        node: Widget | None = line.widget
        while line.tip is None and node is not None:
            line.tip, node = node.tip, node.parent
    return shown


def numbers_without_tip(root: Widget) -> list[str]:
    """One sentence for each figure on screen whose tooltip is absent or lacks title, meaning, unit or source."""
    faults = []
    for line in shown_texts(root):
        if line.is_key or not any(letter.isdigit() for letter in line.text):
            continue
        missing = line.tip.missing() if line.tip is not None else ["tooltip"]
        if missing:
            faults.append(f"{where(line.widget)}: {line.text!r} has no {', '.join(missing)}")
    return faults


def cut_texts(root: Widget) -> list[str]:
    """One sentence for each line that was shortened to fit."""
    return [f"{where(line.widget)}: {line.text!r} is cut" for line in shown_texts(root) if line.is_cut]


def overlapping_texts(root: Widget) -> list[str]:
    """One sentence for each pair of lines drawn over each other, as far as scrolled windows let them through."""
    faults, seen = [], []
    for line in shown_texts(root):
        area = _let_through(line)
        if area.width > 0 and area.height > 0:
            seen.append((line, area))
    for place, (line, area) in enumerate(seen):
        for other, there in seen[place + 1 :]:
            if area.colliderect(there):
                faults.append(f"{line.text!r} in {where(line.widget)} overlaps {other.text!r} in {where(other.widget)}")
    return faults


def outlying_texts(root: Widget) -> list[str]:
    """One sentence for each line that leaves the widget it belongs to or the window."""
    whole, faults = pygame.Rect(0, 0, *root.rect.size), []
    for line in shown_texts(root):
        area = _let_through(line)
        if area.width > 0 and not whole.contains(area):
            faults.append(f"{line.text!r} in {where(line.widget)} leaves the window")
    return faults


def unreachable_controls(root: Widget) -> list[str]:
    """One sentence for each control that leaves the window, or leaves it sideways where it can be scrolled."""
    whole, faults = pygame.Rect(0, 0, *root.rect.size), []
    for widget in root.walk():
        if not widget.focusable or not widget.rect.width:
            continue
        area = widget.screen_rect
        if any(above.clips for above in _above(widget)):  # what is scrolled out can be scrolled in
            area.y, area.height = 0, 0
        if not whole.contains(area.inflate(-2, 0)):
            faults.append(f"{where(widget)} leaves the window")
    return faults


def squeezed_windows(root: Widget) -> list[str]:
    """One sentence for each scrolled window too low to read what it holds."""
    faults = []
    for widget in root.walk():
        if widget.clips and widget.children:
            high, content = widget.rect.height, max(child.rect.height for child in widget.children)
            if high < min(content, px(LEAST_WINDOW)):
                faults.append(f"{where(widget)} shows {high} of {content} pixels")
    return faults


def _above(widget: Widget) -> Iterator[Widget]:
    node = widget.parent
    while node is not None:
        yield node
        node = node.parent


def _let_through(line: Shown) -> pygame.Rect:
    """The core of a line's box (ascenders and descenders may touch) that scrolled windows above it show."""
    area = line.area.inflate(0, -line.area.height * 2 // 5)
    node: Widget | None = line.widget
    while node is not None:
        if node.clips:
            area = area.clip(node.screen_rect)
        node = node.parent
    return area


def where(widget: Widget) -> str:
    """A widget by its kind and the nearest id."""
    node: Widget | None = widget
    while node is not None and not node.id:
        node = node.parent
    return f"{type(widget).__name__} in {node.id!r}" if node is not None else type(widget).__name__
