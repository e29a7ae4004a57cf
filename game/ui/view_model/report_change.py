"""What changed in a turn and why: the numbers of the top bar from → to, and makers' demand met by product."""

from __future__ import annotations

from dataclasses import dataclass

from game.match.change import ProductReport
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number, Tip, number
from game.ui.view_model import source
from game.ui.view_model.goal import GoalModel, goals
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number
from game.ui.view_model.top_bar import metrics

FULL, FAIR = 0.985, 0.9  # share of need met from which makers count as supplied, and as nearly supplied
SCALE_LOW = 0.6
LEAST_POINTS = 0.5
LEAST_SCALE = {"usd_bn": 0.005}

PRODUCT_ICONS = {
    "batteries": "bolt",
    "magnets_motors_wind": "pulse",
    "electronics_semiconductors_pv": "monitor",
    "grid_construction": "chain",
    "aerospace_defence": "shield",
    "steel_alloys_other": "factory",
    "catalysts_chemicals": "research",
}


@dataclass(frozen=True)
class ChangeModel:
    """A number before and after the turn and the signed parts that lead from one to the other.

    `scale` is the value that fills one side of the strip.
    """

    key: str
    label: str
    icon: str
    before: Number
    after: Number
    change: Number
    causes: tuple[Cause, ...]
    main_cause: tuple[str, str]
    scale: float
    goal: GoalModel | None


@dataclass(frozen=True)
class MakerModel:
    """Makers of a product: how far they could work, what changed, and the mineral they lacked most ("" for none).

    `share` is the bar's length on a scale from `low` to all of the need.
    """

    product: str
    name: str
    icon: str
    met: Number
    change: Number
    share: float
    limiting: str
    limit_tip: Tip
    tone: str


@dataclass(frozen=True)
class MakersModel:
    """All makers of the seat on one scale."""

    rows: tuple[MakerModel, ...]
    low: Number
    high: Number


def changes(scene: Scene) -> list[ChangeModel]:
    """Each number of the top bar, before and after the last turn; none before the first."""
    before = scene.before
    if before is None:
        return []
    asked = {goal.field: goal for goal in goals(scene)}
    found = []
    for metric in metrics(scene):
        if metric.change is None:
            continue
        causes = metric.change.tip.causes
        was = field_number(
            float(before.arrays[metric.key][0, scene.nation]),
            metric.value.unit,
            metric.key,
            title=_("{label}: before the turn", label=metric.label),
            meaning=metric.value.tip.meaning,
        )
        tone = metric.change.tone if metric.change.tone != "mid" else "high"
        found.append(
            ChangeModel(
                metric.key,
                metric.label,
                metric.icon,
                _finer(was),
                _finer(metric.value.toned(tone)),
                metric.change,
                causes,
                _main_cause(causes),
                _scale(causes, metric.value.unit),
                asked.get(metric.key),
            )
        )
    return found


def _finer(figure: Number) -> Number:
    """An index with one decimal, so that small changes can be seen."""
    return figure.shown_as(fmt.plain(figure.value or 0.0, 1)) if figure.unit == "index" else figure


def _main_cause(causes: tuple[Cause, ...]) -> tuple[str, str]:
    """The largest part, in words and as a figure; both empty when nothing moved the number."""
    largest = max(causes, key=lambda cause: abs(cause.value), default=None)
    return (largest.text, largest.shown) if largest is not None else ("", "")


def _scale(causes: tuple[Cause, ...], unit: str) -> float:
    """What fills a side of the strip: the larger of all rises and all falls, and never next to nothing."""
    up = sum(cause.value for cause in causes if cause.value > 0)
    down = -sum(cause.value for cause in causes if cause.value < 0)
    return max(up, down, LEAST_SCALE.get(unit, LEAST_POINTS))


def makers(scene: Scene) -> MakersModel:
    """How far the seat's makers could work in the last turn, the heaviest product first."""
    rows = scene.report.products if scene.report is not None else ()
    low = SCALE_LOW if all(row.met >= SCALE_LOW for row in rows) else 0.0
    return MakersModel(tuple(_maker(scene, row, low) for row in rows), _end(low), _end(1.0))


def _end(share: float) -> Number:
    return source.game_number(
        share,
        "share",
        _("bounds of the bars"),
        title=_("Scale of the bars"),
        meaning=_("The bars of need met begin and end at these shares."),
        text=fmt.percent(share),
    )


def _maker(scene: Scene, row: ProductReport, low: float) -> MakerModel:
    name = _(scene.level.product(row.product).name)
    tone = "good" if row.met >= FULL else "warn" if row.met >= FAIR else "bad"
    met = field_number(
        row.met,
        "share",
        "recipe_met_share",
        title=_("{product}: output that metal allowed", product=name),
        tone="high",
        meaning=_("Part of their plans that these makers had the metal for; the mineral they lack most decides."),
    )
    points = 100.0 * (row.met - row.met_before)
    points = 0.0 if abs(points) < 0.05 else points
    change = number(
        points,
        "points",
        title=_("{product}: change since last turn", product=name),
        signed=True,
        meaning=_("Change of the output that metal allowed, in points of a hundred."),
        source=source.fields("recipe_met_share"),
        causes=(
            Cause(_("Last turn"), 100.0 * row.met_before, fmt.percent(row.met_before), "high"),
            Cause(_("Change"), points, fmt.plain(points, 1, signed=True)),
        ),
        text=_("{points} points", points=fmt.plain(points, 1, signed=True)) if points else _("as last turn"),
    )
    share = min((row.met - low) / (1.0 - low), 1.0)
    return MakerModel(
        row.product,
        name,
        PRODUCT_ICONS.get(row.product, "industry"),
        met,
        change,
        share,
        row.limiting,
        _limit_tip(scene, row, name),
        tone,
    )


def _limit_tip(scene: Scene, row: ProductReport, name: str) -> Tip:
    """What was lacking: use and need of the limiting mineral by these makers."""
    if not row.limiting:
        return Tip(_("{product}: fully supplied", product=name))
    n, m = scene.nation, scene.mineral(row.limiting)
    k = scene.axes.products.index(row.product)
    use, need = (float(scene.past[-1].arrays[field][0, n, m, k]) for field in ("use_t", "need_t"))
    words = _("{product} used {use} of {need} needed.", product=name, use=fmt.mass(use), need=fmt.mass(need))
    return Tip(
        _("Limited by {mineral}", mineral=scene.name(row.limiting)),
        fmt.percent(row.met),
        words,
        fmt.unit_name("t_per_turn"),
        (),
        source.fields("use_t", "need_t"),
    )
