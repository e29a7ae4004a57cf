"""What a nation knows on each track of technology, with the odds of the next step."""

from __future__ import annotations

from dataclasses import dataclass

from game.engine.axes import TRACKS
from game.engine.technology import STEPS, leak_odds, own_odds, step_odds
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number
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
            _("Chance of the next step this half-year: {odds}.", odds=fmt.percent(float(odds[h])))
            if steps < STEPS
            else _("All there is to know.")
        )
        causes = (
            Cause(_("by its own research"), float(own[h]), fmt.percent(float(own[h]))),
            Cause(_("by a leak from those ahead"), float(leak[h]), fmt.percent(float(leak[h]))),
            Cause(_("openness, 0 to 100"), float(world.openness[0, n]), fmt.plain(float(world.openness[0, n]), 0)),
            Cause(_("steps of the leader"), float(leader[h]), fmt.plain(float(leader[h]), 0)),
        )
        figure = field_number(
            steps, "count", ("know", "openness"), title=_(TRACK_WORDS[track]),
            meaning=_("{chance} {brings}", chance=chance, brings=brings),
            text=_("{steps:.0f} of 5", steps=steps), causes=causes, better=0,
        )  # fmt: skip
        rows.append(TrackRow(track, _(TRACK_WORDS[track]), figure, steps / STEPS))
    return rows
