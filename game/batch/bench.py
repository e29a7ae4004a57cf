"""The speed figures, measured in one run and shown as ratios in one table."""

from __future__ import annotations

import time
from statistics import median
from unittest import mock

import numpy as np

import game.engine.phases.trade as trade_phase
from game.batch.bench_engine import engine_figures, scale_figures
from game.batch.bench_fan import fan_figures
from game.batch.convex import solved, without_chokes
from game.batch.figure import Figure, seconds
from game.batch.simulate import Arena, played
from game.batch.window_bench import BARE, LAUNCH, played_frames, shown_after_s
from game.content.level import Level
from game.content.load import load_level
from game.engine.acts import left_out
from game.engine.clearing import clear
from game.engine.explain import Step, split
from game.engine.market import Markets, Solution, Start
from game.engine.measures.table import headline_measures
from game.engine.opening import opening_world
from game.engine.turn import Keys, advance, opened
from game.engine.world import World
from game.forecast import begun
from game.match.match import Match
from game.text import _

LEVEL = "long_arc"
TURN = 4  # of a game by habits whose markets are measured
SWEEP_WORLDS, SWEEP_TURNS = 64, 8
LEAST_SPEED = 100.0  # times a general solver's wall time, with the gates of a game as without
GENERAL_TRIES = 3
WHY_LIMIT = 64.0  # turns of the engine: no dearer than the worlds it clears
MIND_TURNS = 5  # of which the middle one counts
SAME_PRICES_LN = 1e-3  # largest price gap at which two solvers are said to have solved the same problem


def figures() -> list[Figure]:
    """Measure everything; takes a minute or two."""
    level = load_level(LEVEL)
    arena = Arena(level)
    still, still_start, _world = warm_market(arena, ordered=False)
    markets, start, world = warm_market(arena)
    played_by = _("of a game by habits, {count} gates", count=len(markets.gates.capacity))
    return [
        *clearing_figures(still, still_start, _("of the engine alone")),
        *clearing_figures(markets, start, played_by),
        *sweep_figures(arena, world),
        *engine_figures(arena, world),
        *scale_figures(),
        *why_figures(arena),
        *fan_figures(level),
        minds_figure(level),
        *window_figures(),
    ]


def table() -> str:
    """Return the figures, one a line, those beyond their limits marked."""
    lines = [f"{_('figure'):58} {_('value'):>10} {'':8} {_('allowed')}"]
    for figure in figures():
        allowed = ""
        if figure.limit is not None:
            allowed = _("at most {limit:g}", limit=figure.limit)
        elif figure.least is not None:
            allowed = _("at least {least:g}", least=figure.least)
        mark = "" if figure.holds else _("  <- beyond")
        lines.append(f"{figure.name:58} {figure.value:10.4g} {figure.unit:8} {allowed}{mark}")
    return "\n".join(lines)


def warm_market(arena: Arena, *, ordered: bool = True) -> tuple[Markets, Start, World]:
    """Return the markets of one turn of a game by habits, last turn's prices, and the world before it.

    Without orders (neither habits' nor the level's script) no export measure and no cap is a gate of the clearing.
    """
    keys = Keys(1, (0,))
    if ordered:
        world = [step.world for step in played(arena, keys, TURN)][-1]
    else:
        world = opening_world(arena.calibration)
        for _turn in range(TURN):
            world = advance(begun(world), arena.calibration, keys)
    found: list[tuple[Markets, Start]] = []

    def recorded(markets: Markets, start: Start | None = None) -> Solution:
        assert start is not None
        found.append((markets, start))
        return clear(markets, start)

    with mock.patch.object(trade_phase, "clear", recorded):
        advance(begun(world), arena.calibration, keys)
    return (*found[0], world)


def clearing_figures(markets: Markets, start: Start, which: str) -> list[Figure]:
    """One warm clearing of all minerals against the same potential in cvxpy with Clarabel; `which` names the turn."""
    plain = without_chokes(markets)
    own_s, general_s, answers = np.inf, np.inf, []
    # By turns, so that a busy moment of the machine meets both.
    for _try in range(GENERAL_TRIES):
        own_s = min(own_s, seconds(lambda: clear(plain, start), 15))
        began = time.perf_counter()
        answers = [solved(plain, m) for m in range(len(markets.ceiling))]
        general_s = min(general_s, time.perf_counter() - began)
    with_chokes_s = seconds(lambda: clear(markets, start), 15)
    solver_s = sum(answer.solver_s for answer in answers)
    solution = clear(plain, start)
    gap = max(np.abs(a.delivered_ln - solution.delivered[0, m, a.users]).max() for m, a in enumerate(answers))
    return [
        Figure(_("one warm clearing {which}", which=which), 1e3 * own_s, "ms"),
        Figure(_("  the same with choke prices"), 1e3 * with_chokes_s, "ms"),
        Figure(_("  the same potential in cvxpy with Clarabel"), 1e3 * general_s, "ms"),
        Figure(_("  general solver, wall time, over one warm clearing"), general_s / own_s, "times", least=LEAST_SPEED),
        Figure(_("  general solver, its own time, over one warm clearing"), solver_s / own_s, "times"),
        Figure(_("  largest gap of delivered prices between the two"), float(gap), "ln", limit=SAME_PRICES_LN),
    ]


