"""What a nation's sites made in the turn, by mineral and stage: tonnes, against last turn and against capacity."""

from __future__ import annotations

from dataclasses import dataclass

from game.engine.axes import MINE, REFINE
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number, number
from game.ui.view_model import source
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number
from game.ui.view_model.ticker import short_name

LEAST_SHARE = 0.002  # of the value of all that the nation makes: smaller outputs are left out
AT_WORK, SLACK = 0.9, 0.7  # share of capacity used from which sites count as busy, and as half idle
FIELDS = {MINE: ("mined_t",), REFINE: ("refined_t",)}
STAGE_NAMES = {MINE: "mined", REFINE: "refined"}


@dataclass(frozen=True)
class OutputModel:
    """A mineral mined or refined at home: tonnes of the half-year, change, and the share of capacity at work."""

    key: str
    mineral: str
    name: str
    tonnes: Number
    change: Number
    used: Number
    tone: str


def outputs(scene: Scene) -> list[OutputModel]:
    """What the seat made in the last turn, the most valuable first; none before the first turn."""
    if scene.before is None:
        return []
    found = []
    for m in range(len(scene.axes.minerals)):
        for stage in (MINE, REFINE):
            tonnes = _made_t(scene, scene.past[-1], m, stage)
            price = scene.baseline.ore_price_usd_per_t[m] if stage == MINE else scene.baseline.price_usd_per_t[m]
            found.append((tonnes * float(price), m, stage))
    total = sum(value for value, _m, _stage in found)
    kept = sorted((row for row in found if row[0] > LEAST_SHARE * total), reverse=True)
    return [_output(scene, m, stage) for _value, m, stage in kept]


def _made_t(scene: Scene, world, m: int, stage: int) -> float:  # type: ignore[no-untyped-def]  # a World
    return float(sum(world.arrays[name][0, scene.nation, m] for name in FIELDS[stage]))


def _output(scene: Scene, m: int, stage: int) -> OutputModel:
    world, before = scene.past[-1], scene.before
    mineral, fields = scene.axes.minerals[m], FIELDS[stage]
    name = _("{mineral}, {stage}", mineral=short_name(scene.name(mineral)), stage=_(STAGE_NAMES[stage]))
    made, was = _made_t(scene, world, m, stage), _made_t(scene, before, m, stage)
    capacity = float(world.capacity_t[0, scene.nation, m, stage])
    used = made / capacity if capacity > 0 else 0.0
    moved = made / was - 1.0 if was > 0 else 0.0
    change = number(
        moved,
        "share",
        title=_("{name}: change since last turn", name=name),
        meaning=_("Output of the half-year against the one before."),
        source=source.fields(*fields),
        signed=True,
        causes=(Cause(_("Last turn"), was, fmt.mass(was), "high"), Cause(_("Now"), made, fmt.mass(made), "high")),
        text=fmt.plain(100 * moved, 1, signed=True) + "%" if abs(moved) >= LEAST_SHARE else _("as last turn"),
    )
    return OutputModel(
        f"{mineral}.{stage}",
        mineral,
        name,
        field_number(made, "t_per_turn", fields, title=name, meaning=_("Output of the last half-year."), tone="high"),
        change,
        field_number(
            used,
            "share",
            (*fields, "capacity_t"),
            title=_("{name}: capacity at work", name=name),
            meaning=_("Output against the nameplate capacity of your sites."),
            tone="high",
        ),
        "good" if used >= AT_WORK else "warn" if used >= SLACK else "bad",
    )
