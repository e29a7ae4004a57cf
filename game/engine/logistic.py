"""The logistic function and its inverse."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def logistic(x: Array | float) -> Array:
    """1 / (1 + exp(-x))."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.maximum(x, -700.0))))


def logit(share: Array | float) -> Array:
    """Inverse of the logistic function."""
    return np.log(np.asarray(share) / (1.0 - np.asarray(share)))
