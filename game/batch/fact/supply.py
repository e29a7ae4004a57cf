"""Experiments about supply by itself: who refines, what diversification costs, what comes back as scrap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.batch.fact.laboratory import Laboratory
from game.batch.fact.lever import (
    grow,
    move_refineries,
    no_new_capacity,
    offtake,
    price_floor,
    restrict,
    support,
    together,
)
from game.batch.fact.reading import (
    Array,
    median,
    over_time,
    price_times,
    rank_correlation,
    refined_output_t,
    share_of_nation,
    supplier_share,
)
from game.engine.axes import MINE, RECYCLE, REFINE, TURNS_PER_YEAR
from game.engine.world import World

SIX = ("copper", "lithium", "nickel", "cobalt", "graphite", "rare_earths")
COVERED = {"graphite": 37.5, "rare_earths": 37.5, "nickel": 52.5, "lithium": 65.0, "cobalt": 65.0, "copper": 97.5}
TURN_2030, TURN_2035 = 12, 22
TURN_2029, TURN_2040, TURN_2050 = 10, 32, 52
COLLECTION_2030 = 0.73  # of batteries, as Regulation (EU) 2023/1542 asks for 2030
FIRST_RECYCLERS, FIRST_PLANT_USD_BN = ("CHN", "EUU", "USA", "JPN"), 0.2
OFFTAKE_T = 8500.0
PACKAGE_USD_BN = 1.25
FLOOR_MULTIPLE, FLOORED_T = 2.0, 27000.0


def diversification(lab: Laboratory) -> dict[str, float]:
    """Fact 1: Japan's package for Australian mines and Malaysian separation."""
    calibration, turns = lab.calibration, 16
    index, mineral = lab.axes.nation_index, lab.axes.mineral_index["rare_earths"]
    capex = np.array([calibration.baseline.mine_capex_usd_per_tpa, calibration.baseline.refinery_capex_usd_per_tpa])
    # Each tonne of metal needs its ore, so both stages get the money that builds the same tonnes.
    to_mines = float((capex[0] / (capex[0] + capex[1] * calibration.ratio))[mineral])
    opens = 2 + int(calibration.schedule.entry_lead[mineral].max())
    package = together(
        support("AUS", "rare_earths", MINE, PACKAGE_USD_BN * to_mines),
        support("MYS", "rare_earths", REFINE, PACKAGE_USD_BN * (1.0 - to_mines)),
        offtake("MYS", "JPN", "rare_earths", OFFTAKE_T, opens),
    )
    course, base = lab.course("Japan's package", package, turns), lab.base(turns)

    def share(world: World) -> Array:
        return supplier_share(world, mineral, index["CHN"], index["JPN"])

    fall = over_time(base, share, turns) - over_time(course, share, turns)
    return {"fall_after_8_years": median(fall[16]), "fall_after_2_years": median(fall[4])}


def single_supplier(lab: Laboratory) -> dict[str, float]:
    """Fact 2: the EU's largest third-country supplier in 2030."""
    world, axes = lab.base(TURN_2030)[TURN_2030], lab.axes
    eu = axes.nation_index["EUU"]

    def largest(delivered: Array) -> float:
        share = 100.0 * delivered / delivered.sum(1, keepdims=True)
        share[:, eu] = 0.0
        return median(share.max(1))

    magnets = axes.product_index["magnets_motors_wind"]
    result = {"magnets": largest(world.product_flow_usd_bn[:, magnets, :, eu])}
    for name in ("gallium", "graphite"):
        result[name] = largest(world.refined_flow_t[:, axes.mineral_index[name], :, eu])
    return result


def without_largest(lab: Laboratory) -> dict[str, float]:
    """Fact 3: cover of the rest of demand by the rest of refined supply in 2035.

    A nation's demand is what is in the goods it buys: with the metal its makers use, the figures of 2024 would already
    cover a third more than the publication states for lithium and copper.
    """
    world, result = lab.base(TURN_2035)[TURN_2035], {}
    for name in COVERED:
        mineral = lab.axes.mineral_index[name]
        supply, need = refined_output_t(world, mineral), bought_t(world, mineral)
        rows, largest = np.arange(len(supply)), supply.argmax(1)
        rest = need.sum(1) - need[rows, largest]
        result[name] = median(100.0 * (supply.sum(1) - supply[rows, largest]) / rest)
    result["ranking"] = rank_correlation([result[name] for name in COVERED], list(COVERED.values()))
    return result


def bought_t(world: World, mineral: int) -> Array:
    """Metal in the goods that each nation's buyers want in a turn, [seeds, N]."""
    by_product = world.need_t[:, :, mineral].sum(1)
    wanted = world.product_need_usd_bn
    return np.asarray((by_product[:, None] * wanted / wanted.sum(1, keepdims=True)).sum(-1))


def concentration(lab: Laboratory) -> dict[str, float]:
    """Fact 4: mean share of the three largest refiners of six minerals, at the opening and ten years on."""

    def top_three(world: World) -> Array:
        shares = []
        for name in SIX:
            output = refined_output_t(world, lab.axes.mineral_index[name])
            shares.append(100.0 * np.sort(output, axis=1)[:, -3:].sum(1) / output.sum(1))
        return np.asarray(np.mean(shares, axis=0))

    base = lab.base(20)
    return {"opening": median(top_three(base[0])), "drift": median(top_three(base[20]) - top_three(base[0]))}


