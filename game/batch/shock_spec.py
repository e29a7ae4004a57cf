"""Shocks as they are written on the command line: cobalt:COD:mine:-50%@2+2, corridor:suez:closed@1+4."""

from __future__ import annotations

import re
from typing import get_args

import numpy as np

from game.engine.axes import STAGES
from game.engine.calibrate import Calibration
from game.engine.opening import opening_world
from game.engine.routes import routes
from game.engine.shock import STAGE, Kind, Shock, exports_t
from game.engine.world import World
from game.problems import Problem, ProblemError
from game.registry import nearest, unknown_name
from game.text import _

FORMS = (
    "mineral:ISO3:{mine|refine|recycle|use|export|stock}:±N%[@turn[+turns]], "
    "{corridor|port}:ID:{closed|-N%}[@turn[+turns]] or tension:ISO3:ISO3:N[@turn[+turns]]"
)
EXAMPLE = "cobalt:COD:mine:-50%@2+2"
CORRIDOR, PORT, TENSION, CLOSED = "corridor", "port", "tension", "closed"
KINDS: tuple[str, ...] = tuple(kind for kind in get_args(Kind) if kind not in (CORRIDOR, TENSION))
MOST_TENSION = 100.0
MOST_PERCENT = 1000.0
NOTHING = {
    "mine": "{nation} mines no {mineral}",
    "refine": "{nation} refines no {mineral}",
    "recycle": "{nation} recycles no {mineral}",
    "use": "{nation} uses no {mineral}",
    "export": "{nation} exports no {mineral}",
    "stock": "{nation} holds no {mineral}",
}

_PERCENT = re.compile(r"([+\-−])(\d+(?:\.\d+)?)%")
_WHEN = re.compile(r"([1-9]\d*)(?:\+([1-9]\d*))?")


def read_shock(spec: str, calibration: Calibration, turns: int) -> Shock:
    """The shock that a spec means in a run of `turns` turns. Raises ProblemError with one sentence on what is wrong."""
    body, at, when = spec.strip().partition("@")
    parts = body.split(":")
    if parts[0] in (CORRIDOR, PORT) or (len(parts) == 3 and nearest(parts[0], [CORRIDOR, PORT])):
        return _corridor(spec, parts, when if at else "1", calibration, turns)
    if parts[0] == TENSION:
        return _tension(spec, parts, when if at else "1", calibration, turns)
    if len(parts) != 4:
        raise _wrong(spec, _("{n} parts where a shock has four", n=len(parts)), _("write {forms}", forms=FORMS))
    mineral, nation, kind, percent = parts
    axes = calibration.axes
    for what, word, names in (
        (_("mineral"), mineral, axes.minerals),
        (_("nation"), nation, axes.nations),
        (_("kind of shock"), kind, KINDS),
    ):
        if word not in names:
            raise ProblemError(unknown_name(what, word, names, f"--shock {spec}"))
    start, length = _when(spec, when if at else "1", turns)
    change = _change(spec, kind, percent)
    if kind == "stock" and length > 1:
        raise _wrong(spec, _("a stock is hit once, not for {n} turns", n=length), _("leave +{n} out", n=length))
    place = (axes.nation_index[nation], axes.mineral_index[mineral])
    _refuse_nothing(spec, kind, place, calibration)
    return Shock(_kind(kind), change, start, length, mineral=place[1], nation=place[0])


def _kind(word: str) -> Kind:
    return next(kind for kind in get_args(Kind) if kind == word)


def _corridor(spec: str, parts: list[str], when: str, calibration: Calibration, turns: int) -> Shock:
    if len(parts) != 3:
        hint = _("write {form}", form="corridor:ID:closed[@turn[+turns]]")
        raise _wrong(spec, _("{n} parts where a shock to a corridor has three", n=len(parts)), hint)
    word, name, state = parts
    network = calibration.baseline.network
    names = dict(zip(network.corridor_ids, range(len(network.corridor_ids)), strict=True))
    if word == PORT:
        names = {name: c for name, c in names.items() if network.corridor_kind[c] == "port"}
        names |= {network.node_id[node]: c for node, c in network.harbour.items()}
    if name not in names:
        raise ProblemError(unknown_name(_("port") if word == PORT else _("corridor"), name, names, f"--shock {spec}"))
    _refuse_unused(spec, names[name], calibration)
    start, length = _when(spec, when, turns)
    return Shock("corridor", _closed(spec, state), start, length, corridor=names[name])


def _closed(spec: str, state: str) -> float:
    """The change of what is open: -1 for all of it."""
    if state == CLOSED:
        return -1.0
    found = _PERCENT.fullmatch(state)
    if found is None or found[1] == "+" or float(found[2]) > 100.0:
        what = _("a corridor can only be closed, or lose a part of its room, not {state!r}", state=state)
        raise _wrong(spec, what, _("write closed, or -N% up to -100%"))
    return -float(found[2]) / 100.0


