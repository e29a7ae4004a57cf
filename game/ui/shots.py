"""Pictures of every screen of a real game in progress, and of its empty and error states, drawn without a display."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

os.environ["SDL_VIDEODRIVER"] = "dummy"

import pygame

from game.content.load import load_level
from game.forecast import FIRST_FUTURES
from game.match.match import Match
from game.match.shelf import SUFFIX, new_path, saves_folder
from game.problems import Problem, ProblemError
from game.rules.form import form_fields, order_from_values
from game.ui import text
from game.ui.app import App
from game.ui.view_model.setting import Settings

if TYPE_CHECKING:
    from game.ui.screens.game import GameScreen

LEVEL, SEAT, SEED = "long_arc", "JPN", 4821
OTHERS = "mind"  # who plays the other nations: minds, or habits, which are quicker
FRAME_MS, SETTLING_FRAMES, MOST_WAIT_S = 16, 4, 90.0

Answers = Mapping[str, Any]

# What the player orders turn by turn; the last list stays open in the order list.
ORDERS: tuple[tuple[tuple[str, Answers], ...], ...] = (
    (
        ("buy_stock", {"mineral": "rare_earths", "months": 2.0, "tempo": "quiet"}),
        ("propose", {"partner": "AUS", "role": "buy", "deliver.mineral": "lithium", "deliver.layer": "ore"}),
        ("build_recycler", {"mineral": "cobalt"}),
    ),
    (
        ("cap_sourcing", {"mineral": "gallium", "share": 0.9}),
        ("propose", {"partner": "COD", "role": "buy", "deliver.mineral": "cobalt", "deliver.layer": "refined"}),
        ("support_industry", {"mineral": "rare_earths", "stage": "recycle"}),
    ),
    (
        ("propose", {"partner": "CHL", "role": "buy", "deliver.mineral": "copper", "deliver.layer": "ore"}),
        ("build_refinery", {"mineral": "nickel"}),
    ),
    (
        ("buy_stock", {"mineral": "cobalt", "months": 1.5, "tempo": "open"}),
        ("restrict_exports", {"mineral": "titanium", "layer": "refined", "measure": "licence"}),
        ("propose", {"partner": "IDN", "role": "buy", "deliver.mineral": "nickel", "deliver.layer": "refined"}),
    ),
)

BROKEN_LEVEL = """id: broken
title: A level with mistakes
summary: Shows how a level that fails its check looks.
turns: many
scenario: stated_polices
default_nation: JAP
"""


@dataclass(frozen=True)
class Shot:
    """One picture: its file, the screen it shows, and in which state."""

    file: str
    screen: str
    state: str


def render_all(out: Path, size: tuple[int, int], factor: float = 1.0) -> list[Shot]:
    """Write every picture and index.json into `out`, at an interface scale of `factor`.

    Raises OSError when the folder cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _own_home():
        camera = Camera(out, size, factor)
        try:
            _shoot_start(camera)
            _shoot_game(camera, played_match())
        finally:
            camera.app.end()
            pygame.display.quit()
    (out / "index.json").write_text(json.dumps([asdict(shot) for shot in camera.shots], indent=1), encoding="utf-8")
    return camera.shots


@contextmanager
def _own_home() -> Iterator[None]:
    """Settings and saves of the player stay untouched: the game gets a folder of its own meanwhile."""
    before = os.environ.get("CHOKEPOINT_HOME")
    with TemporaryDirectory() as home:
        os.environ["CHOKEPOINT_HOME"] = home
        try:
            yield
        finally:
            if before is None:
                del os.environ["CHOKEPOINT_HOME"]
            else:
                os.environ["CHOKEPOINT_HOME"] = before


class Camera:
    """An app whose frames are kept as pictures."""

    def __init__(self, out: Path, size: tuple[int, int], factor: float = 1.0) -> None:
        if pygame.display.get_init():
            pygame.display.quit()
        text.forget_fonts()
        self.out, self.shots, self.now = out, [], 0  # type: ignore[var-annotated]
        self.app = App(Settings(width=size[0], height=size[1], factor=factor, reduce_motion=True))
        # A picture waits for its forecast, so the first band must do.
        self.app.fans.futures = min(self.app.fans.futures, FIRST_FUTURES)

    def settle(self) -> None:
        """Let a few frames pass, and what is being computed come in."""
        ends = time.monotonic() + MOST_WAIT_S
        frames = SETTLING_FRAMES
        while frames > 0:
            self.now += FRAME_MS
            self.app.window.step([], self.now)
            if (self.app.window.is_busy or self.app.is_forecasting) and time.monotonic() < ends:
                time.sleep(0.005)
            else:
                frames -= 1

    def shoot(self, screen: str, state: str) -> None:
        """Keep the present frame."""
        self.settle()
        shot = Shot(f"{screen}_{state}.png", screen, state)
        pygame.image.save(self.app.window.frame(), str(self.out / shot.file))
        self.shots.append(shot)

    def shoot_dialog(self, screen: str, state: str) -> None:
        """Keep the present frame and close the dialog on it."""
        self.shoot(screen, state)
        self.app.window.close_dialog()


