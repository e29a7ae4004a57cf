"""Fits the state in a save to the fields of this program, where an older one kept others.

A field that the save lacks begins as at the start of the level, one that is gone is left out, and axes that grew
(causes of postings, contract slots, turns ahead) keep what they held. What cannot be fitted without a guess is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from game.engine.field import Field
from game.engine.fields import ACCOUNTS, CAUSES, FIELD, FIELDS, PROGRAMMES, TRUST_CAUSES
from game.engine.world import World
from game.match.refusal import refusal
from game.match.snapshot import Array, Snapshot
from game.problems import ProblemError
from game.rules.clauses.deliver import Deliver
from game.rules.clauses.penalty import Penalty
from game.rules.clauses.price_rule import PriceRule
from game.rules.clauses.term import Term
from game.rules.terms import terms, write_treaty
from game.text import _

Labels = Mapping[str, Sequence[str]]

LABELS: Labels = {"A": ACCOUNTS, "X": CAUSES, "B": PROGRAMMES, "Y": TRUST_CAUSES}
LABELS_KEY = "labels"
COUNTED = frozenset("TJRCPQIG")  # axes of places: turns ahead, contract slots, cases, corridors

ADOPTED_CLAUSES, MOST_TURNS = 4, 30
PROGRAMME_AXIS = "B"  # once promises were kept by cause

# The labels of saves that did not write them down yet.
FIRST_LABELS: Labels = {
    "A": ("treasury", "political_capital", "support", "reliability"),
    "X": (
        "cap_sourcing", "buy_stock", "release_stock", "build_mine", "build_refinery", "build_recycler",
        "support_industry", "restrict_exports", "propose", "answer", "leave", "envelope", "royalty", "export_tax",
        "gate_rent", "import_tariff", "contract_settlement", "storage", "interest", "renewal", "shortage",
        "price_burden", "new_capacity", "lost_capacity", "debt", "kept_promise", "broken_promise", "recovery",
        "restricted_partner", "capped_supplier",
    ),
    "Y": ("restricted_partner", "capped_supplier", "kept_promise", "broken_promise", "signed", "recovery"),
}  # fmt: skip


@dataclass(frozen=True)
class Fitted:
    """A world made of a snapshot: `lacking` fields begin as at the start, `gone` ones this program does not know."""

    world: World
    lacking: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def is_older(self) -> bool:
        """Whether another version of the program wrote the snapshot."""
        return bool(self.lacking or self.gone)


def labels_as_data() -> dict[str, list[str]]:
    """The labels of this program's axes, for the records of a snapshot."""
    return {letter: list(names) for letter, names in LABELS.items()}


def is_older(fields: frozenset[str]) -> bool:
    """Whether a snapshot with these fields was written by a version of the program that kept others."""
    return fields != frozenset(FIELD)


def listed(names: tuple[str, ...], most: int = 3) -> str:
    """The first few names, and how many more there are."""
    shown = ", ".join(names[:most])
    return _("{names} and {n} more", names=shown, n=len(names) - most) if len(names) > most else shown


def fitted(snapshot: Snapshot, start: World, path: Path) -> Fitted:
    """The world of a snapshot, with all fields of this program; `start` is the same level's at its start.

    Raises ProblemError, naming the fields, when one has axes that cannot be fitted.
    """
    labels = json.loads(snapshot.records).get(LABELS_KEY, FIRST_LABELS)
    labels = {PROGRAMME_AXIS: labels["X"], **labels}
    arrays: dict[str, Array] = {}
    lacking, wrong = [], []
    for field in FIELDS:
        found, usual = snapshot.arrays.get(field.name), start.arrays[field.name]
        if found is None:
            lacking.append(field.name)
            arrays[field.name] = usual.copy()
            continue
        array = _refitted(found, usual, field, labels)
        if array is None:
            wrong.append(field.name)
        else:
            arrays[field.name] = array
    if wrong:
        raise _refused(path, wrong)
    gone = tuple(sorted(set(snapshot.arrays) - set(FIELD)))
    world = World(start.axes, snapshot.turn, arrays)
    if "contract_clause" in lacking:
        _adopt_contracts(world, json.loads(snapshot.records).get("treaties", ()))
    return Fitted(world, tuple(lacking), gone)


