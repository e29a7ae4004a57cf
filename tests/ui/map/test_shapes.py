"""The map's shapes: every actor has one, in the right place, and a damaged file is refused with a clear sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from game.problems import ProblemError
from game.ui.map.shapes import BORDER_IN_UNION, boundary_note, load_shapes

SHAPES = load_shapes()


def _actor_at(lon: float, lat: float) -> str | None:
    """The actor painted last at a place, by the even-odd rule over every ring."""
    x, y = SHAPES.project(lon, lat)
    found = None
    for k in range(len(SHAPES.rings)):
        ring = SHAPES.rings[k].astype(float)
        a, b = ring, np.roll(ring, -1, axis=0)
        crosses = (a[:, 1] > y) != (b[:, 1] > y)
        a, b = a[crosses], b[crosses]
        if (a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]) > x).sum() % 2:
            found = SHAPES.actors[SHAPES.ring_actor[k]]
    return found


@pytest.mark.parametrize(
    ("lon", "lat", "actor"),
    [
        (2.3, 48.8, "EUU"), (-52.8, 4.2, "EUU"), (33.0, 35.0, "EUU"), (28.3, -29.5, "ROW"), (25.5, -11.0, "COD"),
        (178.0, 67.0, "RUS"), (185.0, 67.0, "RUS"), (114.2, 22.4, "CHN"), (-42.0, 70.0, "GRL"), (165.5, -21.5, "NCL"),
        (103.8, 1.35, "ROW"), (-66.4, 18.2, "USA"), (20.9, 42.6, "ROW"), (44.2, 9.9, "ROW"), (0.0, -80.0, None),
        (51.0, 42.5, None), (0.0, 0.0, None),
    ],
)  # fmt: skip
def test_a_place_belongs_to_its_actor(lon: float, lat: float, actor: str | None) -> None:
    assert _actor_at(lon, lat) == actor


def test_every_actor_has_a_shape_and_a_label_inside_it() -> None:
    assert len(SHAPES.actors) == 40
    assert set(SHAPES.ring_actor) == set(range(40))
    inside = (SHAPES.label >= SHAPES.box[:, :2]) & (SHAPES.label <= SHAPES.box[:, 2:])
    assert inside.all()


def test_no_ring_streaks_across_the_map() -> None:
    widths = [np.ptp(SHAPES.rings[k][:, 0]) for k in range(len(SHAPES.rings))]
    jumps = np.abs(np.diff(SHAPES.rings.point[:, 0]))
    within = np.ones(len(jumps), dtype=bool)
    within[SHAPES.rings.start[1:-1] - 1] = False
    assert max(widths) < 3.0
    assert jumps[within].max() < 0.35


def test_the_borders_inside_the_union_are_kept_as_lines() -> None:
    assert (SHAPES.border_kind == BORDER_IN_UNION).sum() >= 30


def test_a_missing_or_damaged_file_is_one_clear_problem(tmp_path: Path) -> None:
    damaged = tmp_path / "world.npz"
    damaged.write_bytes(b"not a map")
    for path in (damaged, tmp_path / "absent.npz"):
        with pytest.raises(ProblemError, match="the map cannot be read"):
            load_shapes(path)


def test_the_boundary_note_takes_no_position() -> None:
    assert "no position" in boundary_note()
