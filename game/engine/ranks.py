"""Order of draws: chance goes to ids, not to positions on an axis."""

import numpy as np
from numpy.typing import NDArray


def ranks(ids: tuple[str, ...]) -> NDArray[np.int64]:
    """Position of each id in alphabetical order."""
    return np.argsort(np.argsort(np.array(ids)))
