"""How the world stands with the seat: partners, blocs, treaties, who could squeeze whom, and one partner in detail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.measures.risk import leverage
from game.engine.pact import TREATIES as TREATY_IDS
from game.engine.tension import mutual_tension, world_tension
from game.match.offer import IN_FORCE, Signed
from game.rules.catalog import TREATIES
from game.text import _, _n
from game.ui import format as fmt
from game.ui.tip import Number, Tip
from game.ui.view_model.measure import measure_number
from game.ui.view_model.nation import trust
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number, fields, game_number
from game.ui.view_model.words import trust_words

Array = NDArray[np.float64]

MOST_PARTNERS = 14
MOST_IN_MATRIX = 12
MOST_SQUEEZES = 7
FRIENDS = 62.0  # trust both ways from which two others are shown to hold together
SQUEEZE = 3.0  # points of leverage from which it is worth a line
BLOC_MEMBERS = 3
MOST_BLOCS = 6


@dataclass(frozen=True)
class Partner:
    """A nation around the seat: how far it trusts the seat, how much they trade (0-1 of the largest), its bloc."""

    nation: str
    name: str
    trust: Number
    trade_share: float
    bloc: int  # position in `blocs`, -1 for none
    tense: bool


@dataclass(frozen=True)
class Bloc:
    """Nations with a common agreement: who, how far they trust each other, whether the seat is one of them."""

    name: str
    members: tuple[str, ...]
    cohesion: Number
    words: str
    is_mine: bool


@dataclass(frozen=True)
class TreatyRow:
    """A treaty in force anywhere: kind, members, until when, and the highest strain of a member."""

    slot: int
    title: str
    tip: Tip
    members: tuple[str, ...]
    until: Number
    strain: Number
    is_mine: bool


@dataclass(frozen=True)
class Squeeze:
    """Who could stop selling to whom and lose less by it, with the points between them."""

    first: str
    second: str
    points: Number


@dataclass(frozen=True)
class Cell:
    """Trust of one nation in another, for the matrix."""

    value: Number
    trust: float


@dataclass(frozen=True)
class Relation:
    """One partner: trust both ways, tension, leverage both ways, and what is open between the two."""

    nation: str
    name: str
    character: str
    theirs: Number
    ours: Number
    word: str
    tension: Number
    leverage: tuple[Number, Number]
    open: tuple[str, ...]


def partners(scene: Scene, most: int = MOST_PARTNERS) -> list[Partner]:
    """The `most` nations that matter to the seat by trade and by how they stand with it, in order of their bloc."""
    w, n = scene.world, scene.nation
    value = _traded(scene)
    traded = value[n] + value[:, n]
    moved = np.abs(w.trust[0, :, n] - 50.0) / 50.0
    weight = traded / max(traded.max(), 1e-12) + 0.3 * moved
    weight[n] = -1.0
    if scene.axes.rest_of_world is not None:
        weight[scene.axes.rest_of_world] = -1.0
    chosen = [int(i) for i in np.argsort(-weight, kind="stable")[:most] if weight[i] > 0]
    homes = [set(bloc.members) for bloc in blocs(scene)]
    tense = mutual_tension(w)[0, n]
    found = []
    for i in chosen:
        nation = scene.axes.nations[i]
        home = next((k for k, members in enumerate(homes) if nation in members), -1)
        share = float(traded[i] / max(traded.max(), 1e-12))
        figure = trust(scene, nation, scene.seat).value
        found.append(Partner(nation, scene.name(nation), figure, share, home, bool(tense[i] >= 20.0)))
    return sorted(found, key=lambda partner: (partner.bloc, -(partner.trust.value or 0.0)))


def ties(scene: Scene, shown: list[Partner]) -> list[tuple[str, str]]:
    """Pairs among the partners shown that trust each other."""
    at = [scene.position(partner.nation) for partner in shown]
    both = np.minimum(scene.world.trust[0], scene.world.trust[0].T)
    pairs = [(a, b) for k, a in enumerate(at) for b in at[k + 1 :] if both[a, b] >= FRIENDS]
    return [(scene.axes.nations[a], scene.axes.nations[b]) for a, b in pairs]


def blocs(scene: Scene) -> list[Bloc]:
    """Treaties in force that bind three and more, one of each set of members: the seat's own first, then by size."""
    found: dict[tuple[str, ...], Bloc] = {}
    for treaty in treaty_rows(scene):
        if len(treaty.members) >= BLOC_MEMBERS and treaty.members not in found:
            found[treaty.members] = _bloc(scene, treaty)
    return sorted(found.values(), key=lambda bloc: (not bloc.is_mine, -len(bloc.members)))[:MOST_BLOCS]


