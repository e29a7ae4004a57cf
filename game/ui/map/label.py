"""Words on the map: nation names with a value, corridor names, placed so that none covers another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import pygame

from game.ui import text, theme
from game.ui.theme import Color, px, type_px
from game.ui.tip import Content

HALO = theme.rgb("#0A1119")
LINE_GAP = 1
LATER_COST, STRANGER_COST = 1.5, 14.0  # of the next candidate, of standing on other nations; in pieces of flow


@dataclass(frozen=True)
class NationLabel:
    """A nation's name with an optional value line; `is_strong` ones are larger and never left out."""

    nation: str
    name: str
    value: Content = ""
    is_strong: bool = False


@dataclass(frozen=True)
class Words:
    """One placed line of text."""

    content: Content
    area: pygame.Rect
    size: int
    weight: int
    color: Color
    has_halo: bool


class Room:
    """The free room of the view: places words where nothing stands yet, rather not on flows or other nations.

    `strangers(area, nation)` tells the share of an area that other nations than this one fill, 0 to 1.
    """

    def __init__(
        self,
        view: pygame.Rect,
        taken: Iterable[pygame.Rect] = (),
        flows: Iterable[pygame.Rect] = (),
        strangers: Callable[[pygame.Rect, str], float] | None = None,
    ) -> None:
        self.view = view
        self.taken = [pygame.Rect(area) for area in taken]
        self.flows = list(flows)
        self.strangers = strangers

    def is_free(self, area: pygame.Rect) -> bool:
        """Whether nothing else stands in `area` and it lies in the view."""
        return self.view.contains(area) and area.collidelist(self.taken) < 0

    def take(self, area: pygame.Rect) -> None:
        """Keep others out of `area`."""
        self.taken.append(area)

    def first_free(self, candidates: Sequence[pygame.Rect], nation: str = "") -> pygame.Rect | None:
        """The best free candidate for words on `nation`, taken at once: early and uncovered ones are better."""
        free = [(order, area) for order, area in enumerate(candidates) if self.is_free(area)]
        if not free:
            return None
        cost = [LATER_COST * order + len(area.collidelistall(self.flows)) for order, area in free]
        if nation and self.strangers is not None:
            cost = [
                value + STRANGER_COST * self.strangers(area, nation)
                for value, (_order, area) in zip(cost, free, strict=True)
            ]
        found = free[cost.index(min(cost))][1]
        self.take(found)
        return found


def around(anchor: pygame.Rect, size: tuple[int, int], gap: int) -> list[pygame.Rect]:
    """Places of a box of `size` right, left, below and above an anchor, then at its corners."""
    width, height = size
    middle_y, middle_x = anchor.centery - height // 2, anchor.centerx - width // 2
    right, left = anchor.right + gap, anchor.left - gap - width
    below, above = anchor.bottom + gap // 2, anchor.top - gap // 2 - height
    straight = [(right, middle_y), (left, middle_y), (middle_x, below), (middle_x, above)]
    slanted = [(right, below), (left, below), (right, above), (left, above)]
    return [pygame.Rect(x, y, width, height) for x, y in straight + slanted]


@dataclass(frozen=True)
class Ground:
    """What a nation's label stands on: its label point, the box and colour of its largest part, and its inside."""

    at: tuple[float, float]
    area: pygame.Rect
    fill: Color
    holds: Callable[[pygame.Rect], bool]


def words_inside(label: NationLabel, ground: Ground, room: Room) -> list[Words]:
    """The label's lines inside the nation, [] when they do not fit or something stands there."""
    block = _Block.of(label)
    area = block.centred(ground.at)
    if not ground.holds(area) or not room.is_free(area):
        return []
    room.take(area)
    return block.words(area, ground.fill, inside=True)


def words_beside(label: NationLabel, ground: Ground, room: Room) -> list[Words]:
    """The label across or beside the nation, a part of it inside where that alone fits; [] if it is crowded."""
    name, value = _Block.of(replace(label, value="")), _Block.of(replace(label, name=""))
    if name.lines and value.lines:
        split = _split(name, value, ground, room, label.nation)
        if split:
            return split
    block = _Block.of(label)
    centred = block.centred(ground.at)
    candidates = around(_near(ground, centred), block.size, px(5))
    if centred.width < ground.area.width * 1.5 and theme.text_on(ground.fill) == theme.HIGH:
        candidates.insert(0, centred)
    found = room.first_free(candidates, label.nation)
    return block.words(found, ground.fill, inside=False) if found else []


