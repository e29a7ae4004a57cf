"""The almanac opens from title and game, turns its pages, follows links and finds words, by mouse and by key."""

from __future__ import annotations

import pytest

from game.problems import Problem, ProblemError
from game.ui import audit, theme
from game.ui.screens import almanac as almanac_screen
from game.ui.screens.almanac import AlmanacScreen
from game.ui.screens.title import TitleScreen
from game.ui.tip import Tip
from game.ui.tooltip import TipCard
from game.ui.view_model import source
from game.ui.view_model.almanac import Place
from tests.ui.played import LONG, fresh
from tests.ui.playing import Player


@pytest.fixture(autouse=True)
def _usual_scale():
    yield
    theme.use_scale(1.0)


def reader(page="", entry="", size=(1280, 720)):
    player = Player(size)
    player.app.show_title()
    player.settle()
    player.app.show_almanac(page, entry)
    player.settle()
    return player


def scrolled(player):
    """How far the page is scrolled."""
    return player.widget(f"reading.{player.window.screen.place.page}").scroll[1]


def test_it_opens_from_the_title_by_mouse_and_by_key_and_esc_goes_back():
    player = Player()
    player.app.show_title()
    player.settle()
    for opening in (lambda: player.click("almanac"), lambda: player.key("f1")):
        opening()
        player.settle()
        assert isinstance(player.window.screen, AlmanacScreen)
        player.key("esc")
        player.settle()
        assert isinstance(player.window.screen, TitleScreen)


@pytest.mark.parametrize("way", ["show_settings", "show_new_game"])
def test_it_opens_by_key_from_the_screens_before_a_game(way):
    player = Player()
    player.app.show_title()
    getattr(player.app, way)()
    player.settle()
    player.key("f1")
    player.settle()
    assert isinstance(player.window.screen, AlmanacScreen)


def test_it_opens_from_the_navigation_of_a_game_and_comes_back_to_it():
    player = Player()
    player.app.play(fresh(LONG, "JPN", 1))
    player.settle()
    player.click("almanac")
    player.settle()
    assert isinstance(player.window.screen, AlmanacScreen)
    player.click("back")
    player.settle()
    assert player.game.session.page == "map"


def test_f1_on_a_tooltip_leads_to_the_field_it_names():
    player = Player((1920, 1080))
    player.app.play(fresh(LONG, "JPN", 1))
    player.settle()
    player.point("metric.n_minus_1")
    player.run(2 * theme.TIP_DELAY_MS)
    assert player.window.tips.shown is not None
    player.key("f1")
    player.settle()
    screen = player.window.screen
    assert screen.almanac.blocks(screen.place.page)[screen.place.block].words(screen.place.row).startswith("n_minus_1 ")


def test_the_search_palette_of_a_game_finds_it():
    player = Player()
    player.app.play(fresh(LONG, "JPN", 1))
    player.settle()
    player.key("/")
    player.type("almanac")
    player.key("enter")
    player.settle()
    assert isinstance(player.window.screen, AlmanacScreen)


def test_a_tooltip_of_a_field_names_the_key_and_no_other_does():
    def keys(line):
        return TipCard(Tip("Support", "50", "Backing", "of 100", (), line)).keys

    assert ("Almanac", "F1") in keys(source.fields("support"))
    assert ("Almanac", "F1") not in keys(source.game("settings"))


def test_a_page_of_the_list_opens_at_its_top():
    player = reader()
    player.click("page.gates.md")
    player.settle()
    assert player.window.screen.place.page == "gates.md"
    assert scrolled(player) == 0


def test_the_open_page_is_in_sight_in_the_list():
    player = reader("error.md")
    row, window = player.widget("page.error.md"), player.widget("page_list")
    assert window.screen_rect.contains(row.screen_rect)


