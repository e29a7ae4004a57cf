"""The simple rules of the game hold as behaviour of the economy; levers are set by hand."""

from dataclasses import replace

import numpy as np
import pytest

from game.content.build import build_baseline
from game.content.load import load_level
from game.engine.axes import MINE, ORE, RECYCLE, REFINE, REFINED, TURNS_PER_YEAR
from game.engine.baseline import Parameters
from game.engine.calibrate import calibrate
from game.engine.fields import CAUSE, TREASURY
from game.engine.ledger import check
from game.engine.opening import opening_world
from game.engine.phases.stocks import stocks
from game.engine.phases.technology import technology
from game.engine.technology import leak_odds
from game.engine.tension import TAX_TENSION, world_tension
from game.engine.turn import Keys, advance, begin_turn
from tests.small_world import settled_baseline

STILL = Parameters(constant_stock_change=True, by_product_trend=0.0)
MINER, REFINER, USER, BIG_USER = 0, 1, 3, 4


def world_of(**changes):
    base = settled_baseline(nations=5, parameters=STILL)
    return calibrate(replace(base, reserves_t=np.full_like(base.reserves_t, np.inf), **changes))


def path(calibration, turns, each_turn=lambda world: None, first=lambda world: None):
    """Worlds after every turn; `first` acts before turn 1, `each_turn` before every turn. The ledger always holds."""
    world = opening_world(calibration)
    first(world)
    worlds = []
    for _ in range(turns):
        begin_turn(world)
        each_turn(world)
        after = advance(world, calibration, Keys(1, (0,)))
        assert check(world, after, calibration) == []
        worlds.append(after)
        world = after
    return worlds


def quota(world, nation, layer, share, turns=99):
    """Hold a nation's exports of a layer at a share of last year's."""
    flow = (world.ore_flow_t if layer == ORE else world.refined_flow_t)[0, 0, nation]
    abroad = np.arange(len(flow)) != nation
    world.export_target[0, nation, 0, layer] = abroad
    world.export_quota_t[0, nation, 0, layer] = share * flow[abroad].sum()
    world.export_until[0, nation, 0, layer] = world.turn + turns


def sign(world, seller, buyer, tonnes, until=99):
    world.contract_seller[0, 0], world.contract_buyer[0, 0] = seller, buyer
    world.contract_mineral[0, 0], world.contract_layer[0, 0] = 0, REFINED
    world.contract_t[0, 0], world.contract_until[0, 0] = tonnes, until


# --- words take a turn, buildings take years -------------------------------------------------------------------------


def test_a_measure_moves_prices_in_its_turn_and_a_mine_opens_after_its_lead():
    calibration = world_of()
    restricted = path(calibration, 1, first=lambda w: quota(w, REFINER, REFINED, 0.5))[0]
    assert restricted.delivered_ln[0, USER, 0] > 0.05
    lead = int(calibration.baseline.mine_lead[0])

    def build(world):
        world.pipeline_t[0, USER, 0, MINE, lead - 1] = 50.0

    usual, worlds = path(calibration, lead), path(calibration, lead, first=build)
    more = [w.capacity_t[0, USER, 0, MINE] - u.capacity_t[0, USER, 0, MINE] for w, u in zip(worlds, usual, strict=True)]
    assert max(more[:-1]) == 0
    assert more[-1] == pytest.approx(50.0)


def test_in_the_real_world_a_mine_takes_two_years_and_more_a_refinery_one_and_more():
    baseline = build_baseline(load_level("long_arc"))
    by_product = baseline.is_by_product
    assert baseline.mine_lead.min() >= 2 * TURNS_PER_YEAR
    assert np.median(baseline.mine_lead[~by_product]) >= 4 * TURNS_PER_YEAR
    assert baseline.refinery_lead.min() >= TURNS_PER_YEAR
    assert baseline.recycler_lead.min() >= 2


# --- contracts are filled first, spot gets the rest ------------------------------------------------------------------


def short(world):
    """Two thirds of the refiner's capacity are gone."""
    world.capacity_t[0, REFINER, 0, REFINE] /= 3.0


def test_in_a_squeeze_who_holds_a_contract_is_served_and_the_spot_buyers_share_the_loss():
    calibration = world_of()
    promised = 0.9 * path(calibration, 1)[0].use_t[0, USER, 0].sum()
    free = path(calibration, 2, first=short)[-1]

    def short_under_contract(world):
        short(world)
        sign(world, REFINER, USER, promised)

    bound = path(calibration, 2, first=short_under_contract)[-1]
    assert bound.contract_delivered_t[0, 0] == pytest.approx(promised)
    assert bound.refined_flow_t[0, 0, REFINER, USER] >= promised
    assert bound.refined_flow_t[0, 0, REFINER, BIG_USER] < free.refined_flow_t[0, 0, REFINER, BIG_USER]
    assert bound.delivered_ln[0, BIG_USER, 0] > free.delivered_ln[0, BIG_USER, 0]
    assert bound.delivered_ln[0, USER, 0] < free.delivered_ln[0, USER, 0]


