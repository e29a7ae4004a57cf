"""New game: level, nation and seed side by side; one Enter starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.problems import ProblemError
from game.text import _
from game.ui import flags, shape, theme
from game.ui.map.lens import Lens
from game.ui.map.view import MapView
from game.ui.screen import Screen
from game.ui.screens.title import Logo
from game.ui.theme import px
from game.ui.tip import Tip
from game.ui.view_model import source
from game.ui.view_model.seed import random_seed_text, seed_number, seed_tip
from game.ui.view_model.setup import STEPS, STRENGTHS, LevelModel, NationCard, Setup, level_model, levels
from game.ui.widgets.base import Event, Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag
from game.ui.widgets.choice import Choice
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Divider, Grid, Row, Scroll, Spacer, Wrap
from game.ui.widgets.panel import Bar, Card, Panel
from game.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from game.match.match import Match
    from game.ui.app import App

SIDE_WIDTH, SETUP_WIDTH, NARROW_WIDTH, NARROWEST = 456, 480, 340, 300
WIDE, TIGHT, STRIP = 1650, 1200, 1000  # reference pixels: full columns, narrow ones, setup as a strip below
CARD_WIDTH, MAP_ROOM, LOW_ROOM = 232, 900, 650  # reference pixels: a card, heights for map and summary
FLAG_PX, SEED_WIDTH = 30, 240


class NationMap(MapView):
    """The map with a round flag on every nation one can play; small neighbours give way to larger ones."""

    def show(self, setup: Setup, chosen: str) -> None:
        """Flags of a level's seats, the chosen one ringed."""
        order = sorted(setup.level.seats, key=lambda n: (n != chosen, -setup.level.nation(n).gdp.value))
        self.chosen = chosen
        self.seats = [nation for nation in order if nation in self.shapes.actors]
        values = dict.fromkeys(self.seats, 1.0)
        self.set_lens(Lens("seats", "", "production", (0.5,), (), values, {}, _("you")))
        self.set_own(chosen)
        self.invalidate()

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        super().draw(surface, area)
        taken: list[pygame.Rect] = []
        for nation in getattr(self, "seats", ()):
            at = self.camera.to_view(self.shapes.label[self.shapes.actors.index(nation)])
            side = px(FLAG_PX + 8 if nation == self.chosen else FLAG_PX)
            place = pygame.Rect(0, 0, side, side)
            place.center = (area.x + round(float(at[0])), area.y + round(float(at[1])))
            if place.collidelist(taken) >= 0 or not area.contains(place):
                continue
            taken.append(place)
            if nation == self.chosen:
                shape.disc(surface, place.center, side + px(8), theme.ACCENT, theme.WHITE, max(2, px(2)))
            surface.blit(flags.round_flag(nation, side), place)


class Strength(Widget):
    """A strength in fifths."""

    def __init__(self, steps: int, of: int, tip: Tip, *, lit: bool) -> None:
        super().__init__(height=14, grow=1, tip=tip)
        self.steps, self.of, self.lit = steps, of, lit

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        wide = area.width / self.of
        for place in range(self.of):
            part = pygame.Rect(area.x + round(place * wide), area.centery - px(3), round(wide) - px(3), px(6))
            color = (theme.ACCENT if self.lit else theme.LOW) if place < self.steps else theme.CONTROL
            shape.box(surface, part, color, None, px(3))


