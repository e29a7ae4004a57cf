"""What the map's colours say: one value per nation, put into the steps of a ramp."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from game.ui import theme
from game.ui.theme import Color
from game.ui.tip import Tip


@dataclass(frozen=True)
class Lens:
    """`values` by nation: a number falls into the step of `ramp` whose lower bound in `steps` it reaches; below the
    first step a nation stays plain, None is hatched as no data, a nation left out is plain land.

    `step_texts` are the words for the bounds in the key (the last may carry the unit). `tips` explain a nation.
    """

    id: str
    title: str
    ramp: str = "dependency"
    steps: tuple[float, ...] = ()
    step_texts: tuple[str, ...] = ()
    values: Mapping[str, float | None] = field(default_factory=dict)
    tips: Mapping[str, Tip] = field(default_factory=dict)
    own_note: str = ""  # what the own nation's colour says, "" when it is coloured by value like the others

    def color(self, nation: str) -> Color | None:
        """The nation's colour, None for plain land and for no data."""
        value = self.values.get(nation)
        step = -1 if value is None else bisect_right(self.steps, value) - 1
        colors = theme.RAMPS[self.ramp]
        return colors[min(step, len(colors) - 1)] if step >= 0 else None

    def colors(self) -> dict[str, Color]:
        """Every coloured nation."""
        found = {nation: self.color(nation) for nation in self.values}
        return {nation: color for nation, color in found.items() if color is not None}

    def without_data(self) -> list[str]:
        """Nations to hatch."""
        return [nation for nation, value in self.values.items() if value is None]


def even_steps(ramp: str, low: float, high: float) -> tuple[float, ...]:
    """Lower bounds that part low to high evenly over the ramp's colours."""
    count = len(theme.RAMPS[ramp])
    return tuple(low + (high - low) * k / count for k in range(count))
