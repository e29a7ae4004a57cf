"""What every order has: its parameters, whether it may be given, what it costs, what it does, how it is worded.

To add an order, copy the file of the order nearest to it. A subclass declares the class variables, its fields,
`row` and `from_row` (its compact form), and overrides what differs of: `allowed`, `political_capital`, `outlays`,
`apply`, `wishes`, `obstacles`, `describe`, `objects`, `turns_until_effect`, `limits`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict

from game.engine.axes import Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import POLITICAL_CAPITAL
from game.engine.postings import post
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.registry import unknown_name
from game.rules.asking import Batch, Row
from game.rules.budget import HORIZON, affordable_share, slack_usd_bn
from game.rules.field import extra_of
from game.rules.number import money
from game.rules.personality import Personalities
from game.rules.situation import Situation
from game.rules.uphold import forbidden
from game.rules.wish import Wishes
from game.text import _, _n

Group = Literal["sourcing", "industry", "resources", "statecraft"]
LEAST_STANDING = 20.0  # below, no one signs
WHOLE = 1 - 1e-9  # an outlay fits when all of it fits, but for rounding


class Order(BaseModel):
    """One order of one nation for one turn. Immutable; ids of nations and minerals are the level's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]  # the trade-off in at most 25 words: who gains, who loses
    icon: ClassVar[str]
    group: ClassVar[Group]
    lead: ClassVar[str]  # when it takes effect, in words
    capital: ClassVar[float] = 1.0  # political capital
    needs: ClassVar[tuple[str, ...]] = (
        "mineral",
    )  # what the compact form must hold: mineral, layer, product, corridor, partner
    layers: ClassVar[int] = 2  # positions the compact form's layer may take
    options: ClassVar[int | None] = None  # how many options its compact form knows; None: `allowed` judges

    # ---- compact form

    def row(self, axes: Axes) -> Row:
        """The order as numbers. Its ids must be known."""
        raise NotImplementedError

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        raise NotImplementedError

    def as_data(self) -> dict[str, Any]:
        """The order as plain data for YAML and JSON."""
        return {"kind": self.kind, **self.model_dump(mode="json")}

    def as_json(self) -> str:
        """The order as one line of JSON."""
        return json.dumps(self.as_data(), ensure_ascii=False)

    # ---- batches: the same code for persons, minds and habits

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Whether each asking makes sense where it is asked, money and political capital aside, [A]."""
        raise NotImplementedError

    @classmethod
    def political_capital(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """Points of political capital each asking takes, [A]."""
        return np.full(len(batch), cls.capital)

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """US$ bn that fall due by turns ahead (0 = this turn), [A, HORIZON]; purchases are estimates."""
        return np.zeros((len(batch), HORIZON))

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Write levers. The askings are allowed and at most one of a kind per nation."""
        raise NotImplementedError

    @classmethod
    def cost(cls, world: World, calibration: Calibration, batch: Batch) -> tuple[Array, Array]:
        """US$ bn over all turns and points of political capital of each asking, [A] each."""
        money: Array = cls.outlays(world, calibration, batch).sum(axis=1)
        return money, cls.political_capital(world, calibration, batch)

    @classmethod
    def effect(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Take the political capital and write levers. Money is posted when it falls due."""
        taken = np.zeros(world.political_capital.shape)
        taken[batch.w, batch.n] = -cls.political_capital(world, calibration, batch)
        post(world, POLITICAL_CAPITAL, cls.kind, taken)
        cls.apply(world, calibration, batch)

    @classmethod
    def payable(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Whether treasury and political capital suffice for each asking, [A]."""
        points = world.political_capital[batch.w, batch.n] - cls.political_capital(world, calibration, batch)
        enough: Flags = points >= -1e-9
        outlays = cls.outlays(world, calibration, batch)
        if outlays.any():  # what costs nothing is payable below the debt floor too
            slack = slack_usd_bn(world, calibration, (batch.w, batch.n))
            enough &= affordable_share(slack, outlays) >= WHOLE
        return enough

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes | None:
        """The versions of this order that nations might give, with scores; None where the kind is wished for elsewhere.

        Read by minds and habits; every wish need not be allowed or payable.
        """
        return None

    # ---- one order, seen by the nation that gives it

    def problems(self, view: NationView) -> list[Problem]:
        """Everything that keeps the nation from giving this order now, each with its remedy. Reads only."""
        found = self._unknown_names(view)
        if not found:
            found = self.obstacles(view)
        return found or self._forbidden(view) or self._unpaid(view)

    def obstacles(self, view: NationView) -> list[Problem]:
        """What is in the way beside money and political capital; empty exactly when `allowed`."""
        raise NotImplementedError

    def describe(self, view: NationView) -> str:
        """What the order does, with its figures, for the list of orders and the log."""
        raise NotImplementedError

    def objects(self, view: NationView) -> list[str]:
        """Who is against it, in words, strongest first."""
        return []

    def turns_until_effect(self, view: NationView) -> int:
        """Turns from this one until the order shows, 0 for this turn."""
        return 0

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Lowest, highest and proposed value of an amount field, the other fields being as `given`; None if unknown."""
        return None

    @classmethod
    def start(cls, view: NationView, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Values a form starts from beside the fields' own defaults, the others being as `given`."""
        return {}

    def batch(self, view: NationView) -> Batch:
        """This order as a batch of one."""
        return Batch.of(view.nation, self.row(view.axes))

    def price(self, view: NationView) -> tuple[float, float]:
        """US$ bn over all turns and points of political capital."""
        money, points = self.cost(view.world, view.calibration, self.batch(view))
        return float(money[0]), float(points[0])

    def problem(self, field: str, what: str, hint: str) -> Problem:
        """A problem of one field of this order."""
        return Problem("error", f"{self.kind}.{field}" if field else self.kind, what, hint)

    def _unknown_names(self, view: NationView) -> list[Problem]:
        if view.orders is not None and self.kind not in view.orders:
            hint = _("known: {names}", names=", ".join(sorted(view.orders)))
            return [self.problem("", _("this level has no order {kind!r}", kind=self.kind), hint)]
        known = {"mineral": ("mineral", view.axes.minerals), "nation": ("nation", view.axes.nations)}
        known["product"] = ("product", view.axes.products)
        known["corridor"] = ("corridor", view.axes.corridors)
        known["nations"] = known["nation"]
        found = []
        for name in type(self).model_fields:
            what, names = known.get(extra_of(type(self), name).get("widget", ""), ("", ()))
            value = getattr(self, name)
            for word in (value if isinstance(value, tuple) else (value,)) if what else ():
                if word not in names:
                    found.append(unknown_name(_(what), word, names, f"{self.kind}.{name}"))
        return found

    def _forbidden(self, view: NationView) -> list[Problem]:
        if not forbidden(view.world, self.kind, self.batch(view))[0]:
            return []
        what = _("a treaty in force forbids this")
        return [self.problem("", what, _("leave the treaty first, with notice or at once, or spare its members"))]

    def _unpaid(self, view: NationView) -> list[Problem]:
        batch = self.batch(view)
        found = []
        needed = float(self.political_capital(view.world, view.calibration, batch)[0])
        left = float(view.world.political_capital[0, view.nation])
        if needed > left + 1e-9:
            what = _("this takes {needed:.0f} political capital, {left:.0f} is left", needed=needed, left=left)
            found.append(self.problem("", what, _("take back another order, or wait a turn")))
        return found + self._unpaid_money(view, batch)

    def _unpaid_money(self, view: NationView, batch: Batch) -> list[Problem]:
        outlays = self.outlays(view.world, view.calibration, batch)
        slack = slack_usd_bn(view.world, view.calibration, (batch.w, batch.n))
        share = float(affordable_share(slack, outlays)[0])
        if share >= WHOLE:
            return []
        cost = float(outlays.sum())
        what = _("this costs {cost}, more than the treasury may owe", cost=money(cost))
        if share <= 0:
            return [self.problem("", what, _("the debt floor is reached: save until the treasury is above it"))]
        hint = _("{most} could be paid: choose a smaller size, or save", most=money(share * cost))
        return [self.problem("", what, hint)]


def turns_text(turns: int) -> str:
    """A number of turns in words."""
    return _n("{n} turn", "{n} turns", turns)