def test_in_a_glut_a_contract_binds_its_holder_to_more_than_the_market_would_bring():
    calibration = world_of()
    promised = 1.2 * path(calibration, 1)[0].refined_flow_t[0, 0, REFINER, USER]

    def glut(world):
        world.capacity_t[0, 2, 0, REFINE] *= 3.0
        sign(world, REFINER, USER, promised)

    bound = path(calibration, 2, first=glut)[-1]
    assert bound.delivered_ln[0, USER, 0] < 0
    assert bound.contract_delivered_t[0, 0] == pytest.approx(promised)


# --- scrap is yesterday's demand x lifetime x collection -------------------------------------------------------------


def scrap(calibration, factor, turns=40):
    """Scrap of the world after every turn when the use of the first is multiplied, [turn]."""
    world = opening_world(calibration)
    usual, total = world.use_t.copy(), []
    for turn in range(turns):
        world.use_t[...] = usual * (factor if turn == 0 else 1.0)
        before = world.copy()
        stocks(world, calibration, Keys(1, (0,)), before)
        total.append(world.scrap_t.sum())
    return np.array(total), usual.sum((0, 1, 2))


def test_scrap_is_the_use_of_the_past_by_the_lifetimes_of_its_goods():
    calibration = world_of()
    calm, used = scrap(calibration, 1.0)
    extra = scrap(calibration, 2.0)[0] - calm
    made = calibration.schedule.new_scrap_share[0]
    expected = ((1.0 - made) * used[:, None] * calibration.schedule.retirement).sum(0)
    expected[0] += made * used.sum()
    assert extra[0] == 0
    assert extra[1:] == pytest.approx(expected[:39], rel=1e-6, abs=1e-6)


def test_a_boom_of_use_gives_next_to_no_scrap_for_two_years_and_most_of_it_in_fifteen():
    calibration = world_of()
    calm, used = scrap(calibration, 1.0)
    extra = scrap(calibration, 2.0)[0] - calm
    old = (1.0 - calibration.schedule.new_scrap_share[0]) * used.sum()
    assert extra[2:5].sum() < 0.1 * old
    assert extra[2:32].sum() > 0.8 * old
    lifetime = calibration.baseline.product_lifetime[0] * TURNS_PER_YEAR
    assert abs(2 + int(extra[2:].argmax()) - lifetime) <= 2, "most comes back as the goods of the largest use grow old"


def test_recycled_metal_grows_with_collection_up_to_what_retires():
    calibration = world_of()
    double = replace(calibration.schedule, collection=np.minimum(2 * calibration.schedule.collection, 1.0))
    better = replace(calibration, schedule=double)

    def plants(world):
        world.capacity_t[0, :, 0, RECYCLE] *= 3.0

    one, two = path(calibration, 1, first=plants)[0], path(better, 1, first=plants)[0]
    assert one.recycled_t.sum() < two.recycled_t.sum() <= 2 * one.recycled_t.sum() * (1 + 1e-9)
    assert two.recycled_t.sum() <= two.scrap_t.sum()


def test_plants_without_scrap_run_empty():
    calibration = world_of()

    def starved(world):
        world.retiring_t[...] = 0.0

    assert path(calibration, 1, first=starved)[0].recycled_t.sum() == pytest.approx(0, abs=1e-9)


# --- refining is leverage, mining is income --------------------------------------------------------------------------


def test_a_refiner_who_stops_hurts_its_customers_more_than_a_miner_of_the_same_tonnes():
    """Ore is mined in many places here, and refined in one: as rare earths and gallium are."""
    base = settled_baseline(nations=5, parameters=STILL)
    even = np.full_like(base.mined_t, base.mined_t.sum() / 5.0)
    calibration = calibrate(replace(base, mined_t=even, reserves_t=np.full_like(base.reserves_t, np.inf)))
    ore_stop = path(calibration, 2, first=lambda w: quota(w, MINER, ORE, 0.1))[-1]
    metal_stop = path(calibration, 2, first=lambda w: quota(w, REFINER, REFINED, 0.1))[-1]
    usual = path(calibration, 2)[-1]
    assert usual.ore_flow_t[0, 0, MINER].sum() > 0
    loss = [1.0 - world.use_t[0, 3:, 0].sum() / usual.use_t[0, 3:, 0].sum() for world in (ore_stop, metal_stop)]
    price = [world.delivered_ln[0, 3:, 0].mean() for world in (ore_stop, metal_stop)]
    assert price[1] > 3 * price[0]
    assert loss[1] > loss[0]


