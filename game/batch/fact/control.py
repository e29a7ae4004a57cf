"""Experiments about export controls, stocks and cartels."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from game.batch.fact.laboratory import Course, Laboratory, Lever
from game.batch.fact.lever import (
    demand,
    exports_t,
    gather_refineries,
    hold_stock,
    let_out,
    outage,
    purchase,
    restrict,
    together,
)
from game.batch.fact.reading import (
    MONTHS_PER_TURN,
    Array,
    customs_usd,
    median,
    over_time,
    present_value,
    price_times,
    rank_correlation,
    refined_output_t,
    share_of_nation,
)
from game.batch.hindcast import hindcast, load_all
from game.engine.axes import REFINE, TURNS_PER_YEAR
from game.engine.calibrate import calibrate
from game.engine.world import World
from game.rules.orders.buy_stock import MOST_LIMIT_PERCENT

CIPEC = ("CHL", "PER", "ZMB", "COD")
CARTELS = {  # members, and the share of their exports that they let out
    "copper": (CIPEC, 0.9),
    "cobalt": (("COD",), 0.7),
    "rare_earths": (("CHN",), 0.7),
    "graphite": (("CHN",), 0.7),
    "lithium": (("CHL", "AUS"), 0.7),
}
CARTEL_TURNS = 20
COPPER_CASH_COST = 0.5  # of the price of 2024: large mines in Chile 2.1 US$ a lb of 4.15 (Cochilco)
HEAVY_SHARE = 0.99  # of heavy rare earths is refined in China
BUYERS_IN_A_PANIC = 6
WITHHELD_SHARE = 0.15
RECESSION_LN = float(np.log(0.87))
MONTHS_UP = {
    "silicon": 1.0,
    "rare_earths": 12.0,
    "cobalt": 16.0,
    "lithium": 23.0,
    "copper": 28.0,
    "platinum_group": 40.0,
}
NEAR_THE_PEAK = 0.95
EPISODES = {
    "rare_earths": "ree_quota_2010",
    "lithium": "li_spike_2021_22",
    "copper": "cu_china_2003_06",
    "platinum_group": "pd_russia_1997_2001",
}
CRISIS_TURN = 9  # of the copper boom, which began in January 2004: the last half-year before the autumn of 2008
STOP_OF_2025 = {1: 0.28, 2: 0.22, 3: 0.48}  # share of exports let out: closed from 22 February to mid October
COBALT_MONTHS = 8.0  # of use, in Chinese hands and on the way there, after two years of surplus


def stocks(lab: Laboratory) -> dict[str, float]:
    """Fact 7: what six months of use outside China cost, and what buying in a panic does."""
    base, index = lab.calibration.baseline, lab.axes.mineral_index
    china = lab.axes.nation_index["CHN"]
    outside_t = base.consumption_t.sum(0) - base.consumption_t[china]
    cost = outside_t / TURNS_PER_YEAR * base.price_usd_per_t
    ban = restrict("CHN", "gallium", "ban")
    use_t = base.consumption_t[:, index["gallium"]] / TURNS_PER_YEAR
    buyers = [n for n in np.argsort(-use_t) if n not in (china, lab.axes.rest_of_world)][:BUYERS_IN_A_PANIC]
    bids = (purchase(lab.axes.nations[n], "gallium", MONTHS_PER_TURN, MOST_LIMIT_PERCENT) for n in buyers)
    panic = together(ban, *bids)
    levers = {"gallium ban": ban, "gallium ban and a panic": panic}
    lab.play(levers, 2)
    calm, bought = (lab.course(name, lever, 1) for name, lever in levers.items())
    rise = price_times(bought, calm, index["gallium"], 1)[1]
    return {
        "gallium": float(cost[index["gallium"]]) / 1e6,
        "lithium": float(cost[index["lithium"]]) / 1e9,
        "copper": float(cost[index["copper"]]) / 1e9,
        "panic": 100.0 * (float(rise) - 1.0),
    }


def adjustment(lab: Laboratory) -> dict[str, float]:
    """Fact 9: the part of demand in the adjustment to a shortage, years two to five."""
    turns = 10
    actors = {"cobalt": "COD", "rare_earths": "CHN", "platinum_group": "RUS"}
    lever = together(*(let_out(actor, mineral, {1: 0.5}) for mineral, actor in actors.items()))
    course, base = lab.course("halved exports for five years", lever, turns), lab.base(turns)
    shares = []
    for name, actor in actors.items():
        at = lab.axes.mineral_index[name], lab.axes.nation_index[actor]
        used, made = partial(_used_elsewhere_t, at=at), partial(_made_elsewhere_t, at=at, lab=lab)
        given_up = (over_time(base, used, turns) - over_time(course, used, turns))[3:].sum(0)
        gained = (over_time(course, made, turns) - over_time(base, made, turns))[3:].sum(0)
        answered = given_up + gained
        shares.append(100.0 * given_up / np.where(answered != 0, answered, np.nan))
    return {"demand_share": median(np.mean(shares, axis=0))}


def _used_elsewhere_t(world: World, at: tuple[int, int]) -> Array:
    """Use of a mineral by all nations but one, `at` (mineral, nation), [seeds]."""
    used = world.use_t[:, :, at[0]].sum(-1)
    return np.asarray(used.sum(1) - used[:, at[1]])


def _made_elsewhere_t(world: World, at: tuple[int, int], lab: Laboratory) -> Array:
    """Refined output of all nations but one from ore that is not that nation's, [seeds]."""
    mineral, nation = at
    made, ore = refined_output_t(world, mineral), world.ore_flow_t[:, mineral, nation]
    its_ore = (ore.sum(1) - ore[:, nation]) * lab.calibration.ratio[mineral]
    return np.asarray(made.sum(1) - made[:, nation] - its_ore)


