"""The end of a game: each number from the start to the end, with its best and worst turn and what was posted then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from game.match import change
from game.match.change import NumberChange
from game.match.score import pillars_so_far
from game.problems import Problem
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number
from game.ui.view_model import source
from game.ui.view_model.goal import STANDING_WORDS, GoalModel, goals, met_number
from game.ui.view_model.pillar import pillar_numbers
from game.ui.view_model.report_text import write_text
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number
from game.ui.view_model.top_bar import MetricModel, metrics

FIRST_YEAR = 2024.5  # where the year before the first turn stands on the time axis
LEAST_MOVE = 1e-9
COARSE_REACH, FINE_REACH = 8.0, 0.8


@dataclass(frozen=True)
class TurnModel:
    """A turn that moved a number most: which, by how much, and its largest posting or part in words."""

    turn: int
    x: float
    y: float
    date: Number
    change: Number
    cause: str


@dataclass(frozen=True)
class CourseModel:
    """One number over the game; `best` and `worst` are None when no turn raised, or lowered, it."""

    key: str
    label: str
    icon: str
    before: Number
    after: Number
    change: Number
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    best: TurnModel | None
    worst: TurnModel | None
    words: Callable[[float], str]


@dataclass(frozen=True)
class EndingModel:
    """How the game ended and what became of every number."""

    title: str
    subtitle: Number
    has_fallen: bool
    goals: tuple[GoalModel, ...]
    goals_met: Number
    courses: tuple[CourseModel, ...]


def ending(scene: Scene) -> EndingModel:
    """What the last screen shows; also of a game that still goes on."""
    fallen = scene.match.has_fallen(scene.seat)
    title = _("Your government has fallen for good") if fallen else _("The level is over")
    title = title if scene.match.over else _("So far")
    asked = goals(scene)
    courses = tuple(_course(scene, metric) for metric in metrics(scene))
    return EndingModel(title, _subtitle(scene), fallen, tuple(asked), met_number(asked), courses)


def _subtitle(scene: Scene) -> Number:
    played, turns = scene.turn, scene.level.turns
    words = _(
        "{nation} · {level} · {played} of {turns} turns, to {date}",
        nation=scene.name(scene.seat),
        level=_(scene.level.title),
        played=played,
        turns=turns,
        date=fmt.turn_date(played),
    )
    return source.game_number(
        float(played),
        "count",
        _("turns of the level {level}", level=scene.level.id),
        title=_("Turns played"),
        meaning=_("Resolved turns, and how many the level has."),
        text=words,
    )


def _change(scene: Scene, turn: int, field: str) -> NumberChange:
    """The change of one number of the seat in a turn, with its signed parts, largest first."""
    pair, n, calibration = (scene.past[turn - 1], scene.past[turn]), scene.nation, scene.calibration
    if field == "industry":
        return change.industry_change(*pair, calibration, n, scene.name)
    if field == "standing":
        return change.standing_change(*pair, calibration, n)
    if field == "n_minus_1":
        return change.security_change(*pair, calibration, n, scene.name)
    if field == "value_captured":
        return change.value_change(*pair, calibration, n)
    return next(number for number in change.accounts(*pair, n) if number.field == field)


def _course(scene: Scene, metric: MetricModel) -> CourseModel:
    series, unit, key = metric.series, metric.value.unit, metric.key
    meaning = metric.value.tip.meaning
    xs = (FIRST_YEAR, *(FIRST_YEAR + 0.75 + 0.5 * k for k in range(len(series) - 1)))
    moves = [after - before for before, after in pairwise(series)]
    rises = [k for k, move in enumerate(moves) if move > LEAST_MOVE]
    falls = [k for k, move in enumerate(moves) if move < -LEAST_MOVE]
    turn = partial(_turn, scene, metric, xs)
    best = turn(max(rises, key=lambda k: moves[k]) + 1, moves) if rises else None
    worst = turn(min(falls, key=lambda k: moves[k]) + 1, moves) if falls else None
    named = {"label": metric.label}
    start = field_number(series[0], unit, key, title=_("{label} at the start", **named), meaning=meaning)
    end = field_number(series[-1], unit, key, title=_("{label} at the end", **named), meaning=meaning)
    moved = series[-1] - series[0]
    total = field_number(
        moved,
        unit,
        key,
        title=_("{label}: change over the game", **named),
        meaning=meaning,
        signed=True,
        text=_signed(moved, unit),
        causes=(
            Cause(_("At the start"), series[0], start.text, "high"),
            Cause(_("At the end"), series[-1], end.text, "high"),
        ),
    )
    return CourseModel(
        key, metric.label, metric.icon, _finer(start), _finer(end), total, xs, tuple(series), best, worst,
        _words(series, unit),
    )  # fmt: skip


def _words(series: tuple[float, ...], unit: str) -> Callable[[float], str]:
    """How values are written: with a decimal when whole figures would hide how they move."""
    if unit == "usd_bn":
        return partial(fmt.quantity, unit=unit)
    reach = max(series) - min(series)
    return partial(fmt.plain, decimals=0 if reach >= COARSE_REACH else 1 if reach >= FINE_REACH else 2)


def _finer(figure: Number) -> Number:
    return figure.shown_as(fmt.plain(figure.value or 0.0, 1)) if figure.unit == "index" else figure


def _signed(value: float, unit: str) -> str:
    if unit == "usd_bn":
        return fmt.money(value, signed=True)
    return fmt.plain(value, 1 if abs(value) >= 0.05 else 2, signed=True)


def _turn(scene: Scene, metric: MetricModel, xs: tuple[float, ...], turn: int, moves: list[float]) -> TurnModel:
    unit, move = metric.value.unit, moves[turn - 1]
    parts = _change(scene, turn, metric.key).causes
    causes = tuple(Cause(part.title, part.amount, _signed(part.amount, unit)) for part in parts)
    fitting = [part.title for part in parts if part.amount * move > 0]
    date = source.game_number(
        float(turn),
        "date",
        _("the game's calendar"),
        title=_("Half-year"),
        meaning=_("Turn {turn} of {turns}.", turn=turn, turns=scene.level.turns),
        text=fmt.turn_date(turn),
    )
    title = _("{label} in {date}", label=metric.label, date=fmt.turn_date(turn))
    figure = field_number(
        move, unit, metric.key, title=title, meaning=metric.value.tip.meaning, signed=True, text=_signed(move, unit),
        causes=causes,
    )  # fmt: skip
    return TurnModel(turn, xs[turn], metric.series[turn], date, figure, fitting[0] if fitting else "")


# As text ----------------------------------------------------------------------------------------------------


def ending_lines(scene: Scene) -> list[str]:
    """The result as lines of text: the numbers, their best and worst turns, and every turn's value."""
    model = ending(scene)
    lines = [model.title, str(model.subtitle)]
    if model.goals:
        lines += ["", str(model.goals_met)]
        lines += [f"- {goal.words}: {_(STANDING_WORDS[goal.standing])}" for goal in model.goals]
    if scene.turn:
        score = pillar_numbers(scene, pillars_so_far(scene.match, scene.seat))
        lines += ["", *(f"{title}: {number}" for title, number in score)]
    for course in model.courses:
        lines += ["", course.label, "-" * len(course.label)]
        lines.append(
            _("{before} to {after} ({change})", before=course.before, after=course.after, change=course.change)
        )
        for words, turn in ((_("best turn"), course.best), (_("worst turn"), course.worst)):
            if turn is not None:
                lines.append(f"{words}: {turn.date} {turn.change} {turn.cause}".rstrip())
        lines += [f"  {fmt.turn_date(k)}: {course.words(y)}" for k, y in enumerate(course.ys)]
    return lines


def write_ending(scene: Scene, folder: Path | None = None) -> Path | Problem:
    """Write the result into the user folder; its path, or the problem when that cannot be done."""
    return write_text(f"{scene.level.id}_{scene.seat}_result.txt", ending_lines(scene), folder)
