import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from game.engine.scrap import landfilled_t, shared_scrap

TONNES = arrays(float, (2, 4, 2), elements=st.one_of(st.just(0.0), st.floats(0.01, 1e6)))


@given(TONNES, TONNES)
def test_recyclers_get_no_more_than_they_have_room_for_and_no_more_than_there_is(offered, room):
    got = shared_scrap(offered, room)
    assert (got <= room * (1 + 1e-12)).all()
    most = np.minimum(offered.sum(1), room.sum(1))
    np.testing.assert_allclose(got.sum(1), most, rtol=1e-9)


@given(TONNES, TONNES)
def test_scrap_of_a_nation_serves_its_own_recyclers_first(offered, room):
    assert (shared_scrap(offered, room) >= np.minimum(offered, room)).all()


@given(TONNES, TONNES, st.floats(0.1, 0.95), st.floats(0.0, 1.0))
def test_what_retires_is_recycled_or_landfilled(retired, room, collected, working):
    offered = retired * collected
    recycled = shared_scrap(offered, room) * working
    lost = landfilled_t(offered, retired, recycled)
    assert (lost >= 0).all()
    assert (lost <= retired * (1 + 1e-12)).all()
    np.testing.assert_allclose((lost + recycled).sum(1), retired.sum(1), rtol=1e-9)
