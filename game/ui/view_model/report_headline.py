"""The headlines of a turn for one seat, by the money at stake for it.

Each is drawn from a price, an order of the public log, a treaty, a dated site or a posting, and says no more than that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.axes import MINE, RECYCLE, REFINE
from game.match.offer import ENDED, Signed
from game.match.report import LogLine
from game.rules.orders.restrict_exports import RestrictExports
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Content, Number, number
from game.ui.view_model import source
from game.ui.view_model.report_price import matching_input
from game.ui.view_model.scene import Array, Scene
from game.ui.view_model.source import field_number
from game.ui.view_model.ticker import short_name
from game.ui.view_model.words import STAGE_WORDS

MOST = 9
LEAST_PRICE_SHARE = 0.005
LEAST_WORLD_SHARE = 0.01  # of the world's capacity of a stage: smaller openings and outages abroad are no news
LEAST_OWN_SHARE = 0.001
STAGE_ICONS = {MINE: "mine", REFINE: "refinery", RECYCLE: "recycle"}
STAGES = {MINE: "mine", REFINE: "refine", RECYCLE: "recycle"}


@dataclass(frozen=True)
class HeadlineModel:
    """One piece of news: what kind, what it is about, the sentence and what stands behind it, and what it weighs."""

    kind: str  # price, measure, contract, site, outage, public or order
    key: str
    icon: str
    mineral: str
    nation: str
    text: tuple[Content, ...]
    detail: tuple[Content, ...]
    effect: Number
    weight: float


def headlines(scene: Scene) -> list[HeadlineModel]:
    """The news of the last turn, what matters most to the seat first; none before the first turn."""
    if scene.report is None:
        return []
    found = [*_prices(scene), *_measures(scene), *_contracts(scene), *_own_sites(scene), *_sites_abroad(scene)]
    found += [*_outages(scene), *_refused(scene), *_public(scene)]
    found.sort(key=lambda row: -row.weight)
    return found[:MOST]


# What weighs ------------------------------------------------------------------------------------------------


def _made_less_used_t(scene: Scene) -> Array:
    """Output of the seat less its makers' use, refined tonnes a half-year, [M]; ore counts where it is not refined."""
    world, n = scene.past[-1], scene.nation
    refined = (world.refined_t + world.recycled_t + world.synthetic_t)[0, n]
    dug = world.mined_t[0, n] * np.asarray(scene.calibration.ratio)
    net: Array = np.maximum(refined, dug) - world.use_t[0, n].sum(axis=-1)
    return net


def _price_now(scene: Scene, m: int) -> float:
    return scene.price_path(m)[-1]


def _effect(usd_bn: float, meaning: str, *fields: str) -> Number:
    """The signed money that ranks a headline."""
    return number(
        usd_bn, "usd_bn", title=_("At stake for you"), meaning=meaning, signed=True, source=source.fields(*fields),
        text=fmt.money(usd_bn, signed=True),
    )  # fmt: skip


def _short(scene: Scene, mineral: str) -> str:
    return short_name(scene.name(mineral))


def _goods(scene: Scene, mineral: str, layer: str) -> str:
    """'refined lithium' or 'lithium ore' as it stands within a sentence."""
    name = _short(scene, mineral).lower()
    return _("refined {mineral}", mineral=name) if layer == "refined" else _("{mineral} ore", mineral=name)


# Prices -----------------------------------------------------------------------------------------------------


def _prices(scene: Scene) -> list[HeadlineModel]:
    report = scene.report
    assert report is not None
    net, found = _made_less_used_t(scene), []
    for change in report.prices:
        if abs(change.share) < LEAST_PRICE_SHARE:
            continue
        m, name = scene.mineral(change.mineral), _short(scene, change.mineral)
        usd_bn = float(net[m]) * (change.after - change.before) / 1e9
        share = field_number(
            change.share, "share", "headline_ln", title=_("{mineral}: price change", mineral=name), signed=True,
            meaning=_("World price after the turn against the price before it."), tone="high",
            text=fmt.plain(100 * abs(change.share), 0 if abs(change.share) > 0.0995 else 1) + "%",
        )  # fmt: skip
        lower = name.lower()
        words = _("Price of {mineral} up ", mineral=lower) if change.share > 0 else _("Price of {mineral} down ", mineral=lower)
        effect = _effect(
            usd_bn, _("Change of the world price times what you make less what your makers use, a half-year."),
            "headline_ln", "refined_t", "use_t",
        )  # fmt: skip
        text: tuple[Content, ...] = (words, share)
        detail = _price_detail(scene, change)
        found.append(HeadlineModel("price", f"price.{change.mineral}", "price", change.mineral, _leader(scene, m), text,
                                   detail, effect, abs(usd_bn)))  # fmt: skip
    return found


