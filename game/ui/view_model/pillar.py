"""The score on the last screen: five pillars, what each is made of and what a point more of it would add."""

from __future__ import annotations

from game.engine.measures.score import FLOOR
from game.match.score import TITLES, whole
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number

FUTURES = 16  # that the last screen plays on; `chokepoint score` plays four times as many

# Fields that a pillar is computed from.
FIELDS = {
    "security": ("n_minus_1", "value_captured", "industry"),
    "prosperity": ("industry", "capacity_t", "treasury_usd_bn"),
    "standing": ("reliability", "trust", "n_minus_1"),
    "stewardship": ("refined_flow_t", "ore_flow_t", "mined_t"),
    "legacy": ("n_minus_1", "value_captured", "industry"),
}
MEANINGS = {
    "security": "Mean over all turns of N-1 security (60 %) and shortages spared (40 %).",
    "security_producer": "Mean over all turns of value captured (60 %) and steadiness of income from minerals (40 %).",
    "prosperity": "Mean industry against the start, less what orders cost, with cash of up to half a year's budget.",
    "prosperity_producer": "Mean industry against the start (70 %) and value of your sites (30 %), less what orders "
    "cost, with cash of up to half a year's budget.",
    "standing": "Reliability of your word (40 %), trust of those you trade with (30 %) and their own security (30 %).",
    "stewardship": "Licence of what you dig and of the metal you use, wherever dug (70 %), and integrity (30 %).",
    "legacy": "A caretaker plays eight turns more from here in {futures} futures; of Security and Prosperity then, the "
    "mean and the worst tenth. All nations act by habit.",
}


def pillar_numbers(scene: Scene, pillar: dict[str, float]) -> list[tuple[str, Number]]:
    """Title and figure of each pillar known so far, and of the total once all five are."""
    is_whole = set(pillar) == set(TITLES)
    found = [(_(TITLES[name]), _pillar(scene, name, pillar, is_whole)) for name in TITLES if name in pillar]
    return [(_("Score"), _total(pillar)), *found] if is_whole else found


def _pillar(scene: Scene, name: str, pillar: dict[str, float], is_whole: bool) -> Number:
    key = f"{name}_producer" if scene.level.produces(scene.seat) and f"{name}_producer" in MEANINGS else name
    meaning = _(MEANINGS[key], futures=FUTURES)
    if is_whole:
        more = whole(pillar | {name: pillar[name] + 1.0}).total - whole(pillar).total
        meaning += _(" A point more here would add {points} to the score.", points=fmt.plain(more, 2))
    return field_number(pillar[name], "index", FIELDS[name], title=_(TITLES[name]), meaning=meaning)


def _total(pillar: dict[str, float]) -> Number:
    causes = tuple(Cause(_(TITLES[name]), value, fmt.plain(value, 0)) for name, value in pillar.items())
    return field_number(
        whole(pillar).total, "index", tuple(dict.fromkeys(field for names in FIELDS.values() for field in names)),
        title=_("Score"), causes=causes,
        meaning=_("Geometric mean of the five pillars, none counted below {floor}: one that is neglected drags the "
                  "whole.", floor=fmt.plain(FLOOR, 0)),
    )  # fmt: skip
