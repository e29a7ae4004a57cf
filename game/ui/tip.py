"""What stands behind a figure: the model of a tooltip, and a shown number that carries one. No pygame."""

from __future__ import annotations

from dataclasses import dataclass, replace

from game.ui import format as fmt
from game.ui.theme import tone_of_change


@dataclass(frozen=True, slots=True)
class Cause:
    """One signed part of a value. `shown` defaults to the signed figure, `tone` to the tip's sense of better."""

    text: str
    value: float
    shown: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Tip:
    """Tooltip content: value, meaning in one line, unit, causes that add up, source or formula, keys.

    `better` is +1 when up is good, -1 when down is good, 0 when neither; it colours the causes.
    `keys` are (label, key) pairs beside the standing ones.
    """

    title: str
    value: str = ""
    meaning: str = ""
    unit: str = ""
    causes: tuple[Cause, ...] = ()
    source: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    better: int = 1

    def missing(self) -> list[str]:
        """Which of the words that every number owes its reader are absent."""
        return [name for name in ("title", "meaning", "unit", "source") if not getattr(self, name)]

    def cause_tone(self, cause: Cause) -> str:
        """Tone of one cause."""
        return cause.tone or tone_of_change(cause.value, self.better)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as shown, with the value and unit behind it and the tip a reader gets. Printable like a string."""

    text: str
    tip: Tip
    value: float | None = None
    unit: str = ""
    tone: str = ""

    def __str__(self) -> str:
        return self.text

    def toned(self, tone: str) -> Number:
        """The same figure in another colour."""
        return replace(self, tone=tone)

    def shown_as(self, text: str) -> Number:
        """The same figure in other words, such as a shorter form for a narrow place."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of plain text with its own colour or weight inside a label."""

    text: str
    tone: str = ""
    weight: int = 0

    def __str__(self) -> str:
        return self.text


Content = str | Number | Span


def number(
    value: float | None,
    unit: str,
    *,
    title: str,
    meaning: str,
    source: str,
    signed: bool = False,
    text: str = "",
    tone: str = "",
    causes: tuple[Cause, ...] = (),
    better: int = 1,
) -> Number:
    """A Number of `value` in a unit of game.ui.format, worded and toned; the one way screens make figures.

    A signed number takes its tone from `better` unless `tone` is given.
    """
    shown = text or fmt.quantity(value, unit, signed=signed)
    if signed and not tone and value is not None:
        tone = tone_of_change(value, better)
    tip = Tip(title, shown, meaning, fmt.unit_name(unit), causes, source, better=better)
    return Number(shown, tip, value, unit, tone)
