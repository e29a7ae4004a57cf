"""Rows of the table of fields (see `fields.py`): technology and routes."""

import numpy as np

from game.engine.field import Field, row

SETTING_FIELDS: tuple[Field, ...] = (
    # technology
    row("know", "NH", "steps", 0, "capacity", "steps known on each track of technology, 0 to 5"),
    row("openness", "N", "0-100", 50, "capacity", "how openly a nation shares knowledge: it learns and leaks faster"),
    row("found_t", "NM", "t", 0, "outcome", "ore that came within reach this turn"),
    row(
        "research_usd_bn",
        "NHJ",
        "US$ bn",
        0,
        "account",
        "public money for a nation's research on each track, by turns ahead (0 = this turn)",
    ),
    row(
        "substitution_usd_bn",
        "MKJ",
        "US$ bn",
        0,
        "account",
        "public money of all nations for doing without a mineral in a product, by turns ahead (0 = this turn)",
    ),
    row("substitution_step", "MK", "steps", 0, "demand", "steps of doing without a mineral in a product, 0 to 5"),
    row("scar", "NM", "share", 0, "demand", "use lost for good after metal was dear for long"),
    row("saved_share", "MK", "share", 0, "demand", "use of a mineral in a product saved for good by substitution"),
    # routes
    row("corridor_open", "G", "share", 1, "routes", "part of a strait, canal or corridor that is open, 0 when shut"),
    row(
        "corridor_closed_turns",
        "G",
        "turns",
        0,
        "routes",
        "turns until an event at a corridor is over, this one counted",
    ),
    row("corridor_capacity_t", "G", "t per turn", np.inf, "routes", "gross ore and metal that can pass a corridor"),
    row("corridor_works_done", "G", "flag", 0, "routes", "whether the works planned there are in use", dtype=np.bool_),
    row(
        "corridor_builder", "G", "nation", -1, "account", "nation that pays for the works, -1 for none", dtype=np.int64
    ),
    row("corridor_works_turn", "G", "turn", 0, "routes", "turn in which works under way come into use, 0 for none"),
    row("corridor_risk", "G", "share", 0, "routes", "war-risk premium, share of the cargo's value for a passage"),
    row("tension", "OD", "0-100", 0, "routes", "tension of the first nation with the second over that of 2024"),
    row(
        "at_sea_t", "NML", "t", 0, "routes", "goods more than in 2024 on the way to a nation because routes are longer"
    ),
    row("corridor_load", "G", "ratio", 0, "outcome", "traffic last turn over what could pass, 0 where it has no limit"),
    row("corridor_rent_usd_bn", "G", "US$ bn", 0, "outcome", "what places in a full corridor were worth this turn"),
)
