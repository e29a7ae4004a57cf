"""The map view: what it shows, what it answers, and that it draws no more than it must."""

from __future__ import annotations

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame
import pytest

from game.ui import theme
from game.ui.audit import numbers_without_tip, overlapping_texts
from game.ui.map.flow import Flow
from game.ui.map.key import FlowKey, LensKey
from game.ui.map.label import NationLabel
from game.ui.map.lens import Lens, even_steps
from game.ui.map.mark import CorridorMark
from game.ui.map.view import MapView
from game.ui.screen import Screen
from game.ui.tip import Tip, number
from game.ui.widgets.base import Widget
from tests.ui.pilot import Pilot

LENS = Lens(
    "dependency",
    "Dependency",
    steps=(1, 2, 5, 10, 25, 50),
    values={"COD": 58.0, "CHN": 44.0, "AUS": 0.5, "IND": None},
    tips={"CHN": Tip("China", "44%", "share", "percent", source="test")},
    own_note="you",
)
ROUTE = (("land", [(25.5, -10.7), (39.5, -6.9)]), ("sea", [(39.5, -6.9), (94.8, 6.0), (104.2, 1.3), (122.1, 31.2)]))
PACIFIC = (("sea", [(122.1, 31.2), (140.5, 34.6), (180.0, 45.0), (241.7, 33.7)]),)
FLOWS = (
    Flow("ore", ROUTE, 100.0, "ore", theme.MINERAL_COLORS["cobalt"], Tip("Ore to China")),
    Flow("refined", PACIFIC, 4.0, "refined", theme.MINERAL_COLORS["cobalt"]),
)
MARKS = (
    CorridorMark("malacca", "Malacca", 101.2, 2.6, "watch", Tip("Strait of Malacca")),
    CorridorMark("panama", "Panama", -79.7, 9.1, "closed", Tip("Panama Canal")),
    CorridorMark("lobito", "Lobito Corridor", 16.9, -12.5, icon="train", detail="built"),
)


def percent(value: float) -> object:
    return number(value, "percent", title="Share", meaning="share of supply", source="test")


class MapScreen(Screen):
    """A map and nothing else."""

    def __init__(self) -> None:
        self.selected: list[str] = []
        self.corridors: list[str] = []
        self.flows: list[str] = []

    def build(self, size: tuple[int, int]) -> Widget:
        view = MapView(on_select=self.selected.append, on_corridor=self.corridors.append, on_flow=self.flows.append)
        view.set_lens(LENS)
        view.set_own("EUU")
        view.set_flows(FLOWS)
        view.set_corridors(MARKS)
        names = {"COD": "DR Congo", "CHN": "China", "AUS": "Australia", "JPN": "Japan", "KOR": "South Korea"}
        view.set_labels(NationLabel(nation, name, percent(12.0), nation == "COD") for nation, name in names.items())
        return view


@pytest.fixture
def pilot() -> Pilot:
    return Pilot(MapScreen(), (1280, 720))


def view_of(pilot: Pilot) -> MapView:
    view = pilot.widget("map")
    assert isinstance(view, MapView)
    return view


def pixel(pilot: Pilot, lon: float, lat: float) -> tuple[int, int]:
    view = view_of(pilot)
    x, y = view.camera.to_view(view.shapes.project(lon, lat))
    return round(float(x)), round(float(y))


def press(pilot: Pilot, at: tuple[int, int]) -> None:
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pilot.post(pygame.event.Event(kind, pos=at, button=1))


def color_at(pilot: Pilot, lon: float, lat: float) -> tuple[int, ...]:
    return tuple(pilot.window.frame().get_at(pixel(pilot, lon, lat)))[:3]


def test_nations_have_the_colour_of_their_step_and_the_rest_is_land(pilot: Pilot) -> None:
    ramp = theme.RAMPS["dependency"]
    assert color_at(pilot, 88.0, 40.0) == ramp[4]
    assert color_at(pilot, 125.0, -21.0) == theme.LAND
    assert color_at(pilot, 5.0, 15.0) == theme.LAND
    assert color_at(pilot, -40.0, 20.0) == theme.SEA


