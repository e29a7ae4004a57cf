"""The window: event loop, stack of screens, dialogs, popups, tooltips, toasts and focus."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pygame

from game.ui import focus, theme
from game.ui.canvas import Canvas
from game.ui.display import Display
from game.ui.input import Input, last_motions
from game.ui.job import Jobs, Report
from game.ui.motion import Motions
from game.ui.overlay import TipLayer, ToastLayer, popup_place
from game.ui.screen import Screen
from game.ui.theme import px
from game.ui.tip import Content
from game.ui.widgets.base import Event, Sizes, Widget
from game.ui.widgets.dialog import Dialog

FRAME_MS = 16
WAKE = pygame.event.custom_type()


@dataclass(slots=True)
class _Popup:
    widget: Widget
    anchor: Widget
    on_close: Callable[[], None] | None


class Window:
    """Shows the top screen of a stack. `step` is the whole logic of one frame; `run` feeds it real events and time."""

    def __init__(
        self,
        title: str,
        size: tuple[int, int] = (1600, 900),
        *,
        factor: float = 1.0,
        full_screen: bool = False,
        reduce_motion: bool = False,
        tick: Callable[[], int] = pygame.time.get_ticks,
    ) -> None:
        self.display, self.canvas = Display(title, size), Canvas(self)
        self._tick, self.now = tick, 0
        self.factor = factor
        self.screens: list[Screen] = []
        self.root: Widget | None = None
        self.dialogs: list[Dialog] = []
        self.popup: _Popup | None = None
        self.input = Input(self)
        self.motions = Motions(reduce_motion)
        self.is_running = False
        self._needs_build = self._needs_layout = False
        self._resized_ms: int | None = None
        self._jobs = Jobs(self._wake)
        self.tips = TipLayer(self)
        self.toasts = ToastLayer(self)
        theme.use_scale(theme.window_scale(self.size, factor))
        if full_screen:
            self.set_full_screen(True)

    # Size ---------------------------------------------------------------------------------------------------

    @property
    def size(self) -> tuple[int, int]:
        """Pixels of the drawing area."""
        return self.display.size

    @property
    def area(self) -> pygame.Rect:
        """The whole drawing area."""
        return pygame.Rect(0, 0, *self.display.size)

    @property
    def is_full_screen(self) -> bool:
        """Whether the window covers the screen."""
        return self.display.is_full_screen

    def set_size(self, size: tuple[int, int]) -> None:
        """Give the window another size, leaving full screen."""
        self.display.set_size(size)
        self.refit()

    def set_full_screen(self, full: bool) -> None:
        """Cover the desktop, or go back to a window."""
        if full != self.display.is_full_screen:
            self.display.set_full_screen(full)
            self.refit()

    def set_factor(self, factor: float) -> None:
        """Use another scale of the player's own."""
        self.factor = factor
        self.refit()

    def refit(self) -> None:
        """Scale and rebuild for the size the window has now."""
        self._resized_ms = None
        self.canvas.end_stretch()
        theme.use_scale(theme.window_scale(self.size, self.factor))
        self._needs_build = True

    def _on_resize(self) -> None:
        """Stretch the frame as it was until the size has been quiet for a while."""
        self.canvas.stretch(self.root.rect.size if self.root else self.size)
        self._resized_ms = self.now

    # Screens ------------------------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen | None:
        """The screen on top."""
        return self.screens[-1] if self.screens else None

    def push(self, screen: Screen) -> None:
        """Show a screen over the present one."""
        if self.screen is not None:
            self.screen.on_hide()
        self._show(screen)

    def replace(self, screen: Screen) -> None:
        """Show a screen instead of the present one."""
        if self.screens:
            self.screens.pop().on_hide()
        self._show(screen)

    def pop(self) -> None:
        """Go back to the screen below; the last one stays."""
        if len(self.screens) > 1:
            self.screens.pop().on_hide()
            self._show(self.screens.pop())

    def _show(self, screen: Screen) -> None:
        self.close_popup()
        self.dialogs.clear()
        self._drop_root()
        screen.window = self
        self.screens.append(screen)
        screen.on_show()
        self._needs_build = True

    def request_build(self, screen: Screen) -> None:
        """Build this screen's tree anew on the next frame, if it is on top."""
        self._needs_build = self._needs_build or screen is self.screen

    def _drop_root(self) -> None:
        """Forget everything that hangs on the present tree."""
        if self.root is not None:
            self.root.root_host = None
        self.root = None
        self.input.clear()
        self.motions.clear()
        self.tips.clear()

    def _build(self) -> None:
        """Ask the top screen for its tree; focus and widget states survive by id."""
        screen = self.screen
        self._needs_build = False
        if screen is None:
            return
        focused, captured, by_key = self.input.focused, self.input.captured, self.input.by_key
        old = {w.id: w for w in self.root.walk() if w.id} if self.root else {}
        self.close_popup()
        self._drop_root()
        self.root = screen.build(self.size)
        self.root.root_host = self
        for widget in self.root.walk():
            if widget.id in old:
                self._take_over(old[widget.id], widget)
        self.input.captured = self._successor(captured)
        self._layout()
        self.damage(self.area)
        self.focus(self._successor(focused), by_key=by_key)

    @staticmethod
    def _take_over(old: Widget, new: Widget) -> None:
        """A rebuilt widget goes on where its predecessor was: scrolled, half typed, being dragged, tinted."""
        state = old.state()
        if state is not None:
            new.restore(state)
        new.heat, new.pressed, new.hovered = old.heat, old.pressed and new.enabled, old.hovered

    def _successor(self, widget: Widget | None) -> Widget | None:
        """The widget itself while it is shown, else the one that now has its id."""
        if widget is None or widget.host is self:
            return widget
        return self.root.find(widget.id) if self.root is not None and widget.id else None

    def _layout(self) -> None:
        self._needs_layout = False
        Sizes.count += 1
        for layer in self.layers():
            layer.layout(pygame.Rect(0, 0, *self.size))
        self.input.captured = self._successor(self.input.captured)
        if self.focused is not None and self.focused.host is not self:
            self.focus(self._successor(self.focused), by_key=self.input.by_key)
        self.input.point(self.input.mouse)

    def request_layout(self) -> None:
        """Lay the tree out again on the next frame."""
        self._needs_layout = True

    def layers(self) -> list[Widget]:
        """The screen's tree and the dialogs over it, lowest first."""
        return ([self.root] if self.root else []) + list(self.dialogs)

    @property
    def top(self) -> Widget | None:
        """The tree that answers: the popup, the top dialog or the screen."""
        if self.popup is not None:
            return self.popup.widget
        layers = self.layers()
        return layers[-1] if layers else None

    # Dialogs, popups, toasts --------------------------------------------------------------------------------

    def open_dialog(self, dialog: Dialog) -> None:
        """Show a dialog over everything; the keyboard goes to its first field or button."""
        self.tips.clear()
        dialog.root_host = self
        self.dialogs.append(dialog)
        dialog.layout(pygame.Rect(0, 0, *self.size))
        first = focus.next_in_order(dialog, None, 1)
        self.focus(first if first is not None and first.takes_text else None, by_key=False)
        self.damage(self.area)

    def close_dialog(self) -> None:
        """Close the dialog on top."""
        if self.dialogs:
            self.dialogs.pop().root_host = None
            self.input.focused = None
            self.damage(self.area)
            self.input.point(self.input.mouse)

    def open_popup(self, popup: Widget, anchor: Widget, on_close: Callable[[], None] | None = None) -> None:
        """Show a menu below (or above) its anchor until something else is pressed."""
        self.close_popup()
        self.tips.clear()
        popup.root_host = self
        popup.layout(popup_place(popup, anchor.screen_rect, self.area))
        self.popup = _Popup(popup, anchor, on_close)
        self.damage(popup.rect.inflate(px(48), px(48)))

    def close_popup(self) -> None:
        """Close the menu, giving the keyboard back to its anchor."""
        if self.popup is None:
            return
        popup, self.popup = self.popup, None
        popup.widget.root_host = None
        self.damage(popup.widget.rect.inflate(px(48), px(48)))
        if self.focused is not None and self.focused.root is popup.widget:
            self.input.focused = None
            self.focus(popup.anchor, by_key=self.input.by_key)
        if popup.on_close is not None:
            popup.on_close()
        self.input.point(self.input.mouse)

    def toast(self, content: Content, tone: str = "accent") -> None:
        """Show a notice for five seconds."""
        self.toasts.add(content, tone)

    # What widgets ask for -----------------------------------------------------------------------------------

    @property
    def focused(self) -> Widget | None:
        """The widget that has the keyboard."""
        return self.input.focused

    def focus(self, widget: Widget | None, *, by_key: bool = False) -> None:
        """Give a widget the keyboard; the ring shows when it came by key."""
        self.input.focus(widget, by_key=by_key)

    def animate(self, widget: Widget, attribute: str, target: float, duration_ms: int) -> None:
        """Move a number attribute of a widget to `target`, easing out."""
        self.motions.animate(widget, attribute, target, duration_ms)

    def start_ticker(self, widget: Widget, frames_per_second: float) -> None:
        """Call widget.tick(now_ms) so often from now on."""
        self.motions.start_ticker(widget, frames_per_second)

    def stop_ticker(self, widget: Widget) -> None:
        """Stop calling widget.tick."""
        self.motions.stop_ticker(widget)

    @property
    def reduce_motion(self) -> bool:
        """Whether every motion arrives at once."""
        return self.motions.reduced

    @reduce_motion.setter
    def reduce_motion(self, reduced: bool) -> None:
        self.motions.reduced = reduced
        if reduced:
            self.motions.clear()

    # Time ---------------------------------------------------------------------------------------------------

    def wait_ms(self) -> int | None:
        """How long the loop may sleep; None when only an event can change anything."""
        if self._resized_ms is not None:
            return max(1, self._resized_ms + theme.RESIZE_QUIET_MS - self.now)
        if self.motions.is_moving or self.canvas.is_stale or self._needs_build or self._needs_layout:
            return FRAME_MS
        dues = self.motions.dues() + [due for due in (self.tips.due_ms, self.toasts.due_ms) if due is not None]
        return max(1, int(min(dues) - self.now)) if dues else None

    def _wake(self) -> None:
        if pygame.display.get_init():
            pygame.event.post(Event(WAKE))

    def run_in_background(
        self,
        work: Callable[[Report], Any],
        on_done: Callable[[Any], None],
        on_progress: Callable[[Any], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run work(report) in a thread; on_done(result), on_progress(reported), on_error(error) are called here."""
        self._jobs.start(work, on_done, on_progress, on_error)

    def post(self, call: Callable[[], None]) -> None:
        """Make a call in the next frame; may be used by any thread."""
        self._jobs.post(call)

    @property
    def is_busy(self) -> bool:
        """Whether work in the background is still under way."""
        return self._jobs.running > 0

    # The loop -----------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Show the window until it is closed; sleeps while nothing moves."""
        self.is_running = True
        clock = pygame.time.Clock()
        self.step([], self._tick())
        while self.is_running:
            wait = self.wait_ms()
            first = pygame.event.wait(wait) if wait is not None else pygame.event.wait()
            self.step([first, *pygame.event.get()], self._tick())
            clock.tick(60)

    def close(self) -> None:
        """Leave the loop after this frame."""
        self.is_running = False

    def step(self, events: Iterable[Event], now_ms: int) -> list[pygame.Rect]:
        """Handle events, move what moves, draw what changed; returns the areas drawn, none on an idle frame."""
        self.now = self.motions.now = now_ms
        self._jobs.deliver()
        for event in last_motions(events):
            if self._needs_build:
                self._build()
            self._answer(event)
        if self._resized_ms is not None:
            if self.now - self._resized_ms < theme.RESIZE_QUIET_MS:
                return []
            self.refit()
        self.motions.advance(self.now)
        if self._needs_build:
            self._build()
        if self._needs_layout:
            self._layout()
        self.tips.advance()
        self.toasts.advance()
        self.canvas.follow_ring()
        return self.canvas.draw()

    def _answer(self, event: Event) -> None:
        """Events of the window itself; the rest is mouse and keyboard."""
        if event.type == pygame.QUIT:
            if self.screen is None or self.screen.on_quit():
                self.close()
        elif event.type == pygame.WINDOWSIZECHANGED:
            if (event.x, event.y) != (self.root.rect.size if self.root else None):
                self._on_resize()
        elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWRESTORED):
            self.damage(self.area)
        else:
            self.input.handle(event)

    # Drawing ------------------------------------------------------------------------------------------------

    def damage(self, area: pygame.Rect) -> None:
        """Ask for an area of the window to be drawn again."""
        self.canvas.damage(area)

    def frame(self) -> pygame.Surface:
        """A picture of the window as it should look now, drawn whole."""
        picture = pygame.Surface(self.size)
        self.canvas.paint(picture)
        return picture
