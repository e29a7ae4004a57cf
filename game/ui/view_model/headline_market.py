"""Headlines from the markets abroad: prices, export measures, sites that open and plants that stand still."""

from __future__ import annotations

import numpy as np

from game.engine.axes import MINE, REFINE
from game.match.change import PriceChange
from game.match.report import LogLine
from game.rules.orders.restrict_exports import RestrictExports
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Content
from game.ui.view_model.headline import (
    OPENING_WORDS,
    STAGE_ICONS,
    HeadlineModel,
    goods,
    made_less_used_t,
    opened_t,
    order_tip,
    price_now,
    short,
    site_words,
    stake_number,
)
from game.ui.view_model.report_price import main_cause, price_causes
from game.ui.view_model.scene import Array, Scene
from game.ui.view_model.source import field_number

LEAST_PRICE_SHARE = 0.005
LEAST_WORLD_SHARE = 0.01  # of the world's capacity of a stage: smaller openings and outages abroad are no news
OUTAGE_WORDS = {MINE: "Mines for {mineral} stand still {where}", REFINE: "Refineries for {mineral} stand still {where}"}


def prices(scene: Scene) -> list[HeadlineModel]:
    report = scene.report
    assert report is not None
    net, found = made_less_used_t(scene), []
    for change in report.prices:
        if abs(change.share) < LEAST_PRICE_SHARE:
            continue
        m, name = scene.mineral(change.mineral), short(scene, change.mineral)
        usd_bn = float(net[m]) * (change.after - change.before) / 1e9
        share = field_number(
            change.share,
            "share",
            "headline_ln",
            title=_("{mineral}: price change", mineral=name),
            signed=True,
            meaning=_("World price after the turn against the price before it."),
            tone="high",
            text=fmt.plain(100 * abs(change.share), 0 if abs(change.share) > 0.0995 else 1) + "%",
        )
        lower = name.lower()
        words = (
            _("Price of {mineral} up ", mineral=lower)
            if change.share > 0
            else _("Price of {mineral} down ", mineral=lower)
        )
        effect = stake_number(
            usd_bn,
            _("Change of the world price times what you make less what your makers use, a half-year."),
            "headline_ln",
            "refined_t",
            "use_t",
        )
        text: tuple[Content, ...] = (words, share)
        detail = _price_detail(scene, change)
        found.append(
            HeadlineModel(
                "price",
                f"price.{change.mineral}",
                "price",
                change.mineral,
                _leader(scene, m),
                text,
                detail,
                effect,
                abs(usd_bn),
            )
        )
    return found


def _price_detail(scene: Scene, change: PriceChange) -> tuple[Content, ...]:
    price = field_number(
        change.after,
        "usd_per_t",
        "headline_ln",
        title=_("World price"),
        meaning=_("World price, weighted by imports."),
    )
    place = main_cause(change)
    if place is None:
        return (_("Now "), price)
    words, part = price_causes(scene, change)[place]
    return (_("Now "), price, f" · {words} ", part)


def _leader(scene: Scene, m: int) -> str:
    """The nation abroad that delivers most refined metal to the seat; the largest maker when none does."""
    world = scene.past[-1]
    arrived = world.refined_flow_t[0, m, :, scene.nation].copy()
    arrived[scene.nation] = 0.0
    made = (world.refined_t + world.recycled_t + world.synthetic_t)[0, :, m]
    return scene.axes.nations[int((arrived if arrived.sum() > 0 else made).argmax())]


MEASURE_WORDS = {
    "licence": "{nation} asks for licences on {goods}",
    "tax": "{nation} taxes exports of {goods}",
    "quota": "{nation} caps exports of {goods}",
    "ban": "{nation} stops exports of {goods}",
    "full_ban": "{nation} stops exports of {goods} and what is made of it",
    "none": "{nation} frees exports of {goods}",
}


def measures(scene: Scene) -> list[HeadlineModel]:
    """Export measures of others that name the seat, or everybody; of two on the same goods the later one holds."""
    found: dict[tuple[str, str, str], HeadlineModel] = {}
    for place, line in enumerate(scene.match.report().log):
        order, nation = line.carried.order, line.carried.nation
        if not isinstance(order, RestrictExports) or not line.carried.done or nation == scene.seat:
            continue
        if not order.targets or scene.seat in order.targets:
            found[nation, order.mineral, order.layer] = _measure(scene, line, order, place)
    return list(found.values())


