"""Terms on which a mineral is let in: a tariff, a standard for its origin, or a label."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import LAYERS, ORE, REFINED, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.standard import LABEL, origin_quality
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.field import choice_field, layer_field, mineral_field, number_field
from game.rules.number import percent
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_mineral, want
from game.text import _

Layer = Literal["ore", "refined"]
Terms = Literal["none", "tariff", "standard", "label"]
LAYER_NAMES: tuple[Layer, ...] = ("ore", "refined")
TERMS: tuple[Terms, ...] = ("none", "tariff", "standard", "label")
NONE, TARIFF, STANDARD, LABELLED = range(4)

LABEL_CAPITAL, LIFT_CAPITAL = 1.0, 0.0
LEAST_TARIFF, MOST_TARIFF = 0.05, 0.6
MOST_LEVEL = 3
_LEVEL_STEP = 4  # the compact form holds the terms below and the level above this

WISHED_TARIFF = 0.15
STRICT, DEMANDING = 3.5, 4.5  # weights of standards from which a nation asks for a standard, and for a high one
OWN_PART = 0.15  # of its need that a nation refines before it shelters its refiners


class SetImportTerms(Order):
    """New terms replace the old ones for a mineral and layer; "none" lifts them. Contracts are exempt."""

    kind = "set_import_terms"
    title = "Import conditions"
    summary = (
        "Home firms or cleaner suppliers sell more; your makers pay, and what you keep out goes to rivals cheaper."
    )
    lead = "this turn, until changed"
    icon = "import"
    group = "sourcing"
    capital = 2.0
    needs = ("mineral", "layer")

    mineral: str = mineral_field()
    layer: Layer = layer_field()
    terms: Terms = choice_field(
        "Terms", {"tariff": "Tariff", "standard": "Standard", "label": "Label", "none": "Lift the terms"}
    )
    tariff: float = number_field("Tariff", "share", LEAST_TARIFF, MOST_TARIFF, 0.05, 0.15)
    level: int = number_field("Level of the standard", "of 3", 1, MOST_LEVEL, 1, 2)

    def row(self, axes: Axes) -> Row:
        """Mineral, layer, terms and level in one number, tariff."""
        option = TERMS.index(self.terms) + _LEVEL_STEP * self.level
        return Row(axes.mineral_index[self.mineral], LAYERS.index(self.layer), option=option, size=self.tariff)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        level, terms = divmod(row.option, _LEVEL_STEP)
        return cls(
            mineral=axes.minerals[row.mineral],
            layer=LAYER_NAMES[row.layer],
            terms=TERMS[terms],
            tariff=row.size,
            level=level,
        )

    @classmethod
    def levers(cls, batch: Batch) -> tuple[Array, Array]:
        """Tariff and level of the standard that each asking sets, [A] each."""
        terms, level = batch.option % _LEVEL_STEP, batch.option // _LEVEL_STEP
        tariff = np.where(terms == TARIFF, batch.size, 0.0)
        return tariff, np.select([terms == STANDARD, terms == LABELLED], [level.astype(np.float64), LABEL], 0.0)

    @classmethod
    def imports_t(cls, world: World, batch: Batch) -> Array:
        """What came in last turn by origin, [A, N]."""
        ore, refined = (flow[batch.w, batch.mineral, :, batch.n] for flow in (world.ore_flow_t, world.refined_flow_t))
        arrived = np.where((batch.layer == ORE)[:, None], ore, refined)
        arrived[np.arange(len(batch)), batch.n] = 0.0
        return np.asarray(arrived)

    @classmethod
    def changes(cls, world: World, batch: Batch) -> Flags:
        """Whether the terms would be others than they are, [A]."""
        at = (batch.w, batch.n, batch.mineral, batch.layer)
        tariff, level = cls.levers(batch)
        changes: Flags = (world.import_tariff[at] != tariff) | (world.import_standard[at] != level)
        return changes

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Something is imported, or terms are lifted; and the terms would change."""
        bounded = (batch.size >= LEAST_TARIFF) & (batch.size <= MOST_TARIFF)
        bounded &= (batch.option // _LEVEL_STEP >= 1) & (batch.option // _LEVEL_STEP <= MOST_LEVEL)
        lifts = batch.option % _LEVEL_STEP == NONE
        allowed: Flags = (lifts | (cls.imports_t(world, batch).sum(axis=-1) > 0)) & cls.changes(world, batch) & bounded
        return allowed

    @classmethod
    def political_capital(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Two points for a tariff or a standard, one for a label, none to lift them."""
        terms = batch.option % _LEVEL_STEP
        points: Array = np.select([terms == NONE, terms == LABELLED], [LIFT_CAPITAL, LABEL_CAPITAL], cls.capital)
        return points

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Replace the terms."""
        at = (batch.w, batch.n, batch.mineral, batch.layer)
        world.import_tariff[at], world.import_standard[at] = cls.levers(batch)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Shelter refiners that hardly earn their cost, or ask clean goods of doubtful sellers; lift what hurts."""
        w = s.world
        set_now = (w.import_tariff[..., REFINED] > 0) | (w.import_standard[..., REFINED] > 0)
        burden = set_now.sum(-1, keepdims=True)
        own = np.minimum(ratio(s.makeable_t[..., REFINED], s.need_t) / OWN_PART, 1.0) * (s.home_share < 0.9)
        trouble = np.clip(-w.expected_margin_ln, 0.0, 0.35)
        calm = np.clip(1.0 - 4.0 * (w.delivered_ln - w.expected_ln), 0.0, 1.0) * (s.short_share < 0.01)
        free = calm * ~set_now / (1.0 + 2.0 * burden)
        shelter = want(p, "value_added") / np.maximum(want(p, "price"), 0.3) * s.weight * own * trouble / 0.12 * free
        quality = origin_quality(w).swapaxes(1, 2)[..., None]
        doubtful = (s.foreign_share * (1.0 - quality)).sum(2).swapaxes(1, 2)
        strict = p.of("standards")[None, :, None]
        clean = want(p, "standards") * s.weight * 2.0 * doubtful * (strict > STRICT) * free
        hurt = np.maximum(w.delivered_ln - w.expected_ln - 0.2, 0.0) + 5.0 * s.short_share
        lift = want(p, "price") * s.weight * 4.0 * hurt * set_now
        level = np.where(strict > DEMANDING, 2, 1)
        terms = np.select([lift > np.maximum(shelter, clean), clean > shelter], [NONE, STANDARD], TARIFF)
        score = np.maximum(lift, np.maximum(shelter, clean))
        return by_mineral(s, score, WISHED_TARIFF, layer=REFINED, option=terms + _LEVEL_STEP * level)

    def obstacles(self, view: NationView) -> list[Problem]:
        """No imports, or no change."""
        batch = self.batch(view)
        names = {"mineral": view.name(self.mineral), "layer": self._layer_title()}
        if self.terms != "none" and not self.imports_t(view.world, batch).sum() > 0:
            what = _("{nation} imported no {mineral} ({layer}) last turn", nation=view.name(view.iso3), **names)
            return [self.problem("mineral", what, _("choose a mineral and layer that you import"))]
        if self.changes(view.world, batch)[0]:
            return []
        if self.terms == "none":
            what = _("there are no import terms for {mineral} ({layer})", **names)
            return [self.problem("terms", what, _("choose a mineral and layer with terms"))]
        what = _("these terms hold for {mineral} ({layer}) already", **names)
        return [self.problem("terms", what, _("choose others, or another mineral or layer"))]

    def describe(self, view: NationView) -> str:
        """The terms, and which seller they cost most."""
        names = {"mineral": view.name(self.mineral), "layer": self._layer_title()}
        if self.terms == "none":
            return _("Import terms for {mineral} ({layer}) lifted", **names)
        if self.terms == "tariff":
            return _("Tariff of {rate} on imports of {mineral} ({layer})", rate=percent(self.tariff), **names)
        origin, rate = self._worst(view)
        words = {"seller": view.name(view.axes.nations[origin]), "rate": percent(rate)}
        if self.terms == "label":
            return _("Label of origin for {mineral} ({layer}): adds {rate} to metal from {seller}", **words, **names)
        return _(
            "Standard of level {level} for imports of {mineral} ({layer}): adds {rate} to what comes from {seller}",
            level=self.level,
            **words,
            **names,
        )

    def objects(self, view: NationView) -> list[str]:
        """Own buyers, and the seller hit hardest."""
        if self.terms == "none":
            return [_("home firms that were sheltered")]
        origin, _rate = self._worst(view)
        return [
            _("{nation}, who sells you most of what is hit", nation=view.name(view.axes.nations[origin])),
            _("your own buyers"),
        ]

    def _worst(self, view: NationView) -> tuple[int, float]:
        """The seller who loses most, by what was sold and what the terms add; and what they add there."""
        batch = self.batch(view)
        sold = self.imports_t(view.world, batch)[0]
        tariff, level = (float(lever[0]) for lever in self.levers(batch))
        lacking = 1.0 - origin_quality(view.world)[0, :, batch.mineral[0]]
        added = tariff + view.parameters.standard_cost * level * lacking
        origin = int((sold * added).argmax())
        return origin, float(added[origin])

    def _layer_title(self) -> str:
        return _("ore") if self.layer == "ore" else _("refined metal")
