"""Finds figures that contradict one another: shares, ore balances, stocks, demand without supply, histories, routes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from game.content.facts import Facts, number
from game.content.level import REST
from game.content.network import network_from
from game.content.relation import TOTAL_BAN
from game.content.yaml_tree import Path_
from game.engine.baseline import Parameters
from game.problems import Problem, ProblemError
from game.registry import unknown_name
from game.text import _

SHARE_TOLERANCE = 0.011
ORE_TOLERANCE = 0.01
LEAST_HISTORY = 8  # years of prices that the long-run level is the median of
BASE_YEAR = 2024


def figure_problems(facts: Facts) -> Iterator[Problem]:
    """Yield a problem for every contradiction."""
    yield from _shares(facts)
    yield from _ownership(facts)
    yield from _variants(facts)
    for mineral in facts.minerals:
        yield from _ore_balance(facts, mineral)
        yield from _suppliers(facts, mineral)
        yield from _stock(facts, mineral)
        yield from _history(facts, mineral)
        yield from _demand(facts, mineral)
    yield from _years(facts)
    yield from _dates(facts)
    yield from _bans(facts)
    yield from _parameters(facts)
    yield from _needed(facts)
    yield from _corridors(facts)


def _shares(facts: Facts) -> Iterator[Problem]:
    for table in ("product_share", "manufacturing", "final_demand"):
        for key, _row in facts.rows(table):
            if facts.is_sound(table, key):
                yield from _sum_to_one(facts, facts.total(table, key), f"{table}.{key}", facts.draft.where(table, key))
    if facts.is_sound("products"):
        total = sum(facts.value("products", key, "value_weight") or 0 for key in facts.product_ids)
        yield from _sum_to_one(facts, total, "products.*.value_weight", facts.draft.where("products"))


def _ownership(facts: Facts) -> Iterator[Problem]:
    owned: dict[tuple[str, str, str], float] = {}
    for key, row in facts.rows("ownership"):
        if not facts.is_sound("ownership", key):
            continue
        site = (str(row["nation"]), str(row["mineral"]), str(row["stage"]))
        owned[site] = owned.get(site, 0.0) + float(row["share"])
        if owned[site] > 1 + SHARE_TOLERANCE:
            what = _("foreigners own {total:.3f} of {site}", total=owned[site], site=" ".join(site))
            hint = _("no more than 1; lower the shares of its rows")
            yield Problem("error", facts.draft.where("ownership", key, "share"), what, hint)


def _variants(facts: Facts) -> Iterator[Problem]:
    """Yield a problem for each product and nation whose shares of variants do not sum to 1."""
    tables = {key: facts.table("variant_share", key) for key, _row in facts.rows("variants")}
    products = sorted({str(row.get("product")) for _key, row in facts.rows("variants")})
    for product in products if set(products) <= set(facts.product_ids) else ():
        own = [key for key, row in facts.rows("variants") if row.get("product") == product]
        for nation in sorted({"default", *(name for key in own for name in tables[key])}):
            known = [facts.value("variant_share", key, nation) for key in own]
            usual = [facts.value("variant_share", key, "default") for key in own]
            total = sum((a if a is not None else b) or 0.0 for a, b in zip(known, usual, strict=True))
            where = facts.draft.where("variant_share", own[0])
            yield from _sum_to_one(facts, total, f"variant_share.*.{nation} ({product})", where)


def _sum_to_one(facts: Facts, total: float, name: str, where: str) -> Iterator[Problem]:
    if abs(total - 1) > SHARE_TOLERANCE:
        what = _("the shares of {name} sum to {total:.3f}", name=name, total=total)
        yield Problem("error", where, what, _("they must sum to 1; change one by {change:+.3f}", change=1 - total))


def _sound(facts: Facts, mineral: str, *tables: str) -> bool:
    return all(facts.is_sound(table, mineral) for table in tables)


def _ore_balance(facts: Facts, mineral: str) -> Iterator[Problem]:
    if not _sound(facts, mineral, "mined", "direct_use", "refined_primary", "minerals"):
        return
    ore = facts.total("mined", mineral) - facts.total("direct_use", mineral)
    refined = facts.total("refined_primary", mineral)
    ratio = facts.value("minerals", mineral, "refined_per_ore")
    if ratio is None or abs(refined - ore * ratio) <= ORE_TOLERANCE * max(refined, 1e-9):
        return
    what = _(
        "{mineral} cannot be calibrated: {ore:,.0f} t of ore reach refineries and give {given:,.0f} t at {ratio:.4f} t "
        "a tonne, but {refined:,.0f} t are refined",
        mineral=mineral,
        ore=ore,
        given=ore * ratio,
        ratio=ratio,
        refined=refined,
    )
    hint = _(
        "change mined, direct_use or refined_primary by the difference, or the ratio to {r:.6g}", r=_ratio(refined, ore)
    )
    where = _changed(facts, mineral, "mined", "refined_primary", "direct_use", "minerals")
    yield Problem("error", where, what, hint)


def _ratio(refined: float, ore: float) -> float:
    return refined / ore if ore > 0 else 0.0


def _changed(facts: Facts, mineral: str, *tables: str) -> str:
    """Return the place of the first of these tables that the level itself changes, of the first one otherwise."""
    own = str(facts.draft.where(tables[0], mineral))
    level = facts.draft.row_where().rpartition(":")[0]
    places = [facts.draft.where(table, mineral) for table in tables]
    return next((place for place in places if level and place.startswith(level)), own)


def _suppliers(facts: Facts, mineral: str) -> Iterator[Problem]:
    """Yield a problem for each nation that needs metal or ore and has nobody to buy from."""
    metal = ("refined_primary", "refined_secondary", "synthetic")
    for need, supply, layer in (("consumption", metal, "refined"), ("refined_primary", ("mined",), "ore")):
        if not _sound(facts, mineral, need, *supply):
            continue
        sellers = {name for table in supply for name, row in facts.rows(table, mineral) if _amount(row) > 0}
        closed = _closed(facts, mineral, layer)
        buyers = [nation for nation, row in facts.rows(need, mineral) if _amount(row) > 0]
        lost = [nation for nation in buyers if not any((seller, nation) not in closed for seller in sellers)]
        if lost:
            goods = (
                _("refined {mineral}", mineral=mineral) if layer == "refined" else _("{mineral} ore", mineral=mineral)
            )
            what = _("{nations} needs {goods} and has no possible supplier", nations=_listed(lost), goods=goods)
            hint = _("give a nation output of it, or lift a ban")
            yield Problem("error", _changed(facts, mineral, need, *supply), what, hint)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (_(" and {n} more", n=len(names) - 5) if len(names) > 5 else "")


def _amount(row: Mapping[Any, Any]) -> float:
    return number(row.get("value")) or 0.0


def _total_bans(facts: Facts) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    """Yield the measures that close an arc in the base year: total bans on exports, in force during all of it."""
    for key, row in facts.rows("restrictions"):
        is_total = row.get("measure") == "ban" and row.get("side") == "export" and row.get("whole_layer") is True
        early = str(row.get("start", "")) <= f"{BASE_YEAR}-01-01" and str(row.get("end") or "9") > f"{BASE_YEAR + 1}"
        if is_total and early and (number(row.get("severity")) or 0) >= TOTAL_BAN and row.get("status") != "waived":
            yield key, row


def _closed(facts: Facts, mineral: str, layer: str) -> set[tuple[str, str]]:
    closed = set()
    for _key, row in _total_bans(facts):
        if row.get("mineral") == mineral and row.get("layer") in (layer, "both"):
            targets = row.get("targets")
            named = targets if isinstance(targets, list) and targets != ["all"] else facts.nation_ids
            seller = str(row.get("nation"))
            closed |= {(seller, str(target)) for target in named if target != seller}
    return closed


def _bans(facts: Facts) -> Iterator[Problem]:
    """Yield a problem for each ban that leaves ore at home which home refineries do not take."""
    for key, row in _total_bans(facts):
        mineral, nation = str(row.get("mineral")), str(row.get("nation"))
        if row.get("targets") != ["all"] or row.get("layer") not in ("ore", "both"):
            continue
        if mineral not in facts.minerals or not _sound(facts, mineral, "mined", "refined_primary", "minerals"):
            continue
        ratio = facts.value("minerals", mineral, "refined_per_ore") or 1.0
        at_home = (facts.value("refined_primary", mineral, nation) or 0) / ratio
        at_home += facts.value("direct_use", mineral, nation) or 0
        mined = facts.value("mined", mineral, nation) or 0
        if mined > at_home * (1 + ORE_TOLERANCE):
            what = _(
                "{nation} mines {mined:,.0f} t of {mineral} and uses {home:,.0f} t at home; this ban lets nothing out",
                nation=nation,
                mined=mined,
                mineral=mineral,
                home=at_home,
            )
            hint = _("set whole_layer: false if concentrates or intermediates may leave")
            yield Problem("error", facts.draft.where("restrictions", key), what, hint)


def _stock(facts: Facts, mineral: str) -> Iterator[Problem]:
    """Yield a problem when use exceeds output by more than the commercial stock that could fill the gap."""
    supply = ("refined_primary", "refined_secondary", "synthetic")
    if not _sound(facts, mineral, "consumption", "minerals", *supply):
        return
    use, made = facts.total("consumption", mineral), sum(facts.total(table, mineral) for table in supply)
    if made == 0:
        return  # named for every nation that needs it
    cover = facts.value("minerals", mineral, "stock_cover")
    if use == 0:
        what, hint = _("nobody uses {mineral}", mineral=mineral), _("give some nation consumption, or leave it out")
        yield Problem("error", facts.draft.where("consumption", mineral), what, hint)
    elif cover is not None and use - made > use * cover / 12:
        what = _(
            "{mineral} cannot be calibrated: {use:,.0f} t are used and {made:,.0f} t made; stocks of {cover:g} months "
            "cannot fill the gap",
            mineral=mineral,
            use=use,
            made=made,
            cover=cover,
        )
        where = _changed(facts, mineral, "consumption", *supply)
        yield Problem("error", where, what, _("raise output, lower consumption, or raise stock_cover"))


def _history(facts: Facts, mineral: str) -> Iterator[Problem]:
    if not facts.is_sound("prices", mineral):
        return
    years = facts.table("prices", mineral, "years")
    known = sorted(year for year in years if isinstance(year, int) or str(year).isdigit())
    wanted = list(range(BASE_YEAR - LEAST_HISTORY + 1, BASE_YEAR + 1))
    missing = [str(year) for year in wanted if year not in map(int, known)]
    first = int(known[0]) if known else BASE_YEAR
    missing += [str(year) for year in range(first, wanted[0]) if year not in map(int, known)]
    if missing:
        what = _("the price history of {mineral} lacks {years}", mineral=mineral, years=", ".join(missing))
        hint = _("give every year from {first} to {last}", first=min(first, wanted[0]), last=BASE_YEAR)
        yield Problem("error", facts.draft.where("prices", mineral, "years"), what, hint)


def _demand(facts: Facts, mineral: str) -> Iterator[Problem]:
    scenario = str(facts.draft.row.get("scenario", "stated_policies"))
    share = facts.table("product_share", mineral)
    if facts.is_sound("product_share") and not share:
        what = _("{mineral} has no product it is used in", mineral=mineral)
        yield Problem("error", facts.draft.where("product_share"), what, _("give it shares that sum to 1"))
    grown = facts.table("demand", scenario, mineral)
    if not facts.table("demand", scenario) or not facts.is_sound("demand", scenario):
        return
    used = [name for name, row in share.items() if isinstance(row, Mapping) and _amount(row) > 0]
    silent = [name for name in used if name not in grown and name in facts.product_ids]
    if silent:
        what = _(
            "{scenario} says nothing of {mineral} in {names}", scenario=scenario, mineral=mineral, names=_listed(silent)
        )
        where = facts.draft.where("demand", scenario, mineral)
        yield Problem("error", where, what, _("add rows with the multiples of 2024 use"))


def _years(facts: Facts) -> Iterator[Problem]:
    years = facts.draft.tables.get("demand_years")
    if not isinstance(years, list) or not facts.is_sound("demand_years") or not facts.is_sound("demand"):
        return
    if years != sorted(set(years)) or not years:
        yield Problem(
            "error", facts.draft.where("demand_years"), _("demand_years do not rise"), _("write them in order")
        )
    counts = list(_multiples(facts))
    wrong = [(path, count) for path, count in counts if count != len(years)]
    if wrong and len(wrong) == len(counts):
        what = _(
            "demand_years names {years} years, the rows of demand have {n} multiples", years=len(years), n=wrong[0][1]
        )
        yield Problem("error", facts.draft.where("demand_years"), what, _("name one year for each multiple"))
        return
    for path, count in wrong:
        what = _("{path} has {n} multiples for {years} years", path=".".join(path), n=count, years=len(years))
        yield Problem("error", facts.draft.where(*path), what, _("write one for each of demand_years"))


def _multiples(facts: Facts) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the path of every row of demand and how many multiples it has."""
    for scenario, _row in facts.rows("demand"):
        for mineral, _cells in facts.rows("demand", scenario):
            for product, row in facts.rows("demand", scenario, mineral):
                values = row.get("values")
                if isinstance(values, list):
                    yield ("demand", scenario, mineral, product), len(values)


