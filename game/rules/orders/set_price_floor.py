"""A price that the state guarantees to mines or refineries at home for some years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np

from game.engine.axes import TURNS_PER_YEAR, Axes, turn_date
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.floor import BILLION, base_price_usd_per_t, coverable_t, gate_ln, has_floors
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.budget import HORIZON
from game.rules.field import amount_field, choice_field, mineral_field, number_field
from game.rules.number import mass, money, two_digits
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_mineral, care, free_cash, want
from game.text import _

Stage = Literal["mine", "refine"]
STAGES: tuple[Stage, ...] = ("mine", "refine")  # in the order of FLOOR_STAGES

LEAST_PERCENT, MOST_PERCENT = 50, 300
MOST_YEARS = 10
MOST_UPSIDE_PERCENT = 50
# The compact form holds the price below, the years above this, and the state's share of the upside above both.
_YEARS_STEP, _UPSIDE_STEP = 1_000, 100_000

MOST_COVERED = 2.0  # of what sites at work and being built can make: room to double
WISHED_YEARS, WISHED_UPSIDE = 5, 30
AT_HOME = 0.3  # share of world capacity from which a nation's sites need no shelter
BILL_ENVELOPES = 0.15  # of the budget of a turn that a nation would stake on one floor


class SetPriceFloor(Order):
    """Sites get at least a price for a volume; the state pays the gap and shares in what the market pays above it."""

    kind = "set_price_floor"
    title = "Price floor"
    summary = "Keeps home plants and their workers through a price war; taxpayers pay the gap in every cheap year."
    lead = "this turn, for years"
    icon = "floor"
    group = "sourcing"
    capital = 2.0
    needs = ("mineral", "layer")
    layers = len(STAGES)

    mineral: str = mineral_field()
    stage: Stage = choice_field("Stage", {"mine": "Mining", "refine": "Refining"})
    percent: int = number_field("Guaranteed price", "% of today's", LEAST_PERCENT, MOST_PERCENT, 5, 110)
    volume_t: float = amount_field("Output covered", "t a turn")
    years: int = number_field("Holds for", "years", 1, MOST_YEARS, 1, WISHED_YEARS)
    upside_percent: int = number_field(
        "State's share of what the market pays above", "%", 0, MOST_UPSIDE_PERCENT, 10, WISHED_UPSIDE
    )

    def row(self, axes: Axes) -> Row:
        """Mineral, stage, price, years and share of the upside in one number, volume."""
        option = self.percent + _YEARS_STEP * self.years + _UPSIDE_STEP * self.upside_percent
        return Row(axes.mineral_index[self.mineral], STAGES.index(self.stage), option=option, size=self.volume_t)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        years, percent = divmod(row.option % _UPSIDE_STEP, _YEARS_STEP)
        return cls(
            mineral=axes.minerals[row.mineral],
            stage=STAGES[row.layer],
            percent=percent,
            volume_t=row.size,
            years=years,
            upside_percent=row.option // _UPSIDE_STEP,
        )

    @classmethod
    def most_t(cls, world: World, batch: Batch) -> Array:
        """The largest volume that can be covered, tonnes a turn, [A]."""
        most: Array = MOST_COVERED * coverable_t(world)[batch.w, batch.n, batch.mineral, batch.layer]
        return most

    @classmethod
    def holds(cls, world: World, batch: Batch) -> Flags:
        """Whether a floor for these sites still holds in the turn being planned, [A]."""
        until = world.floor_until[batch.w, batch.n, batch.mineral, batch.layer]
        holds: Flags = np.isfinite(until) & (until > world.turn)
        return holds

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """There are sites, no floor holds for them yet, and the terms are within bounds."""
        percent, years, upside = _terms(batch)
        bounded = (percent >= LEAST_PERCENT) & (percent <= MOST_PERCENT) & (years >= 1) & (years <= MOST_YEARS)
        bounded &= upside <= MOST_UPSIDE_PERCENT
        fits: Flags = (batch.size > 0) & (batch.size <= cls.most_t(world, batch)) & bounded
        return fits & ~cls.holds(world, batch)

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The gap to today's price on what sites, those being built included, can make of the volume."""
        percent, years, _upside = _terms(batch)
        at = (batch.w, batch.n, batch.mineral, batch.layer)
        price = base_price_usd_per_t(calibration)[batch.mineral, batch.layer] * np.exp(gate_ln(world)[at])
        covered = np.minimum(batch.size, coverable_t(world)[at])
        each = np.maximum(percent / 100 - 1.0, 0.0) * price * covered / BILLION
        outlays: Array = (np.arange(HORIZON) < (TURNS_PER_YEAR * years)[:, None]) * each[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Guarantee the price from this turn on."""
        percent, years, upside = _terms(batch)
        at = (batch.w, batch.n, batch.mineral, batch.layer)
        world.floor_ln[at] = gate_ln(world)[at] + np.log(percent / 100)
        world.floor_t[at] = batch.size
        world.floor_upside_share[at] = upside / 100
        world.floor_until[at] = world.turn + TURNS_PER_YEAR * years

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Shelter sites at home that hardly earn their cost where metal comes from one supplier."""
        w = s.world
        trouble = np.stack([s.calibration.long_run_ln - w.expected_mine_ln, -w.expected_margin_ln], -1)
        trouble = np.clip(trouble, 0.0, 0.35)
        able = coverable_t(w)
        needed = np.clip(1.0 - ratio(able, able.sum(1, keepdims=True)) / AT_HOME, 0.0, 1.0) * (able > 0)
        needed = needed * np.minimum(ratio(able, s.usable_t) / 0.1, 1.0)
        held = has_floors(w).sum((2, 3))[..., None, None]
        scores = trouble / 0.25 * needed / (1.0 + held)
        stage = scores.argmax(-1)
        score, trouble, able = (np.take_along_axis(a, stage[..., None], -1)[..., 0] for a in (scores, trouble, able))
        percent = np.asarray(5 * np.ceil(20.0 * np.exp(trouble)), dtype=np.int64)
        price = base_price_usd_per_t(s.calibration)[np.arange(stage.shape[2]), stage]
        price = price * np.exp(np.take_along_axis(gate_ln(w), stage[..., None], -1)[..., 0])
        stake = BILL_ENVELOPES * s.envelope_usd_bn[:, None] * (free_cash(s) > 0)
        volume = np.minimum(able, stake * BILLION / (price * np.maximum(percent / 100 - 1.0, 0.01)))
        score = score * want(p, "security") * s.weight * s.main_share * care(s) * (volume > 0.1 * able)
        option = percent + _YEARS_STEP * WISHED_YEARS + _UPSIDE_STEP * WISHED_UPSIDE
        return by_mineral(s, score, volume, layer=stage, option=option)

    def obstacles(self, view: NationView) -> list[Problem]:
        """No sites, a floor that holds, or too large a volume."""
        batch = self.batch(view)
        most = float(self.most_t(view.world, batch)[0])
        if most <= 0:
            what = _("{nation} has no such site, nor builds one", nation=view.name(view.iso3))
            return [self.problem("stage", what, _("build one first, or choose another mineral or stage"))]
        if self.holds(view.world, batch)[0]:
            until = int(view.world.floor_until[0, view.nation, batch.mineral[0], batch.layer[0]])
            what = _("these sites have a guaranteed price until {date}", date=turn_date(until))
            return [self.problem("stage", what, _("choose another mineral or stage, or wait"))]
        if self.volume_t > most:
            what = _("{volume} a turn is more than twice what the sites can make", volume=mass(self.volume_t))
            return [self.problem("volume_t", what, _("at most {most} a turn", most=mass(most)))]
        return []

    def describe(self, view: NationView) -> str:
        """Price, volume, years, and the bill at today's price."""
        batch = self.batch(view)
        place = (batch.mineral[0], batch.layer[0])
        today = np.exp(gate_ln(view.world)[0, view.nation][place])
        price = base_price_usd_per_t(view.calibration)[place] * today * self.percent / 100
        return _(
            "Price floor for {stage} of {mineral}: US$ {price:,.0f} a tonne for {volume} a turn, {years} years; "
            "{bill} at today's price",
            stage=_("mining") if self.stage == "mine" else _("refining"),
            mineral=view.name(self.mineral),
            price=float(price),
            volume=mass(self.volume_t),
            years=self.years,
            bill=money(self.price(view)[0]),
        )

    def objects(self, view: NationView) -> list[str]:
        """Taxpayers, and who makes most of it."""
        made = view.world.mined_t if self.stage == "mine" else view.world.refined_t
        made = made[0, :, view.axes.mineral_index[self.mineral]]
        largest = int(made.argmax())
        found = [_("taxpayers")]
        if largest != view.nation and made[largest] > 0:
            found.append(_("{nation}, who makes most of it", nation=view.name(view.axes.nations[largest])))
        return found

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Up to twice what the sites can make; half of what they can is proposed."""
        if name != "volume_t" or given.get("mineral") not in view.axes.mineral_index:
            return None
        stage = STAGES.index(given.get("stage", "mine"))
        row = Row(view.axes.mineral_index[given["mineral"]], stage)
        most = float(cls.most_t(view.world, Batch.of(view.nation, row))[0])
        return two_digits(most / 1000), two_digits(most), two_digits(most / 4)


def _terms(batch: Batch) -> tuple[Index, Index, Index]:
    """Price in percent of today's, years, and the state's percent of the upside, [A] each."""
    rest = batch.option % _UPSIDE_STEP
    return rest % _YEARS_STEP, rest // _YEARS_STEP, batch.option // _UPSIDE_STEP
