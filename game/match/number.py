"""The numbers of a game that can be asked about by name, and why each moved in a turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.engine.fields import POLITICAL_CAPITAL, RELIABILITY, SUPPORT, TREASURY
from game.engine.measures.table import MEASURES
from game.match import change
from game.match.change import NumberChange
from game.problems import Problem, ProblemError
from game.registry import unknown_name
from game.text import _

if TYPE_CHECKING:
    from game.match.match import Match

ACCOUNTS = {
    "treasury": (TREASURY, "US$ bn", "Treasury"),
    "political_capital": (POLITICAL_CAPITAL, "points", "Political capital"),
    "support": (SUPPORT, "0-100", "Support"),
    "reliability": (RELIABILITY, "0-100", "Reliability"),
}
TRUST = "trust"
SEPARATOR = ":"  # between a number and the mineral or nation it is of


@dataclass(frozen=True)
class Answer:
    """Why a number of a nation moved in a turn; `nation` is "" for a number of the whole world."""

    title: str
    nation: str
    turn: int
    change: NumberChange


def number_names(match: Match) -> dict[str, str]:
    """Every number that can be asked about, with what it is called."""
    axes = match.axes
    names = {name: _(title) for name, (_account, _unit, title) in ACCOUNTS.items()}
    for measure in MEASURES.values():
        if "M" in measure.axes:
            for mineral in axes.minerals:
                title = _(measure.title, mineral=match.name(mineral).lower())
                names[f"{measure.id}{SEPARATOR}{mineral}"] = title
        elif measure.axes == "N":
            names[measure.id] = _(measure.title)
    for nation in axes.nations:
        names[f"{TRUST}{SEPARATOR}{nation}"] = _("Trust of {nation}", nation=match.name(nation))
    return names


def why(match: Match, number: str, nation: str | None = None, turn: int | None = None) -> Answer:
    """Why a number moved in a turn, the last by default, as a nation knows it: the player's own by default.

    Raises ProblemError for a number, nation or turn that there is not.
    """
    names = number_names(match)
    if number not in names:
        raise ProblemError(_unknown(number, names))
    chosen = nation if nation is not None else next(iter(match.persons), match.level.default_nation)
    if chosen not in match.axes.nation_index:
        raise ProblemError(unknown_name(_("nation"), chosen, match.axes.nations, "--nation"))
    if not match.turn:
        what = _("no turn of this game is resolved yet, so nothing has moved")
        raise ProblemError(Problem("error", "", what, _("end a turn first")))
    report = match.report(turn)
    kind, _colon, of = number.partition(SEPARATOR)
    n = match.axes.nation_index[chosen]
    pair = (report.before, report.after)
    calibration = match.calibration
    is_of_the_world = False
    if kind in ACCOUNTS:
        account, unit, _title = ACCOUNTS[kind]
        found = change.account_change(*pair, n, account, unit)
    elif kind == TRUST:
        found = change.trust_change(*pair, n, match.axes.nation_index[of])
    elif kind == "standing":
        found = change.standing_change(*pair, calibration, n)
    else:
        measure = MEASURES[kind]
        m = match.axes.mineral_index[of] if of else 0
        causes = report.explanation.causes(kind, n, n, m)
        found = NumberChange(kind, measure.unit, *report.explanation.change(kind, n, m), causes)
        is_of_the_world = "N" not in measure.axes
    return Answer(names[number], "" if is_of_the_world else chosen, report.turn, found)


def _unknown(number: str, names: dict[str, str]) -> Problem:
    """The problem that a number is not known; one that lacks its mineral or nation is told so."""
    full = next((name for name in names if name.startswith(number + SEPARATOR)), None)
    if full:
        what = _("{number} is one number for each of many", number=number)
        return Problem("error", "--number", what, _("ask for one of them, such as {name}", name=full))
    problem = unknown_name(_("number"), number, names, "--number")
    hint = problem.hint if problem.hint.startswith(_("did you mean")) else _("--list names them all")
    return Problem("error", "--number", problem.what, hint)