def test_the_own_nation_has_its_own_colour_and_no_data_is_hatched(pilot: Pilot) -> None:
    assert color_at(pilot, -4.0, 40.5) == theme.OWN_NATION
    frame, (x, y) = pilot.window.frame(), pixel(pilot, 78.0, 23.0)
    assert len({tuple(frame.get_at((x + step, y))) for step in range(-12, 12)}) > 1


def test_a_click_selects_the_nation_under_it_and_outlines_it_in_white(pilot: Pilot) -> None:
    press(pilot, pixel(pilot, -53.0, -10.0))
    assert pilot.window.screen.selected == ["BRA"]
    assert view_of(pilot).selected == "BRA"
    frame, (x, y) = pilot.window.frame(), pixel(pilot, -38.9, -13.0)
    near = [frame.get_at((x + dx, y + dy)) for dx in range(-8, 9) for dy in range(-8, 9)]
    assert any(min(color[:3]) > 200 for color in near)


def test_a_click_on_the_sea_or_on_the_rest_of_the_world_selects_nothing(pilot: Pilot) -> None:
    press(pilot, pixel(pilot, -40.0, 20.0))
    press(pilot, pixel(pilot, 5.0, 15.0))
    assert pilot.window.screen.selected == []


def test_small_islands_can_be_hit_beside_their_shore(pilot: Pilot) -> None:
    x, y = pixel(pilot, 165.45, -21.45)
    assert view_of(pilot).land.actor_at(view_of(pilot).camera, (x + 3, y + 3)) == "NCL"


def test_corridors_and_flows_answer_the_pointer_before_the_nation_below(pilot: Pilot) -> None:
    press(pilot, pixel(pilot, 101.2, 2.6))
    assert pilot.window.screen.corridors == ["malacca"]
    ribbon = view_of(pilot).picture.ribbons[0]
    x, y = ribbon.points[len(ribbon.points) // 2]
    press(pilot, (round(float(x)), round(float(y))))
    assert pilot.window.screen.flows == ["ore"]
    assert pilot.window.screen.selected == []


def test_the_pointer_finds_the_tip_of_corridor_flow_and_nation(pilot: Pilot) -> None:
    view = view_of(pilot)
    titles = []
    for at in (pixel(pilot, 101.2, 2.6), pixel(pilot, 88.0, 40.0)):
        found = view.tip_at(pilot.point(at))
        assert found is not None
        titles.append(found[0].title)
    assert titles == ["Strait of Malacca", "China"]


def test_an_idle_frame_draws_nothing_and_a_hover_only_its_nation(pilot: Pilot) -> None:
    pilot.run(200)
    assert pilot.post() == []
    pilot.point(pixel(pilot, -53.0, -10.0))
    assert pilot.drawn
    assert sum(area.width * area.height for area in pilot.drawn) < 0.2 * 1280 * 720
    pilot.point(pixel(pilot, -52.0, -11.0))
    assert pilot.drawn == []


def test_the_wheel_zooms_around_the_pointer_and_the_picture_gets_sharp_when_it_rests(pilot: Pilot) -> None:
    view, at = view_of(pilot), pixel(pilot, 100.0, 36.0)
    before = view.camera.from_view(at)
    pilot.point(at)
    pilot.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=2, pos=at))
    assert view.camera.zoom == pytest.approx(1.25**2)
    assert view.camera.from_view(at) == pytest.approx(before, abs=1e-4)
    assert view._is_moving
    pilot.run(400)
    assert not view._is_moving
    pilot.point((2, 2))
    assert color_at(pilot, 100.0, 36.0) == theme.RAMPS["dependency"][4]


