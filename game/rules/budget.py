"""Treasury and political capital: what a nation can still pay for, now and in the turns it has already promised."""

from __future__ import annotations

import numpy as np

from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.fields import PIPELINE_TURNS
from game.engine.floor import floor_bill_usd_bn
from game.engine.purse import envelope_usd_bn
from game.engine.world import World
from game.rules.asking import Index

Where = tuple[Index, Index] | tuple[slice, slice]
EVERYWHERE: Where = (slice(None), slice(None))

HORIZON = PIPELINE_TURNS
USD_PER_BN = 1e9

ROUNDING_USD_BN = 1e-9


def price_usd_bn_per_t(world: World, calibration: Calibration, where: Where = EVERYWHERE) -> Array:
    """Price of refined metal delivered to each nation's users, [W, N, M] or, at chosen nations, [A, M]."""
    price: Array = calibration.baseline.price_usd_per_t * np.exp(world.delivered_ln[where]) / USD_PER_BN
    return price


def promised_usd_bn(world: World, calibration: Calibration, where: Where = EVERYWHERE) -> Array:
    """Outlays already ordered, by turns ahead; stockpile purchases and price floors at today's prices.

    [W, N, HORIZON], or [A, HORIZON] at the (world, nation) pairs `where`.
    """
    purchases = (world.purchase_t[where] * price_usd_bn_per_t(world, calibration, where)[..., None]).sum(axis=-2)
    support = world.support_usd_bn[where].sum(axis=(-3, -2))
    commitments = world.commitment_usd_bn[where].sum(axis=-2)
    floors = floor_bill_usd_bn(world, calibration, HORIZON)[where]
    promised: Array = _long(commitments) + _long(purchases) + _long(support) + floors
    return promised


def slack_usd_bn(world: World, calibration: Calibration, where: Where = EVERYWHERE) -> Array:
    """Money a nation could still spend by each turn ahead without passing its debt floor.

    [W, N, HORIZON], or [A, HORIZON] at the (world, nation) pairs `where`. Later envelopes count, this turn's does not;
    royalties and taxes are uncertain and do not count.
    """
    envelope = np.broadcast_to(envelope_usd_bn(calibration), world.treasury_usd_bn.shape)[where]
    floor = calibration.parameters.debt_floor_envelopes * envelope
    income = envelope[..., None] * np.arange(HORIZON)
    spent = promised_usd_bn(world, calibration, where).cumsum(axis=-1)
    slack: Array = (world.treasury_usd_bn[where] + floor)[..., None] + income - spent
    return slack


def affordable_share(slack: Array, outlays: Array) -> Array:
    """The largest share of `outlays` [A, HORIZON] that fits into `slack` [A, HORIZON], [A]; inf when nothing is paid.

    A nation below its floor can still order what costs nothing.
    """
    spent = outlays.cumsum(axis=-1)
    is_due = spent > ROUNDING_USD_BN
    share = np.where(is_due, np.maximum(slack + ROUNDING_USD_BN, 0) / np.where(is_due, spent, 1), np.inf)
    fits: Array = share.min(axis=-1)
    return fits


def _long(amount: Array) -> Array:
    """Amounts by turns ahead, [..., T], filled up with zeros or cut to HORIZON turns."""
    turns = min(amount.shape[-1], HORIZON)
    out = np.zeros((*amount.shape[:-1], HORIZON))
    out[..., :turns] = amount[..., :turns]
    return out
