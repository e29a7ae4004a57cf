"""What is said of every array of a world: one row of the table of fields."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Group = Literal["capacity", "demand", "stocks", "policy", "routes", "expectations", "outcome", "account"]
Audience = Literal["public", "owner", "hidden"]


@dataclass(frozen=True)
class Field:
    """One array of a world."""

    name: str
    axes: str
    unit: str
    default: float
    meaning: str
    group: Group
    seen_by: Audience = "public"
    dtype: type = np.float64
    this_turn: bool = False  # set back to the default before orders of a turn are applied


def row(
    name: str,
    axes: str,
    unit: str,
    default: float,
    group: Group,
    meaning: str,
    seen_by: Audience = "public",
    dtype: type = np.float64,
    this_turn: bool = False,
) -> Field:
    return Field(name, axes, unit, default, meaning, group, seen_by, dtype, this_turn)
