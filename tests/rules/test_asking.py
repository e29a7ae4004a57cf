import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from game.rules.asking import Askings, Batch, Row, partner_code, partner_flags, partners_of


@given(st.sets(st.integers(0, 59)))
def test_any_set_of_nations_has_a_code_of_its_own(nations):
    chosen = tuple(sorted(nations))
    assert partners_of(partner_code(chosen)) == chosen


@given(st.sets(st.integers(0, 39)), st.integers(0, 39))
def test_flags_name_the_partners_but_never_the_nation_itself(nations, nation):
    batch = Batch.of(nation, Row(partner=partner_code(tuple(nations))))
    named = set(np.flatnonzero(partner_flags(batch, 40)[0]).tolist())
    assert named == (nations or set(range(40))) - {nation}


def test_what_is_put_into_a_slot_comes_out_in_the_batch_of_its_kind():
    askings = Askings.none(2, 3, 2)
    row = Row(mineral=4, layer=1, partner=2, option=77, size=0.1)
    askings.put((1, 2, 0), 3, row)
    assert askings.row(1, 2, 0) == row
    batch = askings.batch(3, 0)
    assert (batch.w.tolist(), batch.n.tolist(), batch.option.tolist(), batch.size.tolist()) == ([1], [2], [77], [0.1])
    assert len(askings.batch(3, 1)) == 0
