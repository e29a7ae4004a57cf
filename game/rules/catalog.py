"""All rules there are, found by looking in their folders, and orders read from plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from game.engine.fields import ORDER_CAUSES
from game.problems import Problem, ProblemError
from game.registry import rules_in, unknown_name
from game.rules.field import plain_problems
from game.rules.orders._base import Order
from game.rules.treaty import CLAUSES, Treaty, treaties
from game.text import _

ORDERS: dict[str, type[Order]] = rules_in("game.rules.orders", Order)
KINDS = ORDER_CAUSES
KIND_CODE = {kind: code for code, kind in enumerate(KINDS)}
TREATIES: dict[str, Treaty] = treaties()

__all__ = ["CLAUSES", "KINDS", "KIND_CODE", "ORDERS", "TREATIES", "read_order"]


def read_order(data: Any, where: str = "") -> Order:
    """The order that plain data describe: {"kind": kind, field: value, …}.

    Raises ProblemError with everything that is wrong, in plain sentences.
    """
    if not isinstance(data, Mapping):
        what = _("{value!r} is not an order", value=data)
        raise ProblemError(Problem("error", where, what, _("write kind: the order, then its fields")))
    kind = str(data.get("kind", ""))
    if kind not in ORDERS:
        raise ProblemError(unknown_name(_("order"), kind, ORDERS, where))
    order = ORDERS[kind]
    values = {str(name): value for name, value in data.items() if name != "kind"}
    try:
        return order.model_validate(values)
    except ValidationError as error:
        raise ProblemError(plain_problems(order, error, f"{where}: {kind}" if where else kind)) from error
