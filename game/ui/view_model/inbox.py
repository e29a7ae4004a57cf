"""Proposals that wait for an answer, and treaties in force."""

from __future__ import annotations

from dataclasses import dataclass

from game.engine.fields import FIELD
from game.engine.view import Offer
from game.match.offer import IN_FORCE, Signed
from game.rules.catalog import TREATIES
from game.rules.form import offer_text
from game.text import _, _n
from game.ui import format as fmt
from game.ui.tip import Number, Tip
from game.ui.view_model import source
from game.ui.view_model.scene import Scene


@dataclass(frozen=True)
class OfferModel:
    """One proposal: who sent it, what it says, how long it waits."""

    number: int
    sender: str
    text: Number
    waits: Number


@dataclass(frozen=True)
class TreatyModel:
    """One treaty: the partner, its words, whether it runs, until when; `slot` names it in an order to leave."""

    slot: int
    partner: str
    mineral: str
    text: Number
    until: Number
    is_in_force: bool


def waiting_number(count: int) -> Number:
    """How many proposals wait, for a badge."""
    return source.game_number(
        float(count), "count", _("the inbox"), title=_("Proposals waiting"),
        meaning=_("Offers of other nations that you have not answered."), text=str(count),
    )  # fmt: skip


def offers(scene: Scene) -> list[OfferModel]:
    """The proposals in the inbox that this turn's orders leave open."""
    return [_offer(scene, offer) for offer in scene.plan.inbox]


def _offer(scene: Scene, offer: Offer) -> OfferModel:
    words = offer_text(offer, scene.name)
    text = words_number(words, _("Proposal"), _("What the other side offers to sign."), "contract_t")
    lapses = offer.made + 2 - scene.turn
    waits = source.game_number(
        float(lapses), "turns", _("the inbox"), title=_("Time to answer"),
        meaning=_("Turns until the offer lapses, this one included."),
        text=_n("lapses after this turn", "{n} turns to answer", max(1, lapses)),
    )  # fmt: skip
    return OfferModel(offer.number, offer.sender, text, waits)


def words_number(words: str, title: str, meaning: str, *names: str) -> Number:
    """A sentence that holds figures of some fields, with one tip for all."""
    unit = " · ".join(dict.fromkeys(_(FIELD[name].unit) for name in names))
    return Number(words, Tip(title, "", meaning, unit, (), source.fields(*names)))


def treaties(scene: Scene, partner: str | None = None) -> list[TreatyModel]:
    """Treaties signed by the seat (with one partner), those in force first."""
    found = [_treaty(scene, treaty) for treaty in scene.match.treaties(scene.seat)]
    if partner is not None:
        found = [model for model in found if model.partner == partner]
    return sorted(found, key=lambda model: not model.is_in_force)


def _treaty(scene: Scene, treaty: Signed) -> TreatyModel:
    offer = treaty.offer
    partner = next((nation for nation in treaty.bound if nation != scene.seat), scene.seat)
    mineral = next((str(c["mineral"]) for c in offer.clauses if "mineral" in c), "")
    holds = treaty.state == IN_FORCE
    role = _("you buy") if offer.buyer == scene.seat else _("you sell")
    volume = next((float(c["volume_t"]) for c in offer.clauses if "volume_t" in c), 0.0)
    if offer.treaty != "offtake":
        words = offer_text(offer, scene.name)
        title = _(TREATIES[offer.treaty].title)
        text = words_number(title, treaty.name or title, words, "treaty_member")
        return TreatyModel(treaty.slot, partner, mineral, text, _until(treaty), holds)
    text = source.field_number(
        volume, "t_per_turn", "contract_t", title=_("Contract with {nation}", nation=scene.name(partner)),
        meaning=_("Tonnes promised every half-year: {words}.", words=offer_text(offer, scene.name)),
        text=_("{mineral}, {role} {volume} a turn", mineral=scene.name(mineral), role=role, volume=fmt.mass(volume)),
    )  # fmt: skip
    return TreatyModel(treaty.slot, partner, mineral, text, _until(treaty), holds)


def _until(treaty: Signed) -> Number:
    return source.field_number(
        float(treaty.last),
        "date",
        "treaty_until",
        title=_("Last turn in force"),
        meaning=_("The last half-year in which the treaty holds."),
        text=_("to {date}", date=fmt.turn_date(treaty.last))
        if treaty.state == IN_FORCE
        else _("ended {date}", date=fmt.turn_date(treaty.last)),
    )
