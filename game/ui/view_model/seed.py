"""Seeds as a player writes them: a word and a number, or anything else; the same text is the same world."""

from __future__ import annotations

import secrets
from hashlib import sha256

WORDS = ("COPPER", "LITHIUM", "COBALT", "NICKEL", "GALLIUM", "SILICON", "TITANIUM", "PLATINUM", "GRAPHITE", "NEODYMIUM")
LARGEST = 2**31


def random_seed_text() -> str:
    """A fresh seed such as COPPER-4821."""
    return f"{secrets.choice(WORDS)}-{1000 + secrets.randbelow(9000)}"


def seed_number(text: str) -> int:
    """The seed that a text stands for: a plain number is itself, other words are hashed; case and blanks do not count."""
    words = "".join(text.split()).upper()
    if words.isdecimal() and int(words) < LARGEST:
        return int(words)
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big") % LARGEST