def glut(lab: Laboratory) -> dict[str, float]:
    """Fact 5: Australian nickel through Indonesia's growth, without and with a floor under it."""
    turns, flood = 6, grow("IDN", "nickel", 1.5, 6)
    levers = {"nickel glut": flood, "nickel glut with a floor": together(flood, price_floor("AUS", "nickel"))}
    lab.play(levers, turns)
    nation, mineral = lab.axes.nation_index["AUS"], lab.axes.mineral_index["nickel"]
    without = lab.base(turns)[turns].mined_t[:, nation, mineral]

    def change(name: str) -> float:
        mined = lab.course(name, levers[name], turns)[turns].mined_t[:, nation, mineral]
        return median(100.0 * (mined / without - 1.0))

    return {"without_floor": change("nickel glut"), "with_floor": change("nickel glut with a floor")}


def floor_cost(lab: Laboratory) -> dict[str, float]:
    """Fact 6: what a floor at twice the 2024 price costs a year."""
    turns, mineral = 20, lab.axes.mineral_index["rare_earths"]
    nation = lab.axes.nation_index["USA"]

    def gap(world: World) -> Array:
        return np.asarray(np.maximum(FLOOR_MULTIPLE - np.exp(world.refinery_gate_ln[:, nation, mineral]), 0.0))

    mean = over_time(lab.base(turns), gap, turns)[1:].mean(0)
    return {"cost": median(mean) * FLOORED_T * float(lab.calibration.baseline.price_usd_per_t[mineral]) / 1e9}


def recycling(lab: Laboratory) -> dict[str, float]:
    """Fact 8: recycled metal over all refined metal when collection is scaled up."""
    schedule = lab.calibration.schedule
    collected = replace(schedule, collection=np.maximum(schedule.collection, COLLECTION_2030))
    scaled_up = Laboratory(replace(lab.calibration, schedule=collected), lab.seeds, lab.is_idle)
    plants = together(*(support(nation, "nickel", RECYCLE, FIRST_PLANT_USD_BN) for nation in FIRST_RECYCLERS))
    course = scaled_up.course("recycling scaled up", plants, TURN_2050)

    def share(name: str, turn: int) -> float:
        mineral, world = lab.axes.mineral_index[name], course[turn]
        recycled = world.recycled_t[:, :, mineral].sum(1)
        return median(100.0 * recycled / refined_output_t(world, mineral).sum(1))

    four = ("copper", "cobalt", "lithium", "nickel")
    result = {f"{name}_2050": share(name, TURN_2050) for name in four}
    result["mean_2040"] = float(np.mean([share(name, TURN_2040) for name in four]))
    return result | {"lithium_2029": share("lithium", TURN_2029)}


def ore_ban(lab: Laboratory) -> dict[str, float]:
    """Fact 14: an ore ban by Indonesia as it was in 2019, and by Peru."""
    turns = 8
    nickel = together(move_refineries("IDN", "CHN", "nickel", 0.17), restrict("IDN", "nickel", "ban", layers=("ore",)))
    both = together(nickel, restrict("PER", "copper", "ban", layers=("ore",)))
    world, base = lab.course("ore bans", both, turns)[turns], lab.base(turns)[turns]
    index = lab.axes.nation_index

    def share(of: World, name: str, nation: str) -> Array:
        return share_of_nation(refined_output_t(of, lab.axes.mineral_index[name]), index[nation])

    gain = share(world, "copper", "PER") - share(base, "copper", "PER")
    return {"nickel_share": median(share(world, "nickel", "IDN")), "copper_gain": median(gain)}


def flooding(lab: Laboratory) -> dict[str, float]:
    """Fact 17: growth by the largest suppliers of rare earths and cobalt."""
    turns = 8
    levers = together(
        grow("CHN", "rare_earths", 1.93, 8),
        grow("COD", "cobalt", 1.85, 6, (MINE,)),
        grow("IDN", "cobalt", 2.0, 6, (MINE,)),
        grow("CHN", "cobalt", 1.85, 6, (REFINE,)),
    )
    course, base = lab.course("flooding", levers, turns), lab.base(turns)
    index = lab.axes.mineral_index
    return {
        "rare_earths": float(price_times(course, base, index["rare_earths"], 8)[8]),
        "cobalt": float(price_times(course, base, index["cobalt"], 6)[6]),
    }


def takeover(lab: Laboratory) -> dict[str, float]:
    """Fact 19: Zambian copper without reinvestment."""
    turns = 40
    nation, mineral = lab.axes.nation_index["ZMB"], lab.axes.mineral_index["copper"]
    course = lab.course("no reinvestment", no_new_capacity("ZMB", "copper"), turns)
    mined = over_time(course, lambda world: np.asarray(world.mined_t[:, nation, mineral]), turns)
    yearly = (mined[turns] / mined[0]) ** (TURNS_PER_YEAR / turns) - 1.0
    return {"decline": median(100.0 * yearly)}
