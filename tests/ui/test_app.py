"""The application played by mouse and keyboard, and what survives when it is killed."""

import json

import pytest

from game.match.match import Match
from game.match.shelf import list_saves
from game.ui.screens.game import GameScreen
from game.ui.screens.title import TitleScreen
from tests.ui.playing import Player


@pytest.fixture
def player():
    return Player()


def orders_of(match):
    return [json.loads(order.as_json()) for order in match.orders(match.persons[0])]


def test_a_game_is_started_played_and_continued_by_mouse(player):
    player.start_game()
    for _turn in range(2):
        player.give("buy_stock")
        player.give("support_industry")
        assert len(player.match.orders("JPN")) == 2
        player.end_turn()
        assert player.game.session.page == "report"
        player.click("continue")
        player.settle()
    assert player.match.turn == 2


def test_what_was_submitted_is_in_the_file_when_the_process_dies(player):
    player.start_game()
    player.give("buy_stock")
    player.end_turn()
    player.give("support_industry")
    given = orders_of(player.match)
    assert given
    saved = Match.load(list_saves()[0].path)
    assert saved.turn == 1
    assert orders_of(saved) == given
    assert saved.world.state_hash() == player.match.world.state_hash()
    saved.close()


def test_the_title_continues_the_newest_game(player):
    player.start_game()
    player.give("buy_stock")
    given = orders_of(player.match)
    player.match.close()
    player.app.show_title()
    player.settle()
    player.click("continue")
    player.settle()
    assert orders_of(player.match) == given


def test_orders_are_taken_back_and_given_again_by_key(player):
    player.start_game()
    player.give("buy_stock")
    player.key("ctrl+z")
    assert player.match.orders("JPN") == []
    player.key("ctrl+y")
    assert len(player.match.orders("JPN")) == 1
    player.settle()
    player.click("remove.0")
    assert player.match.orders("JPN") == []


def test_a_game_is_saved_under_a_name_and_goes_on_there(player):
    player.start_game()
    player.key("ctrl+s")
    player.settle()
    player.click("save_name")
    player.key("ctrl+a")
    player.type("my game")
    player.key("enter")
    player.settle()
    assert player.match.path.name == "my game.chokepoint"
    assert len(list_saves()) == 2


def test_keys_reach_pages_minerals_and_lenses(player):
    player.start_game("long_arc")
    session = player.game.session
    for key, page in (("f3", "market"), ("f4", "orders"), ("f5", "report"), ("f2", "map")):
        player.key(key)
        player.settle()
        assert session.page == page
    player.key("3")
    assert session.mineral == session.match.axes.minerals[2]
    before = session.lens
    player.key("l")
    assert session.lens != before
    player.settle()
    player.key("left")
    assert session.selected is not None
    player.key("esc")
    assert session.selected is None


def test_every_form_opens_and_refuses_or_gives():
    player = Player((1920, 1080))
    player.start_game()
    player.key("f4")
    player.settle()
    for kind in ("buy_stock", "release_stock", "cap_sourcing", "build_mine", "build_refinery", "build_recycler",
                 "support_industry", "restrict_exports", "propose"):  # fmt: skip
        choice = player.widget(f"order.{kind}")
        player.click(f"order.{kind}")
        player.settle()
        if not choice.enabled:
            assert choice.reason
            assert not player.window.dialogs
            continue
        before = len(player.match.orders("JPN"))
        may = player.widget("give_order").enabled
        player.key("enter")
        player.settle()
        assert len(player.match.orders("JPN")) == before + may
        if may:
            player.key("ctrl+z")
        else:
            player.key("esc")
        player.settle()
        assert not player.window.dialogs


def test_enter_ends_the_turn_from_the_map_alone_and_only_after_a_question(player):
    player.start_game()
    player.key("f4")
    player.settle()
    player.key("enter")
    player.settle()
    assert not player.game.session.is_resolving
    player.key("f2")
    player.settle()
    player.key("enter")
    player.settle()
    assert player.window.dialogs
    player.key("esc")
    player.settle()
    assert player.match.turn == 0


def test_an_order_shows_what_it_is_expected_to_change(player):
    player.start_game()
    player.click("nav.orders")
    player.settle()
    player.click("order.buy_stock")
    effect = player.widget("expected")
    player.wait(lambda: len(effect.children) > 3)


def test_search_finds_a_nation(player):
    player.start_game()
    player.key("/")
    player.settle()
    player.type("austr")
    player.key("enter")
    player.settle()
    assert player.game.session.selected == "AUS"


def test_escape_leads_back_to_the_title_through_the_menu(player):
    player.start_game()
    player.key("esc")
    player.settle()
    player.click("title")
    player.settle()
    assert isinstance(player.window.screen, TitleScreen)


def test_the_last_turn_leads_to_the_final_numbers(player):
    player.start_game()
    while not player.match.over:
        player.end_turn()
        player.click("nav.map")
        player.settle()
    player.click("end_turn")
    player.settle()
    assert not isinstance(player.window.screen, GameScreen)
