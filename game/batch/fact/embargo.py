"""The experiment about an embargo that allies may leave, metal by metal: each plays both ways and takes the better."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from game.batch.fact.laboratory import Course, Laboratory, Lever
from game.batch.fact.lever import restrict, together
from game.batch.fact.reading import Array, median, refined_output_t, supplier_share
from game.engine.calibrate import Calibration
from game.engine.world import World

TARGET = "RUS"
METALS = ("titanium", "platinum_group")
ALLIES = ("USA", "EUU", "JPN", "GBR", "KOR", "CAN")
DEPENDENT = "EUU", "titanium"
TURNS = 4


def embargo(lab: Laboratory) -> dict[str, float]:
    """Fact 13: what a dependent ally keeps buying when every ally has chosen."""
    holding = members(lab)
    course = lab.course("embargo as chosen", _embargo(holding), TURNS)
    ally, metal = DEPENDENT
    n, m, target = lab.axes.nation_index[ally], lab.axes.mineral_index[metal], lab.axes.nation_index[TARGET]
    return {"share_kept": median(np.mean([supplier_share(world, m, target, n) for world in course[1:]], axis=0))}


def members(lab: Laboratory) -> dict[str, tuple[str, ...]]:
    """The allies that hold the embargo on each metal: those that gain nothing by leaving it while the others stay."""
    everybody = dict.fromkeys(METALS, ALLIES)
    without = {ally: {metal: tuple(a for a in ALLIES if a != ally) for metal in METALS} for ally in ALLIES}
    levers = {"embargo": _embargo(everybody)}
    levers |= {f"embargo without {ally}": _embargo(others) for ally, others in without.items()}
    lab.play(levers, TURNS)
    whole = lab.course("embargo", levers["embargo"], TURNS)

    def gains(ally: str, metal: str) -> bool:
        name, n = f"embargo without {ally}", lab.axes.nation_index[ally]
        left = lab.course(name, levers[name], TURNS)
        return median(gain_usd(lab.calibration, left, whole, lab.axes.mineral_index[metal], TURNS)[:, n]) > 0.0

    return {metal: tuple(ally for ally in ALLIES if not gains(ally, metal)) for metal in METALS}


def gain_usd(calibration: Calibration, course: Course, base: Course, mineral: int, turns: int) -> Array:
    """What users, refiners and mines of each nation gain in one course over another, [seeds, N] US$.

    The change of each price times the mean of what is bought or sold in both: the gain of consumers and producers
    together where demand and supply are straight between the two.
    """
    gain = np.zeros(course[0].mine_gate_ln.shape[:2])
    for one, other in zip(course[1 : turns + 1], base[1 : turns + 1], strict=True):
        sales, before = _sales(calibration, one, mineral), _sales(calibration, other, mineral)
        for (tonnes, price), (tonnes_before, price_before) in zip(sales, before, strict=True):
            gain += 0.5 * (tonnes + tonnes_before) * (price - price_before)
    return gain


def _sales(calibration: Calibration, world: World, mineral: int) -> list[tuple[Array, Array]]:
    """Tonnes sold (bought: negative) and price in US$ of metal users, makers of metal, buyers of ore and mines."""
    base = calibration.baseline
    metal, ore = base.price_usd_per_t[mineral], base.ore_price_usd_per_t[mineral]

    def at(ln: Array) -> Array:
        return np.asarray(np.exp(ln[:, :, mineral]))

    return [
        (-world.use_t[:, :, mineral].sum(-1), metal * at(world.delivered_ln)),
        (refined_output_t(world, mineral), metal * at(world.refinery_gate_ln)),
        (-world.refined_t[:, :, mineral] / calibration.ratio[mineral], ore * at(world.ore_delivered_ln)),
        (world.mined_t[:, :, mineral], ore * at(world.mine_gate_ln)),
    ]


def _embargo(holding: Mapping[str, tuple[str, ...]]) -> Lever:
    """Nobody of those that hold the embargo on a metal buys it, or its ore, of the target."""
    return together(*(restrict(TARGET, metal, "ban", targets=allies) for metal, allies in holding.items() if allies))
