"""The table of measures: what each is called, its unit, its meaning, where its formula comes from.

Screens, minds, exports and explanations read measures from here, so that a number means one thing everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.engine.axes import MINE, RECYCLE, REFINE
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.final_goods import gdp_lost_share
from game.engine.measures.care import licence, stewardship
from game.engine.measures.nation import (
    hhi,
    import_reliance,
    industry,
    months_of_cover,
    n_minus_1,
    standing,
    value_captured,
)
from game.engine.measures.risk import leverage, supply_risk
from game.engine.world import World

Formula = Callable[[World, Calibration], Array]


@dataclass(frozen=True)
class Measure:
    """One measure. Its formula gives [W, axes]: N nations, M minerals, NM both, OD one nation towards another.

    `is_cleared` says that the clearing and the stocks it leaves decide it, not accounts that keep postings.
    """

    id: str
    axes: str
    unit: str
    title: str
    meaning: str
    source: str
    formula: Formula
    is_cleared: bool = True


def price_usd_per_t(world: World, calibration: Calibration) -> Array:
    """Headline price: delivered price weighted by imports, [W, M] US$ per tonne."""
    return np.asarray(calibration.baseline.price_usd_per_t * np.exp(world.headline_ln))


def home_price_usd_per_t(world: World, calibration: Calibration) -> Array:
    """Price of refined metal delivered to a nation's users, [W, N, M] US$ per tonne."""
    return np.asarray(calibration.baseline.price_usd_per_t * np.exp(world.delivered_ln))


MEASURES: dict[str, Measure] = {
    row.id: row
    for row in (
        Measure(
            "price",
            "M",
            "US$ per t",
            "Price of {mineral}",
            "Price of the refined metal delivered, weighted by imports.",
            "2024 average price of the mineral table, moved by the market clearing",
            price_usd_per_t,
        ),
        Measure(
            "home_price",
            "NM",
            "US$ per t",
            "Price of {mineral} at home",
            "What the nation's users pay for the metal delivered, freight and taxes on the way included.",
            "2024 average price of the mineral table, moved by the market clearing",
            home_price_usd_per_t,
        ),
        Measure(
            "n_minus_1",
            "N",
            "0-100",
            "N-1 security",
            "Share of next year's need still met if the one foreign supplier that hurts most stopped selling.",
            "N-1 criterion of network planning (ENTSO-E), on the year's flows",
            n_minus_1,
        ),
        Measure(
            "value_captured",
            "N",
            "0-100",
            "Value captured",
            "Share of the value of the chains it takes part in that the nation earns at home.",
            "value added by stage, over that and what the stages its tonnes lack at home earn elsewhere",
            lambda world, calibration: np.asarray(value_captured(world, calibration).sum(-1)),
        ),
        Measure(
            "industry",
            "N",
            "start = 100",
            "Industry",
            "Output of the nation's mineral-using makers, weighted by value; 100 when all need is met.",
            "smallest fulfilment over the minerals of each product (Leontief), weighted by product value",
            industry,
        ),
        Measure(
            "gdp_lost",
            "N",
            "percent",
            "Final goods lost",
            "Value that makers of cars, machines and other final goods could not add for want of products, over GDP.",
            "products missing times the value added that hangs on them, less stocks of parts and work-arounds",
            lambda world, calibration: 100.0 * gdp_lost_share(world, calibration),
        ),
        Measure(
            "standing",
            "N",
            "0-100",
            "Standing",
            "Reliability of the nation's word (60 %) and trust of those it trades with (40 %).",
            "weights of the score",
            standing,
            is_cleared=False,
        ),
        Measure(
            "cover",
            "NM",
            "months",
            "Months of cover of {mineral}",
            "How long public and commercial stock at home would last at present use.",
            "stock over use, as strategic stocks are commonly stated (IEA, JOGMEC)",
            lambda world, calibration: months_of_cover(world),
        ),
        Measure(
            "import_reliance",
            "NM",
            "share",
            "Import reliance of {mineral}",
            "Share of the refined metal delivered to the nation that comes from abroad.",
            "gross import reliance of refined metal",
            lambda world, calibration: import_reliance(world),
        ),
        Measure(
            "hhi_mine",
            "M",
            "0-10 000",
            "Concentration of mining of {mineral}",
            "Herfindahl-Hirschman index of mine output by nation; above 1 800 a market counts as concentrated.",
            "sum of squared percentage shares (US Merger Guidelines 2023)",
            lambda world, calibration: hhi(world, MINE),
        ),
        Measure(
            "hhi_refine",
            "M",
            "0-10 000",
            "Concentration of refining of {mineral}",
            "Herfindahl-Hirschman index of refined output by nation; above 1 800 a market counts as concentrated.",
            "sum of squared percentage shares (US Merger Guidelines 2023)",
            lambda world, calibration: hhi(world, REFINE),
        ),
        Measure(
            "hhi_recycle",
            "M",
            "0-10 000",
            "Concentration of recycling of {mineral}",
            "Herfindahl-Hirschman index of recycled output by nation; above 1 800 a market counts as concentrated.",
            "sum of squared percentage shares (US Merger Guidelines 2023)",
            lambda world, calibration: hhi(world, RECYCLE),
        ),
        Measure(
            "supply_risk",
            "NM",
            "1 = at risk",
            "Supply risk of {mineral}",
            "Concentration of suppliers weighed by governance, less what is recycled or could be replaced.",
            "Methodology for establishing the EU list of critical raw materials (European Commission 2017)",
            supply_risk,
        ),
        Measure(
            "licence",
            "N",
            "0-100",
            "Licence",
            "Social and environmental acceptance of what the nation digs and of the metal it is delivered, by value.",
            "Environmental Performance Index 2024, Worldwide Governance Indicators 2023, EITI membership",
            licence,
        ),
        Measure(
            "stewardship",
            "N",
            "0-100",
            "Stewardship",
            "Licence of what is dug and used (70 %) and integrity of the government (30 %).",
            "licence as above; control of corruption of the Worldwide Governance Indicators 2023",
            stewardship,
        ),
        Measure(
            "leverage",
            "OD",
            "points",
            "Leverage",
            "Need that the second nation loses if the first stops selling to it, less the sales the first loses.",
            "the sum of N-1 security, and sales of ore and metal at 2024 prices",
            leverage,
            is_cleared=False,
        ),
    )
}


HEADLINES = ("price", "home_price", "n_minus_1", "value_captured", "industry")


def headline_measures(world: World, calibration: Calibration) -> dict[str, Array]:
    """The cleared measures that every turn's report tells, by id, [W, axes]."""
    return {name: MEASURES[name].formula(world, calibration) for name in HEADLINES}


def cleared_measures(world: World, calibration: Calibration) -> dict[str, Array]:
    """Every measure that the clearing decides, by id, [W, axes]."""
    return {row.id: row.formula(world, calibration) for row in MEASURES.values() if row.is_cleared}