def _dates(facts: Facts) -> Iterator[Problem]:
    """Yield a problem for each measure that starts or ends on a day no calendar has, or ends before it starts."""
    for key, row in facts.rows("restrictions"):
        days = {column: str(row.get(column) or "") for column in ("start", "end")}
        for column, day in days.items():
            if day and facts.is_sound("restrictions", key, column) and not _is_day(day):
                what = _("{column} is {day}, a day that no calendar has", column=column, day=day)
                where = facts.draft.where("restrictions", key, column)
                yield Problem("error", where, what, _("write year-month-day, such as 2025-07-01"))
        if all(map(_is_day, days.values())) and days["end"] < days["start"]:
            what = _("the measure ends on {end}, before it starts on {start}", **days)
            yield Problem("error", facts.draft.where("restrictions", key, "end"), what, _("change one of the two"))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _parameters(facts: Facts) -> Iterator[Problem]:
    known = [item.name for item in fields(Parameters)]
    for key, row in facts.rows("parameters"):
        where = facts.draft.where("parameters", key)
        if key not in known:
            yield unknown_name(_("parameter"), key, known, where)
        value, low, high = (number(row.get(column)) for column in ("value", "low", "high"))
        if value is not None and low is not None and high is not None and not low <= value <= high:
            what = _(
                "{key} is {value:g}, outside its range {low:g} to {high:g}", key=key, value=value, low=low, high=high
            )
            yield Problem(
                "error", facts.draft.where("parameters", key, "value"), what, _("change it, or widen the range")
            )


