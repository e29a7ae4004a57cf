"""Corridors and ports on the map: what of your imports hangs on them, what disturbs them, what is being built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.content.network import passage_rows
from game.engine.axes import ORE, REFINED
from game.engine.baseline import Array
from game.engine.corridor import traffic_t, waiting_share, watched_load
from game.engine.surcharge import asked_premium, way_round
from game.engine.tension import CALM_TENSION, met_tension
from game.engine.way import Pattern, ways
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Tip
from game.ui.view_model import source
from game.ui.view_model.scene import Scene

WATCH_SHARE, RISK_SHARE = 0.25, 0.60
LEAST_PASSING = 0.02  # of what passes the busiest corridor; quieter ones are not drawn
ALWAYS_SHOWN = ("malacca", "suez", "bab_el_mandeb", "hormuz", "panama", "good_hope", "gibraltar", "taiwan_strait")
LEAST_TOLD = 0.0005  # of the cargo's value; what costs less is next to nothing
FIELDS = ("ore_flow_t", "refined_flow_t", "corridor_open", "corridor_load")


@dataclass(frozen=True)
class CorridorModel:
    """A strait, canal, port or land corridor and the share of the seat's imports of the mineral that passes it."""

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    share: float
    is_open: bool
    tip: Tip
    detail: str = ""  # the year in which it opens, where it is not built yet

    @property
    def state(self) -> str:
        """How much hangs on it: open, watch, high_risk; closed when it is."""
        if not self.is_open:
            return "closed"
        return "high_risk" if self.share >= RISK_SHARE else "watch" if self.share >= WATCH_SHARE else "open"


@dataclass(frozen=True)
class _Now:
    """What the tips of all corridors share."""

    scene: Scene
    mineral: int
    way: Pattern
    rows: Mapping[str, Mapping[str, Any]]
    share: Array  # [C] of the seat's imports of the mineral
    anyone: Array  # [C] of what passes the busiest corridor
    premium: Array  # [C] that insurers ask of the seat
    tension: Array  # [C] that the seat's cargo meets


def corridors(scene: Scene, mineral: str) -> list[CorridorModel]:
    """The corridors that something of the mineral passes, the closed ones, the great chokepoints, what is being built,
    and ports that are full or disturbed."""
    now = _now(scene, mineral)
    network = scene.baseline.network
    return [_corridor(now, c) for c in range(len(network.corridor_ids)) if _is_shown(now, c)]


def _now(scene: Scene, mineral: str) -> _Now:
    m, n, world = scene.mineral(mineral), scene.nation, scene.world
    way = ways(world, scene.calibration).patterns[0]
    passing, total = np.zeros(len(scene.baseline.network.corridor_ids)), 0.0
    anyone = np.zeros_like(passing)
    for layer, field in ((ORE, "ore_flow_t"), (REFINED, "refined_flow_t")):
        tonnes = world.arrays[field][0, m].copy()
        np.fill_diagonal(tonnes, 0.0)
        total += float(tonnes[:, n].sum())
        for taken, cargo in way.taken():
            going = tonnes if cargo is None else tonnes * cargo[m, layer]
            passing += (going[:, n, None] * taken.use[:, n, :]).sum(0)
            anyone += (going[:, :, None] * taken.use).sum((0, 1))
    return _Now(
        scene, m, way, passage_rows(scene.level.routes),
        share=passing / total if total > 0 else passing,
        anyone=anyone / max(float(anyone.max()), 1e-12),
        premium=asked_premium(world, scene.calibration, n)[0],
        tension=met_tension(world, scene.baseline.network.passages, n)[0],
    )  # fmt: skip


def _is_shown(now: _Now, c: int) -> bool:
    network, world = now.scene.baseline.network, now.scene.world
    passes, part = now.anyone[c] > LEAST_PASSING, world.corridor_open[0, c]
    if network.corridor_kind[c] == "port":
        is_own = now.scene.nation in network.passages.owners[c]
        return bool((part < 1.0 or world.corridor_load[0, c] > watched_load(network)[c]) and (passes or is_own))
    return bool(passes or part <= 0 or network.corridor_ids[c] in ALWAYS_SHOWN or _is_unbuilt(now.scene, c))


def _is_unbuilt(scene: Scene, c: int) -> bool:
    """Whether nothing can pass before works there are in use."""
    world, passages = scene.world, scene.baseline.network.passages
    return bool(passages.has_works[c] and not world.corridor_works_done[0, c] and world.corridor_capacity_t[0, c] == 0)


def _corridor(now: _Now, c: int) -> CorridorModel:
    scene = now.scene
    network, corridor = scene.baseline.network, scene.baseline.network.corridor_ids[c]
    part, name = float(scene.world.corridor_open[0, c]), corridor_name(corridor)
    state = _("Open.") if part >= 1 else _("Disturbed: {part} of it is open.", part=fmt.percent(part))
    state = state if part > 0 else _("Closed: ships go round.")
    detail = ""
    if _is_unbuilt(scene, c):
        state = _("Not built.")
        opens = int(scene.world.corridor_works_turn[0, c])
        detail = fmt.turn_date(opens) if opens else _("planned")
    mineral = scene.name(scene.axes.minerals[now.mineral])
    tip = Tip(
        name, fmt.percent(float(now.share[c])),
        _("Share of your {mineral} imports, ore and refined, that passes here. {state} {facts}",
          mineral=mineral, state=state, facts=" ".join(_facts(now, c))),
        _("per cent"), (), source.fields(*FIELDS), keys=((_("Its figures"), _("Click")),),
    )  # fmt: skip
    lon, lat = float(network.corridor_lon[c]), float(network.corridor_lat[c])
    return CorridorModel(corridor, name, network.corridor_kind[c], lon, lat, float(now.share[c]), part > 0, tip, detail)


