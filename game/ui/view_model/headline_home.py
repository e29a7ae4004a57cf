"""Headlines from home: treaties, sites that open, orders that could not be carried out, the public and the purse."""

from __future__ import annotations

from game.engine.axes import STAGES
from game.match.offer import ENDED, Signed
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Content
from game.ui.view_model import source
from game.ui.view_model.headline import (
    OPENING_WORDS,
    STAGE_ICONS,
    HeadlineModel,
    goods,
    opened_t,
    order_tip,
    price_now,
    site_words,
    stage_price,
    stake_number,
)
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number
from game.ui.view_model.words import STAGE_WORDS

LEAST_OWN_SHARE = 0.001


def contracts(scene: Scene) -> list[HeadlineModel]:
    """Treaties of the seat that were signed, ended, or delivered less than promised in the turn."""
    found = []
    for treaty in scene.match.treaties(scene.seat):
        if not any(clause["kind"] == "deliver" for clause in treaty.offer.clauses):
            continue
        if treaty.first == scene.turn + 1:
            found.append(_treaty(scene, treaty, "Contract with {nation} signed", 1.0))
        elif treaty.state == ENDED and treaty.last == scene.turn:
            found.append(_treaty(scene, treaty, "Contract with {nation} has ended", -1.0))
        else:
            short = _shortfall(scene, treaty)
            if short > 0.01:
                found.append(_treaty(scene, treaty, "Contract with {nation} falls short", -short))
    return found


def _shortfall(scene: Scene, treaty: Signed) -> float:
    """The share of a contract's tonnes that did not arrive in the turn."""
    world = scene.past[-1]
    clause = world.contract_clause[0]
    serves = (clause >= 0) & (world.clause_treaty[0, clause] == treaty.slot)
    promised = float(world.contract_t[0, serves].sum())
    if treaty.state == ENDED or treaty.first > scene.turn or promised <= 0:
        return 0.0
    return 1.0 - float(world.contract_delivered_t[0, serves].sum()) / promised


def _treaty(scene: Scene, treaty: Signed, words: str, part: float) -> HeadlineModel:
    offer = treaty.offer
    deliver = next(clause for clause in offer.clauses if clause["kind"] == "deliver")
    mineral, layer, volume = str(deliver["mineral"]), str(deliver["layer"]), float(deliver["volume_t"])
    partner = offer.seller if offer.buyer == scene.seat else offer.buyer
    m = scene.mineral(mineral)
    price = price_now(scene, m) if layer == "refined" else float(scene.baseline.ore_price_usd_per_t[m])
    usd_bn = part * volume * price / 1e9
    amount = field_number(
        volume,
        "t_per_turn",
        ("contract_t", "contract_delivered_t"),
        title=_("Tonnes promised"),
        tone="high",
        meaning=_("What the contract delivers each half-year."),
        text=_("{volume} a half-year", volume=fmt.mass(volume)),
    )
    until = field_number(
        float(treaty.last),
        "date",
        "contract_until",
        title=_("Last delivery"),
        meaning=_("The last half-year in which the contract delivers."),
        text=fmt.turn_date(treaty.last),
    )
    effect = stake_number(
        usd_bn, _("Value of the tonnes it concerns, a half-year at today's price."), "contract_t", "headline_ln"
    )
    verb = _("You buy ") if offer.buyer == scene.seat else _("You sell ")
    detail: tuple[Content, ...] = (verb, amount, f" {goods(scene, mineral, layer)} · ", _("to "), until)
    return HeadlineModel(
        "contract",
        f"contract.{treaty.slot}",
        "contract",
        mineral,
        partner,
        (_(words, nation=scene.name(partner)),),
        detail,
        effect,
        abs(usd_bn) * 1.5,
    )


def own_sites(scene: Scene) -> list[HeadlineModel]:
    opened, found = opened_t(scene)[scene.nation], []
    assert scene.before is not None
    for m, mineral in enumerate(scene.axes.minerals):
        for stage, words in OPENING_WORDS.items():
            before, tonnes = float(scene.before.capacity_t[0, scene.nation, m, stage]), float(opened[m, stage])
            if tonnes <= LEAST_OWN_SHARE * max(before, 1e-9) or tonnes <= 0:
                continue
            usd_bn = tonnes * stage_price(scene, m, stage) / 1e9
            amount = field_number(
                2 * tonnes,
                "t_per_year",
                "pipeline_t",
                title=_("Capacity that opened"),
                tone="high",
                meaning=_("What the new sites can make in a year."),
                text=_("+{tonnes} a year", tonnes=fmt.mass(2 * tonnes)),
            )
            held = field_number(
                2 * before,
                "t_per_year",
                "capacity_t",
                title=_("Capacity before"),
                meaning=_("What stood before the turn."),
                text=_("{tonnes} before", tonnes=fmt.mass(2 * before)),
            )
            effect = stake_number(
                usd_bn, _("A half-year's output of the new sites at today's price."), "pipeline_t", "headline_ln"
            )
            found.append(
                HeadlineModel(
                    "site",
                    f"site.{mineral}.{stage}",
                    STAGE_ICONS[stage],
                    mineral,
                    scene.seat,
                    (site_words(scene, words, mineral, scene.seat),),
                    (_(STAGE_WORDS[STAGES[stage]]), " ", amount, " · ", held),
                    effect,
                    usd_bn,
                )
            )
    return found


def refused(scene: Scene) -> list[HeadlineModel]:
    """Orders of the seat that could not be carried out."""
    found = []
    for place, line in enumerate(scene.match.report().log):
        if line.carried.nation != scene.seat or line.carried.done:
            continue
        effect = source.game_number(
            None,
            "count",
            _("the public log"),
            title=_("Not carried out"),
            text=_("not done"),
            meaning=_("Money, capital or room was lacking when its turn came."),
        )
        mineral = str(line.carried.order.as_data().get("mineral", ""))
        found.append(
            HeadlineModel(
                "order",
                f"order.{place}",
                "alert",
                mineral,
                scene.seat,
                (_("Your order could not be carried out"),),
                (line.text,),
                effect.toned("bad"),
                1e3,
                order_tip(line),
            )
        )
    return found


SUPPORT_STEPS = ((20.0, "Support falls under 20"), (40.0, "Support falls under 40"), (60.0, "Support climbs over 60"))


def public(scene: Scene) -> list[HeadlineModel]:
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
        change.change,
        unit,
        field,
        title=words,
        meaning=_("Change in the turn."),
        signed=True,
        text=fmt.money(change.change, signed=True) if unit == "usd_bn" else fmt.plain(change.change, 1, signed=True),
    )
    cause = change.causes[0].title if change.causes else ""
    sentence = source.game_number(None, "index", _("threshold of the rules"), title=words, meaning=words, text=words)
    detail: tuple[Content, ...] = (_("Now "), value, _(" · largest posting: {cause}", cause=cause) if cause else "")
    return HeadlineModel(
        "public",
        f"public.{field}",
        "people" if field == "support" else "treasury",
        "",
        scene.seat,
        (sentence,),
        detail,
        effect,
        weight,
    )
