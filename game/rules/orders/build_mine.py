"""A new mine on a proven deposit."""

from __future__ import annotations

import numpy as np

from game.engine.axes import MINE, TURNS_PER_YEAR
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index
from game.rules.orders._building import Building
from game.rules.personality import Personalities
from game.rules.site_wish import appetite, site_size, state_share
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_mineral, care, want
from game.text import _

WIDENED_SHARE = 0.25  # of a by-product circuit at work that better recovery can add
RESERVE_YEARS = 10  # nobody finances a mine that is dug out earlier
RESERVE_YEARS = 10  # that a new mine must be able to dig, before a nation wishes for it


class BuildMine(Building):
    """Ore capacity at home."""

    kind = "build_mine"
    title = "Build mine"
    summary = (
        "Your treasury buys ore and jobs; residents live beside a pit, and the price may have gone before it opens."
    )
    lead = "years: the mineral's lead time from a proven deposit"
    icon = "mine"
    stage = MINE
    output = "ore"

    @classmethod
    def lead_turns(cls, calibration: Calibration) -> Index:
        """Turns from a proven deposit to ore, [M]."""
        return calibration.baseline.mine_lead

    @classmethod
    def capex_usd_per_tpa(cls, calibration: Calibration) -> Array:
        """Cost of one tonne of ore a year, [M]."""
        return calibration.baseline.mine_capex_usd_per_tpa

    @classmethod
    def possible(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """There is a proven deposit."""
        possible: Flags = np.asarray(world.reserves_t[batch.w, batch.n, batch.mineral] > 0)
        return possible

    @classmethod
    def room_t(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """What builders can do, and no more than the reserves bear for ten years beside the other mines, [A].

        A by-product comes with its host metal: alone, only the circuits at work can be widened a little.
        """
        sites = (batch.w, batch.n, batch.mineral, MINE)
        busy = TURNS_PER_YEAR * (world.capacity_t[sites] + world.pipeline_t[sites].sum(axis=-1))
        bearable = world.reserves_t[batch.w, batch.n, batch.mineral] / RESERVE_YEARS - busy
        own = world.capacity_t[sites]
        widened = TURNS_PER_YEAR * np.maximum(WIDENED_SHARE * own - world.pipeline_t[sites].sum(axis=-1), 0)
        builders = super().room_t(world, calibration, batch)
        most = np.where(cls.follows_host(calibration, batch), np.minimum(widened, builders), builders)
        room: Array = np.clip(bearable, 0, most)
        return room

    @classmethod
    def follows_host(cls, calibration: Calibration, batch: Batch) -> Flags:
        """Whether the mineral is a by-product of another mineral of the level, [A]."""
        baseline = calibration.baseline
        follows: Flags = baseline.is_by_product & (baseline.host >= 0).any(axis=1)
        return follows[batch.mineral]

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Dig more where there is ore, the price expected is above its long-run level, and little is being built."""
        w, b = s.world, s.baseline
        own, coming = w.capacity_t[..., MINE], s.capacity_coming_t[..., MINE]
        everyone = own.sum(1, keepdims=True)
        free = w.reserves_t / RESERVE_YEARS - TURNS_PER_YEAR * (own + coming)
        wanted = TURNS_PER_YEAR * (0.15 * own + 0.02 * everyone)
        size = site_size(
            s, MINE, np.minimum(wanted, 0.95 * free), b.mine_capex_usd_per_tpa, b.mine_lead, state_share(s)
        )
        signal = np.clip(0.6 + w.expected_mine_ln - s.calibration.long_run_ln, 0.0, 1.5)
        held = np.where(np.isfinite(w.reserves_t), w.reserves_t, 0.0)
        rich = np.sqrt(ratio(held, held.sum(1, keepdims=True))) + np.sqrt(ratio(own, everyone))
        for_income = (want(p, "revenue") + 0.5 * want(p, "value_added")) * rich
        for_safety = want(p, "security") * s.weight * s.main_share * care(s)
        busy = ratio(wanted, wanted + 4.0 * TURNS_PER_YEAR * coming)
        paying, safe = appetite(s, MINE, b.mine_lead)
        score = (for_income * paying + for_safety * safe) * signal * busy * (size > 0)
        return by_mineral(s, score, size, layer=MINE, option=1)

    def impossible(self, view: NationView) -> Problem:
        """No reserves."""
        what = _(
            "{nation} has no proven reserves of {mineral}", nation=view.name(view.iso3), mineral=view.name(self.mineral)
        )
        return self.problem("mineral", what, _("choose a mineral with reserves, or sign an offtake abroad"))

    def no_room(self, view: NationView, room: str) -> str:
        """Builders or reserves are short, or the host metal has to come first."""
        if self.follows_host(view.calibration, self.batch(view))[0]:
            mineral, hosts = view.axes.mineral_index[self.mineral], view.baseline.host
            names = ", ".join(view.name(view.axes.minerals[host]) for host in hosts[mineral] if host >= 0)
            message = "it comes with its host metal: build a mine of {hosts}, or at most {room} a year of this"
            if not room:
                message = "it comes with its host metal: build a mine of {hosts}"
            return _(message, hosts=names, room=room)
        if not room:
            return _("wait until mines under construction open; reserves must last {years} years", years=RESERVE_YEARS)
        message = "at most {room} a year: builders are scarce and reserves must last {years} years"
        return _(message, room=room, years=RESERVE_YEARS)

    def objects(self, view: NationView) -> list[str]:
        """Residents, and those who mine most of it today."""
        mined = view.world.mined_t[0, :, view.axes.mineral_index[self.mineral]]
        largest = int(mined.argmax())
        found = [_("residents near the deposit")]
        if largest != view.nation and mined[largest] > 0:
            found.append(_("{nation}, who mines most of it", nation=view.name(view.axes.nations[largest])))
        return found
