import numpy as np

from game.batch.fact.laboratory import Laboratory
from game.batch.fact.lever import let_out, restrict
from game.engine.calibrate import Calibration


def test_a_course_whose_lever_does_nothing_is_the_one_without_levers(lab: Laboratory) -> None:
    course, base = lab.course("nothing", lambda world, calibration: None, 2), lab.base(2)
    for name in base[2].arrays:
        np.testing.assert_array_equal(course[2].arrays[name], base[2].arrays[name])


def test_a_course_is_the_same_alone_and_beside_others(calibration: Calibration) -> None:
    levers = {"a": let_out("CHN", "gallium", {1: 0.5}), "b": restrict("IDN", "nickel", "ban")}
    together, alone = Laboratory(calibration, seeds=2), Laboratory(calibration, seeds=2)
    together.play(levers, 2)
    course = alone.course("b", levers["b"], 2)
    for name, array in course[2].arrays.items():
        np.testing.assert_array_equal(array, together.course("b", levers["b"], 2)[2].arrays[name])


def test_an_idle_laboratory_leaves_every_lever_alone(calibration: Calibration) -> None:
    idle = Laboratory(calibration, seeds=1, is_idle=True)
    course = idle.course("ban", restrict("CHN", "gallium", "ban"), 1)
    np.testing.assert_array_equal(course[1].headline_ln, idle.base(1)[1].headline_ln)


def test_seeds_differ_by_chance(calibration: Calibration) -> None:
    world = Laboratory(calibration, seeds=2).base(1)[1]
    assert (world.headline_ln[0] != world.headline_ln[1]).any()
