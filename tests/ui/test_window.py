"""The window draws only what changed, keeps focus over a rebuild, explains figures and works in the background."""

import threading

import pygame
import pytest

from game.ui import theme
from game.ui.component_sheet import ChartSheet
from game.ui.screen import Screen
from game.ui.tip import Span, number
from game.ui.widgets.button import Button
from game.ui.widgets.dialog import Dialog
from game.ui.widgets.label import Label
from game.ui.widgets.layout import Column, Row, Scroll
from game.ui.widgets.panel import Panel
from game.ui.widgets.slider import Slider
from game.ui.widgets.text_field import TextField
from tests.ui.pilot import Pilot

STOCK = number(34, "days", title="Stock cover", meaning="Days of use in store", source="field stock_t")
PRICE = number(26100, "usd_per_t", title="Price", meaning="Refined price", source="field price_usd_per_t")


class Form(Screen):
    """Two figures, a field, three buttons and a long list."""

    def __init__(self):
        super().__init__()
        self.pressed, self.keys = [], []

    def build(self, size):
        buttons = [Button(name, name, on_press=lambda n=name: self.pressed.append(n)) for name in ("one", "two")]
        blocked = Button("three", "three", enabled=False, reason="The treasury is empty.")
        rows = Column(*(Button(f"row {word}", f"row.{word}") for word in "abcdefghijklmnopqrstuvwxyz"), group=True)
        return Row(
            Panel(
                Label(STOCK, "stock"),
                Label(PRICE, "price"),
                TextField("ab", "field"),
                Row(*buttons, blocked),
                title="Form",
                id="panel",
                grow=1,
            ),
            Scroll(rows, "list"),
            pad=16,
            align="stretch",
        )

    def on_key(self, event):
        self.keys.append(event.key)
        return True


@pytest.fixture
def pilot():
    yield Pilot(Form(), (1280, 720))
    theme.use_scale(1.0)


def test_an_idle_frame_draws_nothing_and_asks_for_no_other(pilot):
    pilot.run(500)
    assert pilot.post() == []
    assert pilot.window.wait_ms() is None


def test_hovering_a_button_draws_its_own_area_alone(pilot):
    pilot.run(500)
    pilot.point("one")
    pilot.run(30)
    button = pilot.widget("one").screen_rect.inflate(8, 8)
    assert pilot.drawn
    assert all(button.contains(area) for area in pilot.drawn)


def test_a_press_counts_only_when_released_inside(pilot):
    pilot.click("one")
    start = pilot.widget("two").screen_rect.center
    pilot.drag(start, (start[0], start[1] + 200))
    assert pilot.window.screen.pressed == ["one"]


def test_tab_visits_in_reading_order_and_a_group_once(pilot):
    visited = []
    for _ in range(6):
        pilot.key("tab")
        visited.append(pilot.window.focused.id)
    assert visited == ["field", "one", "two", "three", "row.a", "field"]


def test_arrows_move_inside_a_group_and_scroll_to_what_has_focus(pilot):
    pilot.key("shift+tab")
    assert pilot.window.focused.id == "row.a"
    pilot.key(*["down"] * 25)
    assert pilot.window.focused.id == "row.z"
    scroll = pilot.widget("list")
    assert scroll.screen_rect.contains(pilot.widget("row.z").screen_rect)


def test_focus_scrolling_and_caret_survive_a_rebuild_by_id(pilot):
    pilot.wheel("list", -3)
    offset = pilot.widget("list").scroll[1]
    pilot.click("field")
    pilot.key("home")
    pilot.window.screen.rebuild()
    pilot.post()
    assert offset > 0
    assert pilot.widget("list").scroll[1] == offset
    assert pilot.window.focused is pilot.widget("field")
    pilot.type("x")
    assert pilot.widget("field").content == "xab"


class Dial(Screen):
    """A slider that rebuilds the whole screen at every step."""

    value = 0.0

    def build(self, size):
        return Column(Slider(self.value, 0, 100, 1, id="dial", on_change=self.turn), pad=40)

    def turn(self, value):
        self.value = value
        self.rebuild()


def test_a_drag_goes_on_when_the_screen_is_rebuilt_under_it():
    pilot = Pilot(Dial(), (1280, 720))
    area = pilot.widget("dial").screen_rect
    pilot.drag(area.midleft, area.center, steps=8)
    assert pilot.window.screen.value == 50


def test_focus_finds_the_successor_when_a_part_of_the_tree_is_replaced(pilot):
    pilot.key("tab", "tab")
    panel = pilot.widget("panel")
    panel.replace_children(Button("One again", "one"), Button("Other", "other"))
    pilot.post()
    assert pilot.window.focused is pilot.widget("one")
    panel.replace_children(Button("Other", "other"))
    pilot.post()
    assert pilot.window.focused is None


def test_letters_are_no_shortcuts_while_a_field_has_focus(pilot):
    pilot.click("field")
    pilot.type("lt")
    assert pilot.window.screen.keys == []
    pilot.key("tab", "l")
    assert pilot.window.screen.keys == [pygame.K_l]


def test_enter_presses_what_was_reached_by_key_but_not_what_was_clicked(pilot):
    pilot.click("one")
    pilot.key("enter")
    assert pilot.window.screen.pressed == ["one"]
    assert pilot.window.screen.keys == [pygame.K_RETURN]
    pilot.key("tab", "enter")
    assert pilot.window.screen.pressed == ["one", "two"]


