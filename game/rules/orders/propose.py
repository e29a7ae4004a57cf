"""A treaty proposed to one or more other nations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field, field_validator

from game.engine.axes import LAYERS, Axes
from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.pact import TREATIES, TREATY_CODE
from game.engine.view import NationView, minerals_by_stake
from game.engine.world import World
from game.problems import Problem
from game.registry import unknown_name
from game.rules.asking import Batch, Row, partner_code, partners_of
from game.rules.clauses._base import Clause
from game.rules.clauses.deliver import Deliver
from game.rules.clauses.price_rule import PriceRule
from game.rules.clauses.term import Term
from game.rules.compact import packed, unpacked
from game.rules.field import choice_field, nation_field, nations_field
from game.rules.number import mass, two_digits
from game.rules.orders._base import LEAST_STANDING, Order
from game.rules.orders._proposal import CHECKS, ROLES, Role, nobody, room_t
from game.rules.terms import layer_of, standard_clauses
from game.rules.treaty import ClauseList, Treaty, treaties
from game.text import _

Publicity = Literal["open", "secret"]


class Propose(Order):
    """An offer that lies in the partners' inboxes next turn; signed there, it holds once it is ratified."""

    kind = "propose"
    title = "Propose treaty"
    summary = "Both sides gain certainty; both lose freedom, and those left outside find less on the open market."
    lead = "two turns, if the partner accepts"
    icon = "propose"
    group = "statecraft"
    needs = ()

    treaty: str = Field(default="offtake", title="Treaty", json_schema_extra={"widget": "treaty"})
    partner: str = nation_field("Partner")
    others: tuple[str, ...] = nations_field("Invited too", "nobody else")
    role: Role = choice_field("You", {"buy": "Buy", "sell": "Sell"}, default="buy")
    publicity: Publicity = choice_field("Terms", {"open": "Open to all", "secret": "Secret"}, default="open")
    clauses: ClauseList = Field(title="Clauses", json_schema_extra={"widget": "clauses"})

    @field_validator("treaty")
    @classmethod
    def _known_treaty(cls, value: str) -> str:
        if value not in treaties():
            raise ValueError(str(unknown_name(_("treaty"), value, treaties())))
        return value

    @property
    def invited(self) -> tuple[str, ...]:
        """All nations it is sent to."""
        return (self.partner, *self.others)

    def clause(self, kind: type[Clause]) -> Any:
        """The clause of a class; None when the treaty has none."""
        return next((clause for clause in self.clauses if isinstance(clause, kind)), None)

    def row(self, axes: Axes) -> Row:
        """Those invited; the first mineral, layer and size that a clause names; the rest in one number."""
        price: PriceRule | None = self.clause(PriceRule)
        term: Term | None = self.clause(Term)
        option = packed(
            role=ROLES.index(self.role),
            fixed=int(price is not None and price.rule == "fixed"),
            percent=price.percent if price else 0,
            turns=term.turns if term else 0,
            kind=TREATY_CODE[self.treaty],
            secret=int(self.publicity == "secret"),
        )
        mineral = next((str(c.mineral) for c in self.clauses if hasattr(c, "mineral")), "")
        bundle = treaties()[self.treaty]
        kind, field = bundle.size
        usual = float(bundle.start(kind).get(field, 0.0)) if kind else 0.0
        size = next((float(getattr(clause, field)) for clause in self.clauses if clause.kind == kind), usual)
        partners = partner_code(tuple(axes.nation_index[name] for name in self.invited))
        return Row(axes.mineral_index[mineral] if mineral else -1, layer_of(self.clauses), partners, option, size)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The bundle that `row` gave the numbers of, its other clauses as they stand in it."""
        given = unpacked(row.option)
        treaty = TREATIES[given.kind]
        partners = tuple(axes.nations[position] for position in partners_of(row.partner))
        return cls(
            treaty=treaty,
            partner=partners[0],
            others=partners[1:],
            role=ROLES[given.role],
            publicity="secret" if given.secret else "open",
            clauses=standard_clauses(
                treaty, axes, row.mineral, row.layer, row.size, given.turns, given.fixed, given.percent
            ),
        )

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Nations with standing, as many as the treaty binds and not bound so yet; a seller who makes and a buyer who
        uses what is delivered; room for another treaty."""
        allowed = np.ones(len(batch), dtype=np.bool_)
        for check in CHECKS.values():
            where = np.flatnonzero(allowed)
            if len(where):
                allowed[where] = check(world, calibration, batch.picked(where))
        return allowed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Nothing yet: an offer moves no lever."""

    def obstacles(self, view: NationView) -> list[Problem]:
        """Unknown names in the clauses, no partner, no trade, too much."""
        bundle = treaties()[self.treaty]
        have = [clause.kind for clause in self.clauses]
        missing = [kind for kind in bundle.needed if kind not in have]
        if missing:
            what = _("the treaty lacks the clause {clause!r}", clause=missing[0])
            return [self.problem("clauses", what, _("add it to the clauses"))]
        return self._unknown_minerals(view) or self._misfits(view) or self._failed_checks(view)

    def describe(self, view: NationView) -> str:
        """Partners, role and clauses."""
        bundle = treaties()[self.treaty]
        clauses = ", ".join(clause.describe(view.name) for clause in self.clauses)
        partner = ", ".join(view.name(name) for name in self.invited)
        title = _(bundle.title)
        if bundle.sides == ("Seller", "Buyer"):
            message = (
                "{treaty}: buy from {partner}: {clauses}"
                if self.role == "buy"
                else "{treaty}: sell to {partner}: {clauses}"
            )
            return _(message, treaty=title, partner=partner, clauses=clauses)
        if bundle.sides:
            side = _(bundle.sides[ROLES.index("sell") - ROLES.index(self.role)])
            return _("{treaty} with {partner}, as {side}: {clauses}",
                     treaty=title, partner=partner, side=side.lower(), clauses=clauses)  # fmt: skip
        return _("{treaty} with {partner}: {clauses}", treaty=title, partner=partner, clauses=clauses)

    def objects(self, view: NationView) -> list[str]:
        """Those who buy the same from the seller today."""
        deliver: Deliver | None = self.clause(Deliver)
        if deliver is None:
            return []
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
        room = float(room_t(view.world, view.calibration, unit)[0])
        return two_digits(room / 100), two_digits(room), two_digits(room / 5)

    @classmethod
    def start(cls, view: NationView, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """The mineral with most at stake that somebody can sell, refined unless ore is asked for, and the best seller.

        A seller starts from what it has most of and the nation that could use most. Where nothing is delivered, the
        nation that trusts this one most is proposed.
        """
        bundle = treaties().get(str(given.get("treaty", "offtake")))
        if bundle is not None and bundle.size[0] != "deliver":
            return _start_among_friends(view, bundle, given)
        role, layer = given.get("role", "buy"), given.get("deliver.layer", "refined")
        minerals = [given["deliver.mineral"]] if "deliver.mineral" in given else minerals_by_stake(view)
        partners = np.array([n for n in range(len(view.axes.nations)) if n not in (view.nation, nobody(view.world))])
        for mineral in minerals if set(minerals) <= set(view.axes.mineral_index) else []:
            row = Row(view.axes.mineral_index[mineral], LAYERS.index(layer), option=ROLES.index(role))
            batch = replace(Batch.of(view.nation, row, len(partners)), w=np.zeros_like(partners), partner=partners)
            room = room_t(view.world, view.calibration, batch)
            if room.size and room.max() > 0:
                partner = view.axes.nations[int(partners[room.argmax()])]
                return {"deliver.mineral": mineral, "deliver.layer": layer, "partner": partner}
        return {}

    def _unknown_minerals(self, view: NationView) -> list[Problem]:
        for clause in self.clauses:
            mineral = getattr(clause, "mineral", None)
            if mineral is not None and mineral not in view.axes.mineral_index:
                where = f"propose.{clause.kind}.mineral"
                return [unknown_name(_("mineral"), mineral, view.axes.minerals, where)]
        return []

    def _misfits(self, view: NationView) -> list[Problem]:
        """Clauses that cannot stand together; bundles as they are pass."""
        kinds = [clause.kind for clause in self.clauses]
        twice = next((kind for kind in kinds if kinds.count(kind) > 1), None)
        if twice:
            what = _("the clause {clause!r} stands twice", clause=twice)
            return [self.problem("clauses", what, _("leave one out, or propose a second treaty"))]
        if "deliver" in kinds and self.others:
            what = _("a delivery has one seller and one buyer")
            return [self.problem("others", what, _("invite nobody else, or leave the delivery out"))]
        return []

    def _failed_checks(self, view: NationView) -> list[Problem]:
        """The first thing that keeps the nation from proposing, in words."""
        batch = self.batch(view)
        for name, check in CHECKS.items():
            if not check(view.world, view.calibration, batch)[0]:
                return self._words(view, name)
        return []

    def _words(self, view: NationView, check: str) -> list[Problem]:
        least = LEAST_STANDING
        if check == "partner":
            what = _("{partner} cannot be a partner", partner=", ".join(map(view.name, self.invited)))
            return [self.problem("partner", what, _("choose another nation with a government of its own"))]
        if check == "members":
            fewest, most = treaties()[self.treaty].members
            what = _("{treaty} binds {fewest} to {most} nations", treaty=_(treaties()[self.treaty].title),
                     fewest=fewest, most=most)  # fmt: skip
            return [self.problem("others", what, _("invite more nations, or fewer"))]
        if check == "own_standing":
            what = _("your standing is under {least:.0f}: no one signs", least=least)
            return [self.problem("", what, _("keep promises and lift measures until standing recovers"))]
        if check == "standing":
            place = view.axes.nation_index
            weak = [name for name in self.invited if view.world.standing[0, place[name]] < least]
            what = _("the standing of {partner} is under {least:.0f}: no one signs with it",
                     partner=", ".join(map(view.name, weak)), least=least)  # fmt: skip
            return [self.problem("partner", what, _("choose another partner"))]
        if check == "free":
            return [self.problem("", _("the world has no room for another contract"), _("wait until one ends"))]
        if check == "once":
            what = _("such a treaty with {partner} is signed already", partner=", ".join(map(view.name, self.invited)))
            return [self.problem("treaty", what, _("let it run out or leave it, or choose others"))]
        if check == "size":
            return [self.problem("clauses", _("the size is out of bounds"), _("choose one between the bounds"))]
        return self._no_trade(view)

    def _no_trade(self, view: NationView) -> list[Problem]:
        deliver: Deliver = self.clause(Deliver)
        room = float(room_t(view.world, view.calibration, self.batch(view))[0])
        seller, buyer = (view.iso3, self.partner) if self.role == "sell" else (self.partner, view.iso3)
        names = {"seller": view.name(seller), "buyer": view.name(buyer), "mineral": view.name(deliver.mineral)}
        if room <= 0:
            what = _("{seller} has no {mineral} to promise that {buyer} could use", **names)
            return [self.problem("partner", what, _("choose another partner, mineral or layer"))]
        what = _("{volume} a turn is more than can be promised or used", volume=mass(deliver.volume_t))
        return [self.problem("clauses", what, _("at most {room} a turn", room=mass(room)))]


def _start_among_friends(view: NationView, bundle: Treaty, given: Mapping[str, Any]) -> dict[str, Any]:
    """The partner that trusts the nation most and is not bound yet, and the mineral with most at stake."""
    found: dict[str, Any] = {}
    clause, field = bundle.asks("mineral")
    if clause and f"{clause}.{field}" not in given:
        found[f"{clause}.{field}"] = minerals_by_stake(view)[0]
    trust = view.world.trust[0, :, view.nation].copy()
    bound = view.world.treaty_kind[0] == TREATY_CODE[bundle.treaty]
    bound &= view.world.treaty_member[0, :, view.nation]
    trust[view.world.treaty_member[0, bound].any(0)] -= LEAST_STANDING
    trust[[n for n in (view.nation, nobody(view.world)) if n >= 0]] = -np.inf
    if "partner" not in given:
        found["partner"] = view.axes.nations[int(trust.argmax())]
    return found
