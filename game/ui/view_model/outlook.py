"""What ending the turn now would do to treasury and political capital, by arithmetic alone: nothing is forecast."""

from __future__ import annotations

from dataclasses import dataclass

from game.engine import purse
from game.rules.budget import promised_usd_bn
from game.text import _
from game.ui import format as fmt
from game.ui.tip import Cause, Number
from game.ui.view_model.scene import Scene
from game.ui.view_model.source import field_number


@dataclass(frozen=True)
class OutlookModel:
    """Now and after the turn. `lapsing` are points of political capital that the limit would take; None when none."""

    treasury: Number
    treasury_after: Number
    capital: Number
    capital_left: Number
    lapsing: Number | None


def outlook(scene: Scene) -> OutlookModel:
    """The two purses before and after this turn as it is planned."""
    n = scene.nation
    cash = float(scene.world.treasury_usd_bn[0, n])
    income = float(purse.envelope_usd_bn(scene.calibration)[n])
    due = float(promised_usd_bn(scene.plan.world, scene.calibration)[0, n, 0])
    after = cash + income - due
    causes = (
        Cause(_("Treasury now"), cash, fmt.money(cash), "high"),
        Cause(_("Minerals envelope of the budget"), income, fmt.money(income, signed=True)),
        Cause(_("Due this turn, orders included"), -due, fmt.money(-due, signed=True)),
    )
    points = float(scene.world.political_capital[0, n])
    left = float(scene.plan.world.political_capital[0, n])
    over = left + capital_gain(scene) - purse.CAPITAL_LIMIT
    return OutlookModel(
        field_number(cash, "usd_bn", "treasury_usd_bn", title=_("Treasury now"), meaning=_("Cash before this turn.")),
        field_number(
            after, "usd_bn", ("treasury_usd_bn", "commitment_usd_bn", "purchase_t", "support_usd_bn"), causes=causes,
            title=_("Treasury after this turn"), tone="bad" if after < 0 else "high",
            meaning=_("Before royalties, taxes, storage and interest, which depend on the market."),
        ),
        field_number(points, "political_capital", "political_capital", title=_("Political capital"),
                     meaning=_("Points before this turn's orders.")),
        field_number(left, "political_capital", "political_capital", title=_("Political capital left"),
                     meaning=_("Points left for more orders this turn.")),
        _lapsing(over) if over > 0 else None,
    )  # fmt: skip


def capital_gain(scene: Scene) -> float:
    """Points that the turn's end would bring at the present support."""
    return float(purse.capital_gain(scene.world)[0, scene.nation])


def _lapsing(points: float) -> Number:
    shown = fmt.plain(points, 0 if points == round(points) else 1)
    return field_number(
        points,
        "political_capital",
        "political_capital",
        title=_("Points that would lapse"),
        meaning=_(
            "The turn's end renews political capital, but at most {limit:.0f} points are kept.",
            limit=purse.CAPITAL_LIMIT,
        ),
        text=_("{points} capital would lapse", points=shown),
    )
