"""Each lever does what it says; with the lever off nothing of the kind happens."""

import numpy as np
import pytest

from game.batch.fact import lever as levers
from game.batch.fact.laboratory import Course, Laboratory, Lever
from game.batch.fact.lever import exports_t
from game.engine.axes import MINE, REFINE


class Bench:
    """Plays one lever and finds positions by name."""

    def __init__(self, lab: Laboratory) -> None:
        self.lab = lab

    def course(self, lever: Lever, turns: int) -> Course:
        self.lab.play({"test": lever}, turns)
        return self.lab.course("test", lever, turns)

    def at(self, nation: str, mineral: str) -> tuple[int, int]:
        return self.lab.axes.nation_index[nation], self.lab.axes.mineral_index[mineral]


@pytest.fixture
def bench(lab: Laboratory) -> Bench:
    return Bench(lab)


def test_what_a_quota_lets_out_is_the_given_share_of_the_opening(bench: Bench) -> None:
    n, m = bench.at("CHN", "gallium")
    course = bench.course(levers.let_out("CHN", "gallium", {1: 0.5, 2: 0.25}), 2)
    opening = exports_t(bench.lab.opening, n, m)[:, 1]
    assert exports_t(course[1], n, m)[:, 1] <= 0.5 * opening * 1.2  # and what leaks around it
    slips = bench.lab.calibration.parameters.leak_share * 0.75
    assert exports_t(course[2], n, m)[:, 1] <= (0.25 + slips) * opening * 1.02
    assert course[1].headline_ln[0, m] > bench.lab.base(1)[1].headline_ln[0, m] + 0.1


def test_a_ban_on_one_buyer_leaves_the_others(bench: Bench) -> None:
    n, m = bench.at("CHN", "gallium")
    usa, japan = bench.lab.axes.nation_index["USA"], bench.lab.axes.nation_index["JPN"]
    course = bench.course(levers.restrict("CHN", "gallium", "ban", targets=("USA",)), 1)
    now, then = (world.refined_flow_t[0, m, n] for world in (course[1], bench.lab.base(1)[1]))
    left = {buyer: now[buyer] / then[buyer] for buyer in (usa, japan)}
    assert left[usa] < 0.5
    assert left[japan] > left[usa] + 0.3  # less than all, as the banned buyer's orders go to others


def test_capacity_grows_by_the_factor_beside_what_else_is_built(bench: Bench) -> None:
    n, m = bench.at("IDN", "nickel")
    course, base = bench.course(levers.grow("IDN", "nickel", 1.5, 2), 2), bench.lab.base(2)
    more = (course[2].capacity_t - base[2].capacity_t)[0, n, m, MINE]
    assert more == pytest.approx(0.5 * bench.lab.calibration.capacity_t[n, m, MINE], rel=0.1)


def test_an_outage_is_over_after_a_turn(bench: Bench) -> None:
    n, m = bench.at("CHN", "silicon")
    course, base = bench.course(levers.outage("CHN", "silicon", REFINE, 0.2), 2), bench.lab.base(2)
    part = [course[t].capacity_t[0, n, m, REFINE] / base[t].capacity_t[0, n, m, REFINE] for t in (1, 2)]
    assert part == [pytest.approx(0.8, abs=0.01), pytest.approx(1.0, abs=0.02)]


def test_a_shock_of_demand_raises_need_by_its_size_and_fades(bench: Bench) -> None:
    m = bench.lab.axes.mineral_index["lithium"]
    course, base = bench.course(levers.demand("lithium", [0.2, 0.2]), 4), bench.lab.base(4)
    more = [np.log(c.need_t[0, :, m].sum() / b.need_t[0, :, m].sum()) for c, b in zip(course, base, strict=False)]
    assert more[1] == pytest.approx(0.2, abs=1e-9)
    assert 0 < more[2] <= 0.2 + 1e-9  # slow substitution answers the first turn's price
    assert more[4] < more[3] < 0.2


