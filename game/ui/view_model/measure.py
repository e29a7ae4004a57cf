"""Figures from the table of measures, with their meaning and where their formula comes from."""

from __future__ import annotations

from game.engine.measures.table import MEASURES
from game.text import _
from game.ui.tip import Number
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number

# The unit of game.ui.format and the fields a measure is computed from.
SHOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "n_minus_1": ("index", ("n_minus_1",)),
    "value_captured": ("index", ("value_captured",)),
    "gdp_lost": ("percent", ("goods_lost_usd_bn", "parts_usual_share", "product_bought_usd_bn")),
    "standing": ("index", ("standing",)),
    "licence": ("index", ("refined_flow_t", "ore_flow_t", "mined_t")),
    "import_reliance": ("share", ("refined_flow_t",)),
    "supply_risk": ("ratio", ("refined_flow_t", "ore_flow_t", "recycled_t")),
    "leverage": ("points", ("refined_flow_t", "ore_flow_t", "need_t")),
    "hhi_mine": ("hhi", ("mined_t",)),
    "hhi_refine": ("hhi", ("refined_t", "synthetic_t")),
}
LARGE_HHI, MIDDLE_HHI = 1800.0, 1000.0
RISKY, VERY_RISKY = 1.0, 2.0


def measure_number(scene: Scene, name: str, place: tuple[int, ...], mineral: str = "", *, better: int = 1) -> Number:
    """A measure of the last turn at `place`, its positions along the measure's axes; `mineral` is how it is called."""
    row = MEASURES[name]
    unit, fields = SHOWN[name]
    value = float(row.formula(scene.world, scene.calibration)[(0, *place)])
    meaning = _("{meaning} Formula: {source}.", meaning=_(row.meaning), source=_(row.source))
    return field_number(
        value, unit, fields, title=_(row.title, mineral=mineral), meaning=meaning, tone=_tone(name, value),
        signed=unit == "points", better=better,
    )  # fmt: skip


def _tone(name: str, value: float) -> str:
    if name == "supply_risk":
        return "bad" if value > VERY_RISKY else "warn" if value > RISKY else "good"
    if name.startswith("hhi"):
        return "bad" if value > LARGE_HHI else "warn" if value > MIDDLE_HHI else "good"
    return ""
