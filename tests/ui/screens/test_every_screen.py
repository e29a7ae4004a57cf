"""The contract every screen keeps, in every state and at every size: all is explained, nothing overlaps or is cut."""

import re
import shutil
from functools import lru_cache
from pathlib import Path

import pytest

from game.content.level import Level
from game.engine.fields import FIELD
from game.files import HOME_VARIABLE
from game.match.match import Match
from game.match.shelf import saves_folder
from game.ui import audit, shots
from game.ui.view_model import source
from game.ui.widgets.layout import Scroll

SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]
SCALED = [((1920, 1080), 1.5), ((1280, 720), 1.25), ((1280, 720), 2.0), ((1024, 640), 1.0)]
FIELD_ROW = re.compile(r"(\w+) \(([^)]*)\): (.*)")


@lru_cache(maxsize=1)
def level() -> Level:
    from game.content.load import load_level

    return load_level(shots.LEVEL)


class Checker(shots.Camera):
    """Audits each screen where shots would take its picture."""

    def __init__(self, size, check, factor=1.0) -> None:
        super().__init__(Path(), size, factor)
        self.check, self.faults, self.seen = check, [], set()

    def shoot(self, screen, state) -> None:
        self.settle()
        self.seen.add((screen, state))
        window = self.app.window
        root = window.dialogs[-1] if window.dialogs else window.root
        if root is None:
            return
        self.faults += [f"{screen} {state}: {fault}" for fault in self.check(root)]


def walked(size, check, game=None, factor=1.0) -> Checker:
    """Every screen and state that shots draws, audited with `check`; `game` is a saved one, played anew without."""
    with shots._own_home():
        checker = Checker(size, check, factor)
        shots._shoot_start(checker)
        shots._shoot_game(checker, played(game) if game else shots.played_match())
    return checker


def played(game) -> Match:
    """The saved game, loaded from a copy on the shelf of the moment."""
    saves_folder().mkdir(parents=True, exist_ok=True)
    return Match.load(Path(shutil.copy(game, saves_folder())))


@pytest.fixture(scope="module")
def game(tmp_path_factory):
    """One game for all sizes; habits play the other nations, which is quicker than minds."""
    folder = tmp_path_factory.mktemp("game")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(folder))
        patch.setattr(shots, "OTHERS", "habit")
        match = shots.played_match()
        match.close()
    return match_file(folder)


def match_file(folder):
    return next((folder / "saves").iterdir())


def sourced_wrongly(root) -> list[str]:
    """Figures whose source names a field or row that does not exist, or gives it another unit, meaning or credit."""
    faults = []
    for line in audit.shown_texts(root):
        tip = line.tip
        if tip is None or not any(letter.isdigit() for letter in line.text) or line.is_key:
            continue
        faults += [f"{line.text!r}: {fault}" for fault in wrong_parts(tip.source)]
    return faults


def wrong_parts(text: str) -> list[str]:
    """What is wrong with a source line."""
    kinds = (source.MODEL, source.DATA, source.GAME)
    if not text.startswith(kinds) and "level" not in text and "Save file" not in text:
        return []
    faults, kind = [], ""
    for part in text.split(source.SEPARATOR):
        kind = next((k for k in kinds if part.startswith(k)), kind)
        words = part.removeprefix(kind)
        if kind == source.MODEL:
            found = FIELD_ROW.match(words)
            if found and found[1] in FIELD and (found[2], found[3]) != (FIELD[found[1]].unit, FIELD[found[1]].meaning):
                faults.append(f"{found[1]} is not {words!r}")
            elif found and found[1] not in FIELD:
                faults.append(f"there is no field {found[1]!r}")
        elif kind == source.DATA:
            place, _colon, credit = words.partition(": ")
            table, *keys = place.split(" ")
            if level().source(table, keys[0] if keys else "", keys[1] if len(keys) > 1 else "") != credit:
                faults.append(f"{place} is not {credit!r}")
    return faults


def outgrown(root) -> list[str]:
    """Widgets that stick out of the widget they stand in, scrolled windows aside."""
    faults = []
    for widget in root.walk():
        parent = widget.parent
        if parent is None or isinstance(parent, Scroll) or not widget.visible or parent.clips:
            continue
        whole = parent.rect.copy()
        whole.topleft = (0, 0)
        if widget.rect.width and not whole.inflate(4, 4).contains(widget.rect):
            faults.append(f"{audit.where(widget)} sticks out by {widget.rect} of {whole}")
    return faults


def everything(root) -> list[str]:
    """All audits in one walk."""
    return [
        *audit.numbers_without_tip(root), *audit.cut_texts(root), *audit.overlapping_texts(root),
        *audit.outlying_texts(root), *audit.unreachable_controls(root), *audit.squeezed_windows(root),
        *sourced_wrongly(root), *outgrown(root),
    ]  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_figure_is_explained_and_nothing_overlaps_or_is_cut(size, game, monkeypatch):
    monkeypatch.setattr(shots, "OTHERS", "habit")
    assert walked(size, everything, game).faults == []


@pytest.mark.parametrize(("size", "factor"), SCALED, ids=lambda value: str(value).strip("()").replace(", ", "x"))
def test_at_every_interface_scale_all_is_in_reach_and_nothing_overlaps_or_is_cut(size, factor, game, monkeypatch):
    monkeypatch.setattr(shots, "OTHERS", "habit")
    assert walked(size, everything, game, factor).faults == []


def test_every_page_has_a_filled_an_empty_or_an_error_state(game, monkeypatch):
    monkeypatch.setattr(shots, "OTHERS", "habit")
    monkeypatch.setattr(Checker, "settle", lambda checker: None)
    states = {}
    for screen, state in walked(SIZES[0], lambda root: [], game).seen:
        states.setdefault(screen, set()).add(state)
    for screen in ("title", "map", "market", "orders", "report", "diplomacy"):
        assert {"filled", "empty"} <= states[screen]
    assert {"filled", "error"} <= states["new_game"]
    assert {"empty", "error"} <= states["load"]
    assert {"filled", "table", "search", "empty", "error"} <= states["almanac"]


def test_a_wrong_source_is_found():
    assert wrong_parts(source.fields("treasury_usd_bn")) == []
    assert wrong_parts(source.MODEL + "treasury_usd_bn (tonnes): something else")
    assert wrong_parts(source.MODEL + "tresury (US$ bn): cash")
    assert wrong_parts(source.DATA + "nations JPN gdp: guessed")
