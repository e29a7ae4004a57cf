"""How minds answer the offers in their inboxes: accept, send back with the cheapest change, or refuse.

Bargaining ends: what has been sent back twice is accepted or refused. A turn has time for a few offers; those left over
are answered by the rule of thumb that habits use.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from game.ai.bargain import Counter, replies
from game.ai.outlook import Deal, Outlook
from game.engine.calibrate import Calibration
from game.engine.view import Offer
from game.engine.world import World
from game.rules.orders._base import LEAST_STANDING
from game.rules.orders.answer import Answer
from game.rules.personality import Personalities

WEIGHED = 4  # offers a turn
FUTURES = 1  # of each
ROUNDS = 2  # times an offer is sent back
LEAST_HOPE = 30.0  # margin a mind believes the other side to have, from which a counter-proposal is worth sending

Answers = dict[int, list[Answer]]


def answers(
    world: World,
    calibration: Calibration,
    personalities: Personalities,
    inboxes: Mapping[int, Sequence[Offer]],
    seed: int,
    persons: Collection[str] = (),
) -> Answers:
    """The answers of minds, by position, to as many of their offers as there is time for; changes nothing.

    `world` has begun its turn; `inboxes` hold what waits for each mind. Offers of `persons` come first, all of them,
    then what has been bargained over longest; everybody's first offer comes before anybody's second.
    """
    waiting = [
        (offer.sender not in persons, -offer.round, place, n, offer)
        for n, inbox in inboxes.items()
        for place, offer in enumerate(inbox)
    ]
    waiting.sort(key=lambda item: item[:4])
    most = max(WEIGHED, sum(offer.sender in persons for *_key, offer in waiting))
    weighed = [(n, offer) for *_key, n, offer in waiting[:most]]
    if not weighed:
        return {}
    nations = sorted({n for n, _offer in weighed})
    outlook = Outlook.of(world, calibration, personalities, nations, seed, FUTURES)
    deals = [(nations.index(n), Deal.of(offer, calibration.axes)) for n, offer in weighed]
    may_counter = [offer.round < ROUNDS for _n, offer in weighed]
    found: Answers = {n: [] for n in nations}
    for (n, offer), reply in zip(weighed, replies(outlook, deals, may_counter), strict=True):
        stands = bool(world.standing[0, n] >= LEAST_STANDING)
        found[n].append(_answer(offer, reply.ledger.signs and stands, reply.counter))
    return found


def _answer(offer: Offer, signs: bool, counter: Counter | None) -> Answer:
    if signs:
        return Answer(offer=offer.number, reply="accept")
    if counter is None or min(ledger.margin for ledger in counter.others) < LEAST_HOPE:
        return Answer(offer=offer.number, reply="refuse")
    return Answer(offer=offer.number, reply="counter", instead=counter.deal.clauses)
