"""The map page: the world under a lens, its key and controls over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.text import _
from game.ui import theme
from game.ui.map.flow import Flow
from game.ui.map.key import FlowKey, LensKey
from game.ui.map.label import NationLabel
from game.ui.map.lens import Lens
from game.ui.map.mark import CorridorMark
from game.ui.map.view import MapView
from game.ui.screens.session import LENSES, Session
from game.ui.tip import Tip
from game.ui.view_model.corridor import CorridorModel, corridors
from game.ui.view_model.flow import FlowModel, flows
from game.ui.view_model.lens import LENS_WORDS, labels, lens
from game.ui.view_model.source import game
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import MineralChip
from game.ui.widgets.choice import Segmented
from game.ui.widgets.label import Label, caption
from game.ui.widgets.layout import Column, Row, Stack
from game.ui.widgets.panel import Panel

LAND_ICONS = {"rail": "train", "road": "arrow_right"}


@dataclass(frozen=True)
class MapActions:
    """What the map's widgets do."""

    choose_lens: Callable[[str], None]
    choose_stage: Callable[[str], None]
    open_market: Callable[[], None]
    toggle_panel: Callable[[], None]


class MapModel:
    """Keeps one MapView fed: sets only what changed, because the map repaints what it is given."""

    def __init__(self, on_select: Callable[[str], None], on_corridor: Callable[[str], None]) -> None:
        self.view = MapView("map", on_select=on_select, on_corridor=on_corridor, grow=1)
        self.lens = Lens("", "")
        self._shown: tuple[object, ...] = ()

    def show(self, session: Session) -> None:
        """Bring the map up to date with the session."""
        scene = session.scene
        self.view.set_own(session.seat)
        self.view.set_selected(session.selected or "")
        key = (scene, session.mineral, session.lens, session.stage, session.selected, theme.scale())
        if key == self._shown:
            return
        chosen = session.mineral, session.stage
        if self._shown[:4] != key[:4]:
            self.lens = lens(scene, session.lens, *chosen)
            self.view.set_lens(self.lens)
        if self._shown[:2] != key[:2]:
            color = theme.MINERAL_COLORS[session.mineral]
            self.view.set_flows([_flow(model, color) for model in flows(scene, session.mineral)])
            self.view.set_corridors([_mark(model) for model in corridors(scene, session.mineral)])
        names = labels(scene, session.lens, *chosen, session.selected)
        self.view.set_labels(NationLabel(n.nation, n.name, n.figure or "", n.is_selected) for n in names)
        self._shown = key

    def nation_area(self, nation: str) -> pygame.Rect | None:
        """Where the main part of a nation stands in the window; None for a nation without a shape."""
        view = self.view
        if nation not in view.shapes.actors:
            return None
        low, high = view.land.main_box(nation)
        left, bottom = view.camera.to_view(low)
        right, top = view.camera.to_view(high)
        corner = view.screen_rect.topleft
        return pygame.Rect(round(left), round(top), round(right - left), round(bottom - top)).move(corner)


def _flow(model: FlowModel, color: theme.Color) -> Flow:
    return Flow(model.id, model.legs, model.volume, model.style, color, model.tip)  # type: ignore[arg-type]


def _mark(model: CorridorModel) -> CorridorMark:
    icon = LAND_ICONS.get(model.kind, "")
    return CorridorMark(
        model.id, model.name, model.lon, model.lat, model.state, model.tip, icon, model.detail,  # type: ignore[arg-type]
        is_quiet=bool(icon) and model.share <= 0,
    )  # fmt: skip


class MapStack(Stack):
    """The map and what lies over it; words on the map keep clear of that."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view, id="map_page", grow=1)
        self.view = view

    def arrange(self) -> None:
        super().arrange()
        covered = tuple(child.covered(self.rect) if isinstance(child, Drawer) else child.rect.copy()
                        for child in self.children[1:])  # fmt: skip
        if covered != tuple(self.view.content.obstacles):
            self.view.set_obstacles(covered)


class Drawer(Widget):
    """A panel over the map's right side, as high as the map."""

    def __init__(self, panel: Widget) -> None:
        super().__init__("drawer")
        self.add(panel)

    def covered(self, room: pygame.Rect) -> pygame.Rect:
        """The part of the map that the panel hides."""
        wide = self.children[0].wanted(room.width)[0]
        return pygame.Rect(room.width - wide, 0, wide, room.height)

    def arrange(self) -> None:
        self.children[0].layout(self.covered(self.rect))

    def hit(self, point: tuple[int, int]) -> Widget | None:
        return self.children[0].hit((point[0] - self.rect.x, point[1] - self.rect.y))