def test_royalties_go_to_who_mines_and_a_dear_mineral_pays_the_miner():
    calibration = world_of()

    def royalty(world):
        return world.posting[0, :, TREASURY, CAUSE["royalty"]]

    usual = path(calibration, 1)[0]
    mined = usual.mined_t[0, :, 0] > 0
    assert (royalty(usual)[mined] > 0).all()
    assert (royalty(usual)[~mined] == 0).all()

    def boom(world):
        world.demand_shock_ln[0] = 0.2

    dear = path(calibration, 1, first=boom)[0]
    assert royalty(dear)[MINER] > 1.1 * royalty(usual)[MINER]


# --- firms open when price beats cost plus country risk, idle after two bad turns ------------------------------------

ENTRANT = 2


def entrant(world, floor=None):
    """A subsidised refinery of a nation that has little to speak of, at a tenth more cost than the others."""
    world.capacity_t[0, ENTRANT, 0, REFINE] = 0.08 * world.capacity_t[0, :, 0, REFINE].sum()
    world.cost_ln[0, ENTRANT, 0, REFINE] = 0.1
    if floor is not None:
        world.floor_ln[0, ENTRANT, 0, REFINE] = floor


def price_war(world):
    """The dominant refiner sells below cost, with half as much capacity again."""
    world.capacity_t[0, REFINER, 0, REFINE] *= 1.6
    world.cost_ln[0, REFINER, 0, REFINE] = -0.8


def refinery(worlds, nation=ENTRANT):
    """Capacity at work and output of a nation's refinery after every turn."""
    return np.array([(w.capacity_t[0, nation, 0, REFINE], w.refined_t[0, nation, 0]) for w in worlds])


def test_a_dominant_producer_prices_an_entrant_out_and_a_floor_keeps_it_alive():
    calibration = world_of()

    def war(floor):
        def first(world):
            entrant(world, floor)
            price_war(world)

        return path(calibration, 12, first=first)

    peace = refinery(path(calibration, 12, first=entrant))
    alone, held = war(None), war(np.log(2.2))
    assert refinery(alone)[5, 1] < 0.1 * peace[5, 1], "priced out within three years"
    left = [w.capacity_t[0, ENTRANT, 0, REFINE] + w.idled_t[0, ENTRANT, 0, REFINE] for w in alone]
    assert left[-1] < 0.6 * left[0], "and what stands still rots"
    assert refinery(held)[:, 1].min() > 0.5 * peace[0, 1], "kept alive"
    assert refinery(held)[-1, 1] > 0.8 * peace[-1, 1]
    bill = [w.posting[0, ENTRANT, TREASURY, CAUSE["price_floor"]] for w in held]
    assert max(bill) <= 0
    assert sum(bill) < -0.001, "and the state pays for it turn by turn"
    assert alone[-1].posting[0, ENTRANT, TREASURY, CAUSE["price_floor"]] == 0


def test_a_plant_is_laid_up_after_two_bad_turns_and_takes_turns_to_come_back():
    calibration = world_of()

    def no_margin(world):
        world.cost_ln[0, ENTRANT, 0, REFINE] = 0.8 if world.turn < 4 else 0.0

    worlds, usual = path(calibration, 12, each_turn=no_margin), path(calibration, 12)
    capacity = refinery(worlds)[:, 0] / refinery(usual)[:, 0]
    idle = np.array([w.idled_t[0, ENTRANT, 0, REFINE] for w in worlds])
    assert idle[:2].max() == 0, "one bad turn is not enough"
    assert idle[2] > 0
    assert capacity[2] < 0.7 < capacity[1]
    assert worlds[4].refined_t[0, ENTRANT, 0] < 0.7 * usual[4].refined_t[0, ENTRANT, 0], "good again, but laid up"
    assert capacity[5] - capacity[4] < 0.05, "the turn after is too soon"
    assert capacity[6] < capacity[7] < capacity[8], "it comes back bit by bit"


def test_sites_that_earn_their_keep_are_never_laid_up():
    assert all(w.idled_t.sum() == 0 for w in path(world_of(), 8))


def test_new_mines_open_only_when_the_price_beats_cost_and_the_better_governed_get_more():
    base = settled_baseline(nations=5, parameters=STILL)
    ore = np.where(np.arange(5)[:, None] >= 3, 1e6, 1e9)
    mined = base.mined_t.copy()
    mined[0] += mined[3:].sum(0)
    mined[3:] = 0.0
    calibration = calibrate(replace(base, mined_t=mined, reserves_t=np.full_like(ore, 1e7)))

    def dear(level):
        def first(world):
            world.expected_mine_ln[...] = level

        world = path(calibration, 1, first=first)[0]
        return world.pipeline_t[0, 3:, 0, MINE].sum(-1)

    assert dear(0.2).sum() == 0, "below the threshold nobody comes"
    worse, better = dear(0.8)
    assert 0 < worse < better


