"""The arrays of the forum: its strength, the cases before it, and the sanctions that nations have on each other."""

import numpy as np

from game.engine.field import row

CASE_SLOTS = 24

FORUM_FIELDS = (
    row("forum_strength", "", "0-100", 35, "account", "how far the forum's rulings bind those who lose"),
    row(
        "case_by",
        "I",
        "nation",
        -1,
        "account",
        "who brought a case, -1 for a free place",
        dtype=np.int64,
    ),
    row("case_against", "I", "nation", -1, "account", "against whom a case is brought", dtype=np.int64),
    row("case_mineral", "I", "mineral", -1, "account", "mineral whose trade a case is about", dtype=np.int64),
    row("case_layer", "I", "layer", 1, "account", "layer a case is about: 0 ore, 1 refined", dtype=np.int64),
    row("case_due", "I", "turn", 0, "account", "turn in which a case is ruled on", dtype=np.int64),
    row("case_joined", "IN", "flag", 0, "account", "who joined the complaint", dtype=np.bool_),
    row("sanction_rate", "OD", "share", 0, "policy", "tariff of the first nation on all it buys from the second"),
    row("sanction_until", "OD", "turn", 0, "policy", "last turn in which the sanction holds"),
    row(
        "retaliation_until",
        "OD",
        "turn",
        0,
        "account",
        "last turn in which the first nation may sanction the second because it defied a ruling",
    ),
)
