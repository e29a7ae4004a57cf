"""Arrays whose last axis counts turns ahead."""

from typing import Any

from numpy.typing import NDArray


def shift(array: NDArray[Any], last: float = 0.0) -> None:
    """Move one turn on, in place: slot 1 becomes slot 0, and the furthest slot becomes `last`.

    Raises ValueError for an array that is not contiguous.
    """
    if not array.flags.c_contiguous:
        raise ValueError("only a contiguous array can be shifted in place")
    # One move of the whole memory is several times faster than a strided copy; slots that cross rows are set after it.
    flat = array.reshape(-1)
    flat[:-1] = flat[1:]
    array[..., -1] = last


def add_shifted(array: NDArray[Any], earlier: NDArray[Any]) -> None:
    """Add what an earlier array holds one turn further ahead, in place: its slot 1 goes to slot 0; both contiguous.

    Raises ValueError for arrays that are not contiguous.
    """
    if not (array.flags.c_contiguous and earlier.flags.c_contiguous):
        raise ValueError("only contiguous arrays can be added in one move")
    last = array[..., -1].copy()
    array.reshape(-1)[:-1] += earlier.reshape(-1)[1:]
    array[..., -1] = last
