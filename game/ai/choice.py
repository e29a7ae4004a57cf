"""The short list a nation chooses from: its best legal options of every kind of order, with scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.ai.contract import answers, leave, propose
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.forecast import ANSWER, Offers
from game.rules.asking import Askings, Batch
from game.rules.budget import affordable_share, slack_usd_bn
from game.rules.catalog import KIND_CODE, KINDS, ORDERS
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.uphold import forbidden
from game.rules.wish import Wishes

Array = NDArray[np.float64]
Index = NDArray[np.int64]

WHOLE = 1 - 1e-9
ANSWERS_FIRST = 1000.0  # more than any score
COLUMNS = ("mineral", "layer", "partner", "option", "size")


@dataclass(frozen=True)
class Choice:
    """C options of every nation, each array [W, N, C]; an illegal or unwanted option has the score 0."""

    score: Array
    askings: Askings
    slack_usd_bn: Array  # money that can still be promised, [W, N, turns ahead]

    @staticmethod
    def of(
        world: World,
        calibration: Calibration,
        personalities: Personalities,
        offers: Offers | None = None,
        per_kind: int = 1,
    ) -> Choice:
        """Return the best `per_kind` options of every kind. `world` must have begun its turn."""
        situation = Situation(world, calibration)
        known = [(code, ORDERS[kind]) for code, kind in enumerate(KINDS) if kind in ORDERS]
        wished = ((code, order.wishes(situation, personalities)) for code, order in known)
        lists = [_best(code, wishes, per_kind) for code, wishes in wished if wishes is not None]
        lists.append(_best(KIND_CODE["propose"], propose(situation, personalities), per_kind))
        lists.append(leave(situation, personalities))
        if offers is not None:
            lists.append(answers(situation, personalities, offers))
        askings = Askings(*(np.concatenate([getattr(a, name) for _, a in lists], 2) for name in ("kind", *COLUMNS)))
        score = np.concatenate([scores for scores, _ in lists], 2) * personalities.acts[:, None]
        if personalities.orders is not None:
            score = score * np.isin(askings.kind, [KIND_CODE[kind] for kind in personalities.orders])
        slack = slack_usd_bn(world, calibration)
        return Choice(_legal(world, calibration, score, askings, slack), askings, slack)

    def rank(self, score: Array) -> Index:
        """Return the order in which options are taken up [W, N, C]: answers, which are free, then the best."""
        return np.argsort(-score - ANSWERS_FIRST * (self.askings.kind == ANSWER) * (score > 0), axis=2, kind="stable")

    def best(self, score: Array, slots: int) -> Askings:
        """Return the first `slots` options with a positive `score` [W, N, C]; the rest stays empty."""
        order = self.rank(score)[:, :, :slots]
        kept = np.take_along_axis(score, order, 2) > 0
        taken = {name: np.take_along_axis(getattr(self.askings, name), order, 2) for name in ("kind", *COLUMNS)}
        taken["kind"] = np.where(kept, taken["kind"], -1)
        return Askings(**taken)


def _best(code: int, wishes: Wishes, count: int) -> tuple[Array, Askings]:
    """The versions of highest score of one kind of order: scores and askings [W, N, count]."""
    order = np.argsort(-wishes.score, axis=2, kind="stable")[:, :, :count]
    taken = {name: np.take_along_axis(getattr(wishes, name), order, 2) for name in COLUMNS}
    kind = np.full(order.shape, code, dtype=np.int64)
    return np.take_along_axis(wishes.score, order, 2), Askings(kind=kind, **taken)


def _legal(world: World, calibration: Calibration, score: Array, askings: Askings, slack: Array) -> Array:
    """The scores with those of orders that would be refused set to 0."""
    legal = np.zeros_like(score)
    for kind in np.unique(askings.kind):
        w, n, c = np.nonzero((askings.kind == kind) & (score > 0))
        batch = Batch(w, n, *(getattr(askings, name)[w, n, c] for name in COLUMNS))
        order = ORDERS[KINDS[kind]]
        share = affordable_share(slack[w, n], order.outlays(world, calibration, batch))
        payable = (share >= WHOLE) & (
            world.political_capital[w, n] >= order.political_capital(world, calibration, batch)
        )
        allowed = order.allowed(world, calibration, batch) & payable & ~forbidden(world, order.kind, batch)
        legal[w, n, c] = np.where(allowed, score[w, n, c], 0.0)
    return legal


def within_budget(world: World, calibration: Calibration, askings: Askings, slack: Array) -> Askings:
    """Return the askings without those that money or political capital does not reach once the ones before are paid.

    `slack` [W, N, turns ahead] is the money that can still be promised.
    """
    slack = slack.copy()
    points = world.political_capital.copy()
    kept = askings.kind.copy()
    for slot in range(kept.shape[2]):
        for kind in np.unique(kept[:, :, slot]):
            if kind < 0:
                continue
            batch = askings.batch(int(kind), slot)
            order = ORDERS[KINDS[kind]]
            outlays = order.outlays(world, calibration, batch)
            price = order.political_capital(world, calibration, batch)
            at = (batch.w, batch.n)
            paid = (affordable_share(slack[at], outlays) >= WHOLE) & (points[at] >= price)
            slack[at] -= np.where(paid[:, None], outlays.cumsum(1), 0.0)
            points[at] -= np.where(paid, price, 0.0)
            kept[batch.w[~paid], batch.n[~paid], slot] = -1
    return Askings(kept, *(getattr(askings, name) for name in COLUMNS))
