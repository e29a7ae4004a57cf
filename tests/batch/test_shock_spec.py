import pytest

from game.batch.shock_spec import read_shock
from game.batch.simulate import Arena
from game.content.load import load_level
from game.engine.calibrate import Calibration
from game.engine.shock import Shock
from game.problems import ProblemError


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    return Arena(load_level("long_arc")).calibration


def test_a_spec_names_mineral_nation_kind_change_and_turns(calibration: Calibration) -> None:
    axes = calibration.axes
    cobalt, congo = axes.mineral_index["cobalt"], axes.nation_index["COD"]
    assert read_shock("cobalt:COD:mine:-50%@2+3", calibration, 8) == Shock("mine", -0.5, 2, 3, cobalt, congo)
    assert read_shock("cobalt:COD:export:−100%", calibration, 8) == Shock("export", -1.0, 1, 1, cobalt, congo)
    assert read_shock("cobalt:CHN:use:+12.5%@4", calibration, 8).change == pytest.approx(0.125)


def test_a_spec_closes_a_corridor(calibration: Calibration) -> None:
    name = calibration.baseline.network.corridor_ids[0]
    assert read_shock(f"corridor:{name}:closed@1+4", calibration, 8) == Shock("corridor", -1.0, 1, 4, corridor=0)


def test_a_port_is_closed_by_its_own_id_or_by_that_of_the_harbour(calibration: Calibration) -> None:
    ids = calibration.baseline.network.corridor_ids
    durban = Shock("corridor", -1.0, 1, 1, corridor=ids.index("port_of_durban"))
    for name in ("port_of_durban", "durban_richards_bay", "durban_south_africa"):
        assert read_shock(f"port:{name}:closed", calibration, 8) == durban
    assert read_shock("corridor:port_of_durban:closed", calibration, 8) == durban
    assert read_shock("port:busan_gwangyang:-40%@2", calibration, 8).change == pytest.approx(-0.4)


def test_a_corridor_may_lose_a_part_of_its_room(calibration: Calibration) -> None:
    panama = calibration.baseline.network.corridor_ids.index("panama")
    assert read_shock("corridor:panama:-25%@3+2", calibration, 8) == Shock("corridor", -0.25, 3, 2, corridor=panama)


def test_tension_is_between_two_nations(calibration: Calibration) -> None:
    axes = calibration.axes
    china, taiwan = axes.nation_index["CHN"], axes.nation_index["TWN"]
    found = read_shock("tension:CHN:TWN:80@1+4", calibration, 8)
    assert found == Shock("tension", 80.0, 1, 4, nation=china, other=taiwan)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("port:suez:closed", ["suez"]),
        ("port:durbn_richards_bay:closed", ["durban_richards_bay?"]),
        ("corridor:suez:+10%", ["+10%", "-N%"]),
        ("corridor:simandou:closed", ["no metal", "simandou"]),
        ("tension:CHN:CHN:50", ["itself"]),
        ("tension:CHN:TWM:50", ["TWN?"]),
        ("tension:CHN:TWN:500", ["'500'", "100"]),
        ("tension:CHN:50", ["3 parts", "four"]),
        ("cobalt:COD:-50%", ["3 parts", "four"]),
        ("cobaltt:COD:mine:-50%", ["cobaltt", "cobalt?"]),
        ("cobalt:CDO:mine:-50%", ["CDO", "COD?"]),
        ("cobalt:COD:mines:-50%", ["mines", "mine?"]),
        ("cobalt:COD:mine:50%", ["50%", "-50%"]),
        ("cobalt:COD:mine:-50", ["'-50'", "-50%"]),
        ("cobalt:COD:mine:-150%", ["-150%", "-100%"]),
        ("cobalt:COD:mine:+5000%", ["+5000%", "+1000%"]),
        ("cobalt:COD:mine:-50%@0", ["'0'", "@2+3"]),
        ("cobalt:COD:mine:-50%@9", ["9", "8 turns"]),
        ("cobalt:COD:mine:-50%@2+x", ["2+x"]),
        ("cobalt:COD:export:+50%", ["cut"]),
        ("cobalt:COD:stock:-50%@1+3", ["once", "+3"]),
        ("cobalt:JPN:mine:-50%", ["JPN mines no cobalt", "COD"]),
        ("corridor:suezz:closed", ["suezz", "suez"]),
        ("corridor:suez:open", ["'open'", "closed"]),
        ("corridor:suez", ["2 parts", "three"]),
        ("", ["four"]),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(spec: str, words: list[str], calibration: Calibration) -> None:
    with pytest.raises(ProblemError) as raised:
        read_shock(spec, calibration, 8)
    (problem,) = raised.value.problems
    sentence = str(problem)
    for word in words:
        assert word in sentence
    assert "\n" not in sentence
