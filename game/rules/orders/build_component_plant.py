"""A new plant that makes a product of refined metal: magnets, cells, chips, cable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from game.engine.axes import TURNS_PER_YEAR, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import PROGRAMME
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.budget import HORIZON, affordable_share, slack_usd_bn
from game.rules.field import amount_field, choice_field, product_field
from game.rules.number import money, two_digits
from game.rules.orders._base import Order, turns_text
from game.rules.orders._building import OWNER_TITLES, OWNERS, PARTNERSHIP, PARTNERSHIP_TURNS, Owner, paid_share
from game.rules.personality import Personalities
from game.rules.site_wish import state_share
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, alone, free_cash, want
from game.text import _

# Plants copy plants that run: skills, suppliers and buyers of a product are found where it is made.
ROOM_WORLD_SHARE = 0.05  # of what the world can make, beyond as much again as the nation can
WISHED_OWN_SHARE, WISHED_WORLD_SHARE = 0.1, 0.004
PURSE_CASH_SHARE, PURSE_ENVELOPE_SHARE = 0.3, 0.15


class BuildComponentPlant(Order):
    """Makers' capacity for a product at home, paid over the turns it takes to build."""

    kind = "build_component_plant"
    title = "Build component plant"
    summary = "Home makers earn most of a chain's value; they need more metal, and foreign makers lose customers."
    lead = "two years or more"
    icon = "industry"
    group = "industry"
    needs = ("product",)
    options = len(OWNERS)

    product: str = product_field()
    size_usd_bn: float = amount_field("Size", "US$ bn of output a year")
    owner: Owner = choice_field("Owner", OWNER_TITLES, default="state")

    def row(self, axes: Axes) -> Row:
        """Product, owner, size."""
        return Row(layer=axes.product_index[self.product], option=OWNERS.index(self.owner), size=self.size_usd_bn)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(product=axes.products[row.layer], size_usd_bn=row.size, owner=OWNERS[row.option])

    @classmethod
    def makes(cls, calibration: Calibration, batch: Batch) -> Flags:
        """Whether the nation made the product in 2024, [A]."""
        return np.asarray(calibration.makers.made_usd_bn[batch.n, batch.product] > 0)

    @classmethod
    def room_usd_bn(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Output a year that can still be put under construction, [A]."""
        capacity = world.maker_capacity_usd_bn[batch.w, :, batch.product]
        own = world.maker_capacity_usd_bn[batch.w, batch.n, batch.product]
        building = world.maker_pipeline_usd_bn[batch.w, batch.n, batch.product].sum(axis=-1)
        room = TURNS_PER_YEAR * np.maximum(own + ROOM_WORLD_SHARE * capacity.sum(axis=-1) - building, 0.0)
        return np.asarray(room * cls.makes(calibration, batch))

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The nation has makers of it, and builders have room."""
        allowed: Flags = (batch.size > 0) & (batch.size <= cls.room_usd_bn(world, calibration, batch))
        return allowed

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The state's share of the cost, in equal parts over the turns of construction."""
        turns = cls._turns(calibration, batch)
        total = paid_share(world, calibration, batch) * batch.size * calibration.parameters.maker_capex
        outlays: Array = (np.arange(HORIZON) < turns[:, None]) * (total / turns)[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Put the capacity into the pipeline and promise the outlays."""
        turns = cls._turns(calibration, batch)
        world.maker_pipeline_usd_bn[batch.w, batch.n, batch.product, turns] += batch.size / TURNS_PER_YEAR
        promised = cls.outlays(world, calibration, batch)
        world.commitment_usd_bn[batch.w, batch.n, PROGRAMME[cls.kind]] += promised

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Build more of what one makes already, the sooner the better it pays and the more metal is at home."""
        w, calibration = s.world, s.calibration
        own = w.maker_capacity_usd_bn
        coming = w.maker_pipeline_usd_bn.sum(-1)
        pays = np.clip(0.6 + 4.0 * w.expected_making_ln, 0.0, 1.5)
        makes = calibration.makers.made_usd_bn > 0
        at_home = (s.home_share[..., None] * calibration.makers.recipe_weight).sum(2)
        weight = np.sqrt(ratio(own, own.sum(2, keepdims=True)))
        wanted = TURNS_PER_YEAR * (WISHED_OWN_SHARE * own + WISHED_WORLD_SHARE * own.sum(1, keepdims=True))
        cash = free_cash(s)
        turns = calibration.parameters.maker_lead_turns
        purse = PURSE_CASH_SHARE * cash + PURSE_ENVELOPE_SHARE * s.envelope_usd_bn[:, None] * turns * (cash > 0)
        payable = purse / (state_share(s)[..., None] * calibration.parameters.maker_capex)
        size = np.minimum(wanted, payable)
        calm = np.maximum(1.0 - 8.0 * ratio(coming, own), 0.0)
        score = 0.35 * want(p, "value_added") * weight * (0.4 + at_home) * pays * calm * makes * (size > 0.1 * wanted)
        return alone(s, score, size, layer=np.arange(score.shape[-1]), option=PARTNERSHIP)

    def obstacles(self, view: NationView) -> list[Problem]:
        """No makers, or no builders."""
        batch = self.batch(view)
        if not self.makes(view.calibration, batch)[0]:
            what = _(
                "{nation} has no makers of {product}", nation=view.name(view.iso3), product=view.name(self.product)
            )
            return [self.problem("product", what, _("choose a product that is made at home: skills take decades"))]
        room = float(self.room_usd_bn(view.world, view.calibration, batch)[0])
        if self.size_usd_bn <= room:
            return []
        what = _("there is no room for {size} of output a year", size=money(self.size_usd_bn))
        if room <= 0:
            return [
                self.problem("size_usd_bn", what, _("builders are scarce: wait until plants under construction open"))
            ]
        hint = _(
            "at most {room} a year: builders are scarce; more when plants under construction open", room=money(room)
        )
        return [self.problem("size_usd_bn", what, hint)]

    def describe(self, view: NationView) -> str:
        """Output, date and the state's part of the cost."""
        return _(
            "Component plant: {size} of {product} a year, open in {turns}, {money} of state money",
            size=money(self.size_usd_bn),
            product=view.name(self.product),
            turns=turns_text(self.turns_until_effect(view)),
            money=money(self.price(view)[0]),
        )

    def objects(self, view: NationView) -> list[str]:
        """Who makes most of it."""
        made = view.world.product_made_usd_bn[0, :, view.axes.product_index[self.product]].copy()
        made[view.nation] = 0
        largest = int(made.argmax())
        return [_("{nation}, who makes most of it abroad", nation=view.name(view.axes.nations[largest]))]

    def turns_until_effect(self, view: NationView) -> int:
        """The turns of construction."""
        return int(self._turns(view.calibration, self.batch(view))[0])

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """From a thousandth of the room to all of it; half of what can be paid is proposed, or a tenth of the room."""
        if name != "size_usd_bn" or given.get("product") not in view.axes.product_index:
            return None
        row = Row(
            layer=view.axes.product_index[given["product"]], option=OWNERS.index(given.get("owner", "state")), size=1
        )
        unit = Batch.of(view.nation, row)
        room = float(cls.room_usd_bn(view.world, view.calibration, unit)[0])
        slack = slack_usd_bn(view.world, view.calibration, (unit.w, unit.n))
        affordable = float(affordable_share(slack, cls.outlays(view.world, view.calibration, unit))[0])
        low = two_digits(room / 1000)
        return low, two_digits(room), max(two_digits(min(room / 10, affordable / 2)), low)

    @classmethod
    def _turns(cls, calibration: Calibration, batch: Batch) -> Index:
        lead = int(calibration.parameters.maker_lead_turns)
        turns: Index = lead + np.where(batch.option == PARTNERSHIP, PARTNERSHIP_TURNS, 0)
        return turns