def _needed(facts: Facts) -> Iterator[Problem]:
    """Yield a problem for each row that the game cannot do without."""
    kinds = {str(row.get("kind")) for _key, row in facts.rows("agreements")}
    measures = {str(row.get("measure")) for _key, row in facts.rows("restrictions")}
    wanted: list[tuple[str, ...]] = [("relations", "base", "all"), ("royalty", "all", "default")]
    wanted += [("relations", "restriction", name) for name in sorted(measures)]
    wanted += [("holders", name) for name in facts.nations if name != REST]
    # kinds of agreements are named where an agreement has one that is not known
    wanted += [("relations", "agreement", name) for name in sorted(kinds) if not facts.table("relations", "agreement")]
    for *path, key in wanted:
        if key not in facts.table(*path) and facts.is_sound(*path):
            what = _("{table} has no {key}", table=".".join(path), key=key)
            yield Problem("error", facts.draft.where(*path), what, _("add a row for it; another level shows the form"))


def _corridors(facts: Facts) -> Iterator[Problem]:
    """Yield what is wrong with straits, ports and lanes: places that are none, names that lead nowhere."""
    routes, where = facts.draft.routes, facts.draft.where
    corridors = routes.get("corridors")
    for key, row in (corridors if isinstance(corridors, Mapping) else {}).items():
        if not isinstance(row, Mapping):
            continue
        points: list[tuple[Path_, Any]] = [(("lon",), (row.get("lon"), row.get("lat")))]
        waypoints = row.get("waypoints")
        points += [
            (("waypoints", k), point) for k, point in enumerate(waypoints if isinstance(waypoints, list) else [])
        ]
        for path, point in points:
            if not _is_place(point):
                what = _(
                    "the corridor {key} leads through {point}, which is no place on Earth",
                    key=key,
                    point=_spoken(point),
                )
                hint = _("longitude first, from -180 to 180, then latitude, from -90 to 90")
                yield Problem("error", where("corridors", key, *path), what, hint)
    try:
        network_from(routes, tuple(facts.nations))
    except ProblemError as error:
        for problem in error.problems:
            yield Problem(problem.severity, _route_place(facts, problem.where), problem.what, problem.hint)


