"""Ids of everything the engine counts, and their positions on array axes."""

from dataclasses import dataclass
from functools import cached_property

STAGES = ("mine", "refine", "recycle")
MINE, REFINE, RECYCLE = range(3)

PROJECT_STAGES = (*STAGES, "synthetic")  # projects may also add output that never was ore
SYNTHETIC_PLANT = len(STAGES)

LAYERS = ("ore", "refined")
ORE, REFINED = range(2)

TRACKS = ("extraction", "separation", "clean_processing", "recycling", "seabed")
EXTRACTION, SEPARATION, CLEAN_PROCESSING, RECYCLING, SEABED = range(5)

TURNS_PER_YEAR = 2


@dataclass(frozen=True)
class Axes:
    """The ids along the nation, mineral and product axes, in the order of every array."""

    nations: tuple[str, ...]
    minerals: tuple[str, ...]
    products: tuple[str, ...]
    variants: tuple[str, ...] = ()
    corridors: tuple[str, ...] = ()

    @cached_property
    def nation_index(self) -> dict[str, int]:
        """Position of each nation id."""
        return {name: i for i, name in enumerate(self.nations)}

    @cached_property
    def mineral_index(self) -> dict[str, int]:
        """Position of each mineral id."""
        return {name: i for i, name in enumerate(self.minerals)}

    @cached_property
    def product_index(self) -> dict[str, int]:
        """Position of each product id."""
        return {name: i for i, name in enumerate(self.products)}

    @cached_property
    def corridor_index(self) -> dict[str, int]:
        """Position of each corridor id."""
        return {name: i for i, name in enumerate(self.corridors)}

    @cached_property
    def rest_of_world(self) -> int | None:
        """Position of ROW, which mines, refines and uses but has no seat; None when a level leaves it out."""
        return self.nation_index.get("ROW")


def turn_date(turn: int) -> str:
    """The half-year of a turn: turn 0 is calendar 2024, turn 1 is 2025H1, turn 2 is 2025H2."""
    if turn == 0:
        return "2024"
    return f"{2025 + (turn - 1) // TURNS_PER_YEAR}H{1 + (turn - 1) % TURNS_PER_YEAR}"
