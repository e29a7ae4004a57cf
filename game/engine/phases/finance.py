"""The public purse: every dollar in or out of the minerals envelope is posted under its cause.

Firm contracts are settled between firms: the state gets royalties and taxes on what is shipped, and pays nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.axes import ORE
from game.engine.baseline import Array
from game.engine.climate import fade_risk, interest_rate, royalty_share
from game.engine.cover_claim import settle_cover
from game.engine.equity import dividend_usd_bn
from game.engine.fields import POLITICAL_CAPITAL, TREASURY
from game.engine.final_goods import gdp_lost_share
from game.engine.floor import floor_payments_usd_bn, has_floors
from game.engine.postings import post
from game.engine.purse import CAPITAL_LIMIT, capital_gain, envelope_usd_bn
from game.engine.revenue import spend_income
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys

BILLION = 1e9


def finance(world: World, calibration: Calibration, keys: Keys, before: World) -> None:
    """Post the turn's income and outlays, then renew political capital."""
    _post_income(world, calibration)
    spend_income(world, calibration)
    _post_stockpile(world, calibration)
    _post_floors(world, calibration)
    settle_cover(world, calibration, before)
    _post_interest(world, calibration, before)
    fade_risk(world, calibration)
    _renew_political_capital(world)


def _post_income(world: World, calibration: Calibration) -> None:
    baseline, kept = calibration.baseline, calibration.parameters.earmarked_royalty
    made = 1.0 - gdp_lost_share(world, calibration)
    post(world, TREASURY, "envelope", made * envelope_usd_bn(calibration))
    mined_usd = world.mined_t * baseline.ore_price_usd_per_t * np.exp(world.mine_gate_ln)
    due = royalty_share(world, calibration, world.mine_gate_ln)
    post(world, TREASURY, "royalty", (mined_usd * due).sum(2) * kept / BILLION)
    post(world, TREASURY, "dividend", dividend_usd_bn(world, calibration) * kept)
    value = measured_exports_t(world) * gate_usd_per_t(world, calibration)
    tax, rent = value * world.export_tax, value * np.expm1(world.export_rent_ln)
    post(world, TREASURY, "export_tax", tax.sum((2, 3)) * kept / BILLION)
    held = _corridor_income(world, calibration)
    post(world, TREASURY, "gate_rent", (rent.sum((2, 3)) / BILLION + held) * kept)
    duties = _tariff_usd(world, calibration) + _sanction_usd(world, calibration)
    post(world, TREASURY, "import_tariff", duties * kept / BILLION)


def _corridor_income(world: World, calibration: Calibration) -> Array:
    """What those who hold or built full corridors collect for places in them, shared evenly, US$ bn [W, N]."""
    income = np.zeros_like(world.treasury_usd_bn)
    if not world.corridor_rent_usd_bn.any():
        return income
    for c, owners in enumerate(calibration.baseline.network.passages.owners):
        holds = np.zeros(income.shape, dtype=np.bool_)
        holds[:, list(owners)] = True
        built = np.flatnonzero((world.corridor_builder[:, c] >= 0) & world.corridor_works_done[:, c])
        holds[built, world.corridor_builder[built, c]] = True
        held = holds.sum(1, keepdims=True)
        income += holds * (world.corridor_rent_usd_bn[:, c, None] / np.maximum(held, 1))
    return income


def gate_usd_per_t(world: World, calibration: Calibration) -> Array:
    """Price at the gate of mine (ore) and refinery (refined), [W, N, M, L] US$ per t."""
    baseline = calibration.baseline
    ore = baseline.ore_price_usd_per_t * np.exp(world.mine_gate_ln)
    return np.stack([ore, baseline.price_usd_per_t * np.exp(world.refinery_gate_ln)], axis=-1)


def measured_exports_t(world: World) -> Array:
    """Tonnes shipped under an export measure to the nations it names, firm contracts left out, [W, N, M, L]."""
    result = np.zeros(world.export_tax.shape)
    w, n, m, layer = np.nonzero((world.export_tax > 0) | (world.export_rent_ln > 0))
    flow = np.where((layer == ORE)[:, None], world.ore_flow_t[w, m, n], world.refined_flow_t[w, m, n])
    named = world.export_target[w, n, m, layer].copy()
    named[np.arange(len(n)), n] = False
    result[w, n, m, layer] = (flow * named).sum(1)
    return np.asarray(np.maximum(result - _contract_exports_t(world), 0.0))