def played_match(turns: int = len(ORDERS) - 1, level: str = LEVEL, seat: str = SEAT) -> Match:
    """A game a few turns in, saved, with orders open."""
    match = Match.new(load_level(level), _seats(level, seat), SEED)
    match.save_to(new_path(level, seat))
    for orders in ORDERS[:turns]:
        _give(match, seat, orders)
        for offer in match.inbox(seat)[:1]:
            _give(match, seat, [("answer", {"offer": offer.number, "reply": "accept"})])
        match.end_turn()
    _give(match, seat, ORDERS[-1])
    return match


def _seats(level: str, seat: str) -> dict[str, str]:
    return {nation: OTHERS for nation in load_level(level).nations if nation != "ROW"} | {seat: "person"}


def _give(match: Match, seat: str, orders: Any) -> None:
    """Give orders as a form would; what the level or the purse does not allow is left out."""
    for kind, answers in orders:
        view = match.plan(seat)
        known = {field.name for field in form_fields(kind, view, answers)}
        chosen = {name: value for name, value in answers.items() if name in known}
        values = {field.name: field.default for field in form_fields(kind, view, chosen)} | chosen
        try:
            match.submit(seat, order_from_values(kind, values))
        except ProblemError:
            continue


def _shoot_start(camera: Camera) -> None:
    """Title, shelf and new game before anything was played."""
    app = camera.app
    app.show_title()
    camera.shoot("title", "empty")
    app.show_load()
    camera.shoot("load", "empty")
    app.window.pop()
    app.show_new_game()
    camera.shoot("new_game", "filled")
    _shoot_broken_level(camera)
    app.window.pop()
    app.show_settings()
    camera.shoot("settings", "filled")
    app.window.pop()
    _shoot_almanac(camera)


def _shoot_almanac(camera: Camera) -> None:
    """The front page, equations and tables, a search, one that finds nothing, pages that are missing."""
    from game.ui.screens.almanac import AlmanacScreen
    from game.ui.view_model.almanac import Place

    app = camera.app
    app.show_almanac()
    screen = app.window.screen
    assert isinstance(screen, AlmanacScreen)
    camera.shoot("almanac", "filled")
    for state, page in (("equations", "clearing.md"), ("table", "parameters.md"), ("orders", "orders.md"),
                        ("minerals", "minerals.md"), ("trainers", "trainers.md")):  # fmt: skip
        screen.open(Place(page))
        camera.shoot("almanac", state)
    for state, query in (("search", "shadow price"), ("empty", "no such words")):
        screen.query = query
        screen.rebuild()
        if state == "search" and screen.almanac is not None:
            screen.open(screen.almanac.search(query)[2].place)
        camera.shoot("almanac", state)
    screen.almanac, screen.problem = None, Problem("error", "README.md", "this page of the almanac cannot be read")
    screen.rebuild()
    camera.shoot("almanac", "error")
    app.window.pop()


def _shoot_broken_level(camera: Camera) -> None:
    from game.ui.screens.new_game import NewGameScreen

    screen = camera.app.window.screen
    assert isinstance(screen, NewGameScreen)
    folder = Path(os.environ["CHOKEPOINT_HOME"]) / "broken"
    folder.mkdir(exist_ok=True)
    (folder / "level.yaml").write_text(BROKEN_LEVEL, encoding="utf-8")
    screen.add_level(folder)
    camera.shoot("new_game", "error")


def _shoot_game(camera: Camera, match: Match) -> None:
    app = camera.app
    damaged = saves_folder() / f"damaged{SUFFIX}"
    damaged.write_bytes(b"not a saved game")
    fresh = Match.new(match.level, dict.fromkeys(match.seats, "habit") | {SEAT: "person"}, SEED)
    app.show_title()
    camera.shoot("title", "filled")
    app.show_load()
    camera.shoot("load", "error")
    app.window.pop()
    app.play(fresh)
    _shoot_fresh(camera, _game(app))
    app.play(match)
    _shoot_map(camera, _game(app))
    _shoot_pages(camera, _game(app))
    _shoot_forms(camera, _game(app))
    _shoot_dialogs(camera, _game(app))
    match.close()