def _price_detail(scene: Scene, change) -> tuple[Content, ...]:  # type: ignore[no-untyped-def]  # a PriceChange
    price = field_number(
        change.after, "usd_per_t", "headline_ln", title=_("World price"), meaning=_("World price, weighted by imports."),
    )  # fmt: skip
    row = matching_input(scene, change)
    if row is None:
        return (_("Now "), price)
    return (_("Now "), price, f" · {row.words} ", row.before, " → ", row.after)


def _leader(scene: Scene, m: int) -> str:
    """The nation abroad that delivers most refined metal to the seat; the largest maker when none does."""
    world = scene.past[-1]
    arrived = world.refined_flow_t[0, m, :, scene.nation].copy()
    arrived[scene.nation] = 0.0
    made = (world.refined_t + world.recycled_t + world.synthetic_t)[0, :, m]
    return scene.axes.nations[int((arrived if arrived.sum() > 0 else made).argmax())]


# Export measures --------------------------------------------------------------------------------------------

MEASURE_WORDS = {
    "licence": "{nation} asks for licences on {goods}",
    "tax": "{nation} taxes exports of {goods}",
    "quota": "{nation} caps exports of {goods}",
    "ban": "{nation} stops exports of {goods}",
    "none": "{nation} frees exports of {goods}",
}


def _measures(scene: Scene) -> list[HeadlineModel]:
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
    price = _price_now(scene, m) if order.layer == "refined" else float(scene.baseline.ore_price_usd_per_t[m])
    sign = 1.0 if order.measure == "none" else -1.0
    usd_bn = sign * sold * price * (1.0 if order.measure == "none" else order.strength) / 1e9
    share = field_number(
        sold / total if total > 0 else 0.0, "share", field, title=_("Its share of what reached you"), tone="high",
        meaning=_("Share of {nation} in what reached you the turn before.", nation=scene.name(nation)),
    )  # fmt: skip
    effect = _effect(usd_bn, _("What it sold you the turn before, at today's price, times the measure's strength."),
                     field, "headline_ln")  # fmt: skip
    terms = source.game_number(
        order.strength, "share", _("the public log"), title=_("The measure"), meaning=line.text, text=line.text,
    )  # fmt: skip
    text = _(MEASURE_WORDS[order.measure], nation=scene.name(nation), goods=_goods(scene, order.mineral, order.layer))
    detail: tuple[Content, ...] = (terms, _(" · you bought "), share, _(" from them"))
    return HeadlineModel("measure", f"measure.{place}", "restrict", order.mineral, nation, (text,), detail, effect,
                         abs(usd_bn) * 1.5)  # fmt: skip


# Contracts --------------------------------------------------------------------------------------------------


def _contracts(scene: Scene) -> list[HeadlineModel]:
    """Treaties of the seat that were signed, ended, or delivered less than promised in the turn."""
    found = []
    for treaty in scene.match.treaties(scene.seat):
        if treaty.first == scene.turn + 1:
            found.append(_treaty(scene, treaty, _("Contract with {nation} signed"), 1.0))
        elif treaty.state == ENDED and treaty.last == scene.turn:
            found.append(_treaty(scene, treaty, _("Contract with {nation} has ended"), -1.0))
        else:
            short = _shortfall(scene, treaty)
            if short > 0.01:
                found.append(_treaty(scene, treaty, _("Contract with {nation} falls short"), -short))
    return found


def _shortfall(scene: Scene, treaty: Signed) -> float:
    """The share of a contract's tonnes that did not arrive in the turn."""
    world, slot = scene.past[-1], treaty.slot
    if treaty.state == ENDED or treaty.first > scene.turn or world.contract_t[0, slot] <= 0:
        return 0.0
    return 1.0 - float(world.contract_delivered_t[0, slot]) / float(world.contract_t[0, slot])


