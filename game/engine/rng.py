"""Keyed random streams: a draw depends on its key alone, never on what was drawn before."""

from hashlib import blake2b

import numpy as np
from numpy.random import Generator, Philox

GAME_WORLD = 0


def stream(seed: int, world: int, turn: int, purpose: str, actor: str = "") -> Generator:
    """A generator that depends on nothing but the key; world 0 is the game itself."""
    key = blake2b(f"{seed}/{world}/{turn}/{purpose}/{actor}".encode(), digest_size=16).digest()
    return Generator(Philox(key=np.frombuffer(key, dtype=np.uint64)))


def derived_seed(seed: int, purpose: str, turn: int) -> int:
    """A seed for worlds that must not share a stream with the game: forecasts and minds."""
    key = blake2b(f"{seed}/{purpose}/{turn}".encode(), digest_size=8).digest()
    return int.from_bytes(key, "little") >> 1
