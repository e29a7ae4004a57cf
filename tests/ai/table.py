"""A table to bargain at: the long arc as it opens, and what each nation expects of it."""

from functools import cache

from game.ai.bargain import Reply, reply
from game.ai.outlook import Deal, Outlook
from game.batch.simulate import Arena
from game.content.load import load_level
from game.engine.opening import opening_world
from game.engine.world import World
from game.forecast import begun
from game.rules.terms import standard_clauses
from game.rules.treaty import treaties

SEED = 3


@cache
def arena() -> Arena:
    return Arena(load_level("long_arc"))


@cache
def opening() -> World:
    return begun(opening_world(arena().calibration))


def seat(name: str) -> int:
    return arena().calibration.axes.nation_index[name]


@cache
def outlook(name: str) -> Outlook:
    """What a nation expects as the level opens."""
    return Outlook.of(opening(), arena().calibration, arena().personalities, [seat(name)], SEED)


def deal(treaty: str, first: str, second: str, mineral: str = "cobalt", size: float = 0.1, layer: int = 1) -> Deal:
    """A bundle as it stands between two nations, the one that has the ore first."""
    axes = arena().calibration.axes
    clauses = standard_clauses(treaty, axes, axes.mineral_index[mineral], layer, size, 0, 0, 100)
    return Deal(treaty, clauses, (seat(first),), (seat(second),))


def drafted() -> list[Deal]:
    """One deal of every bundle that a mineral and a size make whole."""
    found = []
    for name in treaties():
        kind, field = treaties()[name].size
        size = float(treaties()[name].start(kind).get(field, 500.0)) if kind else 0.1
        found.append(deal(name, "CHL", "JPN", "copper", size, layer=0 if name == "joint_research" else 1))
    return found


def offtake(seller: str, buyer: str, mineral: str, share: float) -> Deal:
    """So much of the buyer's need of refined metal, at the seller's gate price."""
    need = opening().need_t[0, seat(buyer), arena().calibration.axes.mineral_index[mineral]].sum()
    return deal("offtake", seller, buyer, mineral, share * float(need))


def asked(name: str, about: Deal) -> Reply:
    """What a nation says to a deal."""
    return reply(outlook(name), about)


def transcript(name: str, about: Deal, found: Reply) -> str:
    """The answer in words, for a person who reads why a test failed."""
    ledger = found.ledger
    lines = [f"{about.treaty} put to {name}: {found.verdict} ({ledger.worth:+.1f} of {ledger.threshold:.1f})"]
    lines += [f"  {reason.points:+5.2f} {reason.title}" for reason in ledger.reasons]
    for change in found.counter.changed if found.counter else ():
        lines.append("  would sign with: " + (change.clause.describe(str) if change.clause else f"no {change.kind}"))
    return "\n".join(lines)
