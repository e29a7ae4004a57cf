"""So many tonnes each turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from game.engine.axes import LAYERS
from game.engine.calibrate import Calibration
from game.engine.world import World
from game.rules.clauses._base import Clause, Contract
from game.rules.field import amount_field, layer_field, mineral_field
from game.rules.number import mass
from game.text import _


class Deliver(Clause):
    """The seller delivers and the buyer takes."""

    kind = "deliver"
    title = "Delivery"
    summary = "The seller serves this before the open market, as far as 95% of its sites can."

    mineral: str = mineral_field()
    layer: Literal["ore", "refined"] = layer_field()
    volume_t: float = amount_field("Volume", "t a turn")

    def write(self, contract: Contract, world: World, calibration: Calibration) -> None:
        """Mineral, layer, volume."""
        contract.mineral = world.axes.mineral_index[self.mineral]
        contract.layer = LAYERS.index(self.layer)
        contract.tonnes = self.volume_t

    def describe(self, name: Callable[[str], str]) -> str:
        """Volume and mineral."""
        layer = _("ore") if self.layer == "ore" else _("refined metal")
        return _(
            "{volume} a turn of {mineral} ({layer})",
            volume=mass(self.volume_t),
            mineral=name(self.mineral),
            layer=layer,
        )