def sweep_figures(arena: Arena, world: World) -> list[Figure]:
    """The engine over many worlds and turns against as many single warm clearings."""
    calibration = arena.calibration
    keys = Keys(1, tuple(range(1, 1 + SWEEP_WORLDS)))
    singles: list[float] = []

    def timed(markets: Markets, start: Start | None = None) -> Solution:
        began = time.perf_counter()
        solution = clear(markets, start)
        singles.append(time.perf_counter() - began)
        return solution

    def sweep(batch: World, chance: Keys) -> None:
        for _turn in range(SWEEP_TURNS):
            batch = advance(begun(batch), calibration, chance)

    engine_s = seconds(lambda: sweep(world.repeated(SWEEP_WORLDS), keys), 1)
    with mock.patch.object(trade_phase, "clear", timed):
        for number in range(1, 9):
            sweep(world, Keys(1, (number,)))
    clearings_s = SWEEP_WORLDS * SWEEP_TURNS * float(np.mean(singles))
    per_second = SWEEP_WORLDS * SWEEP_TURNS / engine_s
    return [
        Figure(_("world-turns of the engine in a second"), per_second, ""),
        Figure(_("64 worlds × 8 turns over 512 single warm clearings"), engine_s / clearings_s, "times", limit=1.5),
    ]


def two_steps(arena: Arena) -> tuple[Step, Step]:
    """Return two turns in a row of a game by habits, as their clearings found them and as they were left."""
    keys = Keys(1, (0,))
    *_earlier, before, after = played(arena, keys, TURN)
    old, new = (Step(opened(turn.ordered, arena.calibration, keys), turn.world) for turn in (before, after))
    return old, new


def why_figures(arena: Arena) -> list[Figure]:
    """Why every headline number of a turn moved: the split over six groups, and the acts within each."""
    pair, calibration = two_steps(arena), arena.calibration
    split_s = seconds(lambda: split(*pair, calibration, headline_measures), 3)
    acts_s = seconds(lambda: left_out(*pair, calibration, headline_measures, by_mineral=True), 3)
    engine_s = seconds(lambda: advance(begun(pair[0].after), calibration, Keys(1, (0,))), 9)
    return [
        Figure(_("why: prices, N-1, value, industry over six groups"), 1e3 * split_s, "ms"),
        Figure(_("  the same over one turn of the engine"), split_s / engine_s, "times", limit=WHY_LIMIT),
        Figure(_("why: the acts behind every price"), 1e3 * acts_s, "ms"),
    ]


def minds_figure(level: Level) -> Figure:
    """A full turn of a match in which every nation is a mind."""
    match = Match.new(level, {}, seed=1)
    match.end_turn()
    times = []
    for _turn in range(MIND_TURNS):
        began = time.perf_counter()
        match.end_turn()
        times.append(time.perf_counter() - began)
    return Figure(_("a full turn with all minds"), median(times), "s", limit=2.0)


def window_figures() -> list[Figure]:
    """Launching, starting a game, and drawing the map at 1920×1080, idle and with the mouse moving."""
    bare_s, title_s = shown_after_s(BARE), shown_after_s(LAUNCH)
    found = played_frames()
    idle, moving = np.array(found["idle"]), np.array(found["moving"])
    return [
        Figure(_("a bare pygame window"), bare_s, "s"),
        Figure(_("launch to title"), title_s, "s"),
        Figure(_("launch to title over a bare pygame window"), title_s / bare_s, "times", limit=6.0),
        Figure(_("New game to first map frame"), found["first_s"], "s"),
        Figure(_("map, idle: areas drawn in a frame"), idle[:, 2].mean(), "", limit=0.0),
        Figure(_("map, idle: a frame"), 1e3 * idle[:, 0].mean(), "ms"),
        Figure(_("map, mouse moving: drawing a frame, mean"), 1e3 * moving[:, 0].mean(), "ms", limit=8.0),
        Figure(_("map, mouse moving: drawing, slowest of twenty"), 1e3 * float(np.quantile(moving[:, 0], 0.95)), "ms"),
        Figure(_("map, mouse moving: flip"), 1e3 * moving[:, 1].mean(), "ms"),
    ]