def _treaty(scene: Scene, treaty: Signed, words: str, part: float) -> HeadlineModel:
    offer = treaty.offer
    deliver = next(clause for clause in offer.clauses if clause["kind"] == "deliver")
    mineral, layer, volume = str(deliver["mineral"]), str(deliver["layer"]), float(deliver["volume_t"])
    partner = offer.seller if offer.buyer == scene.seat else offer.buyer
    m = scene.mineral(mineral)
    price = _price_now(scene, m) if layer == "refined" else float(scene.baseline.ore_price_usd_per_t[m])
    usd_bn = part * volume * price / 1e9
    amount = field_number(
        volume, "t_per_turn", ("contract_t", "contract_delivered_t"), title=_("Tonnes promised"), tone="high",
        meaning=_("What the contract delivers each half-year."), text=_("{volume} a half-year", volume=fmt.mass(volume)),
    )  # fmt: skip
    until = field_number(
        float(treaty.last), "date", "contract_until", title=_("Last delivery"),
        meaning=_("The last half-year in which the contract delivers."), text=fmt.turn_date(treaty.last),
    )  # fmt: skip
    effect = _effect(usd_bn, _("Value of the tonnes it concerns, a half-year at today's price."), "contract_t",
                     "headline_ln")  # fmt: skip
    verb = _("You buy ") if offer.buyer == scene.seat else _("You sell ")
    detail: tuple[Content, ...] = (verb, amount, f" {_goods(scene, mineral, layer)} · ", _("to "), until)
    return HeadlineModel("contract", f"contract.{treaty.slot}", "contract", mineral, partner,
                         (_(words, nation=scene.name(partner)),), detail, effect, abs(usd_bn) * 1.5)  # fmt: skip


# Sites ------------------------------------------------------------------------------------------------------

OPENING_WORDS = {MINE: "New mines for {mineral} open {where}", REFINE: "New refineries for {mineral} open {where}",
                 RECYCLE: "New recyclers for {mineral} open {where}"}  # fmt: skip
OUTAGE_WORDS = {MINE: "Mines for {mineral} stand still {where}", REFINE: "Refineries for {mineral} stand still {where}",
                RECYCLE: "Recyclers for {mineral} stand still {where}"}  # fmt: skip


def _opened_t(scene: Scene) -> Array:
    """Capacity that was due to open in the turn, tonnes a half-year, [N, M, S]."""
    assert scene.before is not None
    return scene.before.pipeline_t[0, :, :, :, 0]


def _site_words(scene: Scene, pattern: str, mineral: str, nation: str) -> str:
    where = _("at home") if nation == scene.seat else _("in {nation}", nation=scene.name(nation))
    return _(pattern, mineral=_short(scene, mineral).lower(), where=where)


def _stage_price(scene: Scene, m: int, stage: int) -> float:
    return float(scene.baseline.ore_price_usd_per_t[m]) if stage == MINE else _price_now(scene, m)


def _own_sites(scene: Scene) -> list[HeadlineModel]:
    opened, found = _opened_t(scene)[scene.nation], []
    assert scene.before is not None
    for m, mineral in enumerate(scene.axes.minerals):
        for stage, words in OPENING_WORDS.items():
            before, tonnes = float(scene.before.capacity_t[0, scene.nation, m, stage]), float(opened[m, stage])
            if tonnes <= LEAST_OWN_SHARE * max(before, 1e-9) or tonnes <= 0:
                continue
            usd_bn = tonnes * _stage_price(scene, m, stage) / 1e9
            amount = field_number(
                2 * tonnes, "t_per_year", "pipeline_t", title=_("Capacity that opened"), tone="high",
                meaning=_("What the new sites can make in a year."), text=_("+{tonnes} a year", tonnes=fmt.mass(2 * tonnes)),
            )  # fmt: skip
            held = field_number(
                2 * before, "t_per_year", "capacity_t", title=_("Capacity before"), meaning=_("What stood before the turn."),
                text=_("{tonnes} before", tonnes=fmt.mass(2 * before)),
            )  # fmt: skip
            effect = _effect(usd_bn, _("A half-year's output of the new sites at today's price."), "pipeline_t",
                             "headline_ln")  # fmt: skip
            found.append(
                HeadlineModel("site", f"site.{mineral}.{stage}", STAGE_ICONS[stage], mineral, scene.seat,
                              (_site_words(scene, words, mineral, scene.seat),),
                              (_(STAGE_WORDS[STAGES[stage]]), " ", amount, " · ", held), effect, usd_bn)
            )  # fmt: skip
    return found


def _sites_abroad(scene: Scene) -> list[HeadlineModel]:
    """Openings abroad that add noticeably to the world's capacity, by mineral the largest."""
    assert scene.before is not None
    return _abroad(scene, _opened_t(scene), scene.before.capacity_t[0], OPENING_WORDS, "site", -1.0, "pipeline_t")


