"""A match with a world that is none: a few arrays of every sort, so that saves are tested apart from the engine."""

import hashlib
import sys
from pathlib import Path

import numpy as np

from game.match.header import Header
from game.match.log import OrderLog
from game.match.save import Save
from game.match.snapshot import Snapshot

LEVEL_TEXT = "title: Ein Beispiel – 例\nturns: 30\n"


def fake_snapshot(turn: int) -> Snapshot:
    """Return arrays that differ from turn to turn, in all the types a state may have."""
    steps = np.arange(2 * 3 * 4, dtype=np.float64).reshape(2, 3, 4)
    arrays = {
        "price_usd_per_t": np.exp(steps / 7.0) * (turn + 1),
        "is_closed": steps % 3 == turn % 3,
        "age_turns": (steps + turn).astype(np.int16),
        "turned": np.asfortranarray(steps),
        "nothing": np.empty((0, 4)),
        "alone": np.array(np.nan),
    }
    joined = b"".join(array.tobytes() for array in arrays.values())
    return Snapshot(turn, arrays, hashlib.sha256(joined).hexdigest(), f'{{"treaties": {turn}}}')


def new_save(path: Path, turns: int = 0) -> Save:
    """Return a new save in which two seats gave orders for so many turns."""
    save = Save.create(path, Header.of("long_arc", 7, ("JPN",), {"minds": True}), LEVEL_TEXT, fake_snapshot(0))
    for turn in range(1, turns + 1):
        play_turn(save, OrderLog(save.entries()), turn)
    return save


def play_turn(save: Save, log: OrderLog, turn: int) -> None:
    """Journal a person's order and an undone one, add a mind's, and end the turn."""
    save.record(log.submit(turn, "JPN", f'{{"kind": "buy_stock", "size": {turn}}}'))
    save.record(log.submit(turn, "JPN", '{"kind": "mistake"}'))
    save.record(log.undo(turn, "JPN"))
    log.submit(turn, "CHN", '{"kind": "restrict_exports"}')
    save.end_turn(log.commit(turn), fake_snapshot(turn))


def submit_for_ever(path: Path) -> None:
    """Give orders and end turns until killed, printing each thing after it was promised to be on disk."""
    with Save.open(path) as save:
        log = OrderLog(save.entries())
        for turn in range(save.turn + 1, 1000):
            for size in range(5):
                entry = log.submit(turn, "JPN", f'{{"size": {size}}}')
                save.record(entry)
                print("order", turn, entry.seq, flush=True)
            save.end_turn(log.commit(turn), fake_snapshot(turn))
            print("turn", turn, fake_snapshot(turn).state_hash, flush=True)


if __name__ == "__main__":
    submit_for_ever(Path(sys.argv[1]))
