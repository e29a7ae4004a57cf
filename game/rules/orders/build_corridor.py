"""Works at a corridor that are planned and wait for somebody to pay: a railway, a port, a line through a desert."""

from __future__ import annotations

from typing import Self

import numpy as np

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import PIPELINE_TURNS, PROGRAMME
from game.engine.network import Passages
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.budget import HORIZON
from game.rules.field import corridor_field
from game.rules.number import mass, money
from game.rules.orders._base import LEAST_STANDING, Order, turns_text
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, alone, free_cash, want
from game.text import _

LEAST_TRUST = 30.0  # of an owner in who wants to build on its land
PAYABLE_CASH, PAYABLE_ENVELOPES = 0.6, 0.3  # of cash, and of the envelopes of all turns of building, that are staked


class BuildCorridor(Order):
    """Pays for the works over the turns they take; who paid shares in what places there are worth when it is full."""

    kind = "build_corridor"
    title = "Build corridor"
    summary = (
        "Shippers get a shorter or safer way; taxpayers wait for years, and who builds it shares the gate and its rent."
    )
    lead = "the works' own time: four to eight years"
    icon = "corridor"
    group = "industry"
    needs = ("corridor",)

    corridor: str = corridor_field("Corridor")

    def row(self, axes: Axes) -> Row:
        """Corridor."""
        return Row(layer=axes.corridor_index[self.corridor])

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(corridor=axes.corridors[row.layer])

    @classmethod
    def waits(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Whether works are planned there that nobody has begun, [A]."""
        planned = _passages(calibration).has_works[batch.corridor]
        begun = world.corridor_works_turn[batch.w, batch.corridor] > 0
        waits: Flags = planned & ~begun & ~world.corridor_works_done[batch.w, batch.corridor]
        return waits

    @classmethod
    def welcome(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Whether all who hold the corridor trust the builder enough, [A]; oneself always."""
        trusts = world.trust[batch.w, :, batch.n] >= LEAST_TRUST
        trusts[np.arange(len(batch)), batch.n] = True
        asked = np.zeros((len(_passages(calibration).owners), trusts.shape[1]), dtype=np.bool_)
        for c, owners in enumerate(_passages(calibration).owners):
            asked[c, list(owners)] = True
        return np.asarray((trusts | ~asked[batch.corridor]).all(axis=1))

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Works wait there, and its owners let one build."""
        signs = world.standing[batch.w, batch.n] >= LEAST_STANDING
        return cls.waits(world, calibration, batch) & cls.welcome(world, calibration, batch) & signs

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The whole cost, in equal parts over the turns of building."""
        turns = _turns(calibration, batch)
        total = _passages(calibration).works_usd_bn[batch.corridor]
        outlays: Array = (np.arange(HORIZON) < turns[:, None]) * (total / turns)[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Begin the works, unless another began them in the same turn, and promise what they cost."""
        free = np.flatnonzero(cls.waits(world, calibration, batch))
        _first, place = np.unique(np.stack([batch.w, batch.corridor])[:, free], axis=1, return_index=True)
        begun = free[place]
        w, n, c = batch.w[begun], batch.n[begun], batch.corridor[begun]
        world.corridor_works_turn[w, c] = world.turn + _turns(calibration, batch)[begun]
        world.corridor_builder[w, c] = n
        promised = cls.outlays(world, calibration, batch)[begun]
        world.commitment_usd_bn[w, n, PROGRAMME[cls.kind]] += promised

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Build where one's own ore leaves, or where ore comes from that one's makers live by."""
        w, network = s.world, s.baseline.network
        passages = network.passages
        held = ratio(w.mined_t, w.mined_t.sum(1, keepdims=True))
        lives_by = np.matmul(np.broadcast_to(s.weight, held.shape), held.swapaxes(1, 2))
        own = want(p, "revenue") * np.sqrt((held * s.market_weight).sum(2))[..., None] * np.eye(held.shape[1])
        gain = 0.5 * want(p, "security") * lives_by * (1.0 - np.eye(held.shape[1])) + 3.0 * own
        worth = np.stack([gain[:, :, list(o)].sum(2) if o else 0.0 * gain[:, :, 0] for o in passages.owners], -1)
        turns = np.clip(passages.works_turns, 1, PIPELINE_TURNS - 1)
        cash = free_cash(s)
        payable = PAYABLE_CASH * cash + PAYABLE_ENVELOPES * s.envelope_usd_bn[:, None] * turns * (cash > 0)
        waiting = passages.has_works & (w.corridor_works_turn == 0) & ~w.corridor_works_done
        score = worth * waiting[:, None] * (payable >= passages.works_usd_bn)
        return alone(s, score, layer=np.arange(score.shape[-1]))

    def obstacles(self, view: NationView) -> list[Problem]:
        """Nothing waits to be built, owners who do not trust, or a word that nobody takes."""
        batch = self.batch(view)
        name = view.name(self.corridor)
        if not self.waits(view.world, view.calibration, batch)[0]:
            what = _("no works wait for a builder at {corridor}", corridor=name)
            return [self.problem("corridor", what, _("choose one that is planned and not begun"))]
        if not self.welcome(view.world, view.calibration, batch)[0]:
            owners = ", ".join(self._wary(view))
            what = _("{owners} do not trust you enough to let you build", owners=owners)
            return [self.problem("corridor", what, _("win their trust first: aid, treaties kept, restrictions lifted"))]
        if view.world.standing[0, view.nation] < LEAST_STANDING:
            what = _("your standing is under {least:.0f}: nobody signs with you", least=LEAST_STANDING)
            return [self.problem("", what, _("keep promises and lift restrictions until others trust you again"))]
        return []

    def describe(self, view: NationView) -> str:
        """What is built, how much can pass then, when, and the cost."""
        c = view.axes.corridor_index[self.corridor]
        added = float(_passages(view.calibration).works_t[c])
        return _(
            "Works at {corridor}: {added} a year more can pass, open in {turns}, {money}",
            corridor=view.name(self.corridor),
            added=mass(added),
            turns=turns_text(self.turns_until_effect(view)),
            money=money(self.price(view)[0]),
        )

    def objects(self, view: NationView) -> list[str]:
        """Who holds the ways that cargo takes today."""
        return [_("those whose ports and railways carry it today"), _("taxpayers")]

    def turns_until_effect(self, view: NationView) -> int:
        """The turns of building."""
        return int(_turns(view.calibration, self.batch(view))[0])

    def _wary(self, view: NationView) -> list[str]:
        """The owners who do not trust the builder enough."""
        owners = _passages(view.calibration).owners[view.axes.corridor_index[self.corridor]]
        trust = view.world.trust[0, :, view.nation]
        return [view.name(view.axes.nations[o]) for o in owners if o != view.nation and trust[o] < LEAST_TRUST]


def _passages(calibration: Calibration) -> Passages:
    return calibration.baseline.network.passages


def _turns(calibration: Calibration, batch: Batch) -> Index:
    """Turns of building, [A]."""
    turns: Index = np.clip(_passages(calibration).works_turns[batch.corridor], 1, PIPELINE_TURNS - 1)
    return turns
