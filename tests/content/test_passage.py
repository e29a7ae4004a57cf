"""Figures of corridors: read with their bounds, and every slip is named."""

import numpy as np
import yaml

from game.content.draft import merged
from game.content.network import build_network
from game.content.passage import passage_problems, passages_of
from game.files import LEVELS

NATIONS = ("CHN", "EUU", "ROW", "TZA")


def test_corridors_of_the_world_have_room_odds_and_owners():
    passages = build_network(LEVELS / "_shared", NATIONS).passages
    assert np.isfinite(passages.headroom).sum() >= 12
    assert 0.1 < passages.closing_odds.sum() < 2.0, "a few events a decade"
    assert all((passages.closed_turns >= 1) & (passages.open_share <= 1))


def test_owners_are_positions_of_nations_in_play():
    row = {"controlling_nations": ["TZA", "ZMB", "CHN"], "capacity_kt": 5500, "headroom": 1.25}
    passages = passages_of({"tazara": row}, NATIONS)
    assert passages.owners == ((3, 0),)
    assert passages.capacity_t[0] == 5.5e6


def test_works_with_a_year_open_in_its_middle_and_others_wait():
    rows = {
        "rail": {"works": {"state": "under_construction", "year": 2030, "kt": 1500, "cost_usd_bn": 4, "turns": 8}},
        "dream": {"works": {"state": "announced", "kt": 100, "rail_km": 300}},
        "sea": {},
    }
    passages = passages_of(rows, NATIONS)
    assert passages.works_turn.tolist() == [12, 0, 0], "the second half of 2030"
    assert passages.works_t.tolist() == [1.5e6, 1e5, 0.0]
    assert passages.has_works.tolist() == [True, True, False]
    assert (passages.works_usd_bn[0], passages.works_turns[0], passages.works_rail_km[1]) == (4, 8, 300)


def test_a_corridor_with_a_capacity_alone_is_limited_and_one_without_either_is_not():
    passages = passages_of({"rail": {"capacity_kt": 10}, "sea": {}}, NATIONS)
    assert passages.headroom.tolist() == [0.0, np.inf]


def test_slips_are_named_with_their_remedy():
    rows = {
        "suez": {"closing_odds": 1.5, "neighbours": ["hormus"]},
        "hormuz": {"open_share": "half", "works": 2030},
        "lobito": {"works": {"state": "under_construction", "turns": 0}},
    }
    text = "\n".join(map(str, passage_problems(rows)))
    assert "closing_odds is 1.5" in text
    assert "did you mean hormuz?" in text
    assert "open_share is 'half'" in text
    assert "works is 2030" in text
    assert "works: turns is 0" in text
    assert "works under construction have no year" in text


def test_a_level_lets_works_open_that_the_world_only_announces():
    shared = yaml.safe_load((LEVELS / "_shared" / "corridors.yaml").read_text(encoding="utf-8"))
    changed = merged(shared, {"imec": {"works": {"state": "under_construction", "year": 2032}}})
    assert list(passage_problems(changed)) == []
    names = list(shared)
    before, after = (passages_of(rows, NATIONS).works_turn[names.index("imec")] for rows in (shared, changed))
    assert (before, after) == (0, 16)
