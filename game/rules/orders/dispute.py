"""A case before the forum against what another nation does to one's trade, or a sanction without asking anybody."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np

from game.engine.axes import LAYERS, ORE, REFINED, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import RELIABILITY
from game.engine.phases.forum import complainants, compliance, merit
from game.engine.postings import post_at, post_trust
from game.engine.pressure import SANCTION as THREAT
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Index, Row
from game.rules.field import choice_field, layer_field, mineral_field, nation_field, number_field
from game.rules.number import percent
from game.rules.orders._base import Order, turns_text
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.wish import Wishes, by_mineral, by_partner, together, want
from game.text import _

Way = Literal["case", "sanction", "lift"]
WAYS: tuple[Way, ...] = ("case", "sanction", "lift")
CASE, SANCTION, LIFT = range(3)
LAYER_NAMES: tuple[Literal["ore", "refined"], ...] = ("ore", "refined")

JOIN_CAPITAL = 1.0  # who joins a case shares its cost
SHORTEST_CASE = 3  # turns; one more in a weak forum, two in one that hardly sits
WEAK_FORUM, FAINT_FORUM = 50.0, 25.0
UNASKED_RELIABILITY = -3.0  # for a sanction that no defied ruling allows
SANCTIONED_TRUST = -8.0  # at a tariff of as much as the price
HIGHEST_RATE, LOWEST_RATE = 2.0, 0.05
MOST_TURNS = 12
USUAL_RATE, USUAL_TURNS = 0.25, 4
YIELDING = 3.0  # score of dropping what another demands, where that is the lesser evil
THREATENED = 3.0  # score of carrying out a threat that is due
_TURNS_STEP = 4  # the compact form holds the way below and the turns above this


class Dispute(Order):
    """A case costs nothing but time and asks for a ruling; a sanction taxes all that one buys from the target."""

    kind = "dispute"
    title = "Dispute or sanction"
    summary = (
        "Rules grow stronger when used and obeyed; a sanctioned seller loses its market, and your own importers pay."
    )
    lead = "a sanction this turn; a ruling in three to five turns"
    icon = "scale"
    group = "statecraft"
    capital = 2.0
    needs = ("mineral", "layer", "partner")

    way: Way = choice_field(
        "Step", {"case": "Bring a case", "sanction": "Sanction", "lift": "Lift the sanction"}, "case"
    )
    target: str = nation_field("Against")
    mineral: str = mineral_field()
    layer: Literal["ore", "refined"] = layer_field()
    rate: float = number_field("Sanction: tariff", "share", LOWEST_RATE, HIGHEST_RATE, 0.05, USUAL_RATE)
    turns: int = number_field("Sanction holds for", "turns", 1, MOST_TURNS, 1, USUAL_TURNS)

    def row(self, axes: Axes) -> Row:
        """Mineral and layer of a case, target, way and turns in one number, rate."""
        option = WAYS.index(self.way) + _TURNS_STEP * self.turns
        mineral, target = axes.mineral_index[self.mineral], axes.nation_index[self.target]
        return Row(mineral, LAYERS.index(self.layer), target, option, self.rate)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls(
            way=WAYS[row.option % _TURNS_STEP],
            target=axes.nations[row.partner],
            mineral=axes.minerals[row.mineral],
            layer=LAYER_NAMES[row.layer],
            rate=row.size,
            turns=row.option // _TURNS_STEP,
        )

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """A case needs something to complain of and a free day in court, a sanction somebody who sells."""
        way = batch.option % _TURNS_STEP
        turns = batch.option // _TURNS_STEP
        bounded = (batch.size >= LOWEST_RATE) & (batch.size <= HIGHEST_RATE) & (turns >= 1) & (turns <= MOST_TURNS)
        at = (batch.w, batch.n, batch.partner)
        case = (_merit(world, batch) > 0) & ~_complains(world, batch)
        case &= (_pending(world, batch) >= 0) | (world.case_by[batch.w] < 0).any(1)
        sanction = (_bought(world, batch) > 0) & (world.sanction_rate[at] == 0)
        lift = world.sanction_rate[at] > 0
        chosen = np.choose(np.minimum(way, LIFT), [case, sanction, lift]).astype(np.bool_)
        allowed: Flags = chosen & bounded & (way <= LIFT) & (batch.partner != batch.n)
        return allowed

    @classmethod
    def political_capital(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Two points, one to join a case that another brought, none to lift."""
        way = batch.option % _TURNS_STEP
        joins = (way == CASE) & (_pending(world, batch) >= 0)
        points: Array = np.where(way == LIFT, 0.0, np.where(joins, JOIN_CAPITAL, cls.capital))
        return points

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Write cases into free places, join those pending, set and lift sanctions."""
        way = batch.option % _TURNS_STEP
        for asking in np.flatnonzero(way == CASE):
            _bring(world, batch.picked(np.arange(len(batch)) == asking))
        lift = batch.picked(way == LIFT)
        world.sanction_rate[lift.w, lift.n, lift.partner] = 0.0
        sanction = batch.picked(way == SANCTION)
        if len(sanction):
            _sanction(world, sanction)

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Complain of what is held back from one's makers; punish who defied a ruling and is not needed."""
        return together(_cases_wished(s, p), _sanctions_wished(s, p))

    def obstacles(self, view: NationView) -> list[Problem]:
        """Nothing to complain of, no trade to tax, no sanction to lift."""
        batch = self.batch(view)
        if self.target in (view.iso3, "ROW"):
            what = _("{nation} cannot be the target", nation=view.name(self.target))
            return [self.problem("target", what, _("choose another nation with a government of its own"))]
        if self.allowed(view.world, view.calibration, batch)[0]:
            return []
        names = {"nation": view.name(self.target), "mineral": view.name(self.mineral)}
        if self.way == "lift":
            what = _("you have no sanction on {nation}", **names)
            return [self.problem("target", what, _("choose a nation you have sanctioned"))]
        if self.way == "sanction":
            if view.world.sanction_rate[0, view.nation, batch.partner[0]] > 0:
                return [self.problem("target", _("{nation} is sanctioned already", **names), _("lift it first"))]
            what = _("you buy nothing from {nation}", **names)
            return [self.problem("target", what, _("choose a nation that sells to you"))]
        return [self._no_case(view, batch, names)]

    def describe(self, view: NationView) -> str:
        """The odds of a case, the tariff of a sanction."""
        nation = view.name(self.target)
        if self.way == "lift":
            return _("Lift the sanction on {nation}", nation=nation)
        if self.way == "sanction":
            message = "Sanction {nation}: a tariff of {rate} on all it sells you, {turns}"
            return _(message, nation=nation, rate=percent(self.rate), turns=turns_text(self.turns))
        batch = self.batch(view)
        wins = float(_merit(view.world, batch)[0])
        alone = np.zeros((1, len(view.axes.nations)))
        alone[0, view.nation] = 1.0
        obeys = float(compliance(view.world, view.calibration, batch.w, batch.partner, alone)[0])
        return _(
            "Case against {nation} over {mineral}: {wins} to win, {obeys} that it then obeys, ruling in {turns}",
            nation=nation,
            mineral=view.name(self.mineral),
            wins=percent(wins),
            obeys=percent(obeys),
            turns=turns_text(int(case_turns(view.world.forum_strength)[0])),
        )

    def objects(self, view: NationView) -> list[str]:
        """The target, and one's own importers when they pay."""
        target = _("{nation}, who calls it unfriendly", nation=view.name(self.target))
        return [target, _("your importers, who pay the tariff")] if self.way == "sanction" else [target]

    def turns_until_effect(self, view: NationView) -> int:
        """The ruling's turn, or this one."""
        return int(case_turns(view.world.forum_strength)[0]) if self.way == "case" else 0

    def _no_case(self, view: NationView, batch: Batch, names: dict[str, str]) -> Problem:
        if _complains(view.world, batch)[0]:
            return self.problem("target", _("your case against {nation} is pending", **names), _("wait for the ruling"))
        if _merit(view.world, batch)[0] <= 0:
            what = _("{nation} does nothing to your trade in {mineral} that the forum could judge", **names)
            hint = _("a case needs an export measure that names you, a tariff or a sanction")
            return self.problem("mineral", what, hint)
        return self.problem("", _("the forum's calendar is full"), _("wait until a ruling is given"))