def test_support_builds_capacity_where_it_is_paid(bench: Bench) -> None:
    n, m = bench.at("MYS", "rare_earths")
    opens = 2 + int(bench.lab.calibration.schedule.entry_lead[m, REFINE])
    course = bench.course(levers.support("MYS", "rare_earths", REFINE, 0.5), opens)
    assert course[opens].capacity_t[0, n, m, REFINE] > bench.lab.base(opens)[opens].capacity_t[0, n, m, REFINE] * 1.1


def test_a_price_floor_keeps_mines_at_work_in_a_glut(bench: Bench) -> None:
    n, m = bench.at("AUS", "nickel")
    glut = levers.grow("IDN", "nickel", 2.0, 2)
    without = bench.course(glut, 4)[4].mined_t[0, n, m]
    held = bench.course(levers.together(glut, levers.price_floor("AUS", "nickel")), 4)[4].mined_t[0, n, m]
    assert held > 1.02 * without


def test_an_offtake_moves_metal_to_its_buyer(bench: Bench) -> None:
    n, m = bench.at("MYS", "rare_earths")
    buyer = bench.lab.axes.nation_index["EUU"]
    course = bench.course(levers.offtake("MYS", "EUU", "rare_earths", 6000.0, 1), 1)
    assert course[1].refined_flow_t[0, m, n, buyer] >= 2900.0


def test_buying_for_a_stock_raises_the_price(bench: Bench) -> None:
    m = bench.lab.axes.mineral_index["gallium"]
    course = bench.course(levers.purchase("USA", "gallium", 6.0, 500), 1)
    assert course[1].headline_ln[0, m] > bench.lab.base(1)[1].headline_ln[0, m]


def test_without_new_capacity_nothing_opens(bench: Bench) -> None:
    n, m = bench.at("ZMB", "copper")
    course, base = bench.course(levers.no_new_capacity("ZMB", "copper"), 12), bench.lab.base(12)
    assert course[12].capacity_t[0, n, m, MINE] <= course[0].capacity_t[0, n, m, MINE]
    assert course[12].capacity_t[0, n, m, MINE] < base[12].capacity_t[0, n, m, MINE]


def test_mines_into_which_nothing_is_put_lose_what_wears_away(bench: Bench) -> None:
    n, m = bench.at("ZMB", "copper")
    course = bench.course(levers.no_new_capacity("ZMB", "copper"), 12)
    worn = np.exp(-6 * bench.lab.calibration.parameters.mine_wear)
    assert course[12].capacity_t[0, n, m, MINE] == pytest.approx(worn * course[0].capacity_t[0, n, m, MINE], rel=0.02)


def test_moved_refineries_leave_the_world_what_it_has(bench: Bench) -> None:
    n, m = bench.at("IDN", "nickel")
    course = bench.course(levers.move_refineries("IDN", "CHN", "nickel", 0.17), 1)
    capacity, before = course[1].capacity_t[0, :, m, REFINE], bench.lab.base(1)[1].capacity_t[0, :, m, REFINE]
    assert capacity[n] / capacity.sum() == pytest.approx(0.17, abs=0.02)
    assert capacity.sum() == pytest.approx(before.sum(), rel=0.02)


def test_gathered_refineries_are_the_takers_and_the_world_has_as_many_as_before(bench: Bench) -> None:
    n, m = bench.at("CHN", "rare_earths")
    opening = bench.lab.opening.copy()
    before, ahead = opening.capacity_t[..., m, REFINE].sum(), opening.pipeline_t[..., m, REFINE, :].sum()
    levers.gather_refineries("CHN", "rare_earths", 0.99)(opening, bench.lab.calibration)
    assert opening.capacity_t[0, n, m, REFINE] == pytest.approx(0.99 * before)
    assert opening.capacity_t[..., m, REFINE].sum() == pytest.approx(before)
    assert opening.pipeline_t[..., m, REFINE, :].sum() == pytest.approx(ahead)
    assert (opening.capacity_t[..., m, REFINE] >= 0.0).all()