def _facts(now: _Now, c: int) -> list[str]:
    """Who holds it, how full it is, what is built, how often it is disturbed, what insurers ask and the way round."""
    return [fact for tell in (_held, _filled, _worked, _disturbed, _insured, _round) for fact in tell(now, c)]


def _held(now: _Now, c: int) -> list[str]:
    network = now.scene.baseline.network
    owners = [now.scene.name(network.nations[n]) for n in network.passages.owners[c]]
    return [_("Held by {owners}.", owners=", ".join(owners))] if owners else []


def _filled(now: _Now, c: int) -> list[str]:
    world, calibration = now.scene.world, now.scene.calibration
    facts, room, rent = [], float(world.corridor_capacity_t[0, c]), float(world.corridor_rent_usd_bn[0, c])
    if np.isfinite(room) and room > 0:
        load = float(traffic_t(world, calibration, ways(world, calibration), np.array([c])).sum())
        facts.append(_("{load} of {room} gross passed.", load=fmt.mass(load), room=fmt.mass(room)))
    if rent > 0:
        facts.append(_("Places in it were worth {rent}.", rent=fmt.quantity(rent, "usd_bn")))
    waiting = float(waiting_share(world.corridor_load[0], now.scene.baseline.network)[c])
    if waiting > 0:
        facts.append(
            _("Where going round is cheap, {share} of the cargo waits or does so.", share=fmt.percent(waiting))
        )
    return facts


def _worked(now: _Now, c: int) -> list[str]:
    """What its works bring, and when."""
    world, passages = now.scene.world, now.scene.baseline.network.passages
    if not passages.has_works[c]:
        return []
    if world.corridor_works_done[0, c]:
        return [_("Its works are in use.")]
    more, cost = fmt.mass(float(passages.works_t[c])), fmt.quantity(float(passages.works_usd_bn[c]), "usd_bn")
    opens = int(world.corridor_works_turn[0, c])
    if opens > world.turn:
        return [_("Under construction for {cost}: {more} a year more from {date} on.",
                  cost=cost, more=more, date=fmt.turn_date(opens))]  # fmt: skip
    return [_("Announced, not begun: {more} a year more for {cost}, after {turns} turns.",
              cost=cost, more=more, turns=int(passages.works_turns[c]))]  # fmt: skip


def _disturbed(now: _Now, c: int) -> list[str]:
    network = now.scene.baseline.network
    odds = float(network.passages.closing_odds[c])
    if odds <= 0 or _is_unbuilt(now.scene, c):
        return []
    record = str(now.rows[network.corridor_ids[c]].get("odds_source", ""))
    return [_("Disturbed with odds of {odds} a year: {record}.", odds=fmt.percent(odds), record=_(record))]


def _insured(now: _Now, c: int) -> list[str]:
    asked, tension = float(now.premium[c]), float(now.tension[c])
    facts = []
    if asked >= LEAST_TOLD:
        facts.append(_("Insurers ask {risk} of the cargo's value more.", risk=fmt.percent(asked)))
    if tension > CALM_TENSION:
        facts.append(_("Tension with or among those who hold it: {tension} of 100.", tension=fmt.compact(tension)))
    return facts


def _round(now: _Now, c: int) -> list[str]:
    """What the way round costs the seat's imports, in the mean over what passes."""
    if now.share[c] <= 0:
        return []
    n, days, cost, total = now.scene.nation, 0.0, 0.0, 0.0
    for taken, _cargo in now.way.taken():
        around = way_round(now.scene.calibration, now.way, taken, c)
        for layer, field in ((ORE, "ore_flow_t"), (REFINED, "refined_flow_t")):
            more = around.cost[now.mineral, layer]
            mine = (around.pair % len(now.scene.axes.nations) == n) & around.cargo[now.mineral, layer]
            if (mine & ~np.isfinite(more)).any():
                return [_("Some of your imports know no way round it.")]
            tonnes = now.scene.world.arrays[field][0, now.mineral].reshape(-1)[around.pair[mine]]
            total += float(tonnes.sum())
            cost += float((tonnes * more[mine]).sum())
            days += float((tonnes * around.days[now.mineral, layer][mine]).sum())
    if total <= 0:
        return []
    if cost / total < LEAST_TOLD:
        return [_("Going round costs next to nothing.")]
    return [_("Going round costs your imports {cost} of their value and {days} days.",
              cost=fmt.percent(cost / total), days=fmt.compact(round(days / total)))]  # fmt: skip


CORRIDOR_WORDS = {
    "bab_el_mandeb": "Bab-el-Mandeb",
    "sunda_lombok": "Sunda and Lombok",
    "tazara": "TAZARA",
    "good_hope": "Cape route",
    "imec": "IMEC",
    "china_kyrgyz_uzbek": "China to Uzbekistan",
}


def corridor_name(corridor: str) -> str:
    """A short name for the map."""
    return _(CORRIDOR_WORDS.get(corridor, corridor.removeprefix("port_of_").replace("_", " ").title()))
