"""Where the map is looked at from: map units to pixels and back, zoom and pan within the world's edge."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WORLD_LEFT, WORLD_RIGHT, WORLD_BOTTOM, WORLD_TOP = -2.72, 2.72, -1.19, 1.42
HOME_CENTRE = (0.0, 0.15)
HOME_HEIGHT, LEAST_HEIGHT = 2.8, 2.44  # map units from top to bottom at zoom 1
NARROWEST_WIDTH, WIDEST_WIDTH = 4.75, 5.46  # and from left to right
MOST_ZOOM = 10.0


@dataclass(frozen=True)
class Camera:
    """A view of `width` x `height` pixels whose middle shows the map units (x, y); zoom 1 shows the whole world."""

    width: int
    height: int
    x: float = HOME_CENTRE[0]
    y: float = HOME_CENTRE[1]
    zoom: float = 1.0

    @property
    def scale(self) -> float:
        """Pixels per map unit."""
        fitted = max(self.height / HOME_HEIGHT, self.width / WIDEST_WIDTH)
        return min(fitted, self.height / LEAST_HEIGHT, self.width / NARROWEST_WIDTH) * self.zoom

    def to_view(self, points: Floats) -> Floats:
        """Pixels [..., 2] from the view's top left corner of map units [..., 2]."""
        flip = np.array([self.scale, -self.scale], dtype=np.float32)
        shift = np.array([self.width / 2 - self.x * self.scale, self.height / 2 + self.y * self.scale])
        return points * flip + shift.astype(np.float32)

    def from_view(self, point: tuple[float, float]) -> tuple[float, float]:
        """Map units of a pixel of the view."""
        return self.x + (point[0] - self.width / 2) / self.scale, self.y - (point[1] - self.height / 2) / self.scale

    def enlarged(self, factor: float) -> Camera:
        """The same view on a surface `factor` times as large."""
        return replace(self, width=round(self.width * factor), height=round(self.height * factor))

    def clamped(self) -> Camera:
        """The nearest camera within the zoom limits that shows no more emptiness around the world than it must."""
        zoomed = replace(self, zoom=min(max(self.zoom, 1.0), MOST_ZOOM))
        half_width, half_height = zoomed.width / 2 / zoomed.scale, zoomed.height / 2 / zoomed.scale
        return replace(
            zoomed,
            x=_between(zoomed.x, WORLD_LEFT + half_width, WORLD_RIGHT - half_width, HOME_CENTRE[0]),
            y=_between(zoomed.y, WORLD_BOTTOM + half_height, WORLD_TOP - half_height, HOME_CENTRE[1]),
        )

    def zoomed(self, factor: float, at: tuple[float, float]) -> Camera:
        """Zoomed by `factor` so that the map under the pixel `at` stays there as far as the edge allows."""
        x, y = self.from_view(at)
        closer = replace(self, zoom=min(max(self.zoom * factor, 1.0), MOST_ZOOM))
        x2, y2 = closer.from_view(at)
        return replace(closer, x=closer.x + x - x2, y=closer.y + y - y2).clamped()

    def moved(self, right: float, down: float) -> Camera:
        """Panned so that the map moves by these pixels."""
        return replace(self, x=self.x - right / self.scale, y=self.y + down / self.scale).clamped()

    def centred(self, x: float, y: float) -> Camera:
        """Looking at these map units."""
        return replace(self, x=x, y=y).clamped()

    def resized(self, width: int, height: int) -> Camera:
        """The same place and zoom in a view of another size."""
        return replace(self, width=width, height=height).clamped()


def _between(value: float, low: float, high: float, otherwise: float) -> float:
    return otherwise if low > high else min(max(value, low), high)
