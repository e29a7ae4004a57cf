"""How openly a nation shares what it knows."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.technology import STEPS, leak_odds, own_odds
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.field import choice_field
from game.rules.number import percent
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, alone
from game.text import _

Level = Literal["closed", "guarded", "open", "free"]
LEVELS = ("closed", "guarded", "open", "free")
OPENNESS = np.array([10.0, 40.0, 70.0, 95.0])  # by level, 0-100
NAMES = {"closed": "Closed", "guarded": "Guarded", "open": "Open", "free": "Free exchange"}
SAME = 0.5  # points of openness that are no difference
FAR = 20.0  # points between what a nation has and wants before it moves


class SetOpenness(Order):
    """Licences, visas for researchers and exports of technology: four levels, for all tracks alike."""

    kind = "set_openness"
    title = "Knowledge regime"
    summary = "Open learns faster together and leaks to rivals; closed keeps a lead longer, and your researchers lose."
    lead = "this turn, until changed"
    icon = "openness"
    group = "statecraft"
    needs = ()
    options = len(LEVELS)

    level: Level = choice_field("Exchange of knowledge", NAMES)

    def row(self, axes: Axes) -> Row:
        """The level."""
        return Row(option=LEVELS.index(self.level))

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        levels: tuple[Level, ...] = ("closed", "guarded", "open", "free")
        return cls(level=levels[row.option])

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The level would change."""
        known = (batch.option >= 0) & (batch.option < len(LEVELS))
        wanted = OPENNESS[np.clip(batch.option, 0, len(LEVELS) - 1)]
        allowed: Flags = known & (np.abs(world.openness[batch.w, batch.n] - wanted) > SAME)
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Set the level."""
        world.openness[batch.w, batch.n] = OPENNESS[batch.option]

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Leaders who think of leverage close; those behind open, and the more so the more they live by partners."""
        w = s.world
        best = np.maximum(w.know.max(1, keepdims=True), 1e-9)
        lead = (w.know / best).mean(2)
        guard = np.clip((p.of("leverage") + p.of("security") - p.of("standing") - p.of("loyalty")) / 4.0, -1.0, 1.0)
        wanted = np.clip(70.0 - 30.0 * lead - 30.0 * guard, 10.0, 95.0)
        level = np.abs(wanted[..., None] - OPENNESS).argmin(2)
        far = np.abs(OPENNESS[level] - w.openness)
        score = 0.8 * lead * np.clip((far - FAR) / 20.0, 0.0, 1.0)
        return alone(s, score[..., None], option=level[..., None])

    def obstacles(self, view: NationView) -> list[Problem]:
        """No change."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        what = _("exchange of knowledge is {level} already", level=_(NAMES[self.level]).lower())
        return [self.problem("level", what, _("choose another level"))]

    def describe(self, view: NationView) -> str:
        """The level, and what it does to the odds of the next step."""
        now, then = _odds(view.world, view), _odds(self._world_after(view), view)
        return _(
            "Knowledge regime: {level}. Chance of a step a turn by own research {own} (now {own_now}), by leak {leak} "
            "(now {leak_now})",
            level=_(NAMES[self.level]).lower(),
            own=percent(then[0]),
            own_now=percent(now[0]),
            leak=percent(then[1]),
            leak_now=percent(now[1]),
        )

    def objects(self, view: NationView) -> list[str]:
        """Hawks or researchers."""
        opens = OPENNESS[LEVELS.index(self.level)] > view.world.openness[0, view.nation]
        return [_("firms that guard their secrets"), _("hawks")] if opens else [_("researchers and universities")]

    def _world_after(self, view: NationView) -> World:
        arrays = dict(view.world.arrays)
        arrays["openness"] = arrays["openness"].copy()
        arrays["openness"][0, view.nation] = OPENNESS[LEVELS.index(self.level)]
        return World(view.axes, view.world.turn, arrays)


def _odds(world: World, view: NationView) -> tuple[float, float]:
    """Mean chance a turn over the tracks of the nation's next step, by own research and by leak."""
    open_tracks = np.array(world.know[0, view.nation] < STEPS)
    own = own_odds(world, view.calibration)[0, view.nation]
    leak = leak_odds(world, view.calibration)[0, view.nation]
    share = np.maximum(open_tracks.sum(), 1)
    return float((own * open_tracks).sum() / share), float((leak * open_tracks).sum() / share)
