"""Treaties beside offtakes: which nations propose to whom, and what an offer is worth to those invited.

What each side of a treaty gets stands in one table of the weights that personalities have; how well two nations suit
each other for it comes from what they dig, need, know and can pay.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine.axes import MINE, ORE, TRACKS
from game.engine.baseline import Array, Flags
from game.engine.pact import TREATY_CODE
from game.forecast import Offers
from game.rules.asking import Index
from game.rules.compact import packed, unpacked
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.strain import GIVE_NOTICE
from game.rules.treaty import treaties
from game.rules.wish import Wishes, alone

LEAST_TRUST = 30.0  # below, nobody is asked to sign
FULL_TRUST = 60.0
ASKING_TURNS = 3  # a nation proposes a treaty in every third turn, between its offtakes
MORE_MEMBERS = 3  # that are invited beside the best partner, where a treaty binds many
NEARLY = 0.6  # of the best partner's fit, from which others are invited too
ENOUGH = 8.0  # treaties after which a nation wants new ones half as much
ACCEPTED = 0.12  # worth from which an offer is accepted
HOST, PARTNER = 1, 0  # roles of a proposal: the side with the ore, and the other

# What a side of a treaty gets, by weights of personalities (3 is the middle of each); first side, second side. Starting
# values; a treaty among equals gives both the same.
GAINS: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "joint_venture": ({"value_added": 1.6, "leverage": -0.2}, {"security": 1.2, "revenue": 0.3}),
    "investment": ({"value_added": 0.3, "revenue": 0.15}, {"security": 0.3, "patience": 0.15}),
    "infrastructure_for_minerals": ({"value_added": 0.8, "revenue": 0.8}, {"security": 1.0, "leverage": 0.4}),
    "market_access": ({"price": 0.5, "leverage": -0.1},) * 2,
    "buyers_club": ({"price": 0.5, "security": 0.1},) * 2,
    "producers_club": ({"revenue": 0.6, "leverage": 0.2, "standing": -0.1},) * 2,
    "joint_stockpile": ({"security": 0.8, "standing": 0.1},) * 2,
    "scrap_corridor": ({"value_added": 0.5, "standards": 0.25},) * 2,
    "standards_pact": ({"standards": 0.7, "price": -0.1},) * 2,
    "joint_research": ({"value_added": 0.5, "patience": 0.2},) * 2,
    "technology_transfer": ({"value_added": 0.5}, {"standing": 0.35, "revenue": 0.1, "leverage": -0.1}),
    "benefit_sharing": ({"standards": 0.4, "patience": 0.1}, {"standards": 0.5, "standing": 0.4}),
    "security_pact": ({"security": 1.0}, {"security": 0.3, "leverage": 0.4}),
    "crisis_consultation": ({"standing": 0.5, "security": 0.2, "leverage": -0.1},) * 2,
    "governance_charter": ({"standing": 0.4, "standards": 0.3, "leverage": -0.1},) * 2,
    "frontier_accord": ({"standards": 0.5, "standing": 0.2, "leverage": -0.1},) * 2,
}
KINDS = tuple(GAINS)
CODES = tuple(TREATY_CODE[kind] for kind in KINDS)

# Sizes that proposals by habit name; other clauses stand as in the bundle.
SHARE_OF_ENVELOPE = 0.1  # paid a turn into sites or buildings
PART_OF_ORE = 0.1  # of what the host can dig, in repayment
SIZES = {"investment": 0.02, "market_access": 0.5, "buyers_club": 0.4, "producers_club": 0.1, "joint_stockpile": 1.5,
         "scrap_corridor": 0.05, "standards_pact": 1.0, "joint_research": 0.05, "technology_transfer": 0.15,
         "benefit_sharing": 0.15, "security_pact": 0.1, "crisis_consultation": 0.2, "governance_charter": 0.5,
         "frontier_accord": 0.02}  # fmt: skip
ROUNDS = 4  # of proposals, in which a nation goes through all kinds of treaties
EAGERNESS = 1.5
OFFSET = 1  # of the turns in which treaties are proposed from those of offtakes


@dataclass(frozen=True)
class _Pairs:
    """How nations suit each other, [W, N, N] asking and partner, and over which mineral or track they would meet."""

    s: Situation

    @property
    def nations(self) -> int:
        """How many there are."""
        return len(self.s.world.axes.nations)

    @cached_property
    def dug_share(self) -> Array:
        """Share of a nation in the world's mines by mineral, [W, N, M]."""
        mines = self.s.world.capacity_t[..., MINE]
        return ratio(mines, mines.sum(1, keepdims=True))

    @cached_property
    def wanted(self) -> Array:
        """How much a nation lacks a mineral that it uses, [W, N, M] 0-1."""
        return np.asarray(self.s.weight * (1.0 - self.s.home_share))

    @cached_property
    def supply(self) -> tuple[Array, Index]:
        """How well a host's ore suits a user, [W, host, user], and the mineral."""
        return _over_minerals(np.sqrt(self.dug_share), self.wanted)

    @cached_property
    def feed(self) -> tuple[Array, Index]:
        """How well a host's ore suits another's refineries, [W, host, refiner], and the mineral."""
        ore = self.s.usable_t[..., ORE]
        share = ratio(ore, ore.sum(1, keepdims=True))
        return _over_minerals(np.sqrt(self.dug_share), np.sqrt(share))

    @cached_property
    def users(self) -> tuple[Array, Index]:
        """How much two nations lack the same mineral, [W, N, N], and which."""
        return _over_minerals(self.wanted, self.wanted)

    @cached_property
    def producers(self) -> tuple[Array, Index]:
        """How much of the world's ore two nations hold together, [W, N, N], and of which."""
        share = np.where(self.dug_share > 0.05, self.dug_share, 0.0)
        fit, mineral = _over_minerals(np.sqrt(share), np.sqrt(share))
        return np.minimum(2.0 * fit, 1.0), mineral

    @cached_property
    def lag(self) -> tuple[Array, Index]:
        """How far a nation is behind another on the track where it is most, [W, learner, teacher] 0-1."""
        tracks = len(TRACKS) - 1  # the seabed is for those who want to mine it
        know = self.s.world.know[..., :tracks]
        gap = np.maximum(know[:, None] - know[:, :, None], 0.0)
        return np.asarray(np.minimum(gap.max(3) / 2.0, 1.0)), gap.argmax(3)

    @cached_property
    def richer(self) -> Array:
        """How much richer the second nation is, [N, N] 0-1."""
        gdp = self.s.baseline.gdp_usd_bn
        return np.asarray(np.clip(np.log(gdp[None] / gdp[:, None]) / np.log(20.0), 0.0, 1.0))

    @cached_property
    def risky(self) -> Array:
        """How badly a nation is governed [N, 1]."""
        return 1.0 - self.s.baseline.governance[:, None]

    @cached_property
    def alarmed(self) -> Array:
        """How far a nation feels threatened, [W, N, 1] 0-1: measures against it, and tension."""
        threat = self.s.alarm.max(2) + self.s.world.tension.max(1) / 100.0
        return np.minimum(0.4 + threat, 1.0)[..., None]

    @cached_property
    def trusted(self) -> Array:
        """Trust both ways as a share, 0 where it is too small and for the rest of the world, [W, N, N]."""
        trust = np.minimum(self.s.world.trust, self.s.world.trust.swapaxes(1, 2))
        found = np.where(trust >= LEAST_TRUST, np.minimum(trust / FULL_TRUST, 1.2), 0.0)
        nation = np.arange(self.nations)
        found[:, nation, nation] = 0.0
        rest = self.s.world.axes.rest_of_world
        if rest is not None:
            found[:, rest] = found[:, :, rest] = 0.0
        return np.asarray(found)

    def bound(self, code: int) -> Flags:
        """Which two nations a treaty of a kind binds already, [W, N, N]."""
        w = self.s.world
        found = np.zeros((w.size, self.nations, self.nations), dtype=np.bool_)
        for row, p in np.argwhere(w.treaty_kind == code):
            member = w.treaty_member[row, p]
            found[row] |= member[:, None] & member
        return found

    def fit(self, kind: str) -> tuple[Array, Index | int]:
        """How well a first and a second nation suit each other for a treaty, and the mineral or track, -1 for none."""
        plain = np.ones((self.s.world.size, self.nations, self.nations))
        fits: dict[str, tuple[Array, Index | int]] = {
            "joint_venture": self.supply,
            "infrastructure_for_minerals": (self.feed[0] * (0.5 + 0.5 * self.richer), self.feed[1]),
            "investment": (0.4 + self.richer * self.risky * (0.5 + self.dug_share.max(2))[..., None], -1),
            "market_access": (0.5 + 0.5 * self.supply[0], -1),
            "buyers_club": self.users,
            "joint_stockpile": self.users,
            "producers_club": self.producers,
            "technology_transfer": self.lag,
            "joint_research": (plain * 0.6, 2),
            "benefit_sharing": (plain * (0.3 + self.richer * self.risky), -1),
            "security_pact": (self.alarmed * (0.2 + 0.8 * self.richer), -1),
        }
        return fits.get(kind, (0.6 * plain, -1))