def _bloc(scene: Scene, treaty: TreatyRow) -> Bloc:
    at = [scene.position(nation) for nation in treaty.members]
    between = scene.world.trust[0][np.ix_(at, at)]
    value = float(between[~np.eye(len(at), dtype=np.bool_)].mean())
    title = _("Cohesion of {name}", name=treaty.title)
    meaning = _("Mean trust of its members in each other, 0–100.")
    figure = field_number(value, "index", "trust", title=title, meaning=meaning)
    words = _("You are a member") if treaty.is_mine else _("You stand outside")
    return Bloc(treaty.title, treaty.members, figure, words, treaty.is_mine)


def others(scene: Scene, members: tuple[str, ...]) -> Number:
    """The members that have no room, as a number with their names."""
    names = ", ".join(map(scene.name, members))
    return game_number(
        float(len(members)), "count", _("members"), title=_("More members"), meaning=names, text=f"+{len(members)}"
    )


def treaty_rows(scene: Scene) -> list[TreatyRow]:
    """Treaties in force that the seat may know of, its own first."""
    w = scene.world
    found = []
    for slot in np.flatnonzero(w.treaty_kind[0] >= 0):
        flags = w.treaty_member[0, slot]
        is_mine = bool(flags[scene.nation])
        if w.treaty_secret[0, slot] and not is_mine:
            continue
        found.append(_treaty(scene, int(slot), flags, is_mine))
    return sorted(found, key=lambda treaty: (not treaty.is_mine, -(treaty.strain.value or 0.0)))


def _treaty(scene: Scene, slot: int, flags: NDArray[np.bool_], is_mine: bool) -> TreatyRow:
    w = scene.world
    members = tuple(scene.axes.nations[i] for i in np.flatnonzero(flags))
    bundle = TREATIES[TREATY_IDS[int(w.treaty_kind[0, slot])]]
    kind = _(bundle.title)
    title = (
        next((signed.name for signed in scene.match.treaties() if signed.slot == slot and _holds(signed)), "") or kind
    )
    last = int(w.treaty_until[0, slot])
    until = field_number(
        float(last), "date", "treaty_until", title=_("Last turn in force"),
        meaning=_("The last half-year in which the treaty holds."), text=_("to {date}", date=fmt.turn_date(last)),
    )  # fmt: skip
    held = w.strain[0, slot, flags]
    worst = float(held.max()) if held.size else 0.0
    who = scene.name(members[int(held.argmax())]) if members else ""
    strain = field_number(
        worst, "index", "strain", title=_("Strain"), better=-1, tone="bad" if worst >= 60 else "",
        meaning=_("Of the member whose patience is most used up ({nation}): from 60 on it asks for new terms, from"
                  " 80 on it gives notice.", nation=who),
    )  # fmt: skip
    tip = Tip(title, kind, _(bundle.summary), _("kind of treaty"), (), fields("treaty_kind", "treaty_member"))
    return TreatyRow(slot, title, tip, members, until, strain, is_mine)


def _holds(signed: Signed) -> bool:
    return signed.state == IN_FORCE


def squeezes(scene: Scene) -> tuple[list[Squeeze], list[Squeeze]]:
    """Whom the seat could squeeze, and who could squeeze it, the strongest first."""
    points = leverage(scene.world, scene.calibration)[0]
    own, theirs = points[scene.nation], points[:, scene.nation]
    return (
        [_squeeze(scene, scene.nation, int(i)) for i in np.argsort(-own)[:MOST_SQUEEZES] if own[i] >= SQUEEZE],
        [_squeeze(scene, int(i), scene.nation) for i in np.argsort(-theirs)[:MOST_SQUEEZES] if theirs[i] >= SQUEEZE],
    )


def _squeeze(scene: Scene, first: int, second: int) -> Squeeze:
    nations = scene.axes.nations
    figure = measure_number(scene, "leverage", (first, second))
    return Squeeze(nations[first], nations[second], figure)


def matrix(scene: Scene) -> tuple[list[str], list[list[Cell | None]]]:
    """The nations with most trade, the seat first, and how far each (row) trusts each other (column)."""
    traded = _traded(scene)
    total = traded.sum(0) + traded.sum(1)
    total[scene.nation] = np.inf
    if scene.axes.rest_of_world is not None:
        total[scene.axes.rest_of_world] = -1.0
    chosen = [int(i) for i in np.argsort(-total, kind="stable")[:MOST_IN_MATRIX]]
    names = [scene.axes.nations[i] for i in chosen]
    cells = [[_cell(scene, i, j) if i != j else None for j in chosen] for i in chosen]
    return names, cells


