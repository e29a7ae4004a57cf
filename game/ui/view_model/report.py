"""The report on a resolved turn: headlines, numbers and their causes, makers, and everybody's orders."""

from __future__ import annotations

from dataclasses import dataclass

from game.match.report import Headline, SeatReport
from game.text import _, _n
from game.ui import format as fmt
from game.ui.tip import Cause, Number, Tip, number
from game.ui.view_model import source
from game.ui.view_model.order_list import order_source
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number
from game.ui.view_model.top_bar import metrics
from game.ui.view_model.words import order_icon


@dataclass(frozen=True)
class HeadlineModel:
    """One thing that changed: what it is about, the sentence, what stands behind it, and how it weighs for you."""

    subject: str
    name: str
    text: str
    detail: str
    tip: Tip
    tone: str
    direction: float


@dataclass(frozen=True)
class ChangeModel:
    """A number before and after the turn, with the causes that lead from one to the other."""

    key: str
    label: str
    icon: str
    before: Number
    after: Number
    causes: tuple[Cause, ...]
    main_cause: str
    scale: float


@dataclass(frozen=True)
class MakerModel:
    """Makers of a product: how far they could work, and the mineral they lacked most."""

    product: str
    name: str
    met: Number
    weight: Number
    limiting: str
    tone: str


@dataclass(frozen=True)
class LogModel:
    """One order of the public log."""

    nation: str
    icon: str
    text: str
    tip: Tip
    is_done: bool
    is_mine: bool


@dataclass(frozen=True)
class ReportModel:
    """All that the page shows."""

    title: Number
    subtitle: Number
    headlines: tuple[HeadlineModel, ...]
    changes: tuple[ChangeModel, ...]
    makers: tuple[MakerModel, ...]
    log: tuple[LogModel, ...]


NUMBER_FIELDS = ("treasury_usd_bn", "political_capital", "support", "reliability", "industry", "standing", "n_minus_1",
                 "value_captured")  # fmt: skip


def report(scene: Scene) -> ReportModel | None:
    """The report on the last turn; None before the first."""
    if scene.report is None:
        return None
    whole, seat = scene.match.report(), scene.report
    log = tuple(
        _log_line(scene, line.carried.nation, line.carried.order, line.text, line.carried.done) for line in whole.log
    )
    mine = [line for line in log if line.is_mine]
    ordered = (*mine, *(line for line in log if not line.is_mine))
    title = source.game_number(
        None, "date", _("the game's calendar"), title=_("Half-year of the report"), meaning=_("The turn just resolved."),
        text=_("Report on {date}", date=fmt.turn_date(scene.turn)),
    )  # fmt: skip
    subtitle = source.game_number(
        float(scene.turn), "count", _("the public log"), title=_("Turn and orders"),
        meaning=_("The turn resolved last, and how many orders all nations gave in it."),
        text=_("Turn {turn} resolved · ", turn=scene.turn) + _n("{n} order in the log", "{n} orders in the log", len(log)),
    )  # fmt: skip
    headlines = tuple(_headline(scene, headline) for headline in seat.headlines)
    return ReportModel(title, subtitle, headlines, tuple(changes(scene)), tuple(makers(scene, seat)), ordered)


def _headline(scene: Scene, headline: Headline) -> HeadlineModel:
    names = {"number": (headline.name,), "price": ("headline_ln",), "order": ("export_quota_t", "export_tax")}
    tip = Tip(
        headline.text, "", headline.detail or _("Ranked by its effect on you."), _("as written"), (),
        source.fields(*names[headline.subject]),
    )  # fmt: skip
    tone = "good" if headline.effect > 0.02 else "bad" if headline.effect < -0.02 else "mid"
    return HeadlineModel(headline.subject, headline.name, headline.text, headline.detail, tip, tone, headline.effect)


def changes(scene: Scene) -> list[ChangeModel]:
    """The numbers of the top bar, before and after."""
    before = scene.before
    found = []
    for metric in metrics(scene):
        if before is None or metric.change is None:
            continue
        causes = metric.change.tip.causes
        old = float(before.arrays[metric.key][0, scene.nation])
        was = field_number(old, metric.value.unit, metric.key, title=metric.label, meaning=metric.value.tip.meaning)
        largest = max(causes, key=lambda cause: abs(cause.value), default=None)
        up = sum(cause.value for cause in causes if cause.value > 0)
        down = -sum(cause.value for cause in causes if cause.value < 0)
        tone = metric.change.tone if metric.change.tone != "mid" else "high"
        found.append(ChangeModel(metric.key, metric.label, metric.icon, was, metric.value.toned(tone), causes,
                                 largest.text if largest else _("Nothing posted"), max(up, down, 1e-9)))  # fmt: skip
    return found


def makers(scene: Scene, seat: SeatReport) -> list[MakerModel]:
    """The nation's makers by product, the heaviest first."""
    found = []
    for row in seat.products:
        name = _(scene.level.product(row.product).name)
        tone = "good" if row.met >= 0.985 else "warn" if row.met >= 0.9 else "bad"
        met = field_number(
            row.met, "share", ("use_t", "need_t"), title=name, tone="high",
            meaning=_("Metal used against need at ordinary prices, of the mineral they lacked most."),
        )  # fmt: skip
        weight = number(
            row.weight, "share", title=_("Weight in your industry"), meaning=_("Share of your makers' value."),
            source=source.row(scene.level, "products", row.product, "value_weight") + source.SEPARATOR
            + source.fields("industry"),
        )  # fmt: skip
        found.append(MakerModel(row.product, name, met, weight, row.limiting, tone))
    return found


def _log_line(scene: Scene, nation: str, order, words: str, done: bool) -> LogModel:  # type: ignore[no-untyped-def]
    tip = Tip(
        words, "", _("From the public log: {nation}.", nation=scene.name(nation)), _("as written"), (),
        order_source(order.kind),
    )  # fmt: skip
    return LogModel(nation, order_icon(order.icon), words, tip, done, nation == scene.seat)
