import math
from dataclasses import replace

import numpy as np
import pytest

from game.ai.bargain import SEARCHED, cheapest_flip, replies, what_would_you_give
from game.ai.change import changes
from game.ai.deal import MOST_REASONS, REASONS, Ledger, ledgers, would_sign
from game.ai.outlook import Deal, Outlook, put_in_force
from game.forecast import begun
from game.rules.clauses.deliver import Deliver
from game.rules.clauses.know_how import KnowHow
from game.rules.treaty import CLAUSES, treaties
from tests.ai.table import SEED, arena, asked, deal, drafted, offtake, opening, outlook, seat

NATIONS = ("JPN", "CHN", "CHL")


@pytest.mark.parametrize("about", drafted(), ids=lambda about: about.treaty)
def test_a_ledger_of_at_most_six_reasons_sums_to_the_worth(about: Deal) -> None:
    for found in ledgers(outlook("JPN"), [(0, about)])[0].values():
        assert 0 < len(found.reasons) <= MOST_REASONS
        assert math.isclose(sum(reason.points for reason in found.reasons), found.worth, abs_tol=1e-9)
        assert {reason.name for reason in found.reasons} <= set(REASONS)
        assert all(math.isfinite(reason.points) for reason in found.reasons)
        assert found.signs == (found.margin >= 50.0)
        assert 0.0 <= found.margin <= 100.0


def test_more_volume_is_worth_more_to_a_buyer_in_need() -> None:
    worth = [would_sign(outlook("USA"), offtake("CHL", "USA", "copper", share)).worth for share in (0.05, 0.1, 0.2)]
    assert worth == sorted(worth)
    assert worth[-1] > worth[0] + 1.0


def test_who_goes_short_makes_more_of_the_same_delivery() -> None:
    world = opening().copy()
    copper = arena().calibration.axes.mineral_index["copper"]
    world.unmet_t[0, seat("USA"), copper] = 0.3 * world.need_t[0, seat("USA"), copper].sum()
    short = Outlook.of(world, arena().calibration, arena().personalities, [seat("USA")], SEED)
    about = offtake("CHL", "USA", "copper", 0.1)
    assert would_sign(short, about).points("prospect") > would_sign(outlook("USA"), about).points("prospect")


def test_more_than_can_be_used_is_a_burden() -> None:
    fair, all_of_it = (would_sign(outlook("USA"), offtake("CHL", "USA", "copper", share)) for share in (0.2, 1.0))
    assert all_of_it.worth < fair.worth


def distrusting(trust: float) -> Ledger:
    world = opening().copy()
    world.trust[0, seat("USA"), seat("CHL")] = trust
    found = Outlook.of(world, arena().calibration, arena().personalities, [seat("USA")], SEED)
    return would_sign(found, offtake("CHL", "USA", "copper", 0.1))


def test_a_nation_that_distrusts_refuses_and_says_why() -> None:
    calm, cheated = distrusting(50.0), distrusting(5.0)
    assert calm.signs
    assert not cheated.signs
    assert cheated.reasons[0].name == "trust"
    assert cheated.reasons[0].points < 0


def test_tension_asks_for_more() -> None:
    world = opening().copy()
    world.tension[0, seat("USA"), seat("CHL")] += 40.0
    tense = Outlook.of(world, arena().calibration, arena().personalities, [seat("USA")], SEED)
    about = offtake("CHL", "USA", "copper", 0.1)
    assert would_sign(tense, about).threshold > would_sign(outlook("USA"), about).threshold


COUNTERED = [("KAZ", offtake("KAZ", "EUU", "titanium", 0.2)), ("KOR", offtake("IDN", "KOR", "nickel", 0.1))]


@pytest.mark.parametrize(("name", "about"), COUNTERED, ids=("seller", "buyer"))
def test_the_counter_flips_the_answer(name: str, about: Deal) -> None:
    found = asked(name, about)
    assert found.verdict == "counter"
    assert found.counter is not None
    assert not found.ledger.signs
    assert would_sign(outlook(name), found.counter.deal).signs
    assert 1 <= len(found.counter.changed) <= 2
    assert cheapest_flip(outlook(name), about) == found.counter