def quota_2010(lab: Laboratory) -> Course:
    """Chinese rare-earth exports cut by 40 % for 54 months."""
    return lab.course("rare-earth quota", let_out("CHN", "rare_earths", {1: 0.6, 10: None}), 16)


def market_answer(lab: Laboratory) -> dict[str, float]:
    """Fact 11: months from a cut until half of the price rise is gone; past the horizon when it never is."""
    turns, mineral = 9, lab.axes.mineral_index["rare_earths"]
    rise = price_times(quota_2010(lab), lab.base(turns), mineral, turns) - 1.0
    peak = int(rise.argmax())
    halved = [turn for turn in range(peak + 1, turns + 1) if rise[turn] <= rise[peak] / 2.0]
    return {"months_to_half": float(MONTHS_PER_TURN * (halved[0] if halved else turns + 1))}


def leakage(lab: Laboratory) -> dict[str, float]:
    """Fact 12: a ban on one buyer, and exports above a quota."""
    gallium, rare_earths = lab.axes.mineral_index["gallium"], lab.axes.mineral_index["rare_earths"]
    usa, china = lab.axes.nation_index["USA"], lab.axes.nation_index["CHN"]
    course = lab.course("gallium ban on the USA", restrict("CHN", "gallium", "ban", targets=("USA",)), 2)
    world, base = course[1], lab.base(8)
    use = world.use_t[:, usa, gallium].sum(-1) / base[1].use_t[:, usa, gallium].sum(-1)
    dearer = world.delivered_ln[:, usa, gallium] - base[1].delivered_ln[:, usa, gallium]
    quota = 0.6 * exports_t(base[0], china, rare_earths)[:, 1]
    shipped = np.stack([exports_t(world, china, rare_earths)[:, 1] for world in quota_2010(lab)[3:9]])
    above = np.maximum(shipped - quota, 0.0) / shipped
    return {
        "rerouted": median(100.0 * use),
        "us_price": median(100.0 * np.expm1(dearer)),
        "smuggled": median(100.0 * above.mean(0)),
    }