def case_turns(strength: Array) -> Index:
    """Turns from a complaint to its ruling, by the forum's strength: three to five."""
    turns: Index = SHORTEST_CASE + (strength < WEAK_FORUM).astype(np.int64) + (strength < FAINT_FORUM)
    return turns


def _merit(world: World, batch: Batch) -> Array:
    return merit(world, batch.w, batch.n, batch.partner, batch.mineral, batch.layer)


def _same_case(world: World, batch: Batch) -> Flags:
    """Which cases are about what each asking complains of, [A, I]."""
    same = world.case_by[batch.w] >= 0
    for name, value in (("against", batch.partner), ("mineral", batch.mineral), ("layer", batch.layer)):
        same &= world.arrays[f"case_{name}"][batch.w] == value[:, None]
    return np.asarray(same)


def _pending(world: World, batch: Batch) -> Index:
    """The place of the case each asking could join, -1 for none, [A]."""
    same = _same_case(world, batch)
    return np.where(same.any(1), same.argmax(1), -1)


def _complains(world: World, batch: Batch) -> Flags:
    """Whether the nation is a complainant already, [A]."""
    place = _pending(world, batch)
    found: Flags = complainants(world, batch.w, np.maximum(place, 0))[np.arange(len(batch)), batch.n] > 0
    return found & (place >= 0)