def _measure(scene: Scene, line: LogLine, order: RestrictExports, place: int) -> HeadlineModel:
    nation = line.carried.nation
    world, m = scene.match.report().before, scene.mineral(order.mineral)
    field = "ore_flow_t" if order.layer == "ore" else "refined_flow_t"
    arrived = world.arrays[field][0, m, :, scene.nation]
    sold, total = float(arrived[scene.position(nation)]), float(arrived.sum())
    price = price_now(scene, m) if order.layer == "refined" else float(scene.baseline.ore_price_usd_per_t[m])
    sign = 1.0 if order.measure == "none" else -1.0
    usd_bn = sign * sold * price * (1.0 if order.measure == "none" else order.strength) / 1e9
    share = field_number(
        sold / total if total > 0 else 0.0,
        "share",
        field,
        title=_("Its share of what reached you"),
        tone="high",
        meaning=_("Share of {nation} in what reached you the turn before.", nation=scene.name(nation)),
    )
    effect = stake_number(
        usd_bn,
        _("What it sold you the turn before, at today's price, times the measure's strength."),
        field,
        "headline_ln",
    )
    text = _(MEASURE_WORDS[order.measure], nation=scene.name(nation), goods=goods(scene, order.mineral, order.layer))
    detail: tuple[Content, ...] = (line.text, _(" · you bought "), share, _(" from them"))
    return HeadlineModel(
        "measure",
        f"measure.{place}",
        "restrict",
        order.mineral,
        nation,
        (text,),
        detail,
        effect,
        abs(usd_bn) * 1.5,
        order_tip(line),
    )


def sites_abroad(scene: Scene) -> list[HeadlineModel]:
    """Openings abroad that add noticeably to the world's capacity, by mineral the largest."""
    assert scene.before is not None
    return _abroad(scene, opened_t(scene), scene.before.capacity_t[0], OPENING_WORDS, "site", -1.0, "pipeline_t")


def outages(scene: Scene) -> list[HeadlineModel]:
    """Capacity out of use abroad that was at work the turn before."""
    assert scene.before is not None
    after = scene.past[-1]
    more = np.maximum(after.outage_share[0] - scene.before.outage_share[0], 0.0) * after.capacity_t[0]
    return _abroad(scene, more, after.capacity_t[0], OUTAGE_WORDS, "outage", 1.0, "outage_share")


def _abroad(
    scene: Scene, tonnes: Array, capacity: Array, words: dict[int, str], kind: str, up: float, field: str
) -> list[HeadlineModel]:
    """The largest change abroad of each mineral's capacity, [N, M, S] tonnes; `up` is its push on prices."""
    net, found = made_less_used_t(scene), []
    for m, mineral in enumerate(scene.axes.minerals):
        for stage in (MINE, REFINE):
            column = tonnes[:, m, stage].copy()
            column[scene.nation] = 0.0
            world, k = float(capacity[:, m, stage].sum()), int(column.argmax())
            share = float(column[k]) / world if world > 0 else 0.0
            if share < LEAST_WORLD_SHARE:
                continue
            nation = scene.axes.nations[k]
            size = field_number(
                -up * share,
                "share",
                (field, "capacity_t"),
                title=_("Share of the world's capacity"),
                signed=True,
                tone="high",
                meaning=_("Capacity that opened or stands still, against all the world's at this stage."),
            )
            usd_bn = up * share * float(net[m]) * price_now(scene, m) / 1e9
            effect = stake_number(
                usd_bn,
                _("Ranks as a price change of the same share on what you make less what you use would."),
                field,
                "capacity_t",
                "use_t",
            )
            found.append(
                HeadlineModel(
                    kind,
                    f"{kind}.{mineral}.{stage}",
                    "warning" if kind == "outage" else STAGE_ICONS[stage],
                    mineral,
                    nation,
                    (site_words(scene, words[stage], mineral, nation),),
                    (_("World capacity "), size),
                    effect,
                    abs(usd_bn) * 0.5,
                )
            )
    return found