def _split(name: _Block, value: _Block, ground: Ground, room: Room, nation: str) -> list[Words]:
    """The narrower of name and value inside the nation; the name follows beside it, a long value stays untold."""
    inner = min(name, value, key=lambda block: block.size[0])
    area = inner.centred(ground.at)
    if not ground.holds(area) or not room.is_free(area):
        return []
    room.take(area)
    inside = inner.words(area, ground.fill, inside=True)
    if inner is name:
        return inside
    small = ground.area.width < 2 * name.size[0]
    found = room.first_free(around(ground.area if small else _near(ground, area), name.size, px(5)), nation)
    return inside + (name.words(found, ground.fill, inside=False) if found else [])


def _near(ground: Ground, words: pygame.Rect) -> pygame.Rect:
    """The part of the nation's box close to its label point."""
    nearby = words.inflate(words.width, 2 * words.height)
    return nearby.clip(ground.area) if nearby.colliderect(ground.area) else words


@dataclass(frozen=True)
class _Block:
    """Lines of a label, centred one over the other."""

    lines: tuple[tuple[Content, int, int], ...]  # content, pixels, weight
    heights: tuple[int, ...]

    @staticmethod
    def of(label: NationLabel) -> _Block:
        name = (label.name, type_px(theme.BODY if label.is_strong else theme.CAPTION + 1), theme.SEMIBOLD)
        value = (label.value, type_px(theme.CAPTION), theme.SEMIBOLD if not label.name else theme.MEDIUM)
        lines = tuple(line for line in (name, value) if str(line[0]))
        return _Block(lines, tuple(text.font(size, weight).get_height() for _content, size, weight in lines))

    @property
    def size(self) -> tuple[int, int]:
        width = max((text.width(str(content), size, weight) for content, size, weight in self.lines), default=0)
        return width, sum(self.heights) + LINE_GAP * (len(self.heights) - 1)

    def centred(self, at: tuple[float, float]) -> pygame.Rect:
        area = pygame.Rect(0, 0, *self.size)
        area.center = (round(at[0]), round(at[1]))
        return area

    def words(self, area: pygame.Rect, fill: Color, inside: bool) -> list[Words]:
        color = theme.text_on(fill) if inside else theme.HIGH
        is_dark = color == theme.INK
        placed, top = [], area.y
        for (content, size, weight), height in zip(self.lines, self.heights, strict=True):
            width = text.width(str(content), size, weight)
            place = pygame.Rect(area.centerx - width // 2, top, width, height)
            placed.append(Words(content, place, size, weight, theme.mix(color, fill, 0.12 * is_dark), not is_dark))
            top += height + LINE_GAP
        return placed


def corridor_words(name: str, at: tuple[float, float], radius: int, room: Room) -> list[Words]:
    """A corridor's name beside its mark, [] where there is no room."""
    size = type_px(theme.CAPTION)
    mark = pygame.Rect(0, 0, 2 * radius, 2 * radius)
    mark.center = (round(at[0]), round(at[1]))
    box = (text.width(name, size, theme.MEDIUM), text.font(size, theme.MEDIUM).get_height())
    found = room.first_free(around(mark, box, px(6)))
    return [Words(name, found, size, theme.MEDIUM, theme.mix(theme.TEXT, theme.HIGH, 0.5), True)] if found else []


def paint(surface: pygame.Surface, words: Iterable[Words]) -> None:
    """Write the words, with a dark halo where the ground may be anything."""
    for word in words:
        if word.has_halo:
            surface.blit(_halo(str(word.content), word.size, word.weight), word.area.move(-2, -2))
        surface.blit(text.line(str(word.content), word.size, word.weight, word.color), word.area)


_halos: dict[tuple[str, int, int], pygame.Surface] = {}
MOST_HALOS = 400


def _halo(words: str, size: int, weight: int) -> pygame.Surface:
    """The words' dark outline, 2 px wider on every side."""
    key = (words, size, weight)
    if key not in _halos:
        if len(_halos) >= MOST_HALOS:
            _halos.clear()
        line = text.line(words, size, weight, HALO)
        halo = pygame.Surface((line.get_width() + 4, line.get_height() + 4), pygame.SRCALPHA)
        halo.fill((*HALO, 0))
        for x, y in ((0, 2), (4, 2), (2, 0), (2, 4), (1, 1), (3, 1), (1, 3), (3, 3)):
            halo.blit(line, (x, y))
        _halos[key] = halo
    return _halos[key]
