import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.match.snapshot import pack_array, unpack_array

KINDS = st.sampled_from([np.float64, np.float32, np.int64, np.int16, np.uint8, np.bool_, np.dtype("<U5")])


@given(arrays.arrays(KINDS, arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)))
def test_an_array_comes_back_bit_for_bit(array):
    back = unpack_array(*pack_array("field", array))
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert back.tobytes() == array.tobytes()
    assert back.flags.writeable


def test_an_array_of_objects_is_refused_by_name():
    with pytest.raises(TypeError, match="owner"):
        pack_array("owner", np.array([object()]))


@pytest.mark.parametrize(
    "packed",
    [("<f8", "[2]", b"junk"), ("<f8", "[3]", None), ("rubbish", "[2]", None), ("|O", "[2]", None), ("<f8", "{", None)],
)
def test_what_does_not_fit_together_is_one_kind_of_error(packed):
    dtype, shape, data = packed
    good = pack_array("field", np.zeros(2))[2]
    with pytest.raises(ValueError):  # noqa: PT011 - numpy words it, we only rely on the kind
        unpack_array(dtype, shape, data or good)