def test_a_tooltip_waits_and_then_opens_at_once_at_its_neighbour(pilot):
    pilot.point("stock")
    pilot.run(theme.TIP_DELAY_MS - 100)
    assert pilot.window.tips.shown is None
    pilot.run(150)
    assert pilot.window.tips.shown == STOCK.tip
    pilot.point("price")
    assert pilot.window.tips.shown == PRICE.tip


def test_a_tooltip_never_covers_its_target(pilot):
    for id in ("stock", "price", "three"):
        pilot.point(id)
        pilot.run(600)
        card = pilot.window.tips.card
        target = pilot.widget(id)
        area = target.spots[0].area.move(target.screen_rect.topleft) if target.spots else target.screen_rect
        assert not card.rect.colliderect(area), id


def test_t_pins_a_tooltip_and_escape_closes_it(pilot):
    pilot.point("stock")
    pilot.run(500)
    pilot.key("t")
    pilot.point((1270, 710))
    assert pilot.window.tips.has_pinned
    pilot.key("esc")
    assert not pilot.window.tips.has_pinned


def test_the_keyboard_alone_reaches_every_figure(pilot):
    seen = set()
    for _ in range(2):
        pilot.key("shift+t")
        seen.add(pilot.window.tips.shown)
    assert seen == {STOCK.tip, PRICE.tip}


def test_a_blocked_button_says_why_to_mouse_and_keyboard(pilot):
    pilot.point("three")
    pilot.run(500)
    assert pilot.window.tips.shown.title == "The treasury is empty."
    pilot.point((1270, 710))
    pilot.key("tab", "tab", "tab", "tab")
    assert pilot.window.focused.id == "three"
    assert pilot.window.tips.shown.title == "The treasury is empty."
    pilot.key("enter")
    assert pilot.window.screen.pressed == []


def test_a_dialog_keeps_everything_below_from_answering(pilot):
    answers = []
    dialog = Dialog(
        "Sure?",
        "A question.",
        actions=[Button("Yes", "yes", kind="primary", on_press=lambda: answers.append("yes")), Button("No", "no")],
        on_cancel=lambda: answers.append("cancel"),
    )
    pilot.window.open_dialog(dialog)
    pilot.post()
    pilot.click("one")
    pilot.key("l", "enter", "esc")
    assert pilot.window.screen.pressed == []
    assert pilot.window.screen.keys == []
    assert answers == ["yes", "cancel"]
    pilot.window.close_dialog()
    pilot.click("one")
    assert pilot.window.screen.pressed == ["one"]


def test_work_in_the_background_reports_progress_and_result_to_the_window_thread(pilot):
    heard = []

    def work(report):
        report(0.5)
        return threading.get_ident()

    window = pilot.window
    window.run_in_background(work, lambda r: heard.append(r), lambda p: heard.append((p, threading.get_ident())))
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(timeout=5)
    pilot.post()
    assert heard[0] == (0.5, threading.get_ident())
    assert heard[1] != threading.get_ident()


def test_an_error_in_the_background_is_handed_over(pilot):
    errors = []

    def work(report):
        raise ValueError("no such world")

    pilot.window.run_in_background(work, lambda result: None, on_error=errors.append)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(timeout=5)
    pilot.post()
    assert [str(error) for error in errors] == ["no such world"]


def test_reduced_motion_ends_every_animation_at_once(pilot):
    pilot.window.reduce_motion = True
    pilot.point("one")
    assert pilot.widget("one").heat == 1.0
    assert pilot.window.wait_ms() is None or pilot.window.wait_ms() > 1


def test_what_moved_is_drawn_where_it_was_and_where_it_is(pilot):
    pilot.run(500)
    label = pilot.widget("stock")
    before = pilot.window.frame()
    label.fixed_height = 120
    label.set(Span("taller"))
    pilot.window.request_layout()
    pilot.post()
    shown = pilot.window.display.surface.copy()
    assert pygame.image.tobytes(shown, "RGB") == pygame.image.tobytes(pilot.window.frame(), "RGB")
    assert pygame.image.tobytes(shown, "RGB") != pygame.image.tobytes(before, "RGB")


def test_a_partial_drawing_equals_a_whole_one():
    pilot = Pilot(ChartSheet(), (1280, 720))
    for point in ((300, 200), (520, 260), (1000, 640), (60, 40), (700, 620)):
        pilot.point(point)
        pilot.run(200)
    pilot.window.tips.clear()
    pilot.run(100)
    shown = pygame.image.tobytes(pilot.window.display.surface, "RGB")
    assert shown == pygame.image.tobytes(pilot.window.frame(), "RGB")


def test_a_resize_stretches_first_and_rebuilds_when_quiet(pilot):
    built = []
    screen = pilot.window.screen
    build = screen.build
    screen.build = lambda size: built.append(size) or build(size)
    pygame.display.set_mode((1600, 900), pygame.RESIZABLE)
    pilot.post(pygame.event.Event(pygame.WINDOWSIZECHANGED, x=1600, y=900))
    pilot.run(theme.RESIZE_QUIET_MS - 60)
    assert built == []
    pilot.run(200)
    assert built == [(1600, 900)]
    assert pilot.window.root.rect.size == (1600, 900)