def by_product_stop(lab: Laboratory) -> dict[str, float]:
    """Fact 15: the DR Congo stops cobalt and then lets out less than half."""
    turns, mineral, nation = 6, lab.axes.mineral_index["cobalt"], lab.axes.nation_index["COD"]
    stocked, full = content_to_hold(lab, "cobalt", COBALT_MONTHS), hold_stock("cobalt", COBALT_MONTHS)
    levers = {"full cobalt stocks": full, "cobalt stop": together(full, let_out("COD", "cobalt", STOP_OF_2025))}
    stocked.play(levers, turns)
    base, course = (stocked.course(name, lever, turns) for name, lever in levers.items())
    value = partial(customs_usd, calibration=stocked.calibration, nation=nation, mineral=mineral)
    gain = over_time(course, value, turns)[3:].sum(0) / over_time(base, value, turns)[3:].sum(0)
    return {
        "price": float(price_times(course, base, mineral, turns)[2]),
        "revenue": median(100.0 * (gain - 1.0)),
    }


def content_to_hold(lab: Laboratory, mineral: str, months: float) -> Laboratory:
    """A laboratory whose users and traders hold so many months of use at the prices of 2024, as in the hindcast.

    What lies beyond ordinary cover is let go of cheaply, but it does not press on the price at which it was built up.
    """
    baseline, m = lab.calibration.baseline, lab.axes.mineral_index[mineral]
    cover, spare = baseline.stock_cover.copy(), baseline.spare_cover.copy()
    ordinary = cover[m] - spare[m]
    cover[m] = months / MONTHS_PER_TURN
    spare[m] = max(cover[m] - ordinary, 0.0)
    return Laboratory(calibrate(replace(baseline, stock_cover=cover, spare_cover=spare)), lab.seeds, lab.is_idle)


def quota_decay(lab: Laboratory) -> dict[str, float]:
    """Fact 16: China halves rare-earth exports for five years."""
    turns, mineral, nation = 10, lab.axes.mineral_index["rare_earths"], lab.axes.nation_index["CHN"]
    course, base = lab.course("halved rare earths", let_out("CHN", "rare_earths", {1: 0.5}), turns), lab.base(turns)
    value = partial(customs_usd, calibration=lab.calibration, nation=nation, mineral=mineral)
    first_year = over_time(course, value, 2)[1:].sum(0) / over_time(base, value, 2)[1:].sum(0)

    def mining(world: World) -> Array:
        return share_of_nation(world.mined_t[:, :, mineral], nation)

    def refining(world: World) -> Array:
        return share_of_nation(refined_output_t(world, mineral), nation)

    return {
        "export_value": median(first_year),
        "mining_share": median(mining(base[turns]) - mining(course[turns])),
        "refining_share": median(refining(base[turns]) - refining(course[turns])),
    }


def halved_exports(lab: Laboratory) -> Course:
    """The largest exporter of each mineral halves its exports for two years."""
    levers = [let_out(lab.axes.nations[_largest_exporter(lab, m)], name, {1: 0.5, 5: None})
              for m, name in enumerate(lab.axes.minerals)]  # fmt: skip
    return lab.course("halved exports of all minerals", together(*levers), 4)


def _largest_exporter(lab: Laboratory, mineral: int) -> int:
    base, seats = lab.calibration.baseline, range(len(lab.axes.nations))
    worth = np.array([base.ore_price_usd_per_t[mineral], base.price_usd_per_t[mineral]])
    value = [float((exports_t(lab.opening, n, mineral)[0] * worth).sum()) for n in seats]
    return int(np.argmax([0.0 if n == lab.axes.rest_of_world else value[n] for n in seats]))