def _cell(scene: Scene, truster: int, trusted: int) -> Cell:
    value = float(scene.world.trust[0, truster, trusted])
    names = {"one": scene.name(scene.axes.nations[truster]), "other": scene.name(scene.axes.nations[trusted])}
    title = _("Trust of {one} in {other}", **names)
    meaning = _("0 is open hostility, 50 neither way, 100 an ally: {word}.", word=trust_words(value).lower())
    return Cell(field_number(value, "index", "trust", title=title, meaning=meaning), value)


def relation(scene: Scene, nation: str) -> Relation:
    """How the seat and one nation stand."""
    i, n = scene.position(nation), scene.nation
    theirs, ours = trust(scene, nation, scene.seat), trust(scene, scene.seat, nation)
    value = float(mutual_tension(scene.world)[0, n, i])
    tense = field_number(
        value, "index", "tension", title=_("Tension between you"), better=-1, tone="bad" if value >= 40 else "",
        meaning=_("What was added to that of 2024: it makes shipping dearer and corridors less sure; coercion raises"
                  " it, talks and time lower it."),
    )  # fmt: skip
    character = scene.level.personalities.get(nation)
    words = _(scene.level.personality(character["name"]).name) if character else ""
    pressures = (measure_number(scene, "leverage", (n, i)), measure_number(scene, "leverage", (i, n), better=-1))
    return Relation(
        nation, scene.name(nation), words, theirs.value, ours.value, theirs.word, tense, pressures,
        tuple(_open_between(scene, i)),
    )  # fmt: skip


def _open_between(scene: Scene, other: int) -> list[str]:
    """Demands, cases and sanctions between the seat and a nation, in words."""
    w, n = scene.world, scene.nation
    name = scene.name(scene.axes.nations[other])
    found = []
    for by, target, message in (
        (n, other, "Your demand to {nation} is due {date}"),
        (other, n, "{nation} demands a concession by {date}"),
    ):
        if w.demand_target[0, by] == target:
            found.append(_(message, nation=name, date=fmt.turn_date(int(w.demand_due[0, by]))))
    cases = np.flatnonzero(w.case_by[0] >= 0)
    for case in cases:
        pair = (int(w.case_by[0, case]), int(w.case_against[0, case]))
        date = fmt.turn_date(int(w.case_due[0, case]))
        if pair == (n, other):
            found.append(_("Your case against {nation} is ruled on {date}", nation=name, date=date))
        elif pair == (other, n):
            found.append(_("The case of {nation} against you is ruled on {date}", nation=name, date=date))
    if w.sanction_rate[0, n, other] > 0:
        found.append(_("You sanction {nation}", nation=name))
    if w.sanction_rate[0, other, n] > 0:
        found.append(_("{nation} sanctions you", nation=name))
    return found


def head_words(scene: Scene) -> tuple[Number, Number, Number]:
    """Treaties of the seat in force, world tension and the forum's strength."""
    own = sum(treaty.is_mine for treaty in treaty_rows(scene))
    treaties = game_number(
        float(own), "count", _("treaties in force"), title=_("Your treaties"),
        meaning=_("Treaties in force of which you are a member."),
        text=_n("{n} treaty in force", "{n} treaties in force", own),
    )  # fmt: skip
    value = float(world_tension(scene.world, scene.baseline.gdp_usd_bn)[0])
    tense = field_number(
        value, "index", "tension", title=_("World tension"), better=-1,
        tone="bad" if value >= 60 else "warn" if value >= 30 else "",
        meaning=_("Every nation's highest tension with another, weighed by GDP, 0–100; above 60 everyone pays."),
    )  # fmt: skip
    strength = float(scene.world.forum_strength[0])
    forum = field_number(
        strength, "index", "forum_strength", title=_("Strength of the forum"),
        meaning=_("How far rulings bind those who lose, 0–100: it grows as rulings are asked for and obeyed."),
    )  # fmt: skip
    return treaties, tense, forum


def _traded(scene: Scene) -> Array:
    """Value of ore and metal shipped last turn at prices of 2024, [O, D] US$."""
    b, w = scene.baseline, scene.world
    ore = (w.ore_flow_t[0] * b.ore_price_usd_per_t[:, None, None]).sum(0)
    value: Array = ore + (w.refined_flow_t[0] * b.price_usd_per_t[:, None, None]).sum(0)
    np.fill_diagonal(value, 0.0)
    return value
