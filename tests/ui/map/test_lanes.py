"""The lines drawn along the sea lanes stay at sea."""

from __future__ import annotations

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import numpy as np
import pygame
import yaml

from game.content.network import build_network
from game.engine.routes import _along_great_circles
from game.files import LEVELS
from game.ui.map.camera import Camera
from game.ui.map.land import Land
from game.ui.map.shapes import load_shapes

SHARED = LEVELS / "_shared"
STEP_KM = 8
MOST_KM_ON_LAND = 20  # a small island, or the shapes' simplification, may lie in the way
MOST_KM_NEAR_PORT = 40  # ports stand on the shore, some up a river


def test_no_lane_crosses_land_but_canals_and_narrow_waters() -> None:
    network = build_network(SHARED, ("CHN", "EUU"))
    lanes = yaml.safe_load((SHARED / "sea_lanes.yaml").read_text(encoding="utf-8"))
    shapes = load_shapes()
    camera = Camera(9000, 4600)
    on_land = Land(shapes).actor_grid(camera, 1) >= 0
    faults = []
    for k in range(len(lanes["canals"]), len(network.lane)):
        a, b = (int(node) for node in network.lane[k])
        places = np.array(_along_great_circles(network, [a, b]))
        at = np.linspace(0, len(places) - 1, max(2, int(network.lane_km[k] / STEP_KM)))
        lon, lat = np.unwrap(places[:, 0], period=360), places[:, 1]
        lon, lat = np.interp(at, range(len(lon)), lon), np.interp(at, range(len(lat)), lat)
        lon = (lon - shapes.centre_lon + 180) % 360 - 180 + shapes.centre_lon
        across, down = camera.to_view(shapes.project(lon, lat)).astype(int).T
        run = longest = 0
        for is_land in on_land[across.clip(0, 8999), down.clip(0, 4599)]:
            run = run + 1 if is_land else 0
            longest = max(longest, run)
        allowed = MOST_KM_NEAR_PORT if max(a, b) >= network.sea_nodes else MOST_KM_ON_LAND
        if longest * STEP_KM > allowed:
            faults.append(f"{network.node_id[a]} - {network.node_id[b]}: {longest * STEP_KM} km on land")
    assert not faults, "; ".join(faults)


def test_every_corridor_is_a_place_of_its_own_on_the_map() -> None:
    network = build_network(SHARED, ("CHN", "EUU"))
    pygame.display.init()
    first_port = len(network.corridor_ids) - network.harbours  # ports show only when something is wrong with them
    points = load_shapes().project(network.corridor_lon[:first_port], network.corridor_lat[:first_port])
    away = np.hypot(*(points[:, None] - points[None]).T)
    np.fill_diagonal(away, 1.0)
    assert away.min() > 0.005