def map_page(
    session: Session,
    model: MapModel,
    actions: MapActions,
    *,
    compact: bool,
    narrow: bool = False,
    crowded: bool = False,
) -> Stack:
    """The map with what lies over it; without lens and key when `crowded`, as a drawer then takes their room."""
    model.show(session)
    stack = MapStack(model.view)
    foot = Row(_lens_bar(session, actions, narrow), *([] if compact else [_flow_key(session)]), gap=16)
    if not crowded:
        stack.add_at(_lens_card(session, model.lens, actions), 0, 0)
        stack.add_at(foot, 0, 1)
    stack.add_at(_zoom_buttons(model.view), 1, 0.72)
    if compact:
        panel = Button(id="toggle_panel", icon="flag", on_press=actions.toggle_panel, width=40,
                       tip=Tip(_("Nation panel"), keys=((_("Key"), "I"),)))  # fmt: skip
        stack.add_at(panel, 1, 0)
    return stack


def _lens_card(session: Session, chosen: Lens, actions: MapActions) -> Widget:
    scene = session.scene
    head = Row(
        MineralChip(session.mineral, size=32),
        Column(
            Label(scene.name(session.mineral), size=theme.SUBTITLE, weight=theme.SEMIBOLD, tone="high"),
            caption(chosen.title, wrap=True), gap=0, grow=1,
        ),
        Button(id="to_market", icon="market", kind="plain", height=32, on_press=actions.open_market,
               tip=Tip(_("Open this mineral's market"), keys=((_("Key"), "F3"),))),
        gap=12,
    )  # fmt: skip
    unit = {"dependency": _("per cent"), "production": _("per cent"), "price": _("per cent"), "trust": _("of 100")}
    tip = Tip(_("Key to the map"), "", _("Each colour begins at the figure below it: {title}.", title=chosen.title),
              unit[session.lens], (), game(_("bounds of the map's colours")))  # fmt: skip
    body: list[Widget] = [head, LensKey(chosen, "lens_key", tip=tip)]
    if session.lens == "production":
        stages = [("mine", _("Mined")), ("refine", _("Refined"))]
        body.append(Segmented(stages, session.stage, actions.choose_stage, id="stage"))
    return Panel(*body, pad=(16, 12), gap=8, width=392, id="lens_card")


def _lens_bar(session: Session, actions: MapActions, narrow: bool) -> Widget:
    options = [(name, _(LENS_WORDS[name][0])) for name in LENSES]
    icons = [LENS_WORDS[name][1] for name in LENSES]
    segments = Segmented(
        options,
        session.lens,
        actions.choose_lens,
        id="lens",
        choice_icons=[] if narrow else icons,
        width=460 if narrow else 580,
    )
    return Panel(Row(caption(_("Lens")), segments, gap=12), pad=(14, 10), id="lens_bar", align="start")


def _flow_key(session: Session) -> Widget:
    key = FlowKey(theme.MINERAL_COLORS[session.mineral], ("ore", "refined", "contract"), ("watch", "high_risk"))
    return Panel(Row(key, height=36), pad=(16, 10), id="flow_key", align="start")


def _zoom_buttons(view: MapView) -> Widget:
    return Column(
        Button(id="zoom_in", icon="plus", on_press=view.zoom_in, tip=Tip(_("Closer"), keys=((_("Key"), "+"),))),
        Button(id="zoom_out", icon="minus", on_press=view.zoom_out, tip=Tip(_("Farther"), keys=((_("Key"), "−"),))),
        Button(id="show_all", icon="target", on_press=view.show_all,
               tip=Tip(_("The whole world"), keys=((_("Key"), "Home"),))),
        gap=6, width=40,
    )  # fmt: skip
