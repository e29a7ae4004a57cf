"""Characters for a small world: hedgers and leverage-players by turns, with plain weights."""

from game.rules.personality import WEIGHTS, Personalities, personalities

HEDGER = dict(zip(WEIGHTS, (3, 3, 3, 3, 3, 2, 1, 4, 3), strict=True))
LEVERAGE = dict(zip(WEIGHTS, (1, 3, 2, 4, 2, 0, 5, 3, 2), strict=True))


def small_characters(nations: tuple[str, ...], orders: frozenset[str] | None = None) -> Personalities:
    """Every other nation a hedger, the rest leverage-players."""
    named = {nation: ("leverage_player" if i % 2 else "hedger",) for i, nation in enumerate(nations)}
    return personalities(nations, named, {"hedger": HEDGER, "leverage_player": LEVERAGE}, orders)