def test_a_drag_moves_the_map_and_selects_nothing(pilot: Pilot) -> None:
    view, at = view_of(pilot), (640, 360)
    view.zoom_in()
    view.zoom_in()
    pilot.run(400)
    x = view.camera.x
    pilot.point(at)
    pilot.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    pilot.post(pygame.event.Event(pygame.MOUSEMOTION, pos=(540, 360), rel=(-100, 0), buttons=(1, 0, 0)))
    pilot.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(540, 360), button=1))
    assert view.camera.x == pytest.approx(x + 100 / view.camera.scale, abs=1e-3)
    assert pilot.window.screen.selected == []


def test_the_camera_never_leaves_the_world(pilot: Pilot) -> None:
    view = view_of(pilot)
    view.zoom_out()
    assert view.camera.zoom == 1
    view.look(view.camera.zoomed(50, (0, 0)).moved(99999, 99999))
    left, top = view.camera.from_view((0, 0))
    assert left >= -2.73
    assert top <= 1.43


def test_keys_select_neighbours_and_zoom(pilot: Pilot) -> None:
    view = view_of(pilot)
    view.set_selected("KOR")
    pilot.window.focus(view)
    pilot.key("right")
    assert view.selected == "JPN"
    pilot.key("+")
    assert view.camera.zoom > 1


def test_a_line_across_the_date_line_is_drawn_on_both_sides(pilot: Pilot) -> None:
    pieces = [ribbon for ribbon in view_of(pilot).picture.ribbons if ribbon.flow.id == "refined"]
    assert len(pieces) == 2
    middles = sorted(float(ribbon.points[:, 0].mean()) for ribbon in pieces)
    assert middles[0] < 400
    assert middles[1] > 800
    assert sorted((ribbon.starts, ribbon.ends) for ribbon in pieces) == [(False, True), (True, False)]


def test_words_neither_overlap_nor_cover_what_lies_over_the_map() -> None:
    pilot = Pilot(MapScreen(), (1280, 720))
    view = view_of(pilot)
    panel = pygame.Rect(700, 100, 400, 300)
    view.set_obstacles([panel])
    pilot.run(50)
    assert overlapping_texts(view) == []
    assert numbers_without_tip(view) == []
    assert all(word.area.collidelist([panel]) < 0 for word in view.picture.words)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)])
def test_the_map_fits_every_size_with_the_whole_world_in_sight(size: tuple[int, int]) -> None:
    pilot = Pilot(MapScreen(), size)
    view = view_of(pilot)
    inner = pygame.Rect(0, 0, *size)
    for lon, lat in ((-67.0, -55.0), (25.0, 71.0), (-165.0, 60.0), (178.0, -38.0)):
        assert inner.collidepoint(pixel(pilot, lon, lat))
    assert view.rect.size == size


def test_a_lens_colours_by_lower_bounds() -> None:
    assert LENS.color("COD") == theme.RAMPS["dependency"][5]
    assert LENS.color("AUS") is None
    assert LENS.color("IND") is None
    assert LENS.without_data() == ["IND"]
    assert even_steps("standing", 0, 100) == pytest.approx((0, 20, 40, 60, 80))


def test_the_keys_show_every_colour_and_mark() -> None:
    pygame.font.init()
    theme.use_scale(1.0)
    surface = pygame.Surface((900, 100))
    lens_key = LensKey(Lens("d", "D", steps=(1, 50), step_texts=("low", "high"), own_note="you"))
    flow_key = FlowKey(theme.ACCENT, states=("open", "closed"))
    for widget, top in ((lens_key, 0), (flow_key, 50)):
        width, height = widget.measure(900)
        widget.layout(pygame.Rect(0, top, width, height))
        widget.render(surface, (0, 0))
    colors = {tuple(surface.get_at((x, y)))[:3] for x in range(900) for y in range(100)}
    assert {theme.RAMPS["dependency"][0], theme.RAMPS["dependency"][1], theme.OWN_NATION, theme.GOOD} <= colors