def restrictions(lab: Laboratory) -> dict[str, float]:
    """Fact 18: the largest price under halved exports, median of the ten minerals."""
    course, base = halved_exports(lab), lab.base(4)
    peaks = [price_times(course, base, m, 4).max() for m in range(len(lab.axes.minerals))]
    return {"price": float(np.median(peaks))}


def cartel_in_a_slump(lab: Laboratory) -> dict[str, float]:
    """Fact 21: copper use falls and four exporters hold back."""
    levers: list[Lever] = [let_out(nation, "copper", {1: 0.9, 3: 0.85}) for nation in CIPEC]
    course = lab.course("copper cartel in a slump", together(demand("copper", [RECESSION_LN] * 4), *levers), 4)
    mineral = lab.axes.mineral_index["copper"]
    price = np.exp([np.median(world.headline_ln[:, mineral]) for world in course])
    return {"price": float(price.min() / price[0])}


def cartels(lab: Laboratory) -> dict[str, float]:
    """Fact 25: what holding back pays, and for how long. Each cartel stands alone, since products join the minerals."""
    return {
        "copper_gain": _cartel_gain(lab, "copper", COPPER_CASH_COST),
        "cobalt_years": _cartel_years(lab, "cobalt"),
        "rare_earth_years": _cartel_years(lab, "rare_earths"),
        "bulk_years": max(_cartel_years(lab, "graphite"), _cartel_years(lab, "lithium")),
    }


def _cartel_gain(lab: Laboratory, name: str, cash_cost: float) -> float:
    """Percent by which a cartel raises its members' profits, present value; `cash_cost` over the price of 2024."""
    held, free = (present_value(_members_earn(lab, name, of, cash_cost)) for of in _cartel(lab, name))
    return median(100.0 * (held / free - 1.0))


def _cartel_years(lab: Laboratory, name: str) -> float:
    """Years until a year of the members' sales falls below that without the cartel."""
    held, free = (
        np.median(_members_earn(lab, name, of), 1).reshape(-1, TURNS_PER_YEAR).sum(1) for of in _cartel(lab, name)
    )
    below = np.flatnonzero(held <= free * (1.0 + 1e-9))
    return float(below[0] if len(below) else len(held))


def _cartel(lab: Laboratory, name: str) -> tuple[Course, Course]:
    """The course of a cartel and that without it."""
    members, out = CARTELS[name]
    held = together(*(let_out(nation, name, {1: out}) for nation in members))
    if name != "rare_earths":
        return lab.course(f"cartel of {name}", held, CARTEL_TURNS), lab.base(CARTEL_TURNS)
    heavy = gather_refineries("CHN", name, HEAVY_SHARE)
    return (
        lab.course("cartel of heavy rare earths", together(heavy, held), CARTEL_TURNS),
        lab.course("heavy rare earths", heavy, CARTEL_TURNS),
    )


def _members_earn(lab: Laboratory, name: str, course: Course, cash_cost: float = 0.0) -> Array:
    """Sales abroad of a cartel's members less what it costs to make them, in each turn, [turns, seeds] US$."""
    mineral, members = lab.axes.mineral_index[name], [lab.axes.nation_index[n] for n in CARTELS[name][0]]

    def earned(world: World) -> Array:
        sales = np.sum([customs_usd(world, lab.calibration, n, mineral) for n in members], axis=0)
        return np.asarray(sales * (1.0 - cash_cost * np.exp(-world.headline_ln[:, mineral])))

    return over_time(course, earned, CARTEL_TURNS)[1:]


