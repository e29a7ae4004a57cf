"""Orders are carried out: slot by slot, each kind at once, as far as money and political capital go."""

from __future__ import annotations

import numpy as np

from game.engine.baseline import Flags
from game.engine.calibrate import Calibration
from game.engine.fields import ORDER_CAUSES
from game.engine.world import World
from game.rules.asking import Askings, Batch
from game.rules.catalog import ORDERS
from game.rules.orders._base import Order
from game.rules.uphold import forbidden


def carry_out(world: World, calibration: Calibration, askings: Askings) -> Flags:
    """Carry out what is allowed and payable, in order of slot; return which askings were, [W, N, S].

    Changes `world`, in which the turn has begun and treaties are upheld. An asking that cannot be carried out, or which
    a treaty forbids, is skipped; later slots go on.
    """
    done = np.zeros(askings.kind.shape, dtype=np.bool_)
    for slot in range(askings.kind.shape[2]):
        for code, kind in enumerate(ORDER_CAUSES):
            if kind not in ORDERS:
                continue
            batch = askings.batch(code, slot)
            if not len(batch):
                continue
            order = ORDERS[kind]
            batch = batch.picked(_known(world, batch, order))
            fits = order.allowed(world, calibration, batch) & order.payable(world, calibration, batch)
            fits &= ~forbidden(world, kind, batch)
            batch = batch.picked(fits)
            order.effect(world, calibration, batch)
            done[batch.w, batch.n, slot] = True
    return done


def _known(world: World, batch: Batch, order: type[Order]) -> Flags:
    """Whether the positions an order's compact form uses exist, [A]."""
    axes = world.axes
    known: Flags = (batch.n != _rest(world)) & (batch.option >= 0) & np.isfinite(batch.size)
    if order.options is not None:
        known &= batch.option < order.options
    length = {"mineral": len(axes.minerals), "layer": order.layers, "partner": len(axes.nations)}
    length |= {"product": len(axes.products), "corridor": len(axes.corridors)}
    for name in order.needs:
        position = getattr(batch, name)
        known &= (position >= 0) & (position < length[name])
    return known & (batch.partner < len(axes.nations))


def _rest(world: World) -> int:
    """The position of the rest of the world, which has no seat; -1 where there is none."""
    rest = world.axes.rest_of_world
    return -1 if rest is None else rest