class NewGameScreen(Screen):
    """Chooses level, nation and seed."""

    def __init__(self, app: App, level: str | None = None) -> None:
        super().__init__()
        self.app, self.wanted_level = app, level
        self.levels: list[LevelModel] = []
        self.level: LevelModel | None = None
        self.setup: Setup | None = None
        self.nation = ""
        self.seed_text = random_seed_text()
        self.is_starting = False
        self._map = NationMap("nation_map", on_select=self._choose_nation)

    def on_show(self) -> None:
        self.levels = levels()
        chosen = next((m for m in self.levels if m.id == self.wanted_level), None)
        default = next(
            (m for m in reversed(self.levels) if m.level is not None), self.levels[0] if self.levels else None
        )
        self._choose_level(chosen or default)

    # Choices ------------------------------------------------------------------------------------------------

    def _choose_level(self, model: LevelModel | None) -> None:
        self.level = model
        self.setup = Setup(model.level) if model is not None and model.level is not None else None
        self.nation = self.setup.level.default_nation if self.setup else ""
        self.rebuild()

    def add_level(self, folder: Path) -> None:
        """Put a level that stands elsewhere on the list and choose it."""
        self.levels = [*self.levels, level_model(str(folder))]
        self._choose_level(self.levels[-1])

    def _choose_nation(self, nation: str) -> None:
        if self.setup is not None and nation in self.setup.level.seats:
            self.nation = nation
            self.rebuild()

    def _set_seed(self, text: str) -> None:
        self.seed_text = text

    def _new_seed(self) -> None:
        self.seed_text = random_seed_text()
        field = self.window.root.find("seed") if self.window and self.window.root else None
        if isinstance(field, TextField):
            field.content = self.seed_text
            field.caret = len(self.seed_text)
            field.invalidate()

    def start(self) -> None:
        """Build the world beside the window, then show it."""
        if self.setup is None or self.is_starting or self.window is None:
            return
        self.is_starting = True
        self.rebuild()
        level, nation, seed = self.setup.level, self.nation, seed_number(self.seed_text or "0")

        def made(_report: object) -> Match:
            from game.match.match import Match
            from game.match.shelf import new_path

            seats = {iso3: "person" if iso3 == nation else "mind" for iso3 in level.nations if iso3 != "ROW"}
            match = Match.new(level, seats, seed)
            match.save_to(new_path(level.id, nation))
            return match

        self.window.run_in_background(made, self.app.start, None, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.is_starting = False
        self.rebuild()
        if not isinstance(error, ProblemError):
            raise error
        for problem in error.problems:
            self.app.tell(problem)

    # The tree -----------------------------------------------------------------------------------------------

    def build(self, size: tuple[int, int]) -> Widget:
        wide, high = (length / theme.scale() for length in size)
        sides = (SIDE_WIDTH, SETUP_WIDTH) if wide >= WIDE else (NARROW_WIDTH if wide >= TIGHT else NARROWEST,) * 2
        has_strip, tight = wide < STRIP, wide < TIGHT
        columns = max(1, int((wide - (sides[0] if has_strip else sum(sides)) - 48) // CARD_WIDTH))
        middle = self._middle(columns, high) if self.setup is not None else self._broken()
        side = self._side(tight)
        side.fixed_width = sides[0]
        if has_strip:
            body = Row(side, middle, gap=0, align="stretch", grow=1)
            return Column(body, self._setup_strip(), gap=0, fill=theme.WINDOW, radius=0)
        setup = self._setup_column(tight)
        setup.fixed_width = sides[1]
        return Row(side, middle, setup, gap=0, align="stretch", fill=theme.WINDOW, radius=0)

    def _side(self, tight: bool) -> Widget:
        head = Row(
            Logo(44),
            Column(heading("Chokepoint", size=theme.TITLE), caption(_("Critical minerals")), gap=0, grow=1), gap=16,
        )  # fmt: skip
        rows = [self._level_row(model) for model in self.levels]
        back = Button(_("Back"), "back", icon="arrow_left", key="Esc", on_press=self.app.window.pop)
        load = Button(_("Load game"), "load", icon="folder", on_press=self.app.show_load, visible=not tight)
        return Bar(
            head, Spacer(height=16), Label(_("Choose a level"), weight=theme.SEMIBOLD, tone="high"),
            Scroll(Column(*rows, gap=10, group=True), "levels"), Wrap(back, load, gap=12), pad=(24, 28), gap=12,
            width=SIDE_WIDTH, edges=("right",), id="level_side",
        )  # fmt: skip

    def _level_row(self, model: LevelModel) -> Widget:
        lines: list[Widget] = [
            Label(model.title, size=theme.SUBTITLE, weight=theme.SEMIBOLD, tone="high", tip=model.tip, wrap=True)
        ]
        if model.length is not None:
            lines.append(Label(model.length, size=theme.CAPTION, tone="mid"))
        else:
            lines.append(caption(_("Cannot be played: its files have problems"), tone="bad", wrap=True))
        icon = Icon("globe" if model.level is not None else "warning", size=24, tone="accent" if model.level else "bad")
        return Choice(Row(icon, Column(*lines, gap=2, grow=1), gap=16), f"level.{model.id}", pad=(16, 12),
                      selected=model is self.level, on_press=lambda: self._choose_level(model))  # fmt: skip

    def _broken(self) -> Widget:
        """What is wrong with the chosen level, or that there is none."""
        if self.level is None:
            return Column(heading(_("No level found")), caption(_("Levels are folders below levels/.")), pad=32, grow=1)
        rows = []
        for problem in self.level.problems[:40]:
            text = str(problem)
            tip = Tip(_("Problem of the level"), "", problem.hint or _("See the file named."), _("as written"), (),
                      source.game(problem.where or self.level.id))  # fmt: skip
            rows.append(Card(Label(text, wrap=True, size=theme.CAPTION, tip=tip), tone="bad"))
        return Column(
            heading(self.level.title, tip=self.level.tip, wrap=True),
            Label(_("This level fails its check:"), tone="bad"),
            Scroll(Column(*rows, gap=8), "problems"),
            pad=(24, 28),
            gap=12,
            grow=1,
            id="problems_column",
        )

    def _middle(self, columns: int, high: float) -> Widget:
        assert self.setup is not None
        assert self.level is not None
        self._map.show(self.setup, self.nation)
        self._map.fixed_height = min(424, high * 0.31 if high < MAP_ROOM * 1.1 else 424)
        cards = [self._nation_card(card) for card in self.setup.cards]
        is_few = len(cards) <= columns
        self._map.grow = 1 if is_few else 0
        if is_few:
            self._map.fixed_height = None
        frame = Panel(
            self._map, pad=1, id="map_frame", gap=0, visible=high >= MAP_ROOM or is_few, grow=1 if is_few else 0
        )
        grid: Widget = Grid(*cards, columns=columns, gap=12, group=True, id="nations")
        return Column(
            Label(
                self.level.title, size=theme.DISPLAY, weight=theme.SEMIBOLD, tone="high", wrap=True, tip=self.level.tip
            ),
            Label(self.level.summary, wrap=True, tip=self.level.tip),
            frame,
            grid if is_few else Scroll(grid, "nation_cards"),
            self._summary(high >= LOW_ROOM),
            pad=(24, 28),
            gap=14,
            grow=1,
            id="nation_column",
        )

    def _nation_card(self, card: NationCard) -> Widget:
        chosen = card.iso3 == self.nation
        bars = [
            Row(Icon(icon, size=16, tone="low"), Strength(steps, STEPS, tip, lit=chosen), gap=8)
            for (icon, _words), (steps, tip) in zip(STRENGTHS, card.strengths, strict=True)
        ]
        head = Row(
            Flag(card.iso3, size=22),
            Column(Label(card.name, weight=theme.SEMIBOLD, tone="high"), caption(card.role), gap=0, grow=1),
            gap=10,
        )
        return Choice(Column(head, *bars, gap=3), f"nation.{card.iso3}", selected=chosen, pad=(12, 8),
                      on_press=lambda: self._choose_nation(card.iso3))  # fmt: skip

    def _summary(self, shown: bool) -> Widget:
        assert self.setup is not None
        rows: list[Widget] = []
        for icon, words, figures in self.setup.summary(self.nation):
            runs: list = []  # type: ignore[type-arg]  # figures with commas between
            for place, figure in enumerate(figures):
                runs += [", ", figure] if place else [figure]
            rows.append(
                Row(
                    Icon(icon, size=18),
                    Label(words, width=88, tone="mid"),
                    Label(runs or _("next to nothing"), grow=1, wrap=True),
                    gap=12,
                    align="start",
                )
            )
        legend = Row(*(Row(Icon(icon, size=16), caption(_(words)), gap=6) for icon, words in STRENGTHS), gap=16)
        return Panel(*rows, title=_(self.setup.level.nation(self.nation).name), icon="flag", pad=(20, 12), gap=2,
                     meta=legend, visible=shown, id="nation_summary")  # fmt: skip

    def _setup_strip(self) -> Widget:
        """Seed and start in one line, where there is no room for a column."""
        seed, dice = self._seed()
        seed.grow, seed.fixed_width = 0, SEED_WIDTH
        line = Row(Label(_("Seed"), weight=theme.MEDIUM, tone="high"), seed, dice, Spacer(), self._start(True), gap=12)
        return Bar(line, edges=("top",), pad=(24, 12), id="setup_strip")

    def _seed(self) -> tuple[Widget, Widget]:
        """The field of the seed, and the button that throws another."""
        field = TextField(self.seed_text, "seed", on_change=self._set_seed, on_submit=lambda _text: self.start(),
                          grow=1, longest=40, tip=seed_tip(self.seed_text))  # fmt: skip
        return field, Button(id="dice", icon="dice", on_press=self._new_seed, tip=Tip(_("Another seed")))

    def _start(self, tight: bool) -> Widget:
        is_brief = tight or self.setup is None
        name = _(self.setup.level.nation(self.nation).name) if self.setup else ""
        words = _("Start") if is_brief else _("Start as {nation}", nation=name)
        return Button(
            _("Building …" if tight else "Building the world …") if self.is_starting else words, "start",
            kind="primary", icon="play", key="" if self.is_starting else "Enter", height=60, size=theme.SUBTITLE,
            on_press=self.start, enabled=self.setup is not None and not self.is_starting,
            reason=_("This level cannot be played.") if self.setup is None else _("The world is being built."),
        )  # fmt: skip

    def _setup_column(self, tight: bool) -> Widget:
        length = self.level.length if self.level is not None and self.level.length is not None else _("unknown")
        rows = [
            Row(Label(_("Length")), Spacer(), Label(length, weight=theme.SEMIBOLD, tone="high")),
            Row(
                Label(_("The others")),
                Spacer(),
                Label(_("play their own interest"), weight=theme.SEMIBOLD, tone="high"),
            ),
            Row(Label(_("Save")), Spacer(), Label(_("by itself, every order"), weight=theme.SEMIBOLD, tone="high")),
        ]
        return Bar(
            heading(_("Setup")),
            Divider(),
            Label(_("Seed"), weight=theme.MEDIUM, tone="high"),
            Row(*self._seed(), gap=10),
            caption(_("Same seed, same world: compare games fairly."), wrap=True),
            Divider(),
            *([] if tight else rows),
            Spacer(),
            self._start(tight),
            pad=(20 if tight else 32, 28),
            gap=14,
            width=SETUP_WIDTH,
            edges=("left",),
            id="setup_column",
        )

    def on_key(self, event: Event) -> bool:
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self.start()
        elif event.key == pygame.K_ESCAPE:
            self.app.window.pop()
        else:
            return self.app.helps(event)
        return True
