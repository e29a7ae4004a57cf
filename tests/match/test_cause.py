"""Many causes become few without a change of their sum."""

from game.engine.fields import CAUSES, ORDER_CAUSES, TRUST_CAUSES
from game.match.cause import MOST_CAUSES, Cause, cause_title, few, largest_first, summing


def test_all_causes_of_postings_at_once_are_told_as_six_named_ones():
    causes = [Cause(name, cause_title(name), (-1.0) ** k * (k + 1)) for k, name in enumerate((*CAUSES, "partners"))]
    told = few(causes)
    assert 3 <= len(told) <= MOST_CAUSES
    assert sum(cause.amount for cause in told) == sum(cause.amount for cause in causes)
    members = [name for cause in told for name in ([act.name for act in cause.acts] or [cause.name])]
    assert len(members) == len(set(members))


def test_six_causes_stay_as_they_are_largest_first():
    causes = [Cause(name, cause_title(name), float(k)) for k, name in enumerate(TRUST_CAUSES[:6], start=1)]
    assert few(causes) == tuple(reversed(causes))


def test_the_smallest_family_is_told_as_one_first():
    amounts = {"envelope": 8.0, "royalty": 0.1, "export_tax": 0.2, "import_tariff": 0.3, "buy_stock": -5.0}
    amounts |= {"release_stock": 3.0, "storage": -0.7}
    told = few([Cause(name, cause_title(name), amount) for name, amount in amounts.items()])
    assert [cause.title for cause in told] == [
        "Budget for minerals",
        cause_title("buy_stock"),
        cause_title("release_stock"),
        "Storage of the stockpile",
        "Trade taxes and royalties",
    ]
    assert [act.name for act in told[-1].acts] == ["import_tariff", "export_tax", "royalty"]


def test_what_is_nothing_is_not_told():
    assert largest_first([Cause("royalty", "Royalties", 0.0)]) == ()


def test_last_bits_are_set_such_that_causes_sum_to_the_change():
    causes = summing([Cause(name, name, 0.1) for name in ("a", "b", "c")], 1.0, 1.3)
    assert sum(cause.amount for cause in causes) == 1.3 - 1.0


def test_every_cause_has_words():
    assert all(cause_title(cause) != cause for cause in (*CAUSES, *TRUST_CAUSES) if cause not in ORDER_CAUSES)
