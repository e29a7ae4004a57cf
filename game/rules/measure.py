"""Kinds of export measures, as the compact form of an order counts them."""

from typing import Literal

Measure = Literal["none", "licence", "tax", "quota", "ban", "full_ban"]
MEASURES: tuple[Measure, ...] = ("none", "licence", "tax", "quota", "ban", "full_ban")
NONE, LICENCE, TAX, QUOTA, BAN, FULL_BAN = range(6)
MEASURE_STEP = 8  # the compact form holds the measure below and the turns above this