def _contract_exports_t(world: World) -> Array:
    """Tonnes of firm contracts delivered to nations that an export measure names, [W, N, M, L]."""
    result = np.zeros(world.export_tax.shape)
    w, c = np.nonzero(world.contract_seller >= 0)
    seller, buyer = world.contract_seller[w, c], world.contract_buyer[w, c]
    place = (w, seller, world.contract_mineral[w, c], world.contract_layer[w, c])
    named = world.export_target[(*place, buyer)] & (seller != buyer)
    np.add.at(result, place, world.contract_delivered_t[w, c] * named)
    return result


def _tariff_usd(world: World, calibration: Calibration) -> Array:
    """What importers pay to their own treasury, on the price at the seller's gate, firm contracts left out, [W, N]."""
    result = np.zeros_like(world.treasury_usd_bn)
    w, n, m, layer = np.nonzero(world.import_tariff > 0)
    if not len(w):
        return result
    under_contract = np.zeros((*world.import_tariff.shape, len(world.axes.nations)))  # [W, buyer, M, L, seller]
    held, c = np.nonzero(world.contract_seller >= 0)
    buyer, seller = world.contract_buyer[held, c], world.contract_seller[held, c]
    place = (held, buyer, world.contract_mineral[held, c], world.contract_layer[held, c], seller)
    np.add.at(under_contract, place, world.contract_delivered_t[held, c])
    shipped = np.where((layer == ORE)[:, None], world.ore_flow_t[w, m, :, n], world.refined_flow_t[w, m, :, n])
    taxed = np.maximum(shipped - under_contract[w, n, m, layer], 0.0)
    taxed[np.arange(len(n)), n] = 0.0
    taxed *= 1.0 - world.tariff_relief[w, :, n]
    value = (taxed * gate_usd_per_t(world, calibration)[w, :, m, layer]).sum(1)
    np.add.at(result, (w, n), value * world.import_tariff[w, n, m, layer])
    return result


def _sanction_usd(world: World, calibration: Calibration) -> Array:
    """What buyers from sanctioned nations pay to their own treasury on top, firm contracts left out, [W, N]."""
    result = np.zeros_like(world.treasury_usd_bn)
    w, buyer, seller = np.nonzero(world.sanction_rate > 0)
    if not len(w):
        return result
    shipped = np.stack([world.ore_flow_t[w, :, seller, buyer], world.refined_flow_t[w, :, seller, buyer]], axis=-1)
    held, c = np.nonzero(world.contract_seller >= 0)
    under_contract = np.zeros((world.size, *world.trust.shape[1:], *shipped.shape[1:]))  # [W, buyer, seller, M, L]
    parties = (held, world.contract_buyer[held, c], world.contract_seller[held, c])
    place = (*parties, world.contract_mineral[held, c], world.contract_layer[held, c])
    np.add.at(under_contract, place, world.contract_delivered_t[held, c])
    taxed = np.maximum(shipped - under_contract[w, buyer, seller], 0.0)
    value = (taxed * gate_usd_per_t(world, calibration)[w, seller]).sum((1, 2))
    np.add.at(result, (w, buyer), value * world.sanction_rate[w, buyer, seller])
    return result


def _post_stockpile(world: World, calibration: Calibration) -> None:
    """Purchases and sales at the price delivered to the nation's users; storage on what is held at the turn's end."""
    price = calibration.baseline.price_usd_per_t * np.exp(world.delivered_ln) / BILLION
    post(world, TREASURY, "buy_stock", -(world.purchased_t * price).sum(2))
    post(world, TREASURY, "release_stock", (world.released_t * price).sum(2))
    held = (world.public_stock_t * price).sum(2)
    post(world, TREASURY, "storage", -held * calibration.parameters.storage_rate)


def _post_floors(world: World, calibration: Calibration) -> None:
    """The gap between a guaranteed price and the price at the gate, on what the floor covers of what the sites made."""
    if has_floors(world).any():
        post(world, TREASURY, "price_floor", -floor_payments_usd_bn(world, calibration))


def _post_interest(world: World, calibration: Calibration, before: World) -> None:
    """Interest on debt carried into the turn."""
    owed = np.minimum(before.treasury_usd_bn, 0.0)
    post(world, TREASURY, "interest", owed * interest_rate(world, calibration))


def _renew_political_capital(world: World) -> None:
    """What a turn brings is added; at most ten points are kept."""
    kept = np.minimum(world.political_capital + capital_gain(world), CAPITAL_LIMIT)
    post(world, POLITICAL_CAPITAL, "renewal", kept - world.political_capital)
