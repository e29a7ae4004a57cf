"""What ids of causes, stages, lenses and seats are called on screen."""

from __future__ import annotations

from game.match.cause import Cause, cause_title, labelled
from game.text import _

TRUST_WORDS = {"signed": "Treaty signed", "recovery": "Old losses heal"}

# The icons that orders name, as the icon set calls them.
ORDER_ICONS = {
    "build": "factory",
    "stock": "stockpile",
    "cap": "scale",
    "export": "restrict",
    "support": "subsidy",
    "propose": "contract",
    "answer": "sign",
    "leave": "exit",
    "royalty": "tax",
    "floor": "price",
    "split": "coins",
    "permit": "gavel",
    "audit": "search",
    "openness": "book",
    "aid": "envoy",
    "equity": "flag",
    "processing": "refinery",
    "license": "pick",
    "reform": "shield_check",
    "compact": "people",
    "import": "ship",
    "corridor": "train",
    "explore": "search",
    "cover": "shield",
    "allocate": "list",
    "substitution": "layers",
    "thrift": "filter",
    "collection": "recycle",
}

GROUP_WORDS = {
    "sourcing": "Sourcing and demand",
    "industry": "Capital and industry",
    "resources": "Resource governance",
    "statecraft": "Statecraft",
}
GROUP_ICONS = {"sourcing": "cart", "industry": "factory", "resources": "mine", "statecraft": "handshake"}

ROLE_WORDS = {"consumer": "Importer", "producer": "Producer", "hybrid": "Producer and user"}
STAGE_WORDS = {"mine": "Mining", "refine": "Refining", "recycle": "Recycling"}


# The groups of causes in a word, before the largest act of each.
GROUP_BRIEF = {"capacity": "Plants", "demand": "Need", "stocks": "Stocks", "policy": "Policy", "routes": "Routes",
               "expectations": "Expectations"}  # fmt: skip


def bar_words(cause: Cause) -> str:
    """What a bar of a change is labelled with: a group of causes after its largest act."""
    return labelled(_(GROUP_BRIEF[cause.name]), cause.acts[0], brief=True) if cause.is_group else cause.title


def cause_words(cause: str) -> str:
    """A cause of postings in words."""
    return _(TRUST_WORDS[cause]) if cause in TRUST_WORDS else cause_title(cause)


def order_icon(icon: str) -> str:
    """The icon of our set for the one an order names."""
    return ORDER_ICONS.get(icon, icon)


def trust_words(trust: float) -> str:
    """Trust (0 to 100) in a word."""
    for limit, word in ((25, "Hostile"), (42, "Wary"), (58, "Neutral"), (75, "Cordial")):
        if trust < limit:
            return _(word)
    return _("Ally")
