"""What a nation knows on each track of technology, with the odds of the next step."""

from __future__ import annotations

from dataclasses import dataclass

from game.engine.axes import TRACKS
from game.engine.technology import STEPS, leak_odds, own_odds, step_odds
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number

TRACK_WORDS = {
    "extraction": "Extraction",
    "separation": "Separation",
    "clean_processing": "Clean processing",
    "recycling": "Recycling",
    "seabed": "Seabed mining",
}
BRINGS = {
    "extraction": "Each step lowers what a mine costs to run by {effect}.",
    "separation": "Each step lowers what a refinery costs to run by {effect}.",
    "clean_processing": "Each step lowers the capital cost of new sites by {effect}.",
    "recycling": "Each step recovers {effect} more metal from collected scrap.",
    "seabed": "From step four on the ore of its seabed areas counts as reserves.",
}


@dataclass(frozen=True)
class TrackRow:
    """A track: steps known, and the same as a share of five."""

    track: str
    name: str
    steps: Number
    share: float


def knowledge(scene: Scene, nation: str) -> list[TrackRow]:
    """The nation's tracks in their order."""
    n, world, calibration = scene.position(nation), scene.world, scene.calibration
    odds = step_odds(world, calibration)[0, n]
    own, leak = own_odds(world, calibration)[0, n], leak_odds(world, calibration)[0, n]
    leader = world.know[0].max(0)
    rows = []
    for h, track in enumerate(TRACKS):
        steps = float(world.know[0, n, h])
        effect = fmt.percent(float(calibration.baseline.technology.effect[h]))
        brings = _(BRINGS[track], effect=effect)
        chance = (
            _(
                "Chance of the next step this half-year: {odds} (own research {own}, leaks {leak}).",
                odds=fmt.percent(float(odds[h])),
                own=fmt.percent(float(own[h])),
                leak=fmt.percent(float(leak[h])),
            )
            if steps < STEPS
            else _("All there is to know.")
        )
        figure = field_number(
            steps, "count", ("know", "openness"), title=_(TRACK_WORDS[track]),
            meaning=_("{chance} The leader knows {leader:.0f}; openness here is {open:.0f} of 100. {brings}",
                      chance=chance, brings=brings, leader=leader[h], open=world.openness[0, n]),
            text=_("{steps:.0f} of 5", steps=steps),
        )  # fmt: skip
        rows.append(TrackRow(track, _(TRACK_WORDS[track]), figure, steps / STEPS))
    return rows
