"""The top bar: whose seat, which turn, and the numbers a player steers by, each with change, history and causes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number, game_number
from game.ui.view_model.words import bar_words


@dataclass(frozen=True)
class MetricModel:
    """One number of the bar."""

    key: str
    label: str
    short: str
    icon: str
    value: Number
    change: Number | None
    series: tuple[float, ...]
    worded: Callable[[float], str]


@dataclass(frozen=True)
class _Row:
    """What the bar knows of one number."""

    field: str
    label: str
    short: str
    icon: str
    unit: str
    meaning: str


def _rows(scene: Scene) -> tuple[_Row, ...]:
    is_producer = scene.level.nation(scene.seat).role == "producer"
    fourth = (
        _Row(
            "value_captured", _("Value captured"), _("Value kept"), "layers", "index",
            _("How much of the value of your minerals' chains is earned at home, in per cent."),
        )
        if is_producer
        else _Row(
            "n_minus_1", _("N-1 security"), _("N-1"), "shield", "index",
            _("Per cent of next year's need still met if the one supplier that hurts most stopped selling to you."),
        )
    )  # fmt: skip
    return (
        _Row(
            "treasury_usd_bn", _("Treasury"), _("Treasury"), "treasury", "usd_bn",
            _("Money the state keeps for minerals; debt may reach two half-yearly budgets."),
        ),
        _Row(
            "political_capital", _("Political capital"), _("Capital"), "capital", "political_capital",
            _("What you can still push through; every order takes some, at most ten points are kept."),
        ),
        _Row(
            "support", _("Support"), _("Support"), "people", "index",
            _("Share of the public backing the government: over 60 adds a point of capital, under 40 takes one."),
        ),
        fourth,
        _Row(
            "industry", _("Industry"), _("Industry"), "industry", "index",
            _("Value-weighted output of your mineral-using makers; 100 when all they need arrives."),
        ),
        _Row(
            "standing", _("Standing"), _("Standing"), "handshake", "index",
            _("Reliability of your word (60%) and the trust of those you trade with (40%)."),
        ),
    )  # fmt: skip


def metrics(scene: Scene) -> list[MetricModel]:
    """The numbers of the bar, as they stand after the last turn and the orders given since."""
    return [_metric(scene, row) for row in _rows(scene)]


def _metric(scene: Scene, row: _Row) -> MetricModel:
    n = scene.nation
    series = tuple(float(world.arrays[row.field][0, n]) for world in scene.past)
    before = scene.before
    now = float(scene.plan.world.political_capital[0, n]) if row.field == "political_capital" else series[-1]
    change = series[-1] - series[-2] if before is not None else None
    value = field_number(
        now, row.unit, row.field, title=row.label, meaning=row.meaning, causes=_tip_causes(scene, row),
    )  # fmt: skip
    return MetricModel(row.field, row.label, row.short, row.icon, value, _change(scene, row, change), series,
                       partial(fmt.quantity, unit=row.unit))  # fmt: skip


def _change(scene: Scene, row: _Row, change: float | None) -> Number | None:
    if change is None:
        return None
    shown = 0.0 if abs(change) < 0.05 and row.unit != "usd_bn" else change
    text = fmt.money(shown, signed=True) if row.unit == "usd_bn" else fmt.plain(shown, 1, signed=True)
    return field_number(
        shown, row.unit, row.field, title=_("{label}: change since last turn", label=row.label),
        meaning=row.meaning, signed=True, text=text, causes=_causes(scene, row),
    )  # fmt: skip


def _tip_causes(scene: Scene, row: _Row) -> tuple[Cause, ...]:
    """Last turn's value and the causes that lead from it to this one's."""
    before = scene.before
    if before is None:
        return ()
    last = float(before.arrays[row.field][0, scene.nation])
    shown = fmt.quantity(last, row.unit)
    return (Cause(_("Last turn"), last, shown, "high"), *_causes(scene, row), *_spent(scene, row))


def _spent(scene: Scene, row: _Row) -> tuple[Cause, ...]:
    """Political capital that this turn's orders have taken so far."""
    if row.field != "political_capital":
        return ()
    n = scene.nation
    taken = float(scene.plan.world.political_capital[0, n] - scene.world.political_capital[0, n])
    return (Cause(_("Orders of this turn"), taken, _signed(taken, row.unit)),) if taken else ()


def _causes(scene: Scene, row: _Row) -> tuple[Cause, ...]:
    """Signed causes that add up to the change of a number, as the turn's report finds them."""
    if scene.report is None:
        return ()
    found = scene.report.number(row.field).causes
    return tuple(Cause(bar_words(cause), cause.amount, _signed(cause.amount, row.unit)) for cause in found)


def _signed(value: float, unit: str) -> str:
    if unit == "usd_bn":
        return fmt.money(value, signed=True)
    return fmt.plain(value, 1 if abs(value) >= 0.05 else 2, signed=True)


def turn_number(scene: Scene) -> Number:
    """'Turn 5 of 30': the turn whose orders are being given."""
    playing, turns = min(scene.turn + 1, scene.level.turns), scene.level.turns
    return game_number(
        float(playing), "count", _("turns of the level {level}", level=scene.level.id),
        title=_("Turn"), meaning=_("The half-year whose orders you are giving, and how many the level has."),
        text=_("Turn {turn} of {turns}", turn=playing, turns=turns),
    )  # fmt: skip


def date_number(scene: Scene) -> Number:
    """'2027 H1': the half-year being played."""
    playing = min(scene.turn + 1, scene.level.turns)
    return game_number(
        None, "date", _("the game's calendar: turn 1 is the first half of 2025"), title=_("Date"),
        meaning=_("The half-year you are giving orders for; a turn is six months."), text=fmt.turn_date(playing),
    )  # fmt: skip