def test_a_link_leads_to_its_heading_and_backspace_comes_back():
    player = reader("turn.md")
    player.window.screen.follow("clearing.md#trade")
    player.settle()
    assert player.window.screen.place.page == "clearing.md"
    assert scrolled(player) > 0
    player.key("backspace")
    player.settle()
    assert player.window.screen.place == Place("turn.md")


def test_a_link_out_of_the_almanac_says_where_it_leads():
    player = reader("sources.md")
    player.window.screen.follow("../../LICENSE")
    player.window.screen.follow("https://example.org/x")
    player.settle()
    said = [str(toast.content) for toast, _until in player.window.toasts._toasts]
    assert said == ["Outside the almanac: LICENSE", "Outside the almanac: https://example.org/x"]
    assert player.window.screen.place.page == "sources.md"


def test_wheel_and_keys_scroll_and_arrows_turn_the_page():
    player = reader("clearing.md")
    player.wheel("reading.clearing.md", -3)
    by_wheel = scrolled(player)
    player.key("down")
    by_arrow = scrolled(player)
    player.key("pagedown")
    by_page = scrolled(player)
    assert 0 < by_wheel < by_arrow < by_page
    player.key("home")
    assert scrolled(player) == 0
    player.key("right")
    player.settle()
    assert player.window.screen.place.page == "gates.md"
    player.key("left", "left")
    player.settle()
    assert player.window.screen.place.page == "turn.md"


def test_a_search_lists_what_is_found_and_enter_opens_the_first():
    player = reader()
    player.key("/")
    player.type("scrap")
    player.settle()
    assert player.widget("hit.0") is not None
    player.key("enter")
    player.settle()
    screen = player.window.screen
    assert screen.place == screen.almanac.search("scrap")[0].place
    player.click("hit.2")
    player.settle()
    assert screen.place == screen.almanac.search("scrap")[2].place
    player.key("esc")
    player.settle()
    assert screen.query == ""
    assert isinstance(player.window.screen, AlmanacScreen)


def test_what_cannot_be_found_is_said():
    player = reader()
    player.key("/")
    player.type("zzzz")
    player.settle()
    shown = [line.text for line in audit.shown_texts(player.window.root)]
    assert "Nothing found" in shown


def test_pages_that_cannot_be_read_are_named_and_can_be_tried_again(monkeypatch):
    class Broken:
        def __init__(self):
            raise ProblemError(Problem("error", "turn.md", "this page cannot be read"))

    with monkeypatch.context() as patch:
        patch.setattr(almanac_screen, "Almanac", Broken)
        player = reader()
        assert "this page cannot be read" in [line.text for line in audit.shown_texts(player.window.root)]
    player.click("retry")
    player.settle()
    assert player.window.screen.place.page == "README.md"


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640)])
@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_every_page_can_be_read_at_every_scale(size, factor):
    player = reader(size=size)
    player.app.change(player.app.settings.changed(factor=factor))
    for page in player.window.screen.almanac.pages:
        player.window.screen.open(Place(page))
        player.settle()
        root = player.window.root
        assert audit.cut_texts(root) + audit.outlying_texts(root) + audit.overlapping_texts(root) == [], page


def test_a_long_page_scrolls_to_its_end():
    player = reader("minerals.md")
    player.key("end")
    reading = player.widget("reading.minerals.md")
    assert reading.scroll[1] == reading.reach > 0


def test_a_click_on_a_strait_opens_its_figures():
    player = Player((1920, 1080))
    player.app.play(fresh(LONG, "JPN", 1))
    player.settle()
    view = player.widget("map")
    suez = next(mark for mark in view.picture.content.corridors if mark.id == "suez")
    x, y = view.picture.place_of(suez, view.camera)
    player.click((round(view.screen_rect.x + x), round(view.screen_rect.y + y)))
    player.settle()
    screen = player.window.screen
    assert isinstance(screen, AlmanacScreen)
    block = screen.almanac.blocks("routes.md")[screen.place.block]
    assert "Suez Canal" in block.words(screen.place.row)