def _bought(world: World, batch: Batch) -> Array:
    """Tonnes bought from the target last turn, all minerals, [A]."""
    ore = world.ore_flow_t[batch.w, :, batch.partner, batch.n].sum(1)
    total: Array = ore + world.refined_flow_t[batch.w, :, batch.partner, batch.n].sum(1)
    return total


def _bring(world: World, batch: Batch) -> None:
    """Join the case of one asking, or open it in the first free place."""
    w, nation, place = int(batch.w[0]), int(batch.n[0]), int(_pending(world, batch)[0])
    if place >= 0:
        world.case_joined[w, place, nation] = True
        return
    free = np.flatnonzero(world.case_by[w] < 0)
    if not len(free):  # others of this turn were first
        return
    case = int(free[0])
    world.case_by[w, case], world.case_against[w, case] = nation, batch.partner[0]
    world.case_mineral[w, case], world.case_layer[w, case] = batch.mineral[0], batch.layer[0]
    world.case_due[w, case] = world.turn + 1 + int(case_turns(world.forum_strength[w : w + 1])[0])


def _sanction(world: World, batch: Batch) -> None:
    """Tax all that the nation buys from the target; without a right to, its name suffers, and the target's trust."""
    at = (batch.w, batch.n, batch.partner)
    world.sanction_rate[at] = batch.size
    world.sanction_until[at] = world.turn + batch.option // _TURNS_STEP
    unasked = world.retaliation_until[at] <= world.turn
    post_at(world, RELIABILITY, "sanctioned", (batch.w, batch.n), UNASKED_RELIABILITY * unasked)
    lost = np.zeros_like(world.trust)
    np.add.at(lost, (batch.w, batch.partner, batch.n), SANCTIONED_TRUST * np.minimum(batch.size, 1.0))
    post_trust(world, "sanctioned", lost)


def _cases_wished(s: Situation, p: Personalities) -> Wishes:
    """For each mineral the supplier with most of the world's metal whose measure names the nation."""
    w = s.world
    held = (np.isfinite(w.export_quota_t) | (w.export_tax > 0)) & (w.export_until > w.turn)
    able = s.makeable_t / np.maximum(s.makeable_t.sum(1, keepdims=True), 1e-12)
    weight = (w.export_target & held[..., None]) * able[..., None]  # [W, seller, M, L, buyer]
    per_layer = weight.transpose(0, 4, 2, 3, 1)  # [W, buyer, M, L, seller]
    flat = per_layer.reshape(*per_layer.shape[:3], -1)
    best = flat.argmax(3)
    layer, seller = np.divmod(best, w.trust.shape[1])
    kept = np.take_along_axis(flat, best[..., None], 3)[..., 0]
    by_rule = want(p, "standing") + 0.5 * want(p, "standards")
    score = by_rule * s.weight * kept * np.where(layer == ORE, 0.5, 1.0)
    return by_mineral(s, score, USUAL_RATE, layer=layer, partner=seller, option=CASE + _TURNS_STEP * USUAL_TURNS)


def _sanctions_wished(s: Situation, p: Personalities) -> Wishes:
    """Punish who defied a ruling, or whom one distrusts deeply and can do without; lift what has done its work."""
    w = s.world
    depends = (s.need_share[None, :, :, None] * s.foreign_share.transpose(0, 3, 1, 2)).sum(2)  # [W, buyer, seller]
    keen = np.asarray(p.keenness)[None, :, None]
    may = w.retaliation_until > w.turn
    hostile = np.maximum(25.0 - w.trust, 0.0) / 25.0
    score = (0.8 * may + keen * hostile) * np.maximum(0.3 - depends, 0.0) / 0.3 * (depends > 0.005)
    friends = np.maximum(w.trust - 45.0, 0.0) / 20.0
    lift = (w.sanction_rate > 0) * friends
    lift = np.maximum(lift, YIELDING * (s.pressed_by & (w.sanction_rate > 0)))
    score = np.where(w.sanction_rate > 0, lift, np.maximum(score, THREATENED * s.owed(THREAT)))
    option = np.where(w.sanction_rate > 0, LIFT, SANCTION) + _TURNS_STEP * USUAL_TURNS
    mineral = np.zeros_like(option)
    return by_partner(s, score, USUAL_RATE, mineral=mineral, layer=REFINED, option=option)
