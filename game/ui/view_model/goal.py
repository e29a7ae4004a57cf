"""The level's goals for the seat: what is asked, how far it stands, and whether it is met, open or missed."""

from __future__ import annotations

from dataclasses import dataclass

from game.match.goal import GoalState, goal_states
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Number
from game.ui.view_model import source
from game.ui.view_model.scene import Scene

TONES = {"met": "good", "open": "warn", "missed": "bad"}
ICONS = {"met": "check", "open": "target", "missed": "close"}
STANDING_WORDS = {"met": "met", "open": "not met yet", "missed": "missed"}


@dataclass(frozen=True)
class GoalModel:
    """One goal: `mark` in short ("at least 95"), `words` with its number and time, `standing` met, open or missed."""

    field: str
    mark: Number
    words: Number
    standing: str
    tone: str
    icon: str


def goals(scene: Scene) -> list[GoalModel]:
    """The goals after the last resolved turn; none where the level asks for nothing."""
    states = goal_states(scene.level.goals, scene.past, scene.nation, scene.match.over)
    return [_goal(state, _label(state.goal.field)) for state in states]


def _label(field: str) -> str:
    words = {
        "n_minus_1": _("N-1 security"),
        "value_captured": _("Value captured"),
        "industry": _("Industry"),
        "support": _("Support"),
        "standing": _("Standing"),
        "treasury_usd_bn": _("Treasury"),
    }
    return words[field]


def _shown(field: str, value: float) -> str:
    return fmt.money(value) if field == "treasury_usd_bn" else fmt.trimmed(round(value, 1), 4)


def _goal(state: GoalState, label: str) -> GoalModel:
    goal, standing = state.goal, state.standing
    unit = "usd_bn" if goal.field == "treasury_usd_bn" else "index"
    mark = _("at least {mark}", mark=_shown(goal.field, goal.at_least))
    when = _("after every turn") if goal.when == "always" else _("after the last turn")
    meaning = _(
        "{label} is to be {mark} {when}; it stands at {value}.",
        label=label,
        mark=mark,
        when=when,
        value=_shown(goal.field, state.value),
    )
    if state.missed_in:
        meaning += " " + _("Missed in {date}.", date=fmt.turn_date(state.missed_in))

    def worded(text: str) -> Number:
        return source.field_number(
            state.value,
            unit,
            goal.field,
            title=_("Goal: {standing}", standing=_(STANDING_WORDS[standing])),
            meaning=meaning,
            text=text,
        )

    words = _("{label} {mark} {when}", label=label, mark=mark, when=when)
    return GoalModel(goal.field, worded(mark), worded(words), standing, TONES[standing], ICONS[standing])


def met_number(found: list[GoalModel]) -> Number:
    """'2 of 3 goals met'."""
    met = sum(goal.standing == "met" for goal in found)
    return source.game_number(
        float(met),
        "count",
        _("goals of the level"),
        title=_("Goals"),
        meaning=_("Goals of the level that are met as things stand."),
        text=_("{met} of {n} goals met", met=met, n=len(found)),
    )
