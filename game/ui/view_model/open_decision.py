"""What a player may have forgotten before the turn ends."""

from __future__ import annotations

from game.text import _
from game.ui.tip import Number
from game.ui.view_model.inbox import waiting_number
from game.ui.view_model.outlook import outlook
from game.ui.view_model.scene import Scene


def open_decisions(scene: Scene) -> list[Number]:
    """A sentence for each thing left open; none when the turn may simply end."""
    found = []
    waiting = len(scene.plan.inbox)
    if waiting:
        one = _("A proposal waits for your answer.")
        words = one if waiting == 1 else _("{n} proposals wait for your answer.", n=waiting)
        found.append(waiting_number(waiting).shown_as(words))
    model = outlook(scene)
    if not scene.match.orders(scene.seat):
        words = _(
            "You have given no order this turn; {points} political capital is unspent.", points=model.capital_left
        )
        found.append(model.capital_left.shown_as(words))
    elif model.lapsing is not None:
        found.append(model.lapsing.shown_as(_("{what} at the turn's end.", what=model.lapsing)))
    return found
