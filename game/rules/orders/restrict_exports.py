"""A measure on exports: licence, tax, quota or ban, towards all or towards named nations, until a turn."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import LAYERS, ORE, REFINED, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import FIELD
from game.engine.pressure import RESTRICT
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row, partner_code, partner_flags, partners_of
from game.rules.field import choice_field, layer_field, mineral_field, nations_field, number_field
from game.rules.measure import BAN, FULL_BAN, LICENCE, MEASURE_STEP, MEASURES, NONE, QUOTA, TAX, Measure
from game.rules.number import mass, percent
from game.rules.orders._base import Order, turns_text
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, by_mineral, by_partner, together
from game.text import _

Layer = Literal["ore", "refined"]
LAYER_NAMES: tuple[Layer, ...] = ("ore", "refined")

# Officials turn down half of what a quota of the same strength would cut, and the paperwork costs the buyer.
LICENCE_CUT = 0.5
LICENCE_FEE = 0.02

NAMED_CAPITAL = 2.0  # more than for a measure towards everybody
GOODS_CAPITAL = 1.0  # makers of the goods lose customers too
LIFT_CAPITAL = 1.0  # holders of licences and quotas resist
DOMINANCE = 0.40  # share of world exports from which a nation wishes to restrict
RESTRICTION_TURNS = 4
YIELDING = 3.0  # score of lifting what another demands, where that is the lesser evil
THREATENED = 3.0  # score of carrying out a threat that is due
THREAT_STRENGTH = 0.5


class RestrictExports(Order):
    """One measure per mineral and layer; a new one replaces the old, "none" lifts it."""

    kind = "restrict_exports"
    title = "Export measure"
    summary = "Home processors and the treasury gain price and pressure; foreign buyers pay, and some never return."
    lead = "this turn"
    icon = "export"
    group = "resources"
    capital = 2.0
    needs = ("mineral", "layer")

    mineral: str = mineral_field()
    layer: Layer = layer_field()
    measure: Measure = choice_field(
        "Measure",
        {
            "licence": "Licence",
            "tax": "Export tax",
            "quota": "Quota",
            "ban": "Ban",
            "full_ban": "Ban, goods made of it too",
            "none": "Lift the measure",
        },
    )
    strength: float = number_field("Strength", "share", 0.05, 1.0, 0.05, 0.3)
    targets: tuple[str, ...] = nations_field("Towards", "everybody")
    turns: int = number_field("Holds for", "turns", 1, 30, 1, 4)

    def row(self, axes: Axes) -> Row:
        """Mineral, layer, targets, measure and turns in one number, strength."""
        positions = tuple(axes.nation_index[target] for target in self.targets)
        option = MEASURES.index(self.measure) + MEASURE_STEP * self.turns
        return Row(
            axes.mineral_index[self.mineral],
            LAYERS.index(self.layer),
            partner_code(positions),
            option,
            self.strength,
        )

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of; targets in the order of the axes."""
        return cls(
            mineral=axes.minerals[row.mineral],
            layer=LAYER_NAMES[row.layer],
            measure=MEASURES[row.option % MEASURE_STEP],
            strength=row.size,
            targets=tuple(axes.nations[position] for position in partners_of(row.partner)),
            turns=row.option // MEASURE_STEP,
        )

    @classmethod
    def exports_t(cls, world: World, batch: Batch) -> Array:
        """Tonnes shipped last turn to the nations each asking names, [A]."""
        targets = partner_flags(batch, len(world.axes.nations))
        ore = world.ore_flow_t[batch.w, batch.mineral, batch.n]
        refined = world.refined_flow_t[batch.w, batch.mineral, batch.n]
        shipped = np.where((batch.layer == ORE)[:, None], ore, refined)
        exports: Array = (shipped * targets).sum(axis=-1)
        return exports

    @classmethod
    def output_t(cls, world: World, batch: Batch) -> Array:
        """Tonnes the nation made last turn, [A]."""
        where = (batch.w, batch.n, batch.mineral)
        refined = world.refined_t[where] + world.recycled_t[where] + world.synthetic_t[where]
        output: Array = np.where(batch.layer == ORE, world.mined_t[where], refined)
        return output

    @classmethod
    def has_measure(cls, world: World, batch: Batch) -> Flags:
        """Whether a measure holds that could be lifted, [A]."""
        where = (batch.w, batch.n, batch.mineral, batch.layer)
        acts: Flags = np.isfinite(world.export_quota_t[where]) | (world.export_tax[where] > 0)
        return acts & (world.export_until[where] > world.turn)

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """There is trade to restrict, or a measure to lift; nobody names only itself."""
        measure = batch.option % MEASURE_STEP
        named = partner_flags(batch, len(world.axes.nations))
        trade = np.where(
            (measure == LICENCE) | (measure == QUOTA), cls.exports_t(world, batch), cls.output_t(world, batch)
        )
        restricts: Flags = (trade > 0) & named.any(axis=-1) & ~_names_itself(batch)
        lifts = cls.has_measure(world, batch)
        bounded = (batch.size >= 0.05) & (batch.size <= 1) & (batch.option // MEASURE_STEP >= 1) & (measure <= FULL_BAN)
        allowed: Flags = np.where(measure == NONE, lifts, restricts) & bounded
        return allowed

    @classmethod
    def political_capital(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Two points, two more when nations are named, one more with the goods; one to lift."""
        named = np.where(batch.partner != -1, NAMED_CAPITAL, 0.0)
        measure = batch.option % MEASURE_STEP
        goods = np.where(measure == FULL_BAN, GOODS_CAPITAL, 0.0)
        points: Array = np.where(measure == NONE, LIFT_CAPITAL, cls.capital + named + goods)
        return points

    @classmethod
    def quota_t(cls, world: World, batch: Batch) -> Array:
        """Tonnes a turn that each asking still lets through, inf without a quota, [A]."""
        measure = batch.option % MEASURE_STEP
        cut = np.where(measure == LICENCE, LICENCE_CUT, 1.0) * batch.size
        quota = (1 - cut) * cls.exports_t(world, batch)
        limited = np.where((measure == LICENCE) | (measure == QUOTA), quota, FIELD["export_quota_t"].default)
        allowed: Array = np.where(measure >= BAN, 0.0, limited)
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Replace the measure on the mineral and layer."""
        where = (batch.w, batch.n, batch.mineral, batch.layer)
        measure = batch.option % MEASURE_STEP
        is_none = measure == NONE
        fee = np.where(measure == LICENCE, LICENCE_FEE, 0.0)
        last = world.turn + batch.option // MEASURE_STEP
        held = np.asarray(cls.has_measure(world, batch))
        quota, before = cls.quota_t(world, batch), cls.exports_t(world, batch)
        before = before + np.where(held, world.export_cut_t[where] - world.export_leak_t[where], 0.0)
        nominal = np.where(
            measure == LICENCE, calibration.parameters.licence_fear * batch.size * before, before - quota
        )
        world.export_since[where] = np.where(held, world.export_since[where], world.turn + 1)
        world.export_cut_t[where] = np.maximum(before - quota, 0.0)
        world.export_feared_t[where] = np.maximum(nominal, 0.0)
        world.export_quota_t[where] = quota
        world.export_tax[where] = np.where(measure == TAX, batch.size, fee)
        world.export_target[where] = partner_flags(batch, len(world.axes.nations)) & ~is_none[:, None]
        world.export_goods[where] = measure == FULL_BAN
        world.export_until[where] = np.where(is_none, FIELD["export_until"].default, last)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Those keen on leverage license or tax what the world must buy from them, until customers or friends leave."""
        w = s.world
        active = np.isfinite(w.export_quota_t) | (w.export_tax > 0)
        active &= w.export_until > w.turn
        keen = p.keenness[None, :, None]
        burden = active.sum((2, 3))[..., None]
        welcome = np.clip((w.standing[..., None] - 40.0) / 20.0, 0.0, 1.0)
        over = np.maximum(s.export_share - DOMINANCE, 0.0) / (1.0 - DOMINANCE)
        hold = keen * welcome * 2.0 * np.sqrt(s.market_weight) / (1.0 + burden)
        impose = hold[..., None] * over * ~active
        left = np.maximum(DOMINANCE - 0.05 - s.export_share, 0.0) / DOMINANCE
        distrust = np.clip((40.0 - w.standing) / 10.0, 0.0, 1.0)[..., None, None]
        lift = 2.0 * (left + distrust) * active * p.acts[None, :, None, None]
        lift = lift + YIELDING * (s.pressed & active)
        best_layer = np.maximum(impose, lift).argmax(-1)
        impose, lift = (np.take_along_axis(score, best_layer[..., None], -1)[..., 0] for score in (impose, lift))
        measure = np.where(best_layer == REFINED, LICENCE, TAX)
        strength = np.where(best_layer == REFINED, 0.3, 0.1)
        option = np.where(lift > impose, NONE + MEASURE_STEP, measure + MEASURE_STEP * RESTRICTION_TURNS)
        usual = by_mineral(s, np.maximum(impose, lift), strength, layer=best_layer, option=option)
        return together(usual, _threatened(s))

    def obstacles(self, view: NationView) -> list[Problem]:
        """No trade to restrict, no measure to lift."""
        batch = self.batch(view)
        if self.measure == "none":
            if self.has_measure(view.world, batch)[0]:
                return []
            what = _(
                "no export measure on {mineral} ({layer}) holds",
                mineral=view.name(self.mineral),
                layer=self._layer_title(),
            )
            return [self.problem("measure", what, _("choose a mineral and layer you restrict"))]
        if view.iso3 in self.targets:
            what = _("{nation} cannot restrict exports towards itself", nation=view.name(view.iso3))
            return [self.problem("targets", what, _("take {nation} off the list", nation=view.name(view.iso3)))]
        if self.allowed(view.world, view.calibration, batch)[0]:
            return []
        return [self._no_trade(view)]

    def describe(self, view: NationView) -> str:
        """Measure, tonnes and who is meant."""
        words = {
            "none": _("Lift the measure on exports"),
            "licence": _("Export licences: {quota} a turn", quota=self._quota(view)),
            "tax": _("Export tax of {rate}", rate=percent(self.strength)),
            "quota": _("Export quota: {quota} a turn", quota=self._quota(view)),
            "ban": _("Export ban"),
            "full_ban": _("Export ban, with the goods made of it,"),
        }[self.measure]
        what = _(
            "{measure} of {mineral} ({layer})",
            measure=words,
            mineral=view.name(self.mineral),
            layer=self._layer_title(),
        )
        if self.measure == "none":
            return what
        towards = ", ".join(map(view.name, self.targets)) or _("everybody")
        return _("{what} towards {towards}, {turns}", what=what, towards=towards, turns=turns_text(self.turns))

    def objects(self, view: NationView) -> list[str]:
        """The buyers hit hardest, and one's own exporters."""
        if self.measure == "none":
            return [_("holders of licences and quotas")]
        mineral = view.axes.mineral_index[self.mineral]
        flows = view.world.ore_flow_t if self.layer == "ore" else view.world.refined_flow_t
        shipped = flows[0, mineral, view.nation] * partner_flags(self.batch(view), len(view.axes.nations))[0]
        buyers = [int(d) for d in np.argsort(-shipped)[:3] if shipped[d] > 0]
        named = [
            _("{nation}, who bought {amount}", nation=view.name(view.axes.nations[d]), amount=mass(float(shipped[d])))
            for d in buyers
        ]
        return [*named, _("your own exporters")]

    def _no_trade(self, view: NationView) -> Problem:
        names = {"mineral": view.name(self.mineral), "layer": self._layer_title()}
        if self.output_t(view.world, self.batch(view))[0] <= 0:
            what = _("{nation} makes no {mineral} ({layer})", nation=view.name(view.iso3), **names)
            return self.problem("mineral", what, _("choose a mineral and layer you sell"))
        what = _("no {mineral} ({layer}) went there last turn", **names)
        return self.problem("targets", what, _("name nations that buy it, or choose a tax or a ban"))

    def _quota(self, view: NationView) -> str:
        return mass(float(self.quota_t(view.world, self.batch(view))[0]))

    def _layer_title(self) -> str:
        return _("ore") if self.layer == "ore" else _("refined metal")


def _names_itself(batch: Batch) -> Flags:
    """Whether a nation is among its own targets, [A]."""
    bits = np.where(batch.partner < -1, -2 - batch.partner, 0)
    named: Flags = (batch.partner == batch.n) | (bits >> batch.n & 1 == 1)
    return named


def _threatened(s: Situation) -> Wishes:
    """A quota on what each target of an overdue demand buys most of, [W, N, target]."""
    owed = s.owed(RESTRICT)
    price = s.baseline.price_usd_per_t[:, None, None]
    mineral = (s.world.refined_flow_t * price).argmax(1)
    option = QUOTA + MEASURE_STEP * RESTRICTION_TURNS
    score: Array = np.where(owed, THREATENED, 0.0)
    return by_partner(s, score, THREAT_STRENGTH, mineral=mineral, layer=REFINED, option=option)