def booms(lab: Laboratory) -> dict[str, float]:
    """Fact 26: months to the peak of six booms: of the episodes on record where there is one, else on today's world."""
    turns = 8
    lever = together(outage("CHN", "silicon", REFINE, 0.2), demand("cobalt", [float(np.log(1.12))] * 3))
    course, base = lab.course("booms", lever, turns), lab.base(turns)
    reached = {
        name: _peak_turn(price_times(course, base, lab.axes.mineral_index[name], turns))
        for name in ("silicon", "cobalt")
    }
    replayed = {outcome.episode.id: outcome for outcome in hindcast(load_all(())).outcomes}
    reached |= {name: replayed[episode].reached for name, episode in EPISODES.items()}
    copper = replayed[EPISODES["copper"]]
    after = copper.price[copper.extreme : CRISIS_TURN + 1]
    return {
        "order": rank_correlation([reached[name] for name in MONTHS_UP], list(MONTHS_UP.values())),
        "copper_fall": float(100.0 * (1.0 - after.min() / after[0])),
    }


def _peak_turn(path: Array) -> int:
    """The first turn in which most of the rise to the highest price is there."""
    return int(np.flatnonzero(path - 1.0 >= NEAR_THE_PEAK * (path.max() - 1.0))[0])


def two_prices(lab: Laboratory) -> dict[str, float]:
    """Fact 27: the price outside over the price inside under a quota, first two years."""
    mineral, nation = lab.axes.mineral_index["rare_earths"], lab.axes.nation_index["CHN"]

    def ratio(world: World) -> Array:
        return np.asarray(np.exp(world.headline_ln[:, mineral] - world.delivered_ln[:, nation, mineral]))

    return {"ratio": median(over_time(quota_2010(lab), ratio, 4)[1:].mean(0))}


def market_size(lab: Laboratory) -> dict[str, float]:
    """Fact 28: controls on small markets and on large ones."""
    small, base, index = halved_exports(lab), lab.base(4), lab.axes.mineral_index
    levers = [_withheld(lab, nation, name) for nation, name in (("IDN", "nickel"), ("CHL", "copper"))]
    large = lab.course("withheld nickel and copper", together(*levers), 4)
    peak = {
        name: float(price_times(small, base, index[name], 4).max()) for name in ("gallium", "cobalt", "rare_earths")
    }
    return peak | {name: float(price_times(large, base, index[name], 4).max()) for name in ("nickel", "copper")}


def _withheld(lab: Laboratory, nation: str, name: str) -> Lever:
    mineral = lab.axes.mineral_index[name]
    tonnes = exports_t(lab.opening, lab.axes.nation_index[nation], mineral)[0]
    metal = tonnes[0] * lab.calibration.ratio[mineral] + tonnes[1]
    share = 1.0 - WITHHELD_SHARE * float(lab.calibration.world_use_t[mineral] / metal)
    return let_out(nation, name, {1: share, 5: None})


def licence(lab: Laboratory) -> dict[str, float]:
    """Fact 29: a licence that costs most of one month's exports."""
    mineral = lab.axes.mineral_index["graphite"]
    # An office that turns down half of 30 % holds back 0.9 months of six.
    lever = restrict("CHN", "graphite", "licence", 0.3, turns=1)
    return {"price": float(price_times(lab.course("graphite licence", lever, 4), lab.base(4), mineral, 4).max())}


def macro_cost(lab: Laboratory) -> dict[str, float]:
    """Fact 30: output that US makers and the makers of final goods lose, over US GDP, in the first year of a stop.

    What makers of final goods lose in ordinary years is taken off.
    """
    nation = lab.axes.nation_index["USA"]
    levers = {"gallium": restrict("CHN", "gallium", "ban"), "rare_earths": restrict("CHN", "rare_earths", "full_ban")}
    lab.play({f"stop of {name}": lever for name, lever in levers.items()}, 2)

    def added(world: World) -> Array:
        return np.asarray(world.product_made_usd_bn[:, nation].sum(-1) - world.goods_lost_usd_bn[:, nation])

    gdp = float(lab.calibration.baseline.gdp_usd_bn[nation])
    whole = over_time(lab.base(2), added, 2)[1:].sum(0)
    return {
        name: median(whole - over_time(lab.course(f"stop of {name}", lever, 2), added, 2)[1:].sum(0)) * 100.0 / gdp
        for name, lever in levers.items()
    }
