"""Opening trust and trade preference, from alliances, agreements and restrictions in force on 1 January 2025."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import numpy as np

from game.content.level import REST, Level
from game.content.models.policy import RelationRow, RestrictionRow
from game.engine.axes import Axes
from game.text import _

ALLIES = ("nato", "nato_territory", "us_treaty")
PARTNERS = ("nato_partner", "us_partner", "mnna")
LEAST_TRUST, MOST_TRUST = 5.0, 95.0
TOTAL_BAN = 0.95
GENERAL_WEIGHT = 0.5  # a measure against all offends each partner half as much as one that names it


def relation_arrays(level: Level, axes: Axes) -> dict[str, Any]:
    """Return affinity, closed arcs, trust and the notes that explain trust, for a Baseline."""
    ties = _Ties(level, axes)
    ties.alignments()
    ties.agreements()
    ties.restrictions()
    ties.pairs()
    count = len(axes.nations)
    trust = np.clip(ties.trust, LEAST_TRUST, MOST_TRUST)
    trust[np.arange(count), np.arange(count)] = MOST_TRUST
    np.fill_diagonal(ties.affinity, 0.0)
    return {
        "affinity": ties.affinity,
        "ore_open": ties.open["ore"],
        "refined_open": ties.open["refined"],
        "trust": trust,
        "trust_note": {pair: tuple(notes) for pair, notes in ties.notes.items()},
    }


class _Ties:
    """Sums what ties do: affinity[origin, destination], trust[truster, trusted]."""

    def __init__(self, level: Level, axes: Axes) -> None:
        self.level = level
        self.axes = axes
        count = len(axes.nations)
        base = level.world.relations["base"]["all"]
        self.affinity = np.full((count, count), float(base.affinity))
        self.trust = np.full((count, count), float(base.trust))
        shape = (len(axes.minerals), count, count)
        self.open = {"ore": np.ones(shape, dtype=bool), "refined": np.ones(shape, dtype=bool)}
        self.notes: dict[tuple[int, int], list[tuple[str, float]]] = {}

    def alignments(self) -> None:
        rows = self.level.world.relations["alignment"]
        labels = {
            "allies": _("military allies"),
            "partners": _("ally and partner of the United States"),
            "estranged": _("on opposite sides of the war in Europe"),
            "rivals": _("rival powers"),
            "friends": _("partners in a multipolar order"),
            "csto": _("members of one security treaty"),
        }
        for a, b in combinations([name for name in self.axes.nations if name != REST], 2):
            tie = _alignment_tie(self._alignment(a), self._alignment(b))
            if tie and tie in rows:
                self._both(a, b, rows[tie], labels[tie])

    def _alignment(self, nation: str) -> str:
        return self.level.nation(nation).defence_alignment

    def agreements(self) -> None:
        rows = self.level.world.relations["agreement"]
        for agreement in self.level.agreements_in_force.values():
            inside = [name for name in self.axes.nations if name in agreement.parties and name != REST]
            for a, b in combinations(inside, 2):
                self._both(a, b, rows[agreement.kind], f"{agreement.name}, {agreement.year}")

    def restrictions(self) -> None:
        for row in self.level.restrictions_in_force.values():
            if row.nation not in self.axes.nation_index or row.nation == REST:
                continue
            to_all = row.targets == ["all"]
            if to_all and row.side not in ("export", "import"):
                continue  # a rule on mining at home that treats all alike offends nobody
            targets = [name for name in self.axes.nations if (to_all or name in row.targets) and name != REST]
            for target in targets:
                if target != row.nation and (not to_all or self._is_hit(row, target)):
                    self._restrict(row, target, GENERAL_WEIGHT if to_all else 1.0)

    def _is_hit(self, row: RestrictionRow, target: str) -> bool:
        """Whether a measure against all touches a nation: it uses the mineral, or refines it."""
        world = self.level.world
        return any(target in table.get(row.mineral, {}) for table in (world.consumption, world.refined_primary))

    def _restrict(self, row: RestrictionRow, target: str, weight: float) -> None:
        relation = self.level.world.relations["restriction"][row.measure]
        actor, hit = self.axes.nation_index[row.nation], self.axes.nation_index[target]
        mineral = self.level.mineral(row.mineral).name.lower()
        label = _("{measure} on {mineral} since {year}", measure=row.measure, mineral=mineral, year=row.start[:4])
        self._note(hit, actor, label, relation.trust * row.severity * weight)
        if weight == 1.0:
            pair = (actor, hit) if row.side == "export" else (hit, actor)
            self.affinity[pair] += relation.affinity * row.severity
        whole_year = row.start <= "2024-01-01" and row.side == "export"
        if row.measure == "ban" and row.whole_layer and row.severity >= TOTAL_BAN and whole_year:
            position = self.axes.mineral_index[row.mineral]
            for layer in ("ore", "refined") if row.layer == "both" else (row.layer,):
                self.open[layer][position, actor, hit] = False

    def pairs(self) -> None:
        relations = self.level.world.relations
        for group in ("pair", "trade"):
            for key, row in relations.get(group, {}).items():
                a, b = key.split("-")
                if a in self.axes.nation_index and b in self.axes.nation_index:
                    self._both(a, b, row, row.note)

    def _both(self, a: str, b: str, row: RelationRow, label: str) -> None:
        first, second = self.axes.nation_index[a], self.axes.nation_index[b]
        for one, other in permutations((first, second)):
            self.affinity[one, other] += row.affinity
            self._note(one, other, label, row.trust)

    def _note(self, truster: int, trusted: int, label: str, points: float) -> None:
        if points:
            self.trust[truster, trusted] += points
            self.notes.setdefault((truster, trusted), []).append((label, round(points, 2)))


def _alignment_tie(a: str, b: str) -> str | None:
    """Return the key of relations.alignment that two defence alignments make, or None."""
    pair = {a, b}
    if a in ALLIES and b in ALLIES:
        return "allies"
    if pair & set(ALLIES):
        other = b if a in ALLIES else a
        if other in PARTNERS:
            return "partners"
        return {"russia_csto": "estranged", "china": "rivals"}.get(other)
    if pair == {"russia_csto"}:
        return "csto"
    return "friends" if pair == {"china", "russia_csto"} else None
