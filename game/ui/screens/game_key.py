"""The keys of the game screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.ui.screens.frame import PAGES
from game.ui.widgets.base import Event

if TYPE_CHECKING:
    from game.ui.screens.game import GameScreen

MINERAL_KEYS = "1234567890"
PAGE_KEYS = (pygame.K_F2, pygame.K_F3, pygame.K_F4, pygame.K_F5, pygame.K_F6)
MAP_KEYS = (
    pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_PLUS, pygame.K_KP_PLUS, pygame.K_EQUALS,
    pygame.K_MINUS, pygame.K_KP_MINUS, pygame.K_SPACE, pygame.K_HOME,
)  # fmt: skip


def answer_key(screen: GameScreen, event: Event) -> bool:
    """Do what a key stands for; True when it stands for anything."""
    if event.mod & pygame.KMOD_CTRL:
        return _with_control(screen, event.key)
    if screen.session.page == "report" and screen.report.on_key(event):
        return True
    if event.key in PAGE_KEYS:
        screen.show_page(PAGES[PAGE_KEYS.index(event.key)][0])
        return True
    letter = event.unicode.lower()
    if letter and letter in MINERAL_KEYS:
        return _mineral(screen, MINERAL_KEYS.index(letter))
    by_letter = {
        "l": screen.next_lens, "o": lambda: screen.show_page("orders"), "i": screen.toggle_drawer,
        "p": screen.show_inbox, "a": screen.show_advisers, "/": screen.search, "h": lambda: _history(screen),
    }  # fmt: skip
    by_key = {pygame.K_RETURN: lambda: _enter(screen), pygame.K_KP_ENTER: lambda: _enter(screen),
              pygame.K_ESCAPE: lambda: _escape(screen)}  # fmt: skip
    act = by_key.get(event.key) or by_letter.get(letter)
    if act is not None:
        act()
        return True
    if event.key in MAP_KEYS and screen.session.page == "map":
        return screen.map.view.handle(event)
    return screen.app.helps(event)


def _with_control(screen: GameScreen, key: int) -> bool:
    act = {
        pygame.K_z: screen.undo, pygame.K_y: screen.redo, pygame.K_k: screen.search,
        pygame.K_s: lambda: screen.app.save_as(screen.session),
    }.get(key)  # fmt: skip
    if act is not None:
        act()
    return act is not None


def _mineral(screen: GameScreen, place: int) -> bool:
    minerals = screen.session.match.axes.minerals
    if place < len(minerals):
        screen.choose_mineral(minerals[place])
    return place < len(minerals)


def _enter(screen: GameScreen) -> None:
    """End the turn, from the map alone, and never while the keyboard stands on something else."""
    window = screen.window
    is_elsewhere = window is not None and window.focused is not None and window.input.by_key
    if screen.session.page == "map" and not is_elsewhere:
        screen.end_turn()


def _history(screen: GameScreen) -> None:
    screen.session.nation_tab = "history"
    screen.show_page("map")


def _escape(screen: GameScreen) -> None:
    if screen.session.page != "map":
        screen.show_page("map")
    elif screen.shows_orders:
        screen.toggle_orders()
    elif screen.session.selected or screen.shows_drawer:
        screen.close_nation()
    else:
        screen.open_menu()
