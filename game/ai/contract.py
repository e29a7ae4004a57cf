"""Offtake contracts: whom to propose one to, which offers to accept, which contracts to leave."""

import numpy as np
from numpy.typing import NDArray

from game.ai.treaty import propose_treaties, weariness, worth
from game.engine.axes import ORE, REFINED
from game.engine.fields import ORDER_CAUSES
from game.engine.pact import TREATY_CODE
from game.forecast import ACCEPT, ANSWER_STEP, Offers
from game.rules.asking import Askings
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, by_mineral, care, together, want

Array = NDArray[np.float64]
Index = NDArray[np.int64]

OFFTAKE = TREATY_CODE["offtake"]
BUY, SELL = 0, 1
TERM_TURNS = 6
GATE_PERCENT = 100
FIXED = 2  # added to the compact form of a proposal with a fixed price
FIXING_GAP = 0.05  # ln, between price and expectation
TERMS = 4 * GATE_PERCENT + 4096 * TERM_TURNS  # price follows the gate; in the compact form of a proposal
LEAST_TRUST = 30.0  # below, nobody is asked to sign
LARGEST_FORWARD = 0.6  # share of need, or of what can be made, that is bound by contracts
PART = 0.15  # of need or output in one contract
BORNE_PER_LOYALTY = 0.07  # ln of price that a nation bears for its word, per point of loyalty
ASKING_TURNS = 3  # a nation sends out proposals every third turn: the partners asked before must answer first
COURTED_ROUNDS = 4  # every nation is sounded out first in one round of proposals of so many
UNCOURTED = 0.2  # how much less likely the others are asked
ANSWERS = 2  # offers a nation accepts in one turn
LAYERS = (ORE, REFINED)


def propose(s: Situation, p: Personalities) -> Wishes:
    """Offtakes and all other treaties that nations might propose."""
    return together(_propose_offtakes(s, p), propose_treaties(s, p))


def _propose_offtakes(s: Situation, p: Personalities) -> Wishes:
    """Buy ahead from whom one does not depend on yet, or sell ahead to the largest open need, whichever counts more."""
    nations = np.arange(len(s.world.axes.nations))
    asking = nations[(s.world.turn + nations) % ASKING_TURNS == 0]
    buy_score, seller, buy_t = _purchases(s, p, asking)
    sell_score, buyer, sell_t, layer = _sales(s, p, asking)
    buys = buy_score >= sell_score
    return by_mineral(
        s,
        np.maximum(buy_score, sell_score),
        np.where(buys, buy_t, sell_t),
        layer=np.where(buys, REFINED, layer),
        partner=np.where(buys, seller, buyer),
        option=TERMS + np.where(buys, BUY, SELL) + FIXED * _fixes_price(s, buys),
    )


