"""Headless games: every nation by habit or by mind, any number of worlds that differ in chance alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from game.ai.habit import habit
from game.ai.mind import decide
from game.batch.record import Frame, Record, frame, joined_frames
from game.content.build import build_baseline
from game.content.level import Level
from game.engine.calibrate import Calibration, calibrate
from game.engine.opening import opening_world
from game.engine.rng import derived_seed
from game.engine.shock import Shock, Shocks
from game.engine.turn import Keys
from game.engine.world import World
from game.forecast import Offers, batches, begun, turned
from game.problems import ProblemError
from game.registry import unknown_name
from game.rules.asking import Askings, Batch
from game.rules.catalog import read_order
from game.rules.personality import Personalities, personalities
from game.text import _


@dataclass(frozen=True)
class Step:
    """A batch of worlds after a turn, the same with its orders carried out and before it was resolved, and the orders.

    After turn 0 there is only the world.
    """

    world: World
    ordered: World | None = None
    orders: Askings | None = None


class Arena:
    """A level made ready for headless games: calibrated, with its characters and scripted orders."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.calibration: Calibration = calibrate(build_baseline(level))
        self.personalities: Personalities = self.characters({})

    def characters(self, seats: Mapping[str, str]) -> Personalities:
        """The personality of every nation, those of `seats` (nation to personality) in place of the level's.

        Raises ProblemError for a nation or a personality that the level does not have.
        """
        named = self.level.characters
        unknown = [unknown_name(_("nation"), nation, named, "--seat") for nation in seats if nation not in named]
        weights = self.level.weights
        unknown += [unknown_name(_("personality"), n, weights, "--seat") for n in seats.values() if n not in weights]
        if unknown:
            raise ProblemError(unknown)
        chosen = named | {nation: (name,) for nation, name in seats.items()}
        return personalities(self.calibration.axes.nations, chosen, weights, self.level.orders)

    def write_script(self, turn: int, world: World) -> None:
        """Carry out the level's own orders of a turn, which are given whoever plays and cost nothing."""
        axes = self.calibration.axes
        for row in self.level.scripted:
            if row["turn"] == turn:
                order = read_order(row["order"], f"{self.level.id}: scripted")
                batch = Batch.of(axes.nation_index[row["nation"]], order.row(axes), world.size)
                order.apply(world, self.calibration, batch.picked(order.allowed(world, self.calibration, batch)))


def simulate(
    level: Level, turns: int, *, seed: int = 1, worlds: int = 1, first_world: int = 0, minds: bool = False
) -> Record:
    """Run `worlds` games of `level` and return what is kept of them; world k is the same in any batch."""
    arena = Arena(level)
    frames: list[list[Frame]] = [[] for _ in range(turns + 1)]
    hashes: list[str] = []
    for rows in batches(worlds, 1 if minds else 64):
        keys = Keys(seed, tuple(range(first_world + rows.start, first_world + rows.stop)))
        for turn, step in enumerate(played(arena, keys, turns, minds=arena.calibration.axes.nations if minds else ())):
            frames[turn].append(frame(step.world, arena.calibration))
        hashes += [step.world.state_hash(w) for w in range(step.world.size)]
    kept = tuple(joined_frames(parts) for parts in frames)
    return Record(level.id, seed, first_world, arena.calibration.axes, kept, tuple(hashes))


def played(
    arena: Arena,
    keys: Keys,
    turns: int,
    *,
    minds: Collection[str] = (),
    idle: Collection[str] = (),
    shocks: Sequence[Shock] = (),
) -> Iterator[Step]:
    """Yield one batch of worlds after turn 0 and after each of `turns` turns.

    Nations act by habit, but those of `minds` by mind (in a batch of one world only) and those of `idle` not at all.
    """
    hits = Shocks(shocks)

    def write_last(started: World) -> None:
        arena.write_script(started.turn + 1, started)
        hits.begin(started)

    world = opening_world(arena.calibration, len(keys.worlds))
    yield Step(world)
    offers: Offers | None = None
    for _turn in range(turns):
        started = begun(world, arena.calibration)
        orders = _orders(arena, started, keys, offers, minds, idle)
        world = turned(started, arena.calibration, orders, keys, offers, write_last, hits.on_phase)
        offers = Offers.among(orders)
        yield Step(world, started, orders)


def _orders(
    arena: Arena,
    started: World,
    keys: Keys,
    offers: Offers | None,
    minds: Collection[str],
    idle: Collection[str],
) -> Askings:
    calibration, characters = arena.calibration, arena.personalities
    position = calibration.axes.nation_index
    orders = habit(started, calibration, characters, offers)
    orders.kind[:, [position[nation] for nation in idle]] = -1
    thinking = [position[nation] for nation in minds if characters.acts[position[nation]]]
    if thinking:
        # Each world's minds look into futures of their own.
        seed = derived_seed(keys.seed, f"world/{keys.worlds[0]}", 0)
        thought = decide(started, calibration, characters, thinking, seed, offers)
        return replaced(orders, thought, thinking)
    return orders


def replaced(orders: Askings, others: Askings, nations: list[int]) -> Askings:
    """Return `orders` with the rows of `nations` taken from `others`; both may have any number of slots."""
    worlds, count, slots = orders.kind.shape
    found = Askings.none(worlds, count, max(slots, others.kind.shape[2]))
    for name in ("kind", "mineral", "layer", "partner", "option", "size"):
        target = getattr(found, name)
        target[:, :, :slots] = getattr(orders, name)
        target[:, nations, : others.kind.shape[2]] = getattr(others, name)[:, nations]
    return found


def summary(record: Record) -> str:
    """Return headline prices by turn and the state hashes, in a few lines."""
    minerals = record.axes.minerals
    lines = [_("US$ a tonne, mean of {worlds} worlds", worlds=record.worlds), "  ".join(["date  ", *minerals])]
    for kept in record.frames:
        prices = kept.price_usd_per_t.mean(0)
        cells = (f"{price:>{len(name)}.4g}" for price, name in zip(prices, minerals, strict=True))
        lines.append("  ".join([f"{kept.date:6}", *cells]))
    lines += [
        _("state hash of world {k}: {hash}", k=record.first_world + w, hash=h) for w, h in enumerate(record.state_hash)
    ]
    return "\n".join(lines)
