"""What the orders that build a site have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

import numpy as np

from game.engine.axes import RECYCLE, TURNS_PER_YEAR, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.climate import governance
from game.engine.fields import PIPELINE_TURNS, PROGRAMME
from game.engine.permit import later_turns, record_at
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.budget import HORIZON, USD_PER_BN, affordable_share, slack_usd_bn
from game.rules.field import amount_field, choice_field, mineral_field
from game.rules.number import mass, money, two_digits
from game.rules.orders._base import Order, turns_text
from game.text import _

Owner = Literal["state", "partnership"]
OWNERS: tuple[Owner, ...] = ("state", "partnership")
PARTNERSHIP = 1
OWNER_TITLES: dict[str, str] = {"state": "State", "partnership": "Partnership with private firms"}

# Private partners bring what a country's governance lets them trust it with; a state always keeps a stake.
LEAST_STATE_SHARE, MOST_STATE_SHARE = 0.3, 0.9
PARTNERSHIP_TURNS = 1  # turns it takes to agree with partners

# Builders, engineers and equipment for one stage of one mineral are scarce: a nation cannot have more under
# construction than it runs today plus this share of what the world runs.
ROOM_WORLD_SHARE = 0.3
TYPICAL_WORLD_SHARE = 0.02  # of what the world runs: the order of a large single site


class Building(Order):
    """A new site of one mineral at one stage, paid over the turns it takes to build."""

    stage: ClassVar[int]
    icon = "build"
    group = "industry"
    options = len(OWNERS)
    output: ClassVar[str]  # what the site makes, for sentences

    mineral: str = mineral_field()
    size: float = amount_field("Size", "t a year")
    owner: Owner = choice_field("Owner", OWNER_TITLES, default="state")

    def row(self, axes: Axes) -> Row:
        """Mineral, stage, owner, size."""
        return Row(axes.mineral_index[self.mineral], self.stage, option=OWNERS.index(self.owner), size=self.size)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(mineral=axes.minerals[row.mineral], size=row.size, owner=OWNERS[row.option])

    @classmethod
    def lead_turns(cls, calibration: Calibration) -> Index:
        """Turns from the decision to output for each mineral, [M]."""
        raise NotImplementedError

    @classmethod
    def capex_usd_per_tpa(cls, calibration: Calibration) -> Array:
        """Cost of one tonne a year for each mineral, [M]."""
        raise NotImplementedError

    @classmethod
    def possible(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Whether there is anything to mine, refine or recycle, [A]."""
        raise NotImplementedError

    def impossible(self, view: NationView) -> Problem:
        """The problem when it is not `possible`."""
        raise NotImplementedError

    @classmethod
    def room_t(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Tonnes a year that can still be put under construction, [A]."""
        capacity = world.capacity_t[batch.w, :, batch.mineral, cls.stage]
        own = world.capacity_t[batch.w, batch.n, batch.mineral, cls.stage]
        building = world.pipeline_t[batch.w, batch.n, batch.mineral, cls.stage].sum(axis=-1)
        room: Array = TURNS_PER_YEAR * np.maximum(own + ROOM_WORLD_SHARE * capacity.sum(axis=-1) - building, 0)
        return room

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """There is something to work on, and builders have room."""
        fits: Flags = (batch.size > 0) & (batch.size <= cls.room_t(world, calibration, batch))
        return fits & cls.possible(world, calibration, batch)

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The state's share of the cost, in equal parts over the turns of construction."""
        share = paid_share(world, calibration, batch)
        total = share * batch.size * cls.capex_usd_per_tpa(calibration)[batch.mineral] / USD_PER_BN
        turns = cls._turns(world, calibration, batch)
        is_due = np.arange(HORIZON) < turns[:, None]
        outlays: Array = is_due * (total / turns)[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Put the capacity into the pipeline and promise the outlays."""
        turns = cls._turns(world, calibration, batch)
        added = batch.size / TURNS_PER_YEAR
        world.pipeline_t[batch.w, batch.n, batch.mineral, cls.stage, turns] += added
        if cls.stage != RECYCLE:
            record_at(world, (batch.w, batch.n, batch.mineral), cls.stage, added)
        promised = cls.outlays(world, calibration, batch)[:, : world.commitment_usd_bn.shape[-1]]
        world.commitment_usd_bn[batch.w, batch.n, PROGRAMME[cls.kind], : promised.shape[1]] += promised

    def obstacles(self, view: NationView) -> list[Problem]:
        """Nothing to work on, or no builders."""
        batch = self.batch(view)
        if not self.possible(view.world, view.calibration, batch)[0]:
            return [self.impossible(view)]
        room = float(self.room_t(view.world, view.calibration, batch)[0])
        if self.size <= room:
            return []
        what = _("there is no room for {size} a year", size=mass(self.size))
        return [self.problem("size", what, self.no_room(view, mass(room) if room > 0 else ""))]

    def no_room(self, view: NationView, room: str) -> str:
        """The remedy when the size exceeds `room`, which is "" for none at all."""
        if not room:
            return _("builders are scarce: wait until sites under construction open")
        return _("at most {room} a year: builders are scarce; more when sites under construction open", room=room)

    def describe(self, view: NationView) -> str:
        """Size, date and the state's part of the cost."""
        usd_bn, _points = self.price(view)
        return _(
            "{title}: {size} a year of {mineral}, open in {turns}, {money} of state money",
            title=_(self.title),
            size=mass(self.size),
            mineral=view.name(self.mineral),
            turns=turns_text(self.turns_until_effect(view)),
            money=money(usd_bn),
        )

    def turns_until_effect(self, view: NationView) -> int:
        """The turns of construction."""
        return int(self._turns(view.world, view.calibration, self.batch(view))[0])

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """From a thousandth of the room to all of it; a typical site is proposed, or half of what can be paid."""
        if name != "size" or given.get("mineral") not in view.axes.mineral_index:
            return None
        option = OWNERS.index(given.get("owner", "state"))
        unit = Batch.of(view.nation, Row(view.axes.mineral_index[given["mineral"]], option=option, size=1.0))
        room = float(cls.room_t(view.world, view.calibration, unit)[0])
        slack = slack_usd_bn(view.world, view.calibration, (unit.w, unit.n))
        affordable = float(affordable_share(slack, cls.outlays(view.world, view.calibration, unit))[0])
        running = float(view.world.capacity_t[0, :, unit.mineral[0], cls.stage].sum()) * TURNS_PER_YEAR
        low = two_digits(room / 1000)
        proposed = two_digits(min(room / 2, affordable / 2, TYPICAL_WORLD_SHARE * running))
        return low, two_digits(room), max(proposed, low)

    @classmethod
    def _turns(cls, world: World, calibration: Calibration, batch: Batch) -> Index:
        turns = cls.lead_turns(calibration)[batch.mineral] + np.where(batch.option == PARTNERSHIP, PARTNERSHIP_TURNS, 0)
        if cls.stage != RECYCLE:
            turns = turns + later_turns(world)[batch.w, batch.n]
        kept: Index = np.clip(turns, 1, PIPELINE_TURNS - 1)
        return kept


def paid_share(world: World, calibration: Calibration, batch: Batch) -> Array:
    """Share of the cost that the state pays, by owner, [A]."""
    governed = governance(world, calibration)[batch.w, batch.n]
    partnership = np.clip(1 - governed, LEAST_STATE_SHARE, MOST_STATE_SHARE)
    share: Array = np.where(batch.option == PARTNERSHIP, partnership, 1.0)
    return share