def _fixes_price(s: Situation, buys: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A buyer fixes a price that is lower than expected, a seller one that is higher [W, N, M]."""
    above = s.world.delivered_ln - s.world.expected_ln
    return np.asarray(np.where(buys, above < -FIXING_GAP, above > FIXING_GAP))


def _purchases(s: Situation, p: Personalities, asking: Index) -> tuple[Array, Index, Array]:
    """Score, seller and tonnes of the best purchase of refined metal for the `asking` nations [W, N, M]."""
    free = s.makeable_t[..., REFINED] * np.maximum(LARGEST_FORWARD - s.sold_forward[..., REFINED], 0.0)
    signed = s.contracted_t[:, :, REFINED, :, asking].transpose(1, 2, 0, 3)  # [W, M, asking, seller]
    leaning = 1.0 - 0.8 * s.foreign_share[..., asking].swapaxes(2, 3)
    suits, seller, room = _best_partner(s, asking, free, (signed == 0) * leaning)
    tonnes = np.minimum(PART * s.need_t, 0.5 * room)
    open_share = np.maximum(LARGEST_FORWARD - s.bought_forward, 0.0) / LARGEST_FORWARD
    score = want(p, "security") * care(s) * s.weight * (0.4 + s.main_share) * open_share * (1.0 - s.home_share)
    return score * suits * (tonnes > 0.02 * s.need_t), seller, tonnes


def _sales(s: Situation, p: Personalities, asking: Index) -> tuple[Array, Index, Array, Index]:
    """Score, buyer, tonnes and layer of the best sale for the `asking` nations [W, N, M]."""
    found = []
    for layer in LAYERS:
        taken = s.contracted_t[:, :, layer].sum(2).swapaxes(1, 2)
        open_t = np.maximum(LARGEST_FORWARD * s.usable_t[..., layer] - taken, 0.0)
        suits, buyer, room = _best_partner(s, asking, open_t, s.contracted_t[:, :, layer, asking] == 0)
        makes = s.makeable_t[..., layer]
        tonnes = np.minimum(PART * makes, 0.5 * room)
        unsold = np.maximum(LARGEST_FORWARD - s.sold_forward[..., layer], 0.0) / LARGEST_FORWARD
        world_share = ratio(makes, makes.sum(1, keepdims=True))
        score = want(p, "revenue") * np.sqrt(s.market_weight) * (0.3 + np.sqrt(world_share)) * unsold
        found.append((score * suits * (tonnes > 0.02 * makes), buyer, tonnes))
    refined = found[REFINED][0] >= found[ORE][0]
    score, buyer, tonnes = (np.where(refined, metal, ore) for ore, metal in zip(*found, strict=True))
    return score, buyer, tonnes, np.where(refined, REFINED, ORE)


def _best_partner(s: Situation, asking: Index, room_t: Array, fit: Array) -> tuple[NDArray[np.bool_], Index, Array]:
    """Whether there is a partner, who, and how many tonnes it has room for, each [W, N, M].

    `room_t` [W, N, M] is what each nation could sell or take; `fit` [W, M, asking, partner] how well pairs suit. The
    best has much room, and trust both ways, and is among those whose turn it is to be sounded out: else all would court
    the few largest. Nations without a seat, and pairs that trust too little, do not sign.
    """
    trust = np.minimum(s.world.trust[:, asking], s.world.trust[..., asking].swapaxes(1, 2))
    willing = np.where(trust >= LEAST_TRUST, trust / 50.0, 0.0)
    willing[:, np.arange(len(asking)), asking] = 0.0
    rest = s.world.axes.rest_of_world
    if rest is not None:
        willing[..., rest] = 0.0
    round_now = s.world.turn // ASKING_TURNS + asking[:, None]
    courted = (np.arange(len(s.world.axes.nations)) + round_now) % COURTED_ROUNDS == 0
    willing *= np.where(courted, 1.0, UNCOURTED)
    by_mineral = room_t.swapaxes(1, 2)
    suits = fit * willing[:, None] * np.sqrt(by_mineral)[:, :, None]  # [W, M, asking, partner]
    best = suits.argmax(3)
    there = np.take_along_axis(suits, best[..., None], 3)[..., 0] > 0
    room = np.take_along_axis(by_mineral, best.reshape(*best.shape[:2], -1), 2)
    suited, partner, tonnes = (
        np.zeros(room_t.shape, dtype=bool),
        np.zeros(room_t.shape, dtype=np.int64),
        np.zeros_like(room_t),
    )
    suited[:, asking], partner[:, asking] = there.swapaxes(1, 2), best.swapaxes(1, 2)
    tonnes[:, asking] = room.swapaxes(1, 2)
    return suited, partner, tonnes


def answers(s: Situation, p: Personalities, offers: Offers) -> tuple[Array, Askings]:
    """Scores [W, N, ANSWERS] and acceptances of the offers each nation would rather sign than not."""
    nations = len(s.world.axes.nations)
    value = _offer_values(s, p, offers)  # [W, O]
    mine = offers.invited.swapaxes(1, 2)  # [W, N, O]
    value = np.maximum(value[:, None], worth(s, p, offers))
    score = np.where(mine & (offers.sender >= 0)[:, None], value, 0.0)
    order = np.argsort(-score, axis=2, kind="stable")[:, :, :ANSWERS]
    found = Askings.none(s.world.size, nations, order.shape[2])
    found.kind[...] = ORDER_CAUSES.index("answer")
    number = np.broadcast_to(offers.number[:, None], score.shape)
    found.option[...] = ACCEPT + ANSWER_STEP * np.take_along_axis(number, order, 2)
    found.size[...] = 1.0
    return np.take_along_axis(score, order, 2), found


def _offer_values(s: Situation, p: Personalities, offers: Offers) -> Array:
    """Worth of each offtake to its receiver [W, O], like a score; 0 for one to refuse, and for other treaties."""
    w = np.arange(s.world.size)[:, None]
    seller, buyer, mineral, layer = offers.seller, offers.buyer, offers.mineral, offers.layer
    sender, mineral, layer = np.maximum(offers.sender, 0), np.maximum(mineral, 0), np.clip(layer, 0, 1)
    trusted = s.world.trust[w, offers.receiver, sender] >= LEAST_TRUST
    forward = s.sold_forward[w, seller, mineral, layer]
    part_made = ratio(offers.tonnes, s.makeable_t[w, seller, mineral, layer])
    can_sell = forward + part_made <= LARGEST_FORWARD + 0.1
    taken = s.contracted_t[:, :, :, :, :].sum(3)[w, mineral, layer, buyer]
    part_used = ratio(taken + offers.tonnes, s.usable_t[w, buyer, mineral, layer])
    can_buy = (part_used <= LARGEST_FORWARD + 0.1) & (part_used > 0)
    depends = s.foreign_share[w, mineral, seller, buyer]
    for_buyer = p.of("security")[offers.receiver] / 3.0 * s.weight[buyer, mineral] * np.maximum(0.75 - depends, 0.0)
    for_buyer = np.maximum(for_buyer, np.where(layer == ORE, 0.2, 0.0))
    for_seller = p.of("revenue")[offers.receiver] / 3.0 * np.minimum(4.0 * part_made, 1.0)
    held = np.isfinite(s.world.export_quota_t[w, seller, mineral, layer])
    value = np.where(offers.sells, for_buyer * can_buy, for_seller * can_sell * ~held)
    return value * trusted * (offers.kind == OFFTAKE)


def leave(s: Situation, p: Personalities) -> tuple[Array, Askings]:
    """Scores [W, N, 1] and notices for the contract each nation regrets most.

    A fixed price may have moved against it by more than its loyalty bears, or its trust in the partner is gone.
    """
    w = s.world
    nations = len(w.axes.nations)
    regret = np.zeros((w.size, nations, w.treaty_kind.shape[1]))
    row, slot = np.nonzero((w.contract_clause >= 0) & (w.contract_until > w.turn + 2))
    treaty = w.clause_treaty[row, w.contract_clause[row, slot]]
    seller, buyer = w.contract_seller[row, slot], w.contract_buyer[row, slot]
    mineral = w.contract_mineral[row, slot]
    is_ore = w.contract_layer[row, slot] == ORE
    gate = np.where(is_ore, w.mine_gate_ln[row, seller, mineral], w.refinery_gate_ln[row, seller, mineral])
    lost = np.nan_to_num(gate - w.contract_ln[row, slot])  # what the seller loses by the contract, in log price
    for nation, partner, loss in ((seller, buyer, lost), (buyer, seller, -lost)):
        bears = BORNE_PER_LOYALTY * p.of("loyalty")[nation]
        distrust = np.maximum(LEAST_TRUST - w.trust[row, nation, partner], 0.0) / 10.0
        regret[row, nation, treaty] = 2.0 * np.maximum(loss - bears, 0.0) + distrust
    regret = np.maximum(regret, weariness(s) * (w.treaty_leaving == 0).swapaxes(1, 2))
    worst = regret.argmax(2)[..., None]
    found = Askings.none(w.size, nations, 1)
    found.kind[...] = ORDER_CAUSES.index("leave")
    found.option[...] = 2 * worst
    return np.take_along_axis(regret, worst, 2), found
