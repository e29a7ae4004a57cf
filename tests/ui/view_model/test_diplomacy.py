"""What the diplomacy page shows, computed without pygame."""

import numpy as np
import pytest

from game.engine.measures.risk import leverage
from game.ui.view_model import diplomacy
from tests.ui.played import LONG, fresh, scene_of


@pytest.fixture
def scene():
    return scene_of(LONG, "JPN", 4)


def test_partners_are_those_traded_with_and_stand_in_order_of_their_bloc(scene):
    found = diplomacy.partners(scene)
    assert len(found) == diplomacy.MOST_PARTNERS
    assert max(p.trade_share for p in found) == 1.0
    assert [p.bloc for p in found] == sorted(p.bloc for p in found)
    assert "JPN" not in [p.nation for p in found]
    assert "ROW" not in [p.nation for p in found]
    for partner in found:
        assert partner.trust.value == scene.world.trust[0, scene.position(partner.nation), scene.nation]


def test_ties_join_those_who_trust_each_other(scene):
    found = diplomacy.partners(scene)
    for one, other in diplomacy.ties(scene, found):
        a, b = scene.position(one), scene.position(other)
        assert min(scene.world.trust[0, a, b], scene.world.trust[0, b, a]) >= diplomacy.FRIENDS


def test_blocs_are_treaties_of_three_and_more_with_their_mean_trust(scene):
    found = diplomacy.blocs(scene)
    partnership = next(bloc for bloc in found if "Minerals Security" in bloc.name)
    assert len({bloc.members for bloc in found}) == len(found)
    assert partnership.is_mine
    at = [scene.position(nation) for nation in partnership.members]
    trust = scene.world.trust[0][np.ix_(at, at)]
    assert partnership.cohesion.value == pytest.approx(trust[~np.eye(len(at), dtype=bool)].mean())
    assert found == sorted(found, key=lambda bloc: (not bloc.is_mine, -len(bloc.members)))


def test_who_can_squeeze_whom_is_leverage_the_strongest_first(scene):
    own, theirs = diplomacy.squeezes(scene)
    points = leverage(scene.world, scene.calibration)[0]
    assert theirs[0].first == scene.axes.nations[int(points[:, scene.nation].argmax())]
    for rows in (own, theirs):
        values = [row.points.value for row in rows]
        assert values == sorted(values, reverse=True)
        assert all(value >= diplomacy.SQUEEZE for value in values)


def test_the_matrix_has_the_seat_first_and_no_trust_in_oneself(scene):
    names, cells = diplomacy.matrix(scene)
    assert names[0] == "JPN"
    assert all(cells[k][k] is None for k in range(len(names)))
    assert cells[0][1].trust == scene.world.trust[0, scene.nation, scene.position(names[1])]


def test_secret_treaties_of_others_are_not_shown():
    match = fresh(LONG, "JPN", 2)
    scene = scene_of(LONG, "JPN", 4)
    shown = {row.slot for row in diplomacy.treaty_rows(scene)}
    assert shown
    other = next(row for row in diplomacy.treaty_rows(scene) if not row.is_mine)
    hidden = type(scene)(match, "JPN")
    hidden.view.world.arrays["treaty_secret"] = np.ones_like(scene.world.treaty_secret)
    assert all(row.is_mine for row in diplomacy.treaty_rows(hidden))
    assert other.slot in shown


def test_what_is_open_between_two_nations_is_said(scene):
    quiet = diplomacy.relation(scene, "CHN")
    assert quiet.leverage[0].value == pytest.approx(
        leverage(scene.world, scene.calibration)[0, scene.nation, scene.position("CHN")]
    )
    mine = type(scene)(scene.match, "JPN")
    arrays = {name: value.copy() for name, value in mine.view.world.arrays.items()}
    n, other = mine.nation, mine.position("CHN")
    arrays["sanction_rate"][0, other, n] = 0.2
    arrays["demand_target"][0, other], arrays["demand_due"][0, other] = n, 6
    arrays["case_by"][0, 0], arrays["case_against"][0, 0], arrays["case_due"][0, 0] = n, other, 7
    mine.view.world.arrays.update(arrays)
    words = " / ".join(diplomacy.relation(mine, "CHN").open)
    assert "China sanctions you" in words
    assert "demands a concession" in words
    assert "Your case against China" in words


def test_the_head_tells_treaties_tension_and_forum(scene):
    treaties, tension, forum = diplomacy.head_words(scene)
    assert treaties.value == sum(row.is_mine for row in diplomacy.treaty_rows(scene))
    assert 0 <= tension.value <= 100
    assert forum.value == scene.world.forum_strength[0]
