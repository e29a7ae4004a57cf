"""How quickly the window is there and redraws, measured in processes of their own so that every start is a cold one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from statistics import median
from typing import Any

from game.files import ROOT
from game.problems import Problem, ProblemError
from game.text import _

REPEATS = 5
SIZE = (1920, 1080)

# What a program that only opens a window needs.
BARE = """
import pygame
pygame.init()
surface = pygame.display.set_mode((1600, 900))
surface.fill((0, 0, 0))
pygame.display.flip()
print("shown", flush=True)
"""

# The whole launch, up to the first frame of the title screen.
LAUNCH = """
import runpy, sys
from game.ui.window import Window
def first_frame(window):
    window.step([], 0)
    print("shown", flush=True)
Window.run = first_frame
sys.argv = ["main.py"]
runpy.run_path("main.py", run_name="__main__")
"""

# A new game at full size: first frame, idle frames, and frames with the mouse moving over the map.
PLAY = """
import json, time
import pygame
from game.ui.app import App
from game.ui.view_model.setting import Settings
app = App(Settings(width={width}, height={height}))
app.show_title()
window, now = app.window, 0
window.step([], now)
began = time.perf_counter()
from game.content.load import load_level
from game.match.match import Match
app.play(Match.new(load_level("long_arc"), {{"JPN": "person"}}, seed=1))
window.step([], now)
first_s = time.perf_counter() - began
flips = []
update = pygame.display.update
def timed(*areas):
    start = time.perf_counter()
    update(*areas)
    flips.append(time.perf_counter() - start)
pygame.display.update = timed
def frame(events):
    global now
    now += 16
    flips.clear()
    start = time.perf_counter()
    drawn = window.step(events, now)
    return time.perf_counter() - start - sum(flips), sum(flips), len(drawn)
for _settle in range(150):
    frame([])
idle = [frame([]) for _frame in range(200)]
moving, last = [], (0, 0)
for step in range(400):
    position = (300 + 3 * step, 250 + (7 * step) % 500)
    moved = (position[0] - last[0], position[1] - last[1])
    last = position
    event = pygame.event.Event(pygame.MOUSEMOTION, pos=position, rel=moved, buttons=(0, 0, 0), touch=False)
    moving.append(frame([event]))
print(json.dumps({{"first_s": first_s, "idle": idle, "moving": moving}}), flush=True)
"""


def shown_after_s(program: str) -> float:
    """Return the seconds from the start of a process until its first frame, the median of several starts."""
    times = []
    for _start in range(REPEATS):
        times.append(_run(program)[1])
    return median(times)


def played_frames() -> dict[str, Any]:
    """Return seconds to the first map frame, and (drawing, flip, areas drawn) of idle frames and of moving ones."""
    width, height = SIZE
    found: dict[str, Any] = json.loads(_run(PLAY.format(width=width, height=height))[0])
    return found


def _run(program: str) -> tuple[str, float]:
    """Run a program; return the line it prints and the seconds until then. With no display it draws to memory."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment["SDL_VIDEODRIVER"] = "dummy"
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryFile("w+") as said:
        environment["CHOKEPOINT_HOME"] = home
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=said, text=True, cwd=ROOT, env=environment
        )
        assert process.stdout is not None
        with process:
            printed = process.stdout.readline()
            took_s = time.perf_counter() - began
        if not printed:
            said.seek(0)
            reason = (said.read().strip().splitlines() or [""])[-1]
            raise ProblemError(Problem("error", "bench", _("the window did not open: {reason}", reason=reason)))
    return printed, took_s
