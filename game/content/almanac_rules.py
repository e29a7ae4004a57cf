"""The almanac's pages about what may be done, from the rules' own declarations: orders, clauses, treaties."""

from __future__ import annotations

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from game.content.almanac import anchor_of
from game.content.almanac_text import figure, page, paragraph, table
from game.rules.catalog import CLAUSES, ORDERS, TREATIES
from game.rules.field import extra_of
from game.rules.orders._base import Order

FOLDERS = {"sourcing": "Sourcing", "industry": "Industry", "resources": "Resources", "statecraft": "Statecraft"}
WIDGET_WORDS = {
    "mineral": "a mineral of the level",
    "nation": "a nation",
    "nations": "any number of nations",
    "treaty": "a treaty",
    "clauses": "the clauses of the treaty, see [treaties](treaties.md)",
    "offer": "an offer in the inbox",
    "contract": "a contract in force",
}


def orders_page() -> str:
    """Every order by folder: what it does, takes and asks."""
    parts = []
    for group, title in FOLDERS.items():
        parts.append(f"## {title}")
        parts += [_order(order) for order in ORDERS.values() if order.group == group]
    return page(
        "Orders",
        "the declarations in `game/rules/orders`",
        "What a government may do in a turn. Most orders take political capital, many take money; nothing is final "
        "before the turn ends. Each order's form says at once why it cannot be given and what would help.",
        *parts,
    )


def _order(order: type[Order]) -> str:
    money = paragraph(_own(order, "outlays"))
    points = paragraph(_own(order, "political_capital"))
    facts = [
        ("Name in files", f"`{order.kind}`"),
        ("Takes effect", order.lead),
        ("Political capital", f"{figure(order.capital)}" + (f": {points}" if points else "")),
        ("Money", money or "none"),
        ("May be given when", paragraph(_own(order, "allowed"))),
    ]
    heading = f"### {order.title}"
    return "\n\n".join([heading, order.summary, paragraph(order.__doc__), table(("", ""), facts), field_table(order)])


def _own(order: type[Order], name: str) -> str | None:
    """The docstring of a method that an order does not leave as every order has it; None where it does."""
    method = getattr(order, name)
    return None if method.__func__ is getattr(Order, name).__func__ else method.__doc__


def treaties_page() -> str:
    """Every clause and every bundle of clauses."""
    clauses = [
        "\n\n".join([f"### {clause.title}", clause.summary, paragraph(clause.__doc__), field_table(clause)])
        for clause in CLAUSES.values()
    ]
    bundles = [_treaty(name) for name in TREATIES]
    return page(
        "Treaties",
        "the clauses in `game/rules/clauses` and the bundles in `assets/rules/treaties`",
        "A treaty is a bundle of clauses between two nations or more; a proposal may name any set of clauses. It is in "
        "force once it is ratified, 1 + clauses/3 + standards gap + members/4 turns after signing, and from then on "
        "each clause does every turn what its text below says. Firm deliveries go before the open market. "
        "After each turn it is judged by what happened whether every promise was kept: that moves trust, reliability "
        "and the strain of each member. See [orders](orders.md) for how a treaty is proposed, answered and left.",
        "## Treaties that can be proposed",
        *bundles,
        "## Clauses",
        *clauses,
    )


def _treaty(name: str) -> str:
    treaty = TREATIES[name]
    rows = []
    for kind in treaty.kinds:
        start = ", ".join(f"{key} {value}" for key, value in treaty.start(kind).items())
        open_to = "the same for everybody" if kind in treaty.published else "negotiated"
        rows.append((f"[{CLAUSES[kind].title}](#{anchor_of(CLAUSES[kind].title)})", start or "as agreed", open_to))
    heads = ("Clause", "A proposal starts from", "Wording")
    fewest, most = treaty.members
    sides = f" Sides: {', '.join(treaty.sides).lower()}." if treaty.sides else ""
    ratified = "" if treaty.ratified else " It needs no parliament and holds from the turn after signing."
    binds = f"Binds {fewest} to {most} nations." if most > fewest else f"Binds {fewest} nations."
    return "\n\n".join(
        [
            f"### {treaty.title}",
            treaty.summary,
            f"Name in files: `{name}`. {binds}{sides}{ratified}",
            table(heads, rows),
        ]
    )


def field_table(model: type[BaseModel]) -> str:
    """What an order or clause asks for: title, unit, bounds or choices, default."""
    rows = [
        (info.title or name, f"`{name}`", _range(model, name, info), _default(model, name, info))
        for name, info in model.model_fields.items()
    ]
    return table(("Asks for", "Field", "Values", "Proposed"), rows) if rows else ""


def _range(model: type[BaseModel], name: str, info: FieldInfo) -> str:
    extra = extra_of(model, name)
    widget, unit = str(extra.get("widget", "")), str(extra.get("unit", ""))
    if widget == "choice":
        return "; ".join(extra["names"].values())
    if widget == "amount":
        return f"{unit}, more than 0; the most depends on the nation"
    if widget == "number":
        low, high = _bound(info, Ge, "ge"), _bound(info, Le, "le")
        return f"{low} to {high} {unit}, by {figure(extra['step'])}"
    words = WIDGET_WORDS.get(widget, widget)
    return f"{words}; none means {extra['empty']}" if "empty" in extra else words


def _bound(info: FieldInfo, kind: type[Ge] | type[Le] | type[Gt], name: str) -> str:
    return next((figure(float(getattr(item, name))) for item in info.metadata if isinstance(item, kind)), "")


def _default(model: type[BaseModel], name: str, info: FieldInfo) -> str:
    if info.default is PydanticUndefined:
        return ""
    names = extra_of(model, name).get("names", {})
    if info.default in ((), None):
        return str(extra_of(model, name).get("empty", ""))
    return str(names.get(info.default, info.default)) if isinstance(info.default, str) else figure(info.default)