def propose_treaties(s: Situation, p: Personalities) -> Wishes:
    """The best partners for every treaty, in the turns in which a nation proposes any, [W, N, kind and role]."""
    pairs = _Pairs(s)
    nation = np.arange(pairs.nations)
    asking = nation[(s.world.turn + nation) % ASKING_TURNS == OFFSET]
    crowded = 1.0 / (1.0 + (s.world.treaty_member[:, :, asking].sum(1) / ENOUGH) ** 2)
    looked_at = (s.world.turn // ASKING_TURNS + asking) % ROUNDS
    roles = [(kind, role) for kind in KINDS for role in ((HOST, PARTNER) if treaties()[kind].sides else (HOST,))]
    shape = (s.world.size, pairs.nations, len(roles))
    score, size = np.zeros(shape), np.zeros(shape)
    columns = {name: np.full(shape, -1) for name in ("mineral", "layer", "partner", "option")}
    for place, (kind, role) in enumerate(roles):
        found = _wish(pairs, p, kind, role, asking)
        table = KINDS.index(kind) % ROUNDS == looked_at
        score[:, asking, place] = EAGERNESS * found.pop("score") * crowded * table
        size[:, asking, place] = found.pop("size")
        for name, column in found.items():
            columns[name][:, asking, place] = column
    return alone(s, score, size, **columns)


def worth(s: Situation, p: Personalities, offers: Offers) -> Array:
    """Worth of every treaty offered, beside offtakes, to every nation, [W, N, O] like a score; 0 for one to refuse."""
    pairs = _Pairs(s)
    w = np.arange(s.world.size)[:, None]
    sender, role = np.maximum(offers.sender, 0), unpacked(offers.option).role
    found = np.zeros((s.world.size, pairs.nations, offers.kind.shape[1]))
    crowded = 1.0 / (1.0 + (s.world.treaty_member.sum(1) / ENOUGH) ** 2)[..., None]
    for kind, code in zip(KINDS, CODES, strict=True):
        of = (offers.kind == code) & (offers.sender >= 0)
        if not of.any():
            continue
        fit = np.broadcast_to(pairs.fit(kind)[0], (s.world.size, pairs.nations, pairs.nations))
        for given, side in ((HOST, 1), (PARTNER, 0)):
            suits = fit[w, sender] if given == HOST else fit.swapaxes(1, 2)[w, sender]  # [W, O, invited]
            value = _value(p, kind, side)[:, None] * (suits * pairs.trusted[w, sender]).swapaxes(1, 2)
            found = np.where((of & (role == given))[:, None], value, found)
    return np.where(found * crowded >= ACCEPTED, found, 0.0)


def weariness(s: Situation) -> Array:
    """How much each member wants to be out of each treaty for strain alone, [W, N, P] like a score."""
    over = s.world.strain.swapaxes(1, 2) - GIVE_NOTICE
    return np.asarray(np.where(over >= 0, 0.5 + over / 20.0, 0.0))


def _wish(pairs: _Pairs, p: Personalities, kind: str, role: int, asking: Index) -> dict[str, Array | Index | float]:
    """Score, partners and numbers of one treaty that the `asking` nations would propose in one role, [W, asking]."""
    own, other = (0, 1) if role == HOST else (1, 0)
    fit, meeting = pairs.fit(kind)
    fit = fit[:, asking] if role == HOST else fit.swapaxes(-1, -2)[:, asking]
    gain = np.maximum(_value(p, kind, own), 0.0)[asking, None] * (_value(p, kind, other) > 0)
    suits = fit * gain * pairs.trusted[:, asking] * ~pairs.bound(TREATY_CODE[kind])[:, asking]
    best = suits.argmax(2)
    score = np.take_along_axis(suits, best[..., None], 2)[..., 0]
    place = np.full(best.shape, -1 if not isinstance(meeting, int) else meeting)
    if not isinstance(meeting, int):
        met = meeting[:, asking] if role == HOST else meeting.swapaxes(1, 2)[:, asking]
        place = np.take_along_axis(met, best[..., None], 2)[..., 0]
    mineral, layer = _meets(kind, place)
    return {
        "score": score,
        "partner": _invited(kind, suits, best, score),
        "mineral": mineral,
        "layer": layer,
        "option": packed(role, *_price(kind), kind=TREATY_CODE[kind]),
        "size": _size(pairs, kind, role, (asking, best), place),
    }


def _over_minerals(one: Array, other: Array) -> tuple[Array, Index]:
    """The largest product of two nations' figures over minerals [W, N, M], [W, one, other], and at which."""
    best = one[:, :, None, 0] * other[:, None, :, 0]
    mineral = np.zeros(best.shape, dtype=np.int64)
    for m in range(1, one.shape[2]):
        product = one[:, :, None, m] * other[:, None, :, m]
        mineral[product > best] = m
        np.maximum(best, product, out=best)
    return best, mineral


def _value(p: Personalities, kind: str, side: int) -> Array:
    """What a side of a treaty is worth to each nation by its personality [N]."""
    gains = GAINS[kind][side]
    return np.asarray(sum(points * p.of(weight) / 3.0 for weight, points in gains.items()))


def _meets(kind: str, place: Index) -> tuple[Index, Index]:
    """The mineral and the layer, stage or track that a proposal names, from where the two meet."""
    none = np.full(place.shape, -1)
    bundle = treaties()[kind]
    mineral = place if bundle.asks("mineral")[0] else none
    if not bundle.asks("layer")[0]:
        return mineral, none
    words = bundle.choices("layer")
    if words == TRACKS:
        return mineral, np.maximum(place, 0) if kind != "frontier_accord" else none + len(words)
    return mineral, np.full(place.shape, ORE)


def _invited(kind: str, suits: Array, best: Index, score: Array) -> Index:
    """The code of the best partner, or of it and those nearly as good where the treaty binds several [W, N]."""
    if treaties()[kind].members[1] == 2:
        return best
    rank = np.argsort(-suits, axis=2, kind="stable")[..., : 1 + MORE_MEMBERS]
    near = np.take_along_axis(suits, rank, 2) >= NEARLY * score[..., None]
    bits = np.where(near, np.left_shift(np.int64(1), rank.astype(np.int64)), 0).sum(2)
    return np.where(near.sum(2) > 1, -2 - bits, best)


def _price(kind: str) -> tuple[int, int]:
    """Whether the bundle fixes a price, and in per cent of the gate's at what."""
    rule = next((data for data in treaties()[kind].clauses if data["kind"] == "price_rule"), None)
    return (int(rule["rule"] == "fixed"), int(rule["percent"])) if rule else (0, 0)


def _size(pairs: _Pairs, kind: str, role: int, sides: tuple[Index, Index], place: Index) -> Array | float:
    """How much of it nations propose [W, asking]; `sides` are those asking and their partners."""
    s = pairs.s
    if kind in SIZES:
        return SIZES[kind]
    nation, best = np.broadcast_arrays(*sides)
    host, user = (nation, best) if role == HOST else (best, nation)
    if kind == "joint_venture":
        return np.clip(np.round(SHARE_OF_ENVELOPE * s.envelope_usd_bn[user], 2), 0.01, 3.0)
    w, m = np.arange(s.world.size)[:, None], np.maximum(place, 0)
    spare = PART_OF_ORE * s.makeable_t[w, host, m, ORE]
    return np.minimum(spare, 0.3 * s.usable_t[w, user, m, ORE])
