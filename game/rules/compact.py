"""What a proposal in numbers packs into one whole number: role, price rule, fixed price, term, kind, secrecy."""

from __future__ import annotations

from typing import Any, NamedTuple

_FIXED, _PERCENT, _TURNS, _KIND, _SECRET = 2, 4, 4096, 4096 * 32, 4096 * 32 * 32


class Packed(NamedTuple):
    """The parts, each one number or an array of many proposals'."""

    role: Any  # 0 the proposer buys, invests or teaches; 1 it sells, or is the host
    fixed: Any  # 1 for a price fixed on signing
    percent: Any  # of the gate price, below 1024
    turns: Any  # in force, below 32; 0 as the bundle says
    kind: Any  # position in TREATIES
    secret: Any


def packed(role: int = 0, fixed: int = 0, percent: int = 0, turns: int = 0, kind: int = 0, secret: int = 0) -> int:
    """The parts as one number."""
    return role + _FIXED * fixed + _PERCENT * percent + _TURNS * turns + _KIND * kind + _SECRET * secret


def unpacked(option: Any) -> Packed:
    """The parts of one number, or of an array of them."""
    return Packed(
        role=option % 2,
        fixed=option // _FIXED % 2,
        percent=option % _TURNS // _PERCENT,
        turns=option % _KIND // _TURNS,
        kind=option % _SECRET // _KIND,
        secret=option // _SECRET,
    )
