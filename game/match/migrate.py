"""Reads saves of older formats: one step for each format that came before, from the table below.

A renamed id, a new field or a changed table raises FORMAT by one and adds the step that brings an older save up to it.
Each step gets the open database inside a transaction, and must leave it as the newer game would have written it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

FORMAT = 1

STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {}


def migrate(
    database: sqlite3.Connection,
    found: int,
    steps: Mapping[int, Callable[[sqlite3.Connection], None]] = STEPS,
    wanted: int = FORMAT,
) -> None:
    """Bring a save of format `found` up to `wanted`, in one transaction: all steps or none."""
    if found == wanted:
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        for number in range(found, wanted):
            steps[number](database)
        database.execute(f"PRAGMA user_version = {wanted:d}")
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise
