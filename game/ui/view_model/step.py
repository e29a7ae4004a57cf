"""How far a turn being resolved has come, in words."""

from __future__ import annotations

from game.text import _

STEP_WORDS = {
    "minds": "All nations decide",
    "policy": "Measures and contracts",
    "technology": "Research and leaks",
    "idling": "Sites are laid up and brought back",
    "construction": "Sites open and close",
    "plan": "Makers plan their output",
    "forum": "The forum rules on complaints",
    "rivalry": "Governments take offence or calm down",
    "passage": "Straits and railways open and close",
    "demand": "Shocks and outages",
    "trade": "The market clears",
    "manufacture": "Products are made and sold",
    "stocks": "Stocks and scrap",
    "finance": "Treasuries",
    "society": "Support and trust",
}
MINDS_SHARE = 0.85


def step_words(step: str, done: int, of: int) -> tuple[str, float]:
    """The step in words and the share of the whole turn that is done."""
    part = done / of if of else 1.0
    words = _(STEP_WORDS.get(step, step.replace("_", " ")))
    if step == "minds":
        return words, MINDS_SHARE * part
    return words, MINDS_SHARE + (1.0 - MINDS_SHARE) * part