def _is_place(point: Any) -> bool:
    if not isinstance(point, list | tuple) or len(point) != 2:
        return False
    lon, lat = (number(value) for value in point)
    return lon is not None and lat is not None and -180 <= lon <= 180 and -90 <= lat <= 90


def _spoken(point: Any) -> str:
    return "[" + ", ".join(map(str, point)) + "]" if isinstance(point, list | tuple) else repr(point)


def _route_place(facts: Facts, where: str) -> str:
    """Return file:line of a place the network names as `file.yaml: key`: in the level, if it changes that key."""
    file, _colon, key = where.partition(": ")
    stem = file.removesuffix(".yaml")
    routes = facts.draft.routes.get(stem)
    paths: list[tuple[str | int, ...]] = []
    if isinstance(routes, Mapping):
        levels = [((), routes), *(((name,), value) for name, value in routes.items())]
        paths = [(*outer, key) for outer, inner in levels if isinstance(inner, Mapping) and key in inner]
    elif isinstance(routes, list):
        names = key.replace("-", ", ").split(", ")
        named = [(row.get("pair"), [row.get("nation"), row.get("id")]) for row in routes if isinstance(row, Mapping)]
        paths = [(k,) for k, candidates in enumerate(named) if names in candidates]
    places = [facts.draft.where(stem, *path) for path in paths] or [facts.draft.where(stem) or where]
    level = facts.draft.row_where().rpartition(":")[0]
    return next((place for place in places if level and place.startswith(level)), places[-1])
