"""The end of a game: the final numbers, how each moved, and the turns that moved it most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.match.score import legacy_pillar, pillars_so_far
from game.problems import Problem
from game.text import _
from game.ui import theme
from game.ui.chart.line_chart import LineChart, Mark, Series
from game.ui.screen import Screen
from game.ui.screens.frame import is_compact, is_narrow
from game.ui.screens.session import Session
from game.ui.view_model.ending import CourseModel, EndingModel, TurnModel, ending, write_ending
from game.ui.view_model.market import x_words
from game.ui.view_model.pillar import FUTURES, pillar_numbers
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Change, Flag, Pill
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Divider, Grid, Row, Scroll, Spacer, Wrap
from game.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from game.ui.app import App

LEAST_WIDTH, LEAST_HEIGHT = 480, 300  # reference pixels of a panel
EDGE, GAP = 32, 16
LOW_SHARE, HIGH_SHARE = 0.2, 0.92  # of the chart's height: words never leave it


class EndingScreen(Screen):
    """What became of the numbers, and the ways on from here."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__()
        self.app, self.session = app, session
        self.model: EndingModel = ending(session.scene)
        self.pillar = pillars_so_far(session.match, session.seat) if session.scene.turn else {}
        self._is_asked = False

    def on_show(self) -> None:
        """When the game is over, what it leaves is reckoned at once."""
        if self.session.match.over:
            self.ask_legacy()

    def ask_legacy(self) -> None:
        """Play on for the pillar that looks ahead, beside the window, as it takes a moment."""
        if self.pillar and not self._is_asked and self.window is not None:
            self._is_asked = True
            match, seat = self.session.match, self.session.seat
            self.window.run_in_background(lambda _report: legacy_pillar(match, seat, FUTURES), self._on_legacy)
            self.rebuild()

    def _on_legacy(self, value: float) -> None:
        self.pillar = self.pillar | {"legacy": value}
        self.rebuild()

    def build(self, size: tuple[int, int]) -> Widget:
        compact = is_compact(size)
        wide, high = (length / theme.scale() for length in size)
        panels = [self._panel(course, compact=compact) for course in self.model.courses]
        columns = min(3, max(1, int((wide - 2 * EDGE + GAP) // (LEAST_WIDTH + GAP))))
        has_room = columns == 3 and high >= 2 * LEAST_HEIGHT
        grid: Widget = Grid(*panels, columns=columns, gap=GAP, fill_height=has_room, grow=1)
        if not has_room:
            for panel in panels:
                panel.fixed_height = LEAST_HEIGHT
            grid = Scroll(grid, "courses")
        return Column(
            *self._head(compact=compact, two_lines=is_narrow(size)),
            *self._goals(),
            *self._pillars(),
            grid,
            pad=(EDGE, 24),
            gap=20,
            fill=theme.WINDOW,
            radius=0,
            id="ending",
        )

    def _head(self, *, compact: bool, two_lines: bool) -> list[Widget]:
        """What became of it, and the ways on; these in a line of their own where there is little room."""
        words = Column(
            heading(self.model.title, size=theme.TITLE if compact else theme.DISPLAY),
            Label(self.model.subtitle, tone="mid", size=theme.CAPTION if compact else theme.BODY),
            gap=0,
            align="start",
        )
        mark: list[Widget] = [Icon("warning", size=32, tone="bad")] if self.model.has_fallen else []
        ways = [
            Button(_("Look around"), "look", kind="ghost", icon="globe", key="Esc", on_press=self.app.window.pop),
            Button(_("Export"), "export", kind="ghost", icon="download", key="E", on_press=self.export),
            Button(_("Title"), "title", icon="arrow_left", on_press=self.app.show_title),
            Button(_("New game"), "new_game", kind="primary", icon="play", key="Enter", on_press=self.new_game),
        ]
        title = [Flag(self.session.seat, size=44), *mark, words]
        if two_lines:
            return [Row(*title, gap=12), Row(*ways[:-1], Spacer(), ways[-1], gap=12)]
        return [Row(*title, Spacer(), *ways, gap=12)]

    def _goals(self) -> list[Widget]:
        """What the level asked for, and what came of it."""
        if not self.model.goals:
            return []
        pills = [Pill(goal.words, goal.tone, icon=goal.icon) for goal in self.model.goals]
        met = Label(self.model.goals_met, weight=theme.SEMIBOLD, tone="high")
        return [Wrap(Icon("target", size=20), met, *pills, gap=12)]

    def _pillars(self) -> list[Widget]:
        """The score and its pillars; Legacy follows when its futures are played."""
        if not self.pillar:
            return []
        figures = [
            Row(Label(title, tone="mid", tip=number.tip), Label(number, weight=theme.SEMIBOLD, tone="high"), gap=6)
            for title, number in pillar_numbers(self.session.scene, self.pillar)
        ]
        return [Wrap(Icon("star", size=20), *figures, *self._legacy(), gap=20, id="pillars")]

    def _legacy(self) -> list[Widget]:
        """What stands in its place until the futures are played."""
        if "legacy" in self.pillar:
            return []
        if self._is_asked:
            return [caption(_("Legacy: playing on …"), "low")]
        return [Button(_("Legacy and score"), "ask_legacy", kind="link", height=28, on_press=self.ask_legacy)]

    def _panel(self, course: CourseModel, *, compact: bool) -> Widget:
        figures = Row(
            Icon(course.icon, size=24),
            Label(course.label, weight=theme.MEDIUM, tone="high", tip=course.after.tip),
            Spacer(),
            Label(course.before, size=theme.CAPTION, tone="mid"),
            Icon("arrow_right", size=14),
            Label(course.after, size=theme.TITLE, weight=theme.SEMIBOLD, tone="high"),
            Change(course.change, size=16),
            gap=10,
        )
        chart = LineChart(
            [Series(course.label, course.xs, course.ys, theme.ACCENT)],
            course.after.tip,
            x_label=x_words,
            y_label=course.words,
            id=f"chart.{course.key}",
            grow=1,
            from_zero=False,
            marks=self._marks(course),
            x_ticks=self._ticks(course, compact=compact),
        )
        rows = [
            self._turn_row(_("Best turn"), course.best, "good"),
            self._turn_row(_("Worst turn"), course.worst, "bad"),
        ]
        return Panel(figures, chart, Divider(), *rows, gap=8, pad=(20, 14), id=f"course.{course.key}")

    @staticmethod
    def _marks(course: CourseModel) -> list[Mark]:
        """The best and the worst turn on the line, their words on the side where there is room."""
        low, reach = min(course.ys), (max(course.ys) - min(course.ys)) or 1.0
        found = []
        for words, turn in ((_("best"), course.best), (_("worst"), course.worst)):
            if turn is not None:
                height = (turn.y - low) / reach
                above = height < LOW_SHARE or (turn is course.best and height < HIGH_SHARE)
                found.append(Mark(turn.x, turn.y, words, above=above))
        return found

    @staticmethod
    def _ticks(course: CourseModel, *, compact: bool) -> list[float]:
        first, last = int(course.xs[0]) + 1, int(course.xs[-1]) + 1
        step = max(1, -(-(last - first) // (4 if compact else 7)))
        return [float(year) for year in range(first, last + 1, step)]

    @staticmethod
    def _turn_row(words: str, turn: TurnModel | None, tone: str) -> Widget:
        title = caption(words, width=84)
        if turn is None:
            return Row(title, caption(_("none"), "low"), gap=10)
        cause = caption(turn.cause, "text", grow=1, wrap=True, tip=turn.change.tip)
        change = Label(turn.change.toned(tone), size=theme.CAPTION, weight=theme.SEMIBOLD)
        return Row(title, Label(turn.date, size=theme.CAPTION, weight=theme.MEDIUM, tone="high"), cause, change, gap=10)

    def new_game(self) -> None:
        """Set up another game of the same level."""
        self.app.show_new_game(self.session.match.level.id)

    def export(self) -> None:
        """Write the result as text into the user folder and say where."""
        written = write_ending(self.session.scene)
        if isinstance(written, Problem):
            self.app.tell(written)
        else:
            self.app.window.toast(_("Result written to {path}", path=written), "good")

    def on_key(self, event: Event) -> bool:
        if event.key == pygame.K_ESCAPE:
            self.app.window.pop()
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self.new_game()
        elif event.key == pygame.K_e and not event.mod & pygame.KMOD_CTRL:
            self.export()
        else:
            return self.app.helps(event)
        return True
