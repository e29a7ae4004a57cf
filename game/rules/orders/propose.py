"""A treaty proposed to another nation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field, SerializeAsAny, field_serializer, field_validator

from game.engine.axes import LAYERS, MINE, ORE, RECYCLE, REFINE, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.view import NationView, minerals_by_stake
from game.engine.world import World
from game.problems import Problem, ProblemError
from game.registry import unknown_name
from game.rules.asking import Batch, Index, Row
from game.rules.clauses._base import Clause
from game.rules.clauses.deliver import Deliver
from game.rules.clauses.penalty import Penalty
from game.rules.clauses.price_rule import PriceRule
from game.rules.clauses.term import Term
from game.rules.field import choice_field, nation_field
from game.rules.number import mass, two_digits
from game.rules.orders._base import LEAST_STANDING, Order
from game.rules.treaty import read_clause, treaties
from game.text import _

Role = Literal["buy", "sell"]
ROLES: tuple[Role, ...] = ("buy", "sell")
SELL = 1

# The compact form packs role, price rule, fixed price in per cent and term into one number.
_RULE_STEP, _PERCENT_STEP, _TERM_STEP = 2, 4, 4096


class Propose(Order):
    """An offer that lies in the partner's inbox next turn; signed there, it holds from the turn after."""

    kind = "propose"
    title = "Propose treaty"
    summary = "Both sides gain certainty; both lose freedom, and those left outside find less on the open market."
    lead = "two turns, if the partner accepts"
    icon = "propose"
    group = "statecraft"
    needs = ("mineral", "layer", "partner")

    treaty: str = Field(default="offtake", title="Treaty", json_schema_extra={"widget": "treaty"})
    partner: str = nation_field("Partner")
    role: Role = choice_field("You", {"buy": "Buy", "sell": "Sell"}, default="buy")
    clauses: tuple[SerializeAsAny[Clause], ...] = Field(title="Clauses", json_schema_extra={"widget": "clauses"})

    @field_validator("treaty")
    @classmethod
    def _known_treaty(cls, value: str) -> str:
        if value not in treaties():
            raise ValueError(str(unknown_name(_("treaty"), value, treaties())))
        return value

    @field_validator("clauses", mode="before")
    @classmethod
    def _read_clauses(cls, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise ValueError(_("clauses are a list"))
        try:
            return tuple(item if isinstance(item, Clause) else read_clause(item) for item in value)
        except ProblemError as error:
            raise ValueError(str(error)) from error

    @field_serializer("clauses")
    def _clauses_as_data(self, clauses: tuple[Clause, ...]) -> list[dict[str, Any]]:
        return [clause.as_data() for clause in clauses]

    def clause(self, kind: type[Clause]) -> Any:
        """The clause of a class; None when the treaty has none."""
        return next((clause for clause in self.clauses if isinstance(clause, kind)), None)

    def row(self, axes: Axes) -> Row:
        """Partner; mineral, layer and volume of the delivery; the rest in one number."""
        deliver: Deliver = self.clause(Deliver)
        price: PriceRule = self.clause(PriceRule)
        term: Term = self.clause(Term)
        option = ROLES.index(self.role) + _RULE_STEP * (price.rule == "fixed")
        option += _PERCENT_STEP * price.percent + _TERM_STEP * term.turns
        layer = 0 if deliver.layer == "ore" else 1
        return Row(
            axes.mineral_index[deliver.mineral], layer, axes.nation_index[self.partner], option, deliver.volume_t
        )

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The offtake that `row` gave the numbers of, with the published penalty."""
        percent = row.option % _TERM_STEP // _PERCENT_STEP
        clauses = (
            Deliver(mineral=axes.minerals[row.mineral], layer="refined" if row.layer else "ore", volume_t=row.size),
            Term(turns=row.option // _TERM_STEP),
            PriceRule(rule="fixed" if row.option % _PERCENT_STEP >= _RULE_STEP else "gate", percent=percent),
            Penalty(**treaties()["offtake"].start("penalty")),
        )
        return cls(treaty="offtake", partner=axes.nations[row.partner], role=ROLES[row.option % 2], clauses=clauses)

    @classmethod
    def room_t(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Tonnes a turn the seller can still promise and the buyer can use, [A]."""
        seller, buyer = _sides(batch)
        capacity = world.capacity_t[batch.w, seller, batch.mineral]
        is_ore = batch.layer == ORE
        made = np.where(is_ore, capacity[:, MINE], capacity[:, REFINE] + capacity[:, RECYCLE])
        promised = _contracts_t(world, batch, "contract_seller", seller)
        taken = _contracts_t(world, batch, "contract_buyer", buyer)
        metal = world.need_t[batch.w, buyer, batch.mineral].sum(axis=-1)
        refined_per_ore = calibration.baseline.refined_per_ore[batch.mineral]
        ore = world.capacity_t[batch.w, buyer, batch.mineral, REFINE] / refined_per_ore
        use = np.where(is_ore, ore + world.direct_use_t[batch.w, buyer, batch.mineral], metal)
        share = calibration.parameters.contract_capacity_share
        room: Array = np.maximum(np.minimum(share * made - promised, use - taken), 0)
        return room

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Two nations with standing, a seller who makes and a buyer who uses that much, a free contract."""
        fits = (batch.size > 0) & (batch.size <= cls.room_t(world, calibration, batch))
        partner = (batch.partner != batch.n) & (batch.partner != _nobody(world)) & (batch.partner >= 0)
        own, other = (world.standing[batch.w, nation] for nation in (batch.n, batch.partner))
        standing = (own >= LEAST_STANDING) & (other >= LEAST_STANDING)
        free = (world.contract_seller[batch.w] < 0).any(axis=-1)
        allowed: Flags = fits & partner & standing & free
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Nothing yet: an offer moves no lever."""

    def obstacles(self, view: NationView) -> list[Problem]:
        """Unknown names in the clauses, no partner, no trade, too much."""
        missing = [kind for kind in treaties()[self.treaty].kinds if kind not in [c.kind for c in self.clauses]]
        if missing:
            what = _("the treaty lacks the clause {clause!r}", clause=missing[0])
            return [self.problem("clauses", what, _("add it to the clauses"))]
        deliver: Deliver = self.clause(Deliver)
        if deliver.mineral not in view.axes.mineral_index:
            return [unknown_name(_("mineral"), deliver.mineral, view.axes.minerals, "propose.deliver.mineral")]
        return self._no_partner(view) or self._no_trade(view, deliver)

    def describe(self, view: NationView) -> str:
        """Partner, role and clauses."""
        message = (
            "{treaty}: buy from {partner}: {clauses}"
            if self.role == "buy"
            else "{treaty}: sell to {partner}: {clauses}"
        )
        clauses = ", ".join(clause.describe(view.name) for clause in self.clauses)
        return _(message, treaty=_(treaties()[self.treaty].title), partner=view.name(self.partner), clauses=clauses)

    def objects(self, view: NationView) -> list[str]:
        """Those who buy the same from the seller today."""
        deliver: Deliver = self.clause(Deliver)
        seller = view.nation if self.role == "sell" else view.axes.nation_index[self.partner]
        flows = view.world.ore_flow_t if deliver.layer == "ore" else view.world.refined_flow_t
        shipped = flows[0, view.axes.mineral_index[deliver.mineral], seller].copy()
        shipped[[seller, view.nation, view.axes.nation_index[self.partner]]] = 0
        largest = int(shipped.argmax())
        if shipped[largest] <= 0:
            return []
        return [_("{nation}, who buys there too and would find less", nation=view.name(view.axes.nations[largest]))]

    def turns_until_effect(self, view: NationView) -> int:
        """Offer, answer, delivery."""
        return 2

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Volume up to what the seller can promise and the buyer can use; a fifth is proposed."""
        known = given.get("deliver.mineral") in view.axes.mineral_index
        if name != "deliver.volume_t" or not known or given.get("partner") not in view.axes.nation_index:
            return None
        mineral = view.axes.mineral_index[given["deliver.mineral"]]
        layer = 0 if given.get("deliver.layer") == "ore" else 1
        partner = view.axes.nation_index[given["partner"]]
        unit = Batch.of(view.nation, Row(mineral, layer, partner, ROLES.index(given.get("role", "buy"))))
        room = float(cls.room_t(view.world, view.calibration, unit)[0])
        return two_digits(room / 100), two_digits(room), two_digits(room / 5)

    @classmethod
    def start(cls, view: NationView, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """The mineral with most at stake that somebody can sell, refined unless ore is asked for, and the best seller.

        A seller starts from what it has most of and the nation that could use most.
        """
        role, layer = given.get("role", "buy"), given.get("deliver.layer", "refined")
        minerals = [given["deliver.mineral"]] if "deliver.mineral" in given else minerals_by_stake(view)
        partners = np.array([n for n in range(len(view.axes.nations)) if n not in (view.nation, _nobody(view.world))])
        for mineral in minerals if set(minerals) <= set(view.axes.mineral_index) else []:
            row = Row(view.axes.mineral_index[mineral], LAYERS.index(layer), option=ROLES.index(role))
            batch = replace(Batch.of(view.nation, row, len(partners)), w=np.zeros_like(partners), partner=partners)
            room = cls.room_t(view.world, view.calibration, batch)
            if room.size and room.max() > 0:
                partner = view.axes.nations[int(partners[room.argmax()])]
                return {"deliver.mineral": mineral, "deliver.layer": layer, "partner": partner}
        return {}

    def _no_partner(self, view: NationView) -> list[Problem]:
        if self.partner in (view.iso3, "ROW"):
            what = _("{partner} cannot be a partner", partner=view.name(self.partner))
            return [self.problem("partner", what, _("choose another nation with a government of its own"))]
        if view.world.standing[0, view.nation] < LEAST_STANDING:
            what = _("your standing is under {least:.0f}: no one signs", least=LEAST_STANDING)
            return [self.problem("", what, _("keep promises and lift measures until standing recovers"))]
        if view.world.standing[0, view.axes.nation_index[self.partner]] < LEAST_STANDING:
            name, least = view.name(self.partner), LEAST_STANDING
            what = _("the standing of {partner} is under {least:.0f}: no one signs with it", partner=name, least=least)
            return [self.problem("partner", what, _("choose another partner"))]
        if not (view.world.contract_seller[0] < 0).any():
            return [self.problem("", _("the world has no room for another contract"), _("wait until one ends"))]
        return []

    def _no_trade(self, view: NationView, deliver: Deliver) -> list[Problem]:
        room = float(self.room_t(view.world, view.calibration, self.batch(view))[0])
        if deliver.volume_t <= room:
            return []
        seller, buyer = (view.iso3, self.partner) if self.role == "sell" else (self.partner, view.iso3)
        names = {"seller": view.name(seller), "buyer": view.name(buyer), "mineral": view.name(deliver.mineral)}
        if room <= 0:
            what = _("{seller} has no {mineral} to promise that {buyer} could use", **names)
            return [self.problem("partner", what, _("choose another partner, mineral or layer"))]
        what = _("{volume} a turn is more than can be promised or used", volume=mass(deliver.volume_t))
        return [self.problem("clauses", what, _("at most {room} a turn", room=mass(room)))]


def _sides(batch: Batch) -> tuple[Index, Index]:
    """Seller and buyer of each asking, [A] each."""
    sells = batch.option % 2 == SELL
    return np.where(sells, batch.n, batch.partner), np.where(sells, batch.partner, batch.n)


def _contracts_t(world: World, batch: Batch, side: str, nation: Index) -> Array:
    """Tonnes a turn under contracts of the same mineral and layer in which `nation` is on a side, [A]."""
    same = world.arrays[side][batch.w] == nation[:, None]
    same &= world.contract_mineral[batch.w] == batch.mineral[:, None]
    same &= world.contract_layer[batch.w] == batch.layer[:, None]
    total: Array = (world.contract_t[batch.w] * same).sum(axis=-1)
    return total


def _nobody(world: World) -> int:
    """The position of the rest of the world, which signs nothing; -1 where there is none."""
    rest = world.axes.rest_of_world
    return -1 if rest is None else rest
