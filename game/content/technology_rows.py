"""Rows of technology: tracks with their odds, what nations know at the start, seabed ore; made of the source tables."""

from __future__ import annotations

from typing import Any

from game.content.source_table import Sources, figure
from game.content.table_text import number
from game.engine.axes import TRACKS

STEPS = range(1, 6)

# Metal that can be lifted from one exploration area of 75,000 km2, t: 8 kg of wet nodules a square metre, 70 % dry,
# 30 % of them recoverable, with 1.3 % nickel, 1.1 % copper and 0.2 % cobalt (International Seabed Authority, technical
# studies, recalled).
AREA_T = {"nickel": 1_640_000, "copper": 1_390_000, "cobalt": 252_000}


def tracks(sources: Sources) -> dict[str, Any]:
    """Return the table of tracks."""
    return {
        row["track"]: {
            "name": row["name"],
            "odds": [number(float(row[f"odds_{step}"])) for step in STEPS],
            "effect": number(float(row["effect"])),
            "effect_unit": row["effect_unit"],
            "confidence": row["confidence"],
            "source": row["source"],
            "note": row["note"],
        }
        for row in sources("technology_tracks")
    }


def knowledge(sources: Sources) -> dict[str, Any]:
    """Return what each nation knows, spends on research and how open it is."""
    return {
        row["nation"]: {
            "steps": {track: int(row[track]) for track in TRACKS},
            "research": figure(row["research_share"], "estimate", "wdi_research_2024"),
            "openness": figure(row["openness"], "estimate", "kof_2023"),
            "confidence": "estimate",
            "source": "project_estimate",
            "note": row["note"],
        }
        for row in sources("technology_start")
    }


def seabed_ore(sources: Sources) -> dict[str, Any]:
    """Return ore in seabed areas that a nation sponsors, by mineral, as metal in nodules."""
    return {
        mineral: {
            row["nation"]: figure(tonnes * int(row["contracts"]), "derived", "isa_contracts")
            for row in sources("seabed_areas")
        }
        for mineral, tonnes in AREA_T.items()
    }