def _adopt_contracts(world: World, signed: Sequence[Mapping[str, Any]]) -> None:
    """Make an offtake of every contract of a save that knew no treaties yet, in the slot of the same number if it is
    free; `signed` are the save's records."""
    axes = world.axes
    first = {int(row["slot"]): int(row["first"]) for row in signed if row.get("state") == "in force"}
    for c in np.flatnonzero(world.contract_seller[0] >= 0):
        free, places = np.flatnonzero(world.treaty_kind[0] < 0), np.flatnonzero(world.clause_treaty[0] < 0)
        if not len(free) or len(places) < ADOPTED_CLAUSES:
            return
        since, until = first.get(int(c), world.turn), int(world.contract_until[0, c])
        fixed = not np.isnan(world.contract_ln[0, c])
        clauses = (
            Deliver(
                mineral=axes.minerals[int(world.contract_mineral[0, c])],
                layer="refined" if world.contract_layer[0, c] else "ore",
                volume_t=float(world.contract_t[0, c]),
            ),
            Term(turns=max(1, min(until - since + 1, MOST_TURNS))),
            PriceRule(rule="fixed" if fixed else "gate"),
            Penalty(share=float(world.contract_penalty_share[0, c])),
        )
        sides = ((int(world.contract_seller[0, c]),), (int(world.contract_buyer[0, c]),))
        slot = int(c) if c in free else int(free[0])
        write_treaty(world, 0, slot, terms("offtake", clauses, axes, *sides), since, until, places)
        world.contract_clause[0, c] = places[0]


def _refused(path: Path, names: list[str]) -> ProblemError:
    what = _("another version of the game wrote this save and kept other numbers ({names})", names=", ".join(names))
    return refusal(path, what, _("open it with that version; the file is left as it is"))


def _refitted(found: Array, usual: Array, field: Field, labels: Labels) -> Array | None:
    """An array with the axes that `usual` has; None when that would need a guess."""
    if found.dtype.kind != usual.dtype.kind or found.ndim != usual.ndim or found.shape[0] != usual.shape[0]:
        return None
    for axis, letter in enumerate(field.axes, start=1):
        wanted = usual.shape[axis]
        if letter in LABELS:
            found_names = tuple(labels.get(letter, ()))
            if len(found_names) != found.shape[axis]:
                return None
            if found_names != tuple(LABELS[letter]):
                found = _by_label(found, axis, found_names, LABELS[letter], field.default)
        elif found.shape[axis] != wanted:
            longer = _lengthened(found, axis, wanted, field.default) if letter in COUNTED else None
            if longer is None:
                return None
            found = longer
    return found


def _by_label(found: Array, axis: int, names: Sequence[str], wanted: Sequence[str], default: float) -> Array:
    """The array with its places along an axis in the wanted order; a name it lacks holds the default."""
    result = _full(found, axis, len(wanted), default)
    kept = [name for name in wanted if name in names]
    place: list[Any] = [slice(None)] * found.ndim
    source = list(place)
    place[axis], source[axis] = [wanted.index(name) for name in kept], [names.index(name) for name in kept]
    result[tuple(place)] = found[tuple(source)]
    return result


def _lengthened(found: Array, axis: int, length: int, default: float) -> Array | None:
    """The array with more places along an axis, or with fewer where the rest holds nothing; else None."""
    kept = min(length, found.shape[axis])
    inside: list[Any] = [slice(None)] * found.ndim
    inside[axis] = slice(kept)
    rest = list(inside)
    rest[axis] = slice(kept, None)
    if not np.array_equal(found[tuple(rest)], np.full_like(found[tuple(rest)], default), equal_nan=_is_float(found)):
        return None
    result = _full(found, axis, length, default)
    result[tuple(inside)] = found[tuple(inside)]
    return result


def _full(found: Array, axis: int, length: int, default: float) -> Array:
    shape = list(found.shape)
    shape[axis] = length
    return np.full(shape, default, dtype=found.dtype)


def _is_float(array: Array) -> bool:
    return array.dtype.kind == "f"
