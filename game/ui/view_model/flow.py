"""Trade of one mineral on the map: who ships how much to whom by which way, and the corridors your imports pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.engine.axes import ORE, REFINED
from game.engine.corridor import traffic_t
from game.engine.routes import Routes, routes
from game.engine.way import ways
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Tip
from game.ui.view_model import source
from game.ui.view_model.scene import Scene

MOST_FLOWS, MOST_OWN_FLOWS = 14, 8
LEAST_SHARE = 0.004  # of the world's trade in the mineral; smaller flows are not drawn
WATCH_SHARE, RISK_SHARE = 0.25, 0.60
LEAST_PASSING = 0.02  # of what passes the busiest corridor; quieter ones are not drawn
ALWAYS_SHOWN = ("malacca", "suez", "bab_el_mandeb", "hormuz", "panama", "good_hope", "gibraltar", "taiwan_strait")
Legs = tuple[tuple[str, Sequence[tuple[float, float]]], ...]


@dataclass(frozen=True)
class FlowModel:
    """A stream from one nation to another: `style` is ore, refined or contract."""

    id: str
    legs: Legs
    volume: float
    style: str
    tip: Tip


@dataclass(frozen=True)
class CorridorModel:
    """A strait, canal or land corridor and the share of the seat's imports of the mineral that passes it."""

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    share: float
    is_open: bool
    tip: Tip

    @property
    def state(self) -> str:
        """How much hangs on it: open, watch, high_risk; closed when it is."""
        if not self.is_open:
            return "closed"
        return "high_risk" if self.share >= RISK_SHARE else "watch" if self.share >= WATCH_SHARE else "open"


def open_routes(scene: Scene) -> Routes:
    """The routes with the corridors closed that are closed now."""
    network = scene.baseline.network
    shut = scene.world.corridor_open[0] <= 0
    return routes(network, frozenset(np.array(network.corridor_ids)[shut].tolist()))


def flows(scene: Scene, mineral: str) -> list[FlowModel]:
    """The largest streams of ore and refined metal, and all that matter to the seat."""
    m, ways = scene.mineral(mineral), open_routes(scene)
    found: list[FlowModel] = []
    for layer, field in ((ORE, "ore_flow_t"), (REFINED, "refined_flow_t")):
        tonnes = scene.world.arrays[field][0, m].copy()
        np.fill_diagonal(tonnes, 0.0)
        _without_rest(scene, tonnes)
        total = float(tonnes.sum())
        if total <= 0:
            continue
        for i, j in _chosen(tonnes, scene.nation, total):
            legs = ways.legs(i, j)
            if legs:
                found.append(_flow(scene, m, layer, field, i, j, float(tonnes[i, j]), legs))
    return found


def _without_rest(scene: Scene, tonnes: np.ndarray) -> None:
    rest = scene.axes.rest_of_world
    if rest is not None:
        tonnes[rest, :] = tonnes[:, rest] = 0.0


def _chosen(tonnes: np.ndarray, n: int, total: float) -> list[tuple[int, int]]:
    order = np.argsort(-tonnes, axis=None, kind="stable")
    pairs = [divmod(int(place), tonnes.shape[1]) for place in order[:400]]
    worth = [(i, j) for i, j in pairs if tonnes[i, j] >= LEAST_SHARE * total]
    own = [pair for pair in worth if n in pair][:MOST_OWN_FLOWS]
    return list(dict.fromkeys([*worth[:MOST_FLOWS], *own]))


def _flow(scene: Scene, m: int, layer: int, field: str, i: int, j: int, tonnes: float, legs: Legs) -> FlowModel:
    axes = scene.axes
    contracted = contracted_t(scene, m, layer, i, j)
    own_contract = contracted > 0 and scene.nation in (i, j)
    row = scene.level.mineral(axes.minerals[m])
    goods = _(row.ore_name) if layer == ORE else _(row.refined_name)
    causes = (Cause(_("of it under contract"), contracted, fmt.mass(contracted), "good"),) if contracted else ()
    tip = Tip(
        _("{origin} to {destination}", origin=scene.name(axes.nations[i]), destination=scene.name(axes.nations[j])),
        fmt.mass(tonnes), _("{goods} shipped in the last half-year", goods=goods.capitalize()), _("tonnes a half-year"),
        causes, source.fields(field, "contract_delivered_t"),
    )  # fmt: skip
    style = "contract" if own_contract else "ore" if layer == ORE else "refined"
    return FlowModel(f"{layer}.{axes.nations[i]}.{axes.nations[j]}", legs, tonnes, style, tip)


