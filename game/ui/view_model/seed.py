"""Seeds as a player writes them: a word and a number, or anything else; the same text is the same world."""

from __future__ import annotations

import secrets
from hashlib import sha256

from game.text import _
from game.ui.tip import Tip
from game.ui.view_model import source

WORDS = ("COPPER", "LITHIUM", "COBALT", "NICKEL", "GALLIUM", "SILICON", "TITANIUM", "PLATINUM", "GRAPHITE", "NEODYMIUM")
LARGEST = 2**31


def random_seed_text() -> str:
    """A fresh seed such as COPPER-4821."""
    return f"{secrets.choice(WORDS)}-{1000 + secrets.randbelow(9000)}"


def seed_tip(text: str) -> Tip:
    """What a seed is for."""
    return Tip(
        _("Seed"), str(seed_number(text)), _("The number all chance of a game is drawn from; your text stands for it."),
        _("whole number"), (), source.game(_("the text you type")),
    )  # fmt: skip


def seed_number(text: str) -> int:
    """The seed a text stands for: a plain number is itself, other words are hashed; case and blanks do not count."""
    words = "".join(text.split()).upper()
    if words.isdecimal() and int(words) < LARGEST:
        return int(words)
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big") % LARGEST