def test_no_deal_that_is_signed_as_it_is_gets_a_counter() -> None:
    assert cheapest_flip(outlook("CHL"), deal("technology_transfer", "CHL", "CHN", size=0.15)) is None


def test_every_change_is_a_legal_clause_and_keeps_what_the_treaty_needs() -> None:
    for about in drafted():
        for change in changes(outlook("JPN"), 0, about):
            kinds = [clause.kind for clause in change.deal.clauses]
            assert len(set(kinds)) == len(kinds)
            assert set(treaties()[about.treaty].needed) <= set(kinds)
            assert change.deal.clauses != about.clauses
            assert change.kind not in treaties()[about.treaty].published
            for clause in change.deal.clauses:
                assert CLAUSES[clause.kind].model_validate(clause.model_dump()) == clause


def test_what_would_you_give_names_a_package_with_the_wish_in_it() -> None:
    wish = KnowHow(track="separation", chance=0.1)
    found = what_would_you_give(outlook("JPN"), wish, seat("CHL"))
    assert found is not None
    given = found.counter.deal if found.counter else None
    if found.verdict == "counter":
        assert given is not None
        assert any(clause.kind == "know_how" for clause in given.clauses)
        assert seat("JPN") in given.second  # who teaches
    assert found.ledger.nation == seat("JPN")


def test_valuing_deals_leaves_the_world_and_the_outlook_as_they_are() -> None:
    before, expected = opening().state_hash(), outlook("JPN").believed.state_hash()
    asked("JPN", offtake("CHN", "JPN", "rare_earths", 0.2))
    assert opening().state_hash() == before
    assert outlook("JPN").believed.state_hash() == expected


def test_a_deal_is_worth_the_same_alone_and_among_others() -> None:
    some = [offtake("CHN", "JPN", "rare_earths", 0.2), deal("joint_stockpile", "JPN", "USA", size=1.5)]
    together = ledgers(outlook("JPN"), [(0, about) for about in (*some, *some)])
    assert together == [*(ledgers(outlook("JPN"), [(0, about)])[0] for about in some)] * 2


def test_the_same_seed_gives_the_same_reply() -> None:
    about = offtake("IDN", "KOR", "nickel", 0.1)
    again = Outlook.of(opening(), arena().calibration, arena().personalities, [seat("KOR")], SEED)
    assert replies(again, [(0, about)]) == [asked("KOR", about)]


def test_what_others_hide_changes_no_ledger() -> None:
    world = opening().copy()
    others = np.arange(world.public_stock_t.shape[1]) != seat("JPN")
    world.public_stock_t[:, others] += 5000.0
    found = Outlook.of(world, arena().calibration, arena().personalities, [seat("JPN")], SEED)
    about = offtake("CHN", "JPN", "rare_earths", 0.2)
    assert would_sign(found, about) == would_sign(outlook("JPN"), about)


def test_a_treaty_for_which_there_is_no_room_moves_nothing() -> None:
    world = begun(opening())
    world.treaty_kind[...] = 0
    before = world.state_hash()
    put_in_force(world, 0, offtake("CHL", "USA", "copper", 0.1).terms(world.axes))
    assert world.state_hash() == before


def test_a_search_follows_few_deals() -> None:
    followed: list[int] = []

    class Counting(Outlook):
        def with_deals(self, deals, futures):  # type: ignore[no-untyped-def]
            followed.append(len(deals))
            return super().with_deals(deals, futures)

    plain = outlook("KOR")
    counting = Counting(**{name: getattr(plain, name) for name in Outlook.__dataclass_fields__})
    about = offtake("IDN", "KOR", "nickel", 0.1)
    replies(counting, [(0, about)])
    assert followed[0] == 1
    assert all(count <= SEARCHED for count in followed[1:])


def test_a_longer_term_counts_more_for_who_is_patient() -> None:
    about = offtake("CHL", "USA", "copper", 0.1)
    longer = replace(
        about, clauses=tuple(c.model_copy(update={"turns": 12}) if c.kind == "term" else c for c in about.clauses)
    )
    short, long = (would_sign(outlook("USA"), deal).points("prospect") for deal in (about, longer))
    assert long > short > 0
    assert any(isinstance(clause, Deliver) for clause in longer.clauses)
