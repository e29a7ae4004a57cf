"""The state of a match after a turn, packed for a save: any arrays, whatever a world may hold."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Packed = tuple[str, str, bytes]

# Level 1 packs several times faster than the default and only a tenth larger: a turn must not wait for its save.
_COMPRESSION = 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state after `turn` resolved turns (0 is the start).

    `arrays` are the state fields by name, `state_hash` the world's own hash of them, `records` the match's JSON for
    what is no array (treaties, proposals).
    """

    turn: int
    arrays: Mapping[str, Array]
    state_hash: str
    records: str = "{}"


def pack_array(name: str, array: Array) -> Packed:
    """Return dtype, shape as JSON and compressed bytes in C order. Raises TypeError for an array of objects."""
    if array.dtype.hasobject or array.dtype.names is not None:
        raise TypeError(f"{name} is of {array.dtype}, which a save cannot hold")
    return array.dtype.str, json.dumps(array.shape), zlib.compress(array.tobytes(), _COMPRESSION)


def unpack_array(dtype: str, shape: str, data: bytes) -> Array:
    """Return a new writeable array, bit for bit as it was packed. Raises ValueError when the three do not fit."""
    try:
        flat = np.frombuffer(zlib.decompress(data), dtype=np.dtype(dtype))
        return flat.reshape(tuple(json.loads(shape))).copy()
    except (zlib.error, TypeError, SyntaxError) as error:
        raise ValueError(str(error)) from error
