"""The end of a treaty before its term: with notice, or at once and against one's word."""

from __future__ import annotations

from typing import Any, Literal, Self

import numpy as np
from pydantic import model_validator

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import RELIABILITY, TREASURY
from game.engine.pact import CLAUSE_CODE
from game.engine.postings import post_at, post_trust
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.budget import HORIZON
from game.rules.clause_rows import Rows
from game.rules.field import choice_field, reference_field
from game.rules.number import money
from game.rules.orders._base import Order
from game.rules.terms import end, without
from game.rules.treaty import CLAUSES
from game.text import _

How = Literal["notice", "now"]
HOWS: tuple[How, ...] = ("notice", "now")
NOW = 1

NOTICE_CAPITAL, BREACH_CAPITAL = 1.0, 3.0
NOTICE_TURNS = 2  # a member that gives notice is bound for one turn after the next
BREACH_RELIABILITY = -12.0  # points, in everybody's eyes
BREACH_TRUST = -25.0  # points, in the eyes of those left


class Leave(Order):
    """With notice a member is bound until after next turn; at once it is free now, owes the penalty, and all remember.

    A treaty that binds nobody else any more ends.
    """

    kind = "leave"
    title = "Leave treaty"
    summary = "Frees your hands for a better price; the partner is left short, and everyone marks your word down."
    lead = "now, or after next turn with notice"
    icon = "leave"
    group = "statecraft"
    needs = ()

    treaty: int = reference_field("Treaty", "contract")
    how: How = choice_field("How", {"notice": "With notice, after next turn", "now": "At once"}, default="notice")

    @model_validator(mode="before")
    @classmethod
    def _older_name(cls, data: Any) -> Any:
        """Logs written when contracts were all there was name the slot so."""
        if isinstance(data, dict) and "contract" in data and "treaty" not in data:
            return {("treaty" if name == "contract" else name): value for name, value in data.items()}
        return data

    def row(self, axes: Axes) -> Row:
        """Treaty and how in one number."""
        return Row(option=2 * self.treaty + HOWS.index(self.how))

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(treaty=row.option // 2, how=HOWS[row.option % 2])

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The nation is a member of a treaty that would otherwise go on."""
        slot, known = _slot(world, batch)
        at = (batch.w, slot)
        member = (world.treaty_kind[at] >= 0) & world.treaty_member[(*at, batch.n)]
        stays = (world.treaty_until[at] > world.turn + NOTICE_TURNS) & (world.treaty_leaving[(*at, batch.n)] == 0)
        allowed: Flags = known & member & (stays | (batch.option % 2 == NOW))
        return allowed

    @classmethod
    def political_capital(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """One point with notice, three at once."""
        points: Array = np.where(batch.option % 2 == NOW, BREACH_CAPITAL, NOTICE_CAPITAL)
        return points

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The penalty of a breach, now."""
        outlays = np.zeros((len(batch), HORIZON))
        outlays[:, 0] = np.where(batch.option % 2 == NOW, cls.penalty_usd_bn(world, calibration, batch), 0.0)
        return outlays

    @classmethod
    def penalty_usd_bn(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The published share of what is still due under each clause, [A]."""
        slot, _known = _slot(world, batch)
        a, q = np.nonzero(world.clause_treaty[batch.w] == slot[:, None])
        rows = Rows.at(world, batch.w[a], q)
        share = np.zeros(len(batch))
        penal = rows.kind == CLAUSE_CODE["penalty"]
        np.maximum.at(share, a[penal], rows.amount[penal])
        owed = np.zeros(len(batch))
        for kind, clause in CLAUSES.items():
            of = rows.kind == CLAUSE_CODE[kind]
            if of.any() and share.any():
                given = rows.picked(of)
                # A delivery is owed by whoever breaks it off, anything else by who promised it.
                leaver = batch.n[a[of]]
                owes = given.givers(world)[np.arange(len(given)), leaver] | (kind == "deliver")
                np.add.at(owed, a[of], owes * share[a[of]] * clause.due_usd_bn(world, calibration, given))
        return owed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Mark the notices; break the others."""
        is_now = batch.option % 2 == NOW
        notice = batch.picked(~is_now)
        slot, _known = _slot(world, notice)
        world.treaty_leaving[notice.w, slot, notice.n] = world.turn + NOTICE_TURNS
        _break(world, calibration, batch.picked(is_now))

    def obstacles(self, view: NationView) -> list[Problem]:
        """No such treaty, or one that ends by itself."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        own = own_treaties(view)
        if self.treaty not in own:
            listed = _("yours: {numbers}", numbers=", ".join(map(str, own))) if own else _("you have none")
            return [self.problem("treaty", _("treaty {number} is not yours", number=self.treaty), listed)]
        if view.world.treaty_leaving[0, self.treaty, view.nation]:
            return [self.problem("how", _("you have given notice already"), _("wait, or leave at once"))]
        return [self.problem("how", _("it ends by next turn anyway"), _("wait, or leave at once"))]

    def describe(self, view: NationView) -> str:
        """The partners and the price."""
        partners = self._partners(view)
        if self.how == "notice":
            return _("Leave the treaty with {partner} after next turn", partner=partners)
        usd_bn, _points = self.price(view)
        return _("Break the treaty with {partner} now, penalty {money}", partner=partners, money=money(usd_bn))

    def objects(self, view: NationView) -> list[str]:
        """The partners, and at once everybody who relies on the nation's word."""
        partners = _("{nation}, who relies on it", nation=self._partners(view))
        return [partners] if self.how == "notice" else [partners, _("everyone who relies on your word")]

    def turns_until_effect(self, view: NationView) -> int:
        """Now, or the turn after next."""
        return 0 if self.how == "now" else NOTICE_TURNS

    def _partners(self, view: NationView) -> str:
        members = np.flatnonzero(view.world.treaty_member[0, self.treaty])
        return ", ".join(view.name(view.axes.nations[n]) for n in members if n != view.nation)


def own_treaties(view: NationView) -> list[int]:
    """The slots of the treaties the nation is a member of."""
    world = view.world
    return [int(p) for p in np.flatnonzero((world.treaty_kind[0] >= 0) & world.treaty_member[0, :, view.nation])]


def _slot(world: World, batch: Batch) -> tuple[Index, Flags]:
    """The treaty of each asking, and whether there is one of this number, [A] each."""
    slots = world.treaty_kind.shape[1]
    number = batch.option // 2
    return np.clip(number, 0, slots - 1), (number >= 0) & (number < slots)


def _break(world: World, calibration: Calibration, batch: Batch) -> None:
    """Free the leavers, who pay the penalty to those left and lose reliability and their trust."""
    if not len(batch):
        return
    slot, _known = _slot(world, batch)
    left = world.treaty_member[batch.w, slot].copy()
    left[np.arange(len(batch)), batch.n] = False
    penalty = Leave.penalty_usd_bn(world, calibration, batch)
    a, partner = np.nonzero(left)
    post_at(world, TREASURY, "leave", (batch.w, batch.n), -penalty)
    post_at(world, TREASURY, "contract_settlement", (batch.w[a], partner), (penalty / left.sum(1))[a])
    post_at(world, RELIABILITY, "broken_promise", (batch.w, batch.n), BREACH_RELIABILITY)
    lost = np.zeros_like(world.trust)
    np.add.at(lost, (batch.w[a], partner, batch.n[a]), BREACH_TRUST)
    post_trust(world, "broken_promise", lost)
    gone = np.zeros(world.treaty_member.shape, dtype=np.bool_)
    gone[batch.w, slot, batch.n] = True
    end(world, without(world, gone), at_once=True)
