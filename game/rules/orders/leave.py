"""The end of a contract before its term: with notice, or at once and against one's word."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import ORE, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import FIELDS, RELIABILITY, TREASURY
from game.engine.postings import post_at, post_trust
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.budget import HORIZON, USD_PER_BN
from game.rules.field import choice_field, reference_field
from game.rules.number import money
from game.rules.orders._base import Order
from game.text import _

How = Literal["notice", "now"]
HOWS: tuple[How, ...] = ("notice", "now")
NOW = 1

NOTICE_CAPITAL, BREACH_CAPITAL = 1.0, 3.0
BREACH_RELIABILITY = -12.0  # points, in everybody's eyes
BREACH_TRUST = -25.0  # points, in the eyes of the one left

CONTRACT_FIELDS = tuple(field for field in FIELDS if field.axes == "C" and field.group == "policy")


class Leave(Order):
    """With notice the contract ends after next turn; at once it ends now, the penalty is due and all remember."""

    kind = "leave"
    title = "Leave treaty"
    summary = "Frees your hands for a better price; the partner is left short, and everyone marks your word down."
    lead = "now, or after next turn with notice"
    icon = "leave"
    group = "statecraft"
    needs = ()

    contract: int = reference_field("Contract", "contract")
    how: How = choice_field("How", {"notice": "With notice, after next turn", "now": "At once"}, default="notice")

    def row(self, axes: Axes) -> Row:
        """Contract and how in one number."""
        return Row(option=2 * self.contract + HOWS.index(self.how))

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(contract=row.option // 2, how=HOWS[row.option % 2])

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """The nation is a party of a contract in force that would otherwise go on."""
        slot, known = _slot(world, batch)
        seller, buyer = world.contract_seller[batch.w, slot], world.contract_buyer[batch.w, slot]
        party = (seller >= 0) & ((seller == batch.n) | (buyer == batch.n))
        goes_on = (batch.option % 2 == NOW) | (world.contract_until[batch.w, slot] > world.turn + 2)
        allowed: Flags = known & party & goes_on
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
        """The published share of the deliveries still due, at the contract's price or today's gate price, [A]."""
        slot, _known = _slot(world, batch)
        at = (batch.w, slot)
        seller, mineral = world.contract_seller[at], world.contract_mineral[at]
        is_ore = world.contract_layer[at] == ORE
        gate = np.where(
            is_ore, world.mine_gate_ln[batch.w, seller, mineral], world.refinery_gate_ln[batch.w, seller, mineral]
        )
        fixed = world.contract_ln[at]
        baseline = calibration.baseline
        price = np.where(is_ore, baseline.ore_price_usd_per_t[mineral], baseline.price_usd_per_t[mineral])
        price = price * np.exp(np.where(np.isnan(fixed), gate, fixed))
        turns = np.maximum(world.contract_until[at] - world.turn, 0)
        owed: Array = world.contract_penalty_share[at] * world.contract_t[at] * turns * price / USD_PER_BN
        return owed

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Shorten the contracts left with notice, break the others."""
        is_now = batch.option % 2 == NOW
        notice = batch.picked(~is_now)
        world.contract_until[notice.w, _slot(world, notice)[0]] = world.turn + 2
        _break(world, calibration, batch.picked(is_now))

    def obstacles(self, view: NationView) -> list[Problem]:
        """No such contract, or one that ends by itself."""
        if self.allowed(view.world, view.calibration, self.batch(view))[0]:
            return []
        own = own_contracts(view)
        if self.contract not in own:
            listed = _("yours: {numbers}", numbers=", ".join(map(str, own))) if own else _("you have none")
            return [self.problem("contract", _("contract {number} is not yours", number=self.contract), listed)]
        return [self.problem("how", _("it ends by next turn anyway"), _("wait, or leave at once"))]

    def describe(self, view: NationView) -> str:
        """The partner and the price."""
        partner = self._partner(view)
        if self.how == "notice":
            return _("Leave the contract with {partner} after next turn", partner=partner)
        usd_bn, _points = self.price(view)
        return _("Break the contract with {partner} now, penalty {money}", partner=partner, money=money(usd_bn))

    def objects(self, view: NationView) -> list[str]:
        """The partner, and at once everybody who relies on the nation's word."""
        partner = _("{nation}, who relies on it", nation=self._partner(view))
        return [partner] if self.how == "notice" else [partner, _("everyone who relies on your word")]

    def turns_until_effect(self, view: NationView) -> int:
        """Now, or the turn after next."""
        return 0 if self.how == "now" else 2

    def _partner(self, view: NationView) -> str:
        seller = int(view.world.contract_seller[0, self.contract])
        other = int(view.world.contract_buyer[0, self.contract]) if seller == view.nation else seller
        return view.name(view.axes.nations[other])


def own_contracts(view: NationView) -> list[int]:
    """The slots of the contracts the nation is a party of."""
    seller, buyer = view.world.contract_seller[0], view.world.contract_buyer[0]
    slots = np.flatnonzero((seller >= 0) & ((seller == view.nation) | (buyer == view.nation)))
    return [int(slot) for slot in slots]


def _slot(world: World, batch: Batch) -> tuple[Index, Flags]:
    """The contract of each asking, and whether there is one of this number, [A] each."""
    slots = world.contract_seller.shape[1]
    number = batch.option // 2
    return np.clip(number, 0, slots - 1), (number >= 0) & (number < slots)


def _break(world: World, calibration: Calibration, batch: Batch) -> None:
    """Free the contracts; the leavers pay the penalty and lose reliability and the partner's trust."""
    if not len(batch):
        return
    slot, _known = _slot(world, batch)
    seller, buyer = world.contract_seller[batch.w, slot], world.contract_buyer[batch.w, slot]
    partner = np.where(seller == batch.n, buyer, seller)
    penalty = Leave.penalty_usd_bn(world, calibration, batch)
    post_at(world, TREASURY, "leave", (batch.w, batch.n), -penalty)
    post_at(world, TREASURY, "contract_settlement", (batch.w, partner), penalty)
    post_at(world, RELIABILITY, "broken_promise", (batch.w, batch.n), BREACH_RELIABILITY)
    lost = np.zeros_like(world.trust)
    np.add.at(lost, (batch.w, partner, batch.n), BREACH_TRUST)
    post_trust(world, "broken_promise", lost)
    for field in CONTRACT_FIELDS:
        world.arrays[field.name][batch.w, slot] = field.default
