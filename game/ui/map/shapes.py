"""The map's shapes: outlines of the actors, borders and graticule in map units, read from assets/map/world.npz."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from game.files import ASSETS
from game.problems import Problem, ProblemError
from game.text import _

WORLD_FILE = ASSETS / "map" / "world.npz"

BORDER_BETWEEN_ACTORS, BORDER_IN_REST, BORDER_IN_UNION = 0, 1, 2

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lines:
    """Many polylines in one array: `point` [p, 2] in map units, line k is point[start[k]:start[k + 1]]."""

    point: Floats
    start: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.start) - 1

    def __getitem__(self, k: int) -> Floats:
        return self.point[self.start[k] : self.start[k + 1]]


@dataclass(frozen=True, slots=True)
class Shapes:
    """All that the map draws of the world. Map units: Equal Earth on a sphere of radius 1, y up.

    `rings` are outer rings, the largest first: painted in order, enclaves end on top. `ring_actor` [r] and `label`
    [a, 2], `box` [a, 4] (x and y from, x and y to) go by position in `actors`. The last line of `graticule` is the
    outline of the whole map.
    """

    actors: tuple[str, ...]
    label: Floats
    box: Floats
    rings: Lines
    ring_actor: NDArray[np.int16]
    borders: Lines
    border_kind: NDArray[np.uint8]
    graticule: Lines
    centre_lon: float

    def project(self, lon: NDArray[np.floating] | float, lat: NDArray[np.floating] | float) -> Floats:
        """Map units [..., 2] of degrees; longitudes are not wrapped, so that a path may run past the cut."""
        return equal_earth(np.asarray(lon, dtype=np.float64) - self.centre_lon, np.asarray(lat, dtype=np.float64))


def equal_earth(lon: NDArray[np.floating], lat: NDArray[np.floating]) -> Floats:
    """Equal Earth projection (Šavrič, Patterson and Jenny 2018): degrees from the centre meridian to map units."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(lat)))
    t2 = theta * theta
    t6 = t2**3
    slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
    x = 2 * np.sqrt(3) * np.radians(lon) * np.cos(theta) / (3 * slope)
    y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    return np.stack([x, y], axis=-1).astype(np.float32)


@lru_cache(maxsize=2)
def load_shapes(path: Path = WORLD_FILE) -> Shapes:
    """Read the shapes once. Raises ProblemError when the file is missing or not ours."""
    try:
        with np.load(path, allow_pickle=False) as store:
            return _shapes_from({name: store[name] for name in store.files})
    except (OSError, ValueError, KeyError) as error:
        reason = " ".join(str(error).split())
        remedy = "restore assets/map/world.npz from the project, or make it anew with assets/map/make_map.py"
        raise ProblemError(Problem("error", str(path), f"the map cannot be read: {reason}", remedy)) from error


def _shapes_from(array: dict[str, NDArray[np.generic]]) -> Shapes:
    quantum = np.float32(1 / float(array["quanta_per_unit"]))

    def lines(kind: str) -> Lines:
        return Lines(array[f"{kind}_point"].astype(np.float32) * quantum, array[f"{kind}_start"].astype(np.int32))

    return Shapes(
        actors=tuple(str(actor) for actor in array["actor"]),
        label=array["actor_label"].astype(np.float32),
        box=array["actor_box"].astype(np.float32),
        rings=lines("ring"),
        ring_actor=array["ring_actor"].astype(np.int16),
        borders=lines("border"),
        border_kind=array["border_kind"].astype(np.uint8),
        graticule=lines("graticule"),
        centre_lon=float(array["centre_lon"]),
    )


def boundary_note() -> str:
    """The sentence that goes with every map."""
    return _("Borders are Natural Earth's de facto lines; no position on any of them is implied.")