def _refuse_unused(spec: str, corridor: int, calibration: Calibration) -> None:
    """A shock to what no way leads through would show nothing, and look like resilience."""
    network = calibration.baseline.network
    used = routes(network).use.any((0, 1))
    for haul in network.long_hauls:
        used[list(haul.corridors)] = True
    if used[corridor] or network.corridor_nodes[corridor] or any(network.access_corridor == corridor):
        return
    if corridor in {c for access in range(len(network.access_nation)) for c in network.harbours_of(access)}:
        return
    what = _("no metal of the game goes by way of {name}", name=network.corridor_ids[corridor])
    raise _wrong(spec, what, _("choose a strait, railway or port that some metal passes"))


def _tension(spec: str, parts: list[str], when: str, calibration: Calibration, turns: int) -> Shock:
    if len(parts) != 4:
        hint = _("write {form}", form="tension:ISO3:ISO3:N[@turn[+turns]]")
        raise _wrong(spec, _("{n} parts where tension has four", n=len(parts)), hint)
    index = calibration.axes.nation_index
    for nation in parts[1:3]:
        if nation not in index:
            raise ProblemError(unknown_name(_("nation"), nation, index, f"--shock {spec}"))
    if parts[1] == parts[2]:
        raise _wrong(spec, _("{nation} has no tension with itself", nation=parts[1]), _("name two nations"))
    if not re.fullmatch(r"\d+(\.\d+)?", parts[3]) or not 0 < float(parts[3]) <= MOST_TENSION:
        raise _wrong(spec, _("{level!r} is no tension", level=parts[3]), _("a number above 0, up to 100"))
    start, length = _when(spec, when, turns)
    return Shock("tension", float(parts[3]), start, length, nation=index[parts[1]], other=index[parts[2]])


def _change(spec: str, kind: str, percent: str) -> float:
    found = _PERCENT.fullmatch(percent)
    if found is None:
        digits = "".join(re.findall(r"[\d.]", percent)) or "50"
        what = _("{percent!r} is no change in per cent", percent=percent)
        raise _wrong(spec, what, _("write the sign and %: -{n}% or +{n}%", n=digits))
    change = float(found[2]) * (1.0 if found[1] == "+" else -1.0)
    if not -100.0 <= change <= MOST_PERCENT:
        what = _("{percent} is more than there is", percent=percent)
        if change > 0:
            what = _("{percent} is beyond what the model is made for", percent=percent)
        raise _wrong(spec, what, _("from -100% to +{most:.0f}%", most=MOST_PERCENT))
    if kind == "export" and change > 0:
        hint = _("raise mine or refine instead, or write -{n:g}%", n=change)
        raise _wrong(spec, _("exports can be cut, but nobody can be made to export more"), hint)
    return change / 100.0


def _when(spec: str, when: str, turns: int) -> tuple[int, int]:
    """First turn and number of turns."""
    found = _WHEN.fullmatch(when)
    if found is None:
        what = _("{when!r} is no turn", when=when)
        raise _wrong(spec, what, _("write @turn or @turn+turns, such as @2+3; turns count from 1"))
    start, length = int(found[1]), int(found[2] or 1)
    if start > turns:
        what = _("turn {start} is after the last of {turns} turns", start=start, turns=turns)
        raise _wrong(spec, what, _("choose an earlier turn, or more --turns"))
    return start, length


def _refuse_nothing(spec: str, kind: str, place: tuple[int, int], calibration: Calibration) -> None:
    """A shock to what does not exist would show nothing, and look like resilience."""
    size = _sizes(opening_world(calibration), kind, place[1])
    if size[place[0]] > 0:
        return
    axes = calibration.axes
    leaders = [axes.nations[n] for n in np.argsort(-size, kind="stable")[:3] if size[n] > 0]
    what = _(NOTHING[kind], nation=axes.nations[place[0]], mineral=axes.minerals[place[1]])
    hint = _("the largest are {names}", names=", ".join(leaders)) if leaders else _("nobody does")
    raise _wrong(spec, what, hint)


def _sizes(world: World, kind: str, mineral: int) -> np.ndarray:
    """How much of what a shock would hit each nation has at the start, [N]; capacity under way counts."""
    if kind in STAGES:
        stage = STAGE[_kind(kind)]
        return np.asarray(world.capacity_t[0, :, mineral, stage] + world.pipeline_t[0, :, mineral, stage].sum(-1))
    if kind == "use":
        return np.asarray(world.use_t[0, :, mineral].sum(-1))
    if kind == "stock":
        return np.asarray((world.commercial_stock_t + world.public_stock_t)[0, :, mineral])
    return np.array([exports_t(world, n, mineral).sum() for n in range(len(world.axes.nations))])


def _wrong(spec: str, what: str, hint: str) -> ProblemError:
    return ProblemError(Problem("error", f"--shock {spec}", what, hint))
