"""The table row an episode's mineral takes: the game's own where the game has it, a default for all others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from game.content.yaml_tree import read_tree
from game.engine.baseline import Parameters
from game.files import LEVELS

SHARED = LEVELS / "_shared"

# Palladium's row is the one the game uses for the platinum group, of which it was fitted.
SAME_AS = {"palladium": "platinum_group"}


@dataclass(frozen=True)
class MineralRow:
    """Elasticities, leads (half-year turns) and cover (months of use) of a mineral."""

    steepness: float
    investment_elasticity: float
    demand_elasticity: float
    demand_elasticity_long: float
    lead: int
    ordinary_cover: float  # months of use held for ordinary needs; what an episode has beyond is spare
    is_by_product: bool
    choke: float


# Middle of the published elasticities of metals (Dahl 2020, Fally and Sayre 2018, Fernandez 2018).
DEFAULT = MineralRow(1.4, 0.7, 0.03, 0.4, 5, 3.0, is_by_product=False, choke=12.0)


def mineral_row(mineral: str) -> MineralRow:
    """The row of a mineral by id; the default row where the game has no such mineral."""
    return _rows().get(SAME_AS.get(mineral, mineral), DEFAULT)


@cache
def _rows() -> dict[str, MineralRow]:
    rows: dict[str, Any] = read_tree(SHARED / "minerals.yaml").data["minerals"]
    return {name: _row(row) for name, row in rows.items()}


def _row(row: dict[str, Any]) -> MineralRow:
    return MineralRow(
        steepness=float(row["supply_steepness"]["value"]),
        investment_elasticity=float(row["investment_elasticity"]["value"]),
        demand_elasticity=float(row["demand_elasticity"]["value"]),
        demand_elasticity_long=float(row["demand_elasticity_long"]["value"]),
        lead=int(row["investment_lead"]["value"]),
        ordinary_cover=float(row["stock_cover"]["value"]) - float(row["spare_cover"]["value"]),
        is_by_product=bool(row["is_by_product"]),
        choke=float(row["choke_multiple"]["value"]),
    )


@cache
def shared_parameters() -> Parameters:
    """The global parameters of every level that sets none of its own."""
    rows: dict[str, Any] = read_tree(SHARED / "parameters.yaml").data["parameters"]
    return Parameters(**{name: row["value"] for name, row in rows.items() if name in Parameters.__dataclass_fields__})


@cache
def parameter_ranges() -> dict[str, tuple[float, float]]:
    """Lowest and highest published value of every global parameter."""
    rows: dict[str, Any] = read_tree(SHARED / "parameters.yaml").data["parameters"]
    return {name: (float(row["low"]), float(row["high"])) for name, row in rows.items()}
