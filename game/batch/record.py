"""What a headless run keeps of each turn, and how it is written: JSON or a tidy table."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import TURNS_PER_YEAR, Axes, turn_date
from game.engine.calibrate import Calibration
from game.engine.measures.table import MEASURES, price_usd_per_t
from game.engine.world import World

Array = NDArray[np.float64]

FLOWS = ("mined_t", "refined_t", "consumed_t", "recycled_t")
STOCKS = ("stock_t", "public_stock_t")
ACCOUNTS = (
    "treasury_usd_bn",
    "political_capital",
    "support",
    "industry",
    "standing",
    "reliability",
    "n_minus_1",
    "value_captured",
)
# Of the table of measures: by nation and mineral, by nation, and by mineral.
MEASURED = ("cover", "import_reliance", "supply_risk")
OF_NATIONS = ("gdp_lost",)
CONCENTRATION = ("hhi_mine", "hhi_refine", "hhi_recycle")


@dataclass(frozen=True)
class Frame:
    """One turn of W worlds. Flows are tonnes a year, stocks tonnes at the turn's end, money US$ bn."""

    turn: int
    price_usd_per_t: Array  # [W, M]
    quantity: dict[str, Array]  # FLOWS and STOCKS, each [W, N, M]
    account: dict[str, Array]  # ACCOUNTS and OF_NATIONS, each [W, N]
    measure: dict[str, Array]  # MEASURED, each [W, N, M]
    concentration: dict[str, Array]  # CONCENTRATION, each [W, M]

    @property
    def date(self) -> str:
        """The half-year: 2024 for turn 0, then 2025H1."""
        return turn_date(self.turn)


def frame(world: World, calibration: Calibration) -> Frame:
    """Return what is kept of a turn. Refined output includes recycled metal and metal that never was ore."""
    flows = {
        "mined_t": world.mined_t,
        "refined_t": world.refined_t + world.recycled_t + world.synthetic_t,
        "consumed_t": world.use_t.sum(-1),
        "recycled_t": world.recycled_t,
    }
    quantity = {name: TURNS_PER_YEAR * flows[name] for name in FLOWS}
    quantity["stock_t"] = world.commercial_stock_t.copy()
    quantity["public_stock_t"] = world.public_stock_t.copy()
    account = {name: world.arrays[name].copy() for name in ACCOUNTS} | _measured(world, calibration, OF_NATIONS)
    measure, concentration = (_measured(world, calibration, names) for names in (MEASURED, CONCENTRATION))
    return Frame(world.turn, price_usd_per_t(world, calibration), quantity, account, measure, concentration)


def _measured(world: World, calibration: Calibration, names: tuple[str, ...]) -> dict[str, Array]:
    return {name: MEASURES[name].formula(world, calibration) for name in names}


def joined_frames(parts: list[Frame]) -> Frame:
    """Return the frames of one turn of several batches as one."""
    price = np.concatenate([part.price_usd_per_t for part in parts])
    tables = (
        [part.quantity for part in parts],
        [part.account for part in parts],
        [part.measure for part in parts],
        [part.concentration for part in parts],
    )
    return Frame(parts[0].turn, price, *map(_joined, tables))


def _joined(tables: list[dict[str, Array]]) -> dict[str, Array]:
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}


@dataclass(frozen=True)
class Record:
    """A headless run of W worlds."""

    level: str
    seed: int
    first_world: int
    axes: Axes
    frames: tuple[Frame, ...]
    state_hash: tuple[str, ...]  # one for each world

    @property
    def worlds(self) -> int:
        """Number of worlds W."""
        return len(self.state_hash)

    def as_json(self) -> dict[str, Any]:
        """Return the run as plain data; with one world every leaf is a value, with more a list of them.

        A turn's `minerals` hold prices, concentration by stage and quantities by nation, its `nations` accounts and
        measures; measures of a nation and mineral (months of cover, import reliance, supply risk) are by mineral.
        """
        return {
            "level": self.level,
            "seed": self.seed,
            "worlds": self.worlds,
            "nations": list(self.axes.nations),
            "minerals": list(self.axes.minerals),
            "turns": [self._turn(frame) for frame in self.frames],
            "state_hash": self.state_hash[0] if self.worlds == 1 else list(self.state_hash),
        }

    def _turn(self, frame: Frame) -> dict[str, Any]:
        minerals: dict[str, dict[str, Any]] = {}
        for m, mineral in enumerate(self.axes.minerals):
            minerals[mineral] = {"price_usd_per_t": _leaf(frame.price_usd_per_t[:, m])}
            minerals[mineral] |= {name: _leaf(values[:, m]) for name, values in frame.concentration.items()}
            for name, values in frame.quantity.items():
                minerals[mineral][name] = {iso3: _leaf(values[:, n, m]) for n, iso3 in enumerate(self.axes.nations)}
        nations = {
            iso3: {name: _leaf(values[:, n]) for name, values in frame.account.items()}
            | {
                name: {mineral: _leaf(values[:, n, m]) for m, mineral in enumerate(self.axes.minerals)}
                for name, values in frame.measure.items()
            }
            for n, iso3 in enumerate(self.axes.nations)
        }
        return {"turn": frame.turn, "date": frame.date, "minerals": minerals, "nations": nations}

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the run as a tidy table, its heading first: one number a row."""
        yield ("world", "turn", "date", "nation", "mineral", "quantity", "value")
        for frame in self.frames:
            for w in range(self.worlds):
                yield from self._rows_of(frame, w)

    def _rows_of(self, frame: Frame, w: int) -> Iterator[tuple[Any, ...]]:
        key = (self.first_world + w, frame.turn, frame.date)
        for m, mineral in enumerate(self.axes.minerals):
            yield (*key, "", mineral, "price_usd_per_t", float(frame.price_usd_per_t[w, m]))
            for name, values in frame.concentration.items():
                yield (*key, "", mineral, name, float(values[w, m]))
            for name, values in (frame.quantity | frame.measure).items():
                for n, iso3 in enumerate(self.axes.nations):
                    yield (*key, iso3, mineral, name, float(values[w, n, m]))
        for name, values in frame.account.items():
            for n, iso3 in enumerate(self.axes.nations):
                yield (*key, iso3, "", name, float(values[w, n]))


def write_json(record: Record, file: TextIO) -> None:
    """Write a run as one JSON object on one line."""
    json.dump(record.as_json(), file, allow_nan=False, separators=(",", ":"))
    file.write("\n")


def write_table(rows: Iterable[tuple[Any, ...]], file: TextIO) -> None:
    """Write a tidy table as comma-separated values."""
    csv.writer(file, lineterminator="\n").writerows(rows)


def _leaf(values: Array) -> float | list[float]:
    return float(values[0]) if len(values) == 1 else [float(value) for value in values]