def _outages(scene: Scene) -> list[HeadlineModel]:
    """Capacity out of use abroad that was at work the turn before."""
    assert scene.before is not None
    after = scene.past[-1]
    more = np.maximum(after.outage_share[0] - scene.before.outage_share[0], 0.0) * after.capacity_t[0]
    return _abroad(scene, more, after.capacity_t[0], OUTAGE_WORDS, "outage", 1.0, "outage_share")


def _abroad(
    scene: Scene, tonnes: Array, capacity: Array, words: dict[int, str], kind: str, up: float, field: str
) -> list[HeadlineModel]:
    """The largest change of capacity abroad for each mineral and stage, [N, M, S] tonnes; `up` is its push on prices."""
    net, found = _made_less_used_t(scene), []
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
                -up * share, "share", (field, "capacity_t"), title=_("Share of the world's capacity"), signed=True,
                tone="high", meaning=_("Capacity that opened or stands still, against all the world's at this stage."),
            )  # fmt: skip
            usd_bn = up * share * float(net[m]) * _price_now(scene, m) / 1e9
            effect = _effect(usd_bn, _("Ranks as a price change of the same share on what you make less what you use would."),
                             field, "capacity_t", "use_t")  # fmt: skip
            found.append(
                HeadlineModel(kind, f"{kind}.{mineral}.{stage}", "warning" if kind == "outage" else STAGE_ICONS[stage],
                              mineral, nation, (_site_words(scene, words[stage], mineral, nation),),
                              (_("World capacity "), size), effect, abs(usd_bn) * 0.5)
            )  # fmt: skip
    return found


# Orders of one's own, and the public ------------------------------------------------------------------------


def _refused(scene: Scene) -> list[HeadlineModel]:
    """Orders of the seat that could not be carried out."""
    found = []
    for place, line in enumerate(scene.match.report().log):
        if line.carried.nation != scene.seat or line.carried.done:
            continue
        words = source.game_number(None, "count", _("the public log"), title=_("The order"), meaning=line.text, text=line.text)
        effect = source.game_number(None, "count", _("the public log"), title=_("Not carried out"), text=_("not done"),
                                    meaning=_("Money, capital or room was lacking when its turn came."))  # fmt: skip
        mineral = str(line.carried.order.as_data().get("mineral", ""))
        found.append(HeadlineModel("order", f"order.{place}", "alert", mineral, scene.seat,
                                   (_("Your order could not be carried out"),), (words,), effect.toned("bad"), 1e3))  # fmt: skip
    return found


SUPPORT_STEPS = ((20.0, "Support falls under 20"), (40.0, "Support falls under 40"), (60.0, "Support climbs over 60"))


def _public(scene: Scene) -> list[HeadlineModel]:
    """Thresholds of support that were crossed, a government that fell, a treasury that went into debt."""
    assert scene.before is not None
    n, before, after = scene.nation, scene.before, scene.past[-1]
    old, new = float(before.support[0, n]), float(after.support[0, n])
    found = []
    if after.mandate[0, n] > before.mandate[0, n]:
        found.append(_own_number(scene, "support", _("Your government falls; you play on under a mandate"), 1e4))
    for limit, words in SUPPORT_STEPS:
        falls = limit < 50
        if (new < limit <= old) if falls else (old <= limit < new):
            found.append(_own_number(scene, "support", _(words), 1e2))
            break
    if after.treasury_usd_bn[0, n] < 0 <= before.treasury_usd_bn[0, n]:
        found.append(_own_number(scene, "treasury_usd_bn", _("Your treasury goes into debt"), 1e3))
    return found


def _own_number(scene: Scene, field: str, words: str, weight: float) -> HeadlineModel:
    assert scene.report is not None
    change = scene.report.number(field)
    unit = "usd_bn" if field == "treasury_usd_bn" else "index"
    value = field_number(change.after, unit, field, title=words, meaning=_("As it stands after the turn."), tone="high")
    effect = field_number(
        change.change, unit, field, title=words, meaning=_("Change in the turn."), signed=True,
        text=fmt.money(change.change, signed=True) if unit == "usd_bn" else fmt.plain(change.change, 1, signed=True),
    )  # fmt: skip
    cause = change.causes[0].title if change.causes else ""
    sentence = source.game_number(None, "index", _("threshold of the rules"), title=words, meaning=words, text=words)
    detail: tuple[Content, ...] = (_("Now "), value, _(" · largest posting: {cause}", cause=cause) if cause else "")
    return HeadlineModel("public", f"public.{field}", "people" if field == "support" else "treasury", "", scene.seat,
                         (sentence,), detail, effect, weight)  # fmt: skip