def contracted_t(scene: Scene, m: int, layer: int, seller: int, buyer: int) -> float:
    """Tonnes that firm contracts delivered last turn from one nation to another."""
    world = scene.world
    fits = (world.contract_seller[0] == seller) & (world.contract_buyer[0] == buyer)
    fits &= (world.contract_mineral[0] == m) & (world.contract_layer[0] == layer)
    return float(world.contract_t[0, fits].sum())


def corridors(scene: Scene, mineral: str) -> list[CorridorModel]:
    """The corridors that something of the mineral passes, the closed ones, and the great chokepoints."""
    m, n, ways = scene.mineral(mineral), scene.nation, open_routes(scene)
    network, world = scene.baseline.network, scene.world
    passing, total = np.zeros(len(network.corridor_ids)), 0.0
    anyone = np.zeros(len(network.corridor_ids))
    for field in ("ore_flow_t", "refined_flow_t"):
        tonnes = world.arrays[field][0, m].copy()
        np.fill_diagonal(tonnes, 0.0)
        passing += (tonnes[:, n, None] * ways.use[:, n, :]).sum(0)
        total += float(tonnes[:, n].sum())
        anyone += (tonnes[:, :, None] * ways.use).sum((0, 1))
    shares = passing / total if total > 0 else passing
    anyone /= max(float(anyone.max()), 1e-12)
    found = []
    for c, corridor in enumerate(network.corridor_ids):
        is_closed = world.corridor_open[0, c] <= 0
        if network.corridor_kind[c] == "port" or not (
            anyone[c] > LEAST_PASSING or is_closed or corridor in ALWAYS_SHOWN
        ):
            continue
        found.append(_corridor(scene, m, c, corridor, float(shares[c])))
    return found


def _corridor(scene: Scene, m: int, c: int, corridor: str, share: float) -> CorridorModel:
    network = scene.baseline.network
    part = float(scene.world.corridor_open[0, c])
    is_open = part > 0
    name = corridor_name(corridor)
    state = _("Open.") if part >= 1 else _("Disturbed: {part} of it is open.", part=fmt.percent(part))
    state = state if is_open else _("Closed: ships go round.")
    mineral = scene.name(scene.axes.minerals[m])
    tip = Tip(
        name, fmt.percent(share),
        _("Share of your {mineral} imports, ore and refined, that passes here. {state} {facts}",
          mineral=mineral, state=state, facts=_corridor_facts(scene, c)),
        _("per cent"), (), source.fields(
            "ore_flow_t", "refined_flow_t", "corridor_open", "corridor_capacity_t", "corridor_risk",
            "corridor_rent_usd_bn"),
    )  # fmt: skip
    lon, lat = float(network.corridor_lon[c]), float(network.corridor_lat[c])
    return CorridorModel(corridor, name, network.corridor_kind[c], lon, lat, share, is_open, tip)


def _corridor_facts(scene: Scene, c: int) -> str:
    """Who holds it, how full it is, how often it is disturbed and what insurers ask, in short sentences."""
    network, world = scene.baseline.network, scene.world
    passages = network.passages
    facts = []
    owners = [scene.name(network.nations[n]) for n in passages.owners[c]]
    if owners:
        facts.append(_("Held by {owners}.", owners=", ".join(owners)))
    room = float(world.corridor_capacity_t[0, c])
    if np.isfinite(room) and room > 0:
        way = ways(world, scene.calibration)
        load = float(traffic_t(world, scene.calibration, way, np.array([c])).sum())
        facts.append(_("{load} of {room} gross passed.", load=fmt.mass(load), room=fmt.mass(room)))
    rent = float(world.corridor_rent_usd_bn[0, c])
    if rent > 0:
        facts.append(_("Places in it were worth {rent}.", rent=fmt.quantity(rent, "usd_bn")))
    odds = float(passages.closing_odds[c])
    if odds > 0:
        record = str(scene.level.routes["corridors"][network.corridor_ids[c]].get("odds_source", ""))
        facts.append(_("Disturbed with odds of {odds} a year: {record}.", odds=fmt.percent(odds), record=_(record)))
    risk = float(world.corridor_risk[0, c])
    if risk > 0:
        facts.append(_("Insurers ask {risk} of the cargo's value more.", risk=fmt.percent(risk)))
    return " ".join(facts)


CORRIDOR_WORDS = {
    "bab_el_mandeb": "Bab-el-Mandeb",
    "sunda_lombok": "Sunda and Lombok",
    "tazara": "TAZARA",
    "good_hope": "Cape route",
}


def corridor_name(corridor: str) -> str:
    """A short name for the map."""
    return _(CORRIDOR_WORDS.get(corridor, corridor.replace("_", " ").title()))
