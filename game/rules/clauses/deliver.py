"""So many tonnes each turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Self

import numpy as np

from game.engine.axes import LAYERS, ORE, Axes
from game.engine.baseline import Array
from game.engine.calibrate import Calibration
from game.engine.contract import offered_share, taken_share
from game.engine.world import World
from game.rules.budget import USD_PER_BN
from game.rules.clause_rows import Rows
from game.rules.clauses._base import Clause, Numbers
from game.rules.field import amount_field, layer_field, mineral_field
from game.rules.number import mass
from game.text import _

DELIVERED = 0.99  # of the tonnes promised, from which the promise counts as kept


class Deliver(Clause):
    """The seller delivers and the buyer takes."""

    kind = "deliver"
    title = "Delivery"
    summary = "The seller serves this before the open market, as far as 95% of its sites can."
    by = "first"
    size = "volume_t"

    mineral: str = mineral_field()
    layer: Literal["ore", "refined"] = layer_field()
    volume_t: float = amount_field("Volume", "t a turn")

    def numbers(self, axes: Axes) -> Numbers:
        """Mineral, layer, volume."""
        return Numbers(axes.mineral_index[self.mineral], LAYERS.index(self.layer), amount=self.volume_t)

    @classmethod
    def from_numbers(cls, axes: Axes, numbers: Numbers) -> Self:
        """The delivery."""
        layer: Literal["ore", "refined"] = "refined" if numbers.layer else "ore"
        return cls(mineral=axes.minerals[numbers.mineral], layer=layer, volume_t=numbers.amount)

    @classmethod
    def kept(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """Tonnes delivered over tonnes promised, less what the buyer could not take; 1 without a contract."""
        w, c = np.nonzero(world.contract_clause >= 0)
        wanted = world.contract_t * taken_share(
            world, calibration, offered_share(world, calibration), world.direct_use_t
        )
        share = np.ones(world.clause_kind.shape)
        due, came = wanted[w, c], world.contract_delivered_t[w, c]
        share[w, world.contract_clause[w, c]] = np.where(due > 0, came / np.where(due > 0, due, 1.0), 1.0)
        kept = np.minimum(share[rows.w, rows.q], 1.0)[:, None]
        return np.asarray(np.where(rows.givers(world) & (kept < DELIVERED), kept, 1.0))

    @classmethod
    def due_usd_bn(cls, world: World, calibration: Calibration, rows: Rows) -> Array:
        """The deliveries still due, at the contract's price or today's gate price."""
        due = np.zeros(world.clause_kind.shape)
        w, c = np.nonzero(world.contract_clause >= 0)
        seller, mineral = world.contract_seller[w, c], world.contract_mineral[w, c]
        is_ore = world.contract_layer[w, c] == ORE
        gate = np.where(is_ore, world.mine_gate_ln[w, seller, mineral], world.refinery_gate_ln[w, seller, mineral])
        fixed, base = world.contract_ln[w, c], calibration.baseline
        price = np.where(is_ore, base.ore_price_usd_per_t[mineral], base.price_usd_per_t[mineral])
        price = price * np.exp(np.where(np.isnan(fixed), gate, fixed))
        turns = np.maximum(world.contract_until[w, c] - world.turn, 0)
        due[w, world.contract_clause[w, c]] = world.contract_t[w, c] * turns * price / USD_PER_BN
        return np.asarray(due[rows.w, rows.q])

    def describe(self, name: Callable[[str], str]) -> str:
        """Volume and mineral."""
        layer = _("ore") if self.layer == "ore" else _("refined metal")
        return _(
            "{volume} a turn of {mineral} ({layer})",
            volume=mass(self.volume_t),
            mineral=name(self.mineral),
            layer=layer,
        )