# --- leverage is what you lose if I stop, minus what I lose ----------------------------------------------------------


def test_restriction_pays_early_and_costs_late_because_customers_leave_for_good():
    calibration = world_of()
    usual = path(calibration, 40)

    def squeeze(world):
        if world.turn == 0:
            quota(world, REFINER, REFINED, 0.35, turns=8)

    used = path(calibration, 40, first=squeeze)

    def income(worlds, turn):
        w = worlds[turn - 1]
        abroad = np.arange(5) != REFINER
        return w.refined_flow_t[0, 0, REFINER, abroad].sum() * np.exp(w.refinery_gate_ln[0, REFINER, 0])

    def rent(worlds, turn):
        w = worlds[turn - 1]
        abroad = np.arange(5) != REFINER
        gate = np.exp(w.refinery_gate_ln[0, REFINER, 0] + w.export_rent_ln[0, REFINER, 0, REFINED])
        return w.refined_flow_t[0, 0, REFINER, abroad].sum() * gate

    assert rent(used, 2) > rent(usual, 2), "the squeeze pays at first"
    assert used[7].scar[0, BIG_USER, 0] > 0.01
    assert used[-1].scar[0, BIG_USER, 0] >= used[8].scar[0, BIG_USER, 0], "what is lost stays lost"
    assert used[-1].need_t[0, BIG_USER, 0].sum() < usual[-1].need_t[0, BIG_USER, 0].sum()
    assert income(used, 40) < income(usual, 40), "and costs for ever after"
    assert usual[-1].scar.sum() == 0


# --- openness speeds research and leaks it ---------------------------------------------------------------------------


def test_openness_speeds_research_and_leaks_it():
    """Twenty games of the real world from 2025 with China wholly closed and wholly open."""
    base = build_baseline(load_level("long_arc"))
    calibration = calibrate(base)
    china, separation = base.axes.nations.index("CHN"), 1
    start = opening_world(calibration, 60)
    know = {}
    for openness in (0.0, 100.0):
        world = start.copy()
        world.openness[:, china] = openness
        for _ in range(20):
            world.turn += 1
            technology(world, calibration, Keys(1, tuple(range(60))))
        know[openness] = world.know[:, :, separation]
    own = {key: value[:, china].mean() for key, value in know.items()}
    others = {key: np.delete(value, china, 1).mean() for key, value in know.items()}
    assert own[100.0] >= own[0.0]
    assert others[100.0] > others[0.0] + 0.1


# --- tension above 60 taxes everyone ---------------------------------------------------------------------------------


def test_high_tension_taxes_everyone_not_only_the_rivals():
    """The real world in a calm year and with the two largest powers at daggers drawn: insurance, talent, corridors."""
    base = build_baseline(load_level("long_arc"))
    calibration = calibrate(base)
    axes = base.axes
    rivals = [axes.nation_index[name] for name in ("USA", "CHN", "EUU")]
    calm = opening_world(calibration)
    tense = calm.copy()
    for one in rivals:
        for other in rivals:
            tense.tension[0, one, other] = 100.0 * (one != other)
    assert world_tension(tense, base.gdp_usd_bn)[0] > TAX_TENSION
    outsiders = np.setdiff1d(np.arange(len(axes.nations)), rivals)
    learnt = [leak_odds(world, calibration)[0, outsiders].sum(0) for world in (calm, tense)]
    assert (learnt[1] < learnt[0]).all(), "talent moves less, also between nations that have no quarrel"
    moved = [advance(world, calibration, Keys(1, (0,))) for world in (calm, tense)]
    need = base.consumption_t[outsiders] * base.price_usd_per_t
    dearer = ((moved[1].delivered_ln - moved[0].delivered_ln)[0, outsiders] * need).sum(1)
    assert (dearer[need.sum(1) > 0] > 0).mean() > 0.7, "metal costs nearly everyone more"
    assert moved[1].industry[0, rivals].sum() < moved[0].industry[0, rivals].sum(), "the rivals most of all"


def test_below_the_threshold_tension_is_the_rivals_own_affair():
    base = build_baseline(load_level("long_arc"))
    calibration = calibrate(base)
    world = opening_world(calibration)
    calm = leak_odds(world, calibration).copy()
    world.tension[0, base.axes.nation_index["USA"], base.axes.nation_index["CHN"]] = 50.0
    np.testing.assert_array_equal(leak_odds(world, calibration), calm)