def _game(app: App) -> GameScreen:
    from game.ui.screens.game import GameScreen

    screen = app.window.screen
    assert isinstance(screen, GameScreen)
    return screen


def _shoot_fresh(camera: Camera, screen: GameScreen) -> None:
    """The first turn: briefing, no history, no report, no order."""
    screen.show_briefing()
    camera.shoot_dialog("briefing", "filled")
    screen.end_turn()
    camera.shoot_dialog("turn_end", "filled")
    camera.shoot("map", "empty")
    for page in ("market", "orders", "report", "diplomacy"):
        screen.show_page(page)
        camera.shoot(page, "empty")


def _shoot_map(camera: Camera, screen: GameScreen) -> None:
    screen.choose_mineral("cobalt")
    screen.select_nation("COD")
    camera.shoot("map", "filled")
    for lens in ("production", "price", "trust"):
        screen.choose_lens(lens)
        camera.shoot("map", lens)
    screen.choose_lens("production")
    screen.choose_stage("mine")
    camera.shoot("map", "production_mined")
    screen.choose_lens("dependency")
    for tab in ("economy", "history", "overview"):
        screen.choose_tab(tab)
        camera.shoot("nation", tab)
    screen.close_nation()
    camera.shoot("nation", "own")
    screen.toggle_orders()
    camera.shoot("map", "orders")
    screen.toggle_orders()
    screen.show_progress("minds", 12, 38)
    camera.shoot("map", "resolving")
    screen.show_progress()


def _shoot_pages(camera: Camera, screen: GameScreen) -> None:
    for page in ("market", "orders", "report"):
        screen.show_page(page)
        camera.shoot(page, "filled")
    screen.show_page("diplomacy")
    screen.select_partner("CHN")
    camera.shoot("diplomacy", "filled")
    for view in ("matrix", "leverage", "web"):
        screen.choose_diplomacy_view(view)
        camera.shoot("diplomacy", view)
    screen.close_nation()
    screen.show_page("report")
    for tab in ("markets", "log", "summary"):
        screen.report.show_tab(tab)
        camera.shoot("report", tab)
    screen.open_market_of("gallium")
    camera.shoot("market", "grades")
    unused = _unused_mineral(screen)
    if unused:
        screen.open_market_of(unused)
        camera.shoot("market", "not_traded")
        screen.choose_mineral("cobalt")
    screen.show_page("map")


def _unused_mineral(screen: GameScreen) -> str:
    """A mineral of which nothing reaches the seat; "" when there is none."""
    scene = screen.session.scene
    arrives = scene.world.refined_flow_t[0, :, :, scene.nation].sum(-1)
    return next((name for m, name in enumerate(scene.axes.minerals) if arrives[m] <= 0), "")


def _shoot_forms(camera: Camera, screen: GameScreen) -> None:
    """Every form filled; one refused for want of money, one with nothing to choose from."""
    forms: tuple[tuple[str, str, Answers], ...] = (
        ("buy_stock", "filled", {"mineral": "rare_earths", "months": 2.0}),
        ("cap_sourcing", "filled", {"mineral": "gallium"}),
        ("release_stock", "filled", {"mineral": "cobalt"}),
        ("build_refinery", "filled", {"mineral": "lithium"}),
        ("build_recycler", "filled", {"mineral": "rare_earths"}),
        ("support_industry", "filled", {"mineral": "graphite"}),
        ("restrict_exports", "filled", {"mineral": "titanium", "targets": ("CHN", "USA")}),
        ("set_import_terms", "filled", {"mineral": "cobalt", "layer": "refined", "terms": "standard"}),
        ("fund_substitution", "filled", {"mineral": "cobalt", "product": "batteries"}),
        ("propose", "filled", {"partner": "CHL", "role": "buy", "deliver.mineral": "copper"}),
        ("leave", "filled", {}),
        ("answer", "empty", {}),
        ("build_mine", "refused", {"mineral": "gallium"}),
    )
    for kind, state, answers in forms:
        screen.give_order(kind, dict(answers))
        camera.shoot_dialog(f"form_{kind}", state)


def _shoot_dialogs(camera: Camera, screen: GameScreen) -> None:
    app, session = camera.app, screen.session
    app.open_menu(session)
    camera.shoot_dialog("menu", "filled")
    app.save_as(session)
    camera.shoot_dialog("save_as", "filled")
    app.show_keys()
    camera.shoot_dialog("keys", "filled")
    screen.search()
    camera.shoot_dialog("search", "filled")
    screen.show_advisers()
    camera.shoot_dialog("advisers", "filled")
    app.show_end(session)
    camera.shoot("end", "filled")
    app.window.pop()
