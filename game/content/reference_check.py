"""Finds ids that name nothing: unknown minerals, nations, products, sources, personalities, orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from game.content.facts import Facts
from game.content.level import REST
from game.content.yaml_tree import Path_
from game.engine.axes import TRACKS
from game.engine.technology import SUBSTITUTION
from game.problems import Problem, ProblemError
from game.registry import unknown_name
from game.rules.catalog import ORDERS, read_order
from game.rules.field import extra_of
from game.rules.orders.propose import Propose
from game.rules.treaty import treaties
from game.text import _

_BY_MINERAL_AND_PRODUCT = ("product_share", "past_growth", "recoverable", "contains")
_BY_MINERAL_AND_NATION = (
    "mined",
    "reserves",
    "refined_primary",
    "refined_secondary",
    "synthetic",
    "utilisation",
    "cost_spread",
    "public_stock",
    "consumption",
    "direct_use",
    "by_products",
    "seabed_ore",
)


def reference_problems(facts: Facts) -> Iterator[Problem]:
    """Yield a problem for every id that names nothing."""
    yield from _two_key_tables(facts)
    yield from _one_key_tables(facts)
    yield from _agreements(facts)
    yield from _measures(facts)
    yield from _projects(facts)
    yield from _ownership(facts)
    yield from _variants(facts)
    yield from _purity(facts)
    yield from _by_products(facts)
    yield from _relations(facts)
    yield from _sources(facts)
    yield from _level(facts)


def _unknown(what: str, names: Sequence[str], word: Any, where: str) -> Iterator[Problem]:
    # an id table that is missing or no table is named once, not again for every id that should be in it;
    # what YAML reads as yes or no is no id, which the models say
    if names and not isinstance(word, bool) and str(word) not in names:
        yield unknown_name(what, str(word), names, where)


def _or(names: Sequence[str], *words: str) -> list[str]:
    """Return the words that may stand in place of ids, and the ids; nothing when no id is known."""
    return [*words, *names] if names else []


def _keys(facts: Facts, path: tuple[str, ...], what: str, names: Sequence[str]) -> Iterator[Problem]:
    for key in facts.table(*path):
        yield from _unknown(what, names, key, facts.draft.where(*path, key))


def _two_key_tables(facts: Facts) -> Iterator[Problem]:
    minerals, nations, products = facts.mineral_ids, facts.nation_ids, facts.product_ids
    mineral, nation, product = _("mineral"), _("nation"), _("product")
    shapes = [(name, mineral, minerals, nation, nations) for name in _BY_MINERAL_AND_NATION]
    shapes += [(name, mineral, minerals, product, products) for name in _BY_MINERAL_AND_PRODUCT]
    shapes += [(name, product, products, nation, nations) for name in ("manufacturing", "final_demand")]
    shapes.append(("royalty", mineral, _or(minerals, "all"), nation, _or(nations, "default")))
    for table, what, names, inner_what, inner_names in shapes:
        yield from _keys(facts, (table,), what, names)
        for key, _row in facts.rows(table):
            yield from _keys(facts, (table, key), inner_what, inner_names)
    for scenario, _row in facts.rows("demand"):
        yield from _keys(facts, ("demand", scenario), mineral, minerals)
        for key, _cells in facts.rows("demand", scenario):
            yield from _keys(facts, ("demand", scenario, key), product, products)


def _one_key_tables(facts: Facts) -> Iterator[Problem]:
    minerals, nations = facts.mineral_ids, facts.nation_ids
    yield from _keys(facts, ("prices",), _("mineral"), minerals)
    yield from _keys(facts, ("unlimited_reserves",), _("mineral"), minerals)
    for key, names in facts.table("unlimited_reserves").items():
        yield from _each(facts, ("unlimited_reserves", key), names, _("nation"), _or(nations, "all"))
    yield from _keys(facts, ("knowledge",), _("nation"), nations)
    yield from _keys(facts, ("tracks",), _("track"), [*TRACKS, SUBSTITUTION])
    for nation, _row in facts.rows("knowledge"):
        yield from _keys(facts, ("knowledge", nation, "steps"), _("track"), TRACKS)
    personalities = list(facts.table("personalities"))
    for nation, row in facts.rows("holders"):
        yield from _unknown(_("nation"), nations, nation, facts.draft.where("holders", nation))
        for column in ("personality", "second"):
            if row.get(column):
                where = facts.draft.where("holders", nation, column)
                yield from _unknown(_("personality"), personalities, row[column], where)


def _each(facts: Facts, path: Path_, values: Any, what: str, names: Sequence[str]) -> Iterator[Problem]:
    for k, value in enumerate(values if isinstance(values, list) else []):
        yield from _unknown(what, names, value, facts.draft.where(*path, k))


def _agreements(facts: Facts) -> Iterator[Problem]:
    kinds, states = list(facts.table("relations", "agreement")), list(facts.table("agreement_states"))
    for key, row in facts.rows("agreements"):
        where = ("agreements", key)
        yield from _each(facts, (*where, "parties"), row.get("parties"), _("nation"), facts.nation_ids)
        named = _or(facts.mineral_ids, "all", "other")
        yield from _each(facts, (*where, "minerals"), row.get("minerals"), _("mineral"), named)
        for column, what, names in (("kind", _("kind of agreement"), kinds), ("status", _("status"), states)):
            if column in row:
                yield from _unknown(what, names, row[column], facts.draft.where(*where, column))


def _measures(facts: Facts) -> Iterator[Problem]:
    for key, row in facts.rows("restrictions"):
        where = ("restrictions", key)
        yield from _unknown(_("nation"), facts.nation_ids, row.get("nation"), facts.draft.where(*where, "nation"))
        if not str(row.get("mineral", "")).startswith("other:"):
            yield from _unknown(
                _("mineral"), facts.mineral_ids, row.get("mineral"), facts.draft.where(*where, "mineral")
            )
        yield from _each(facts, (*where, "targets"), row.get("targets"), _("nation"), _or(facts.nation_ids, "all"))
    for key, row in facts.rows("scripted"):
        yield from _order(facts, row, facts.draft.where("scripted", key), facts.nation_ids, facts.mineral_ids)


def _projects(facts: Facts) -> Iterator[Problem]:
    stages = list(facts.table("project_stages"))
    for key, row in facts.rows("projects"):
        for column, what, names in (
            ("nation", _("nation"), facts.nation_ids),
            ("mineral", _("mineral"), facts.mineral_ids),
            ("stage", _("stage of projects"), stages),
        ):
            if column in row:
                yield from _unknown(what, names, row[column], facts.draft.where("projects", key, column))


def _ownership(facts: Facts) -> Iterator[Problem]:
    for key, row in facts.rows("ownership"):
        for column, what, names in (
            ("nation", _("nation"), facts.nation_ids),
            ("mineral", _("mineral"), facts.mineral_ids),
            ("owner", _("nation"), facts.nation_ids),
        ):
            if column in row:
                yield from _unknown(what, names, row[column], facts.draft.where("ownership", key, column))


def _by_products(facts: Facts) -> Iterator[Problem]:
    for mineral, _cells in facts.rows("by_products"):
        for nation, row in facts.rows("by_products", mineral):
            where = facts.draft.where("by_products", mineral, nation, "host")
            yield from _unknown(_("mineral"), facts.mineral_ids, row.get("host"), where)


def _purity(facts: Facts) -> Iterator[Problem]:
    for table in ("high_purity", "high_purity_use"):
        yield from _keys(facts, (table,), _("mineral"), facts.mineral_ids)
    for key, row in facts.rows("high_purity"):
        yield from _keys(facts, ("high_purity", key), _("nation"), _or(facts.nation_ids, "default"))
        if "default" not in row:
            what = _("no default share of high purity")
            hint = _("add a row named default for the nations that are not listed")
            yield Problem("error", facts.draft.where("high_purity", key), what, hint)
    for key, names in facts.table("high_purity_use").items():
        yield from _each(facts, ("high_purity_use", key), names, _("product"), facts.product_ids)


def _variants(facts: Facts) -> Iterator[Problem]:
    names = list(facts.table("variants"))
    for key, row in facts.rows("variants"):
        if "product" in row:
            where = facts.draft.where("variants", key, "product")
            yield from _unknown(_("product"), facts.product_ids, row["product"], where)
        if isinstance(row.get("content"), Mapping):
            yield from _keys(facts, ("variants", key, "content"), _("mineral"), facts.mineral_ids)
    yield from _keys(facts, ("variant_share",), _("variant"), names)
    for key, _row in facts.rows("variant_share"):
        yield from _keys(facts, ("variant_share", key), _("nation"), _or(facts.nation_ids, "default"))


def _relations(facts: Facts) -> Iterator[Problem]:
    for group in ("pair", "trade"):
        for key in facts.table("relations", group):
            where = facts.draft.where("relations", group, key)
            parts = str(key).split("-")
            if len(parts) != 2:
                what = _("{key!r} does not name two nations", key=key)
                yield Problem("error", where, what, _("write two codes with a hyphen, like CHN-COD"))
                continue
            for nation in parts:
                yield from _unknown(_("nation"), facts.nation_ids, nation, where)


def _sources(facts: Facts) -> Iterator[Problem]:
    known = list(facts.table("sources"))
    tables = {name: table for name, table in facts.draft.tables.items() if name != "sources"}
    for path, value in _named_sources(tables, ()):
        if path in facts.broken:
            continue
        yield from _unknown(_("source"), known, value, facts.draft.where(*path))


def _named_sources(value: Any, path: Path_) -> Iterator[tuple[Path_, Any]]:
    if not isinstance(value, Mapping):
        return
    for key, item in value.items():
        if key == "source" and isinstance(item, str):
            yield (*path, key), item
        elif key == "sources" and isinstance(item, list):
            yield from (((*path, key, k), name) for k, name in enumerate(item))
        else:
            yield from _named_sources(item, (*path, key))


def _level(facts: Facts) -> Iterator[Problem]:
    row, where = facts.draft.row, facts.draft.row_where
    for key, what, names in (
        ("minerals", _("mineral"), facts.mineral_ids),
        ("nations", _("nation"), facts.nation_ids),
        ("orders", _("order"), list(ORDERS)),
    ):
        for k, name in enumerate(facts.chosen(key) or []):
            yield from _unknown(what, names, name, where("use", key, k))
        yield from _twice(facts.chosen(key) or [], lambda k, key=key: where("use", key, k))
    seats = row.get("seats", "all")
    yield from _twice(seats if isinstance(seats, list) else [], lambda k: where("seats", k))
    playable = [name for name in facts.nations if name != REST]
    for k, name in enumerate(seats if isinstance(seats, list) else []):
        yield from _unknown(_("seat among the nations in play"), playable, name, where("seats", k))
    if "default_nation" in row:
        offered = [name for name in playable if not isinstance(seats, list) or name in seats]
        yield from _unknown(_("seat"), offered, row["default_nation"], where("default_nation"))
    scripted = row.get("scripted")
    for k, given in enumerate(scripted if isinstance(scripted, list) else []):
        if isinstance(given, Mapping):
            yield from _order(facts, given, where("scripted", k), facts.nations, facts.minerals)
            yield from _turn(row, given, where("scripted", k, "turn"))


def _twice(names: Sequence[Any], where: Callable[[int], str]) -> Iterator[Problem]:
    for k, name in enumerate(names):
        if name in names[:k]:
            yield Problem("error", where(k), _("{name} stands twice in the list", name=name), _("remove one of them"))


def _turn(row: Mapping[str, Any], given: Mapping[str, Any], where: str) -> Iterator[Problem]:
    turn, turns = given.get("turn"), row.get("turns")
    if isinstance(turn, int) and isinstance(turns, int) and turn > turns:
        what = _("an order is given in turn {turn}, the level has {turns}", turn=turn, turns=turns)
        yield Problem("error", where, what, _("write a turn from 1 to {turns}", turns=turns))


def _order(
    facts: Facts, row: Mapping[str, Any], where: str, nations: Sequence[str], minerals: Sequence[str]
) -> Iterator[Problem]:
    """Yield what is wrong with a scripted order: its giver, its kind, its fields, the ids in them."""
    yield from _unknown(_("nation"), nations, row.get("nation"), where)
    given = row.get("order")
    if not isinstance(given, Mapping):
        return
    try:
        order = read_order(given, where)
    except ProblemError as error:
        yield from error.problems
        return
    named = {"mineral": (_("mineral"), minerals), "nation": (_("nation"), nations), "nations": (_("nation"), nations)}
    parts = [order, *(order.clauses if isinstance(order, Propose) else ())]
    for part in parts:
        for name in type(part).model_fields:
            what, names = named.get(extra_of(type(part), name).get("widget", ""), ("", ()))
            value = getattr(part, name)
            for word in value if isinstance(value, tuple | list) else (value,):
                if what:
                    yield from _unknown(what, names, word, where)
    if isinstance(order, Propose):
        yield from _clauses(order, where)


def _clauses(order: Propose, where: str) -> Iterator[Problem]:
    """Yield the clauses that a scripted proposal lacks."""
    for kind in treaties()[order.treaty].kinds:
        if kind not in [clause.kind for clause in order.clauses]:
            what = _("the proposal lacks the clause {clause!r}", clause=kind)
            yield Problem("error", where, what, _("add it to the clauses"))
