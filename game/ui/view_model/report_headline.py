"""The headlines of a turn for one seat, by the money at stake for it.

Each is drawn from a price, an order of the public log, a treaty, a dated site or a posting, and says no more than that.
"""

from __future__ import annotations

from game.ui.view_model import headline_home, headline_market
from game.ui.view_model.headline import HeadlineModel
from game.ui.view_model.scene import Scene

MOST = 9
LEAST_WEIGHT = 1e-4  # US$ bn at stake: less is no news


def headlines(scene: Scene) -> list[HeadlineModel]:
    """The news of the last turn, what matters most to the seat first; none before the first turn."""
    if scene.report is None:
        return []
    abroad = (headline_market.prices, headline_market.measures, headline_market.sites_abroad, headline_market.outages)
    home = (headline_home.contracts, headline_home.own_sites, headline_home.refused, headline_home.public)
    found = [row for part in (*abroad, *home) for row in part(scene) if row.weight >= LEAST_WEIGHT]
    return sorted(found, key=lambda row: -row.weight)[:MOST]
