"""Which nodes of a market can reach a counterpart."""

from dataclasses import dataclass

import numpy as np

from game.engine.market import Flags, Markets


@dataclass
class Active:
    """Nodes that can reach a counterpart: masks [W, M, N]."""

    mine: Flags
    ore_user: Flags  # has a price Q
    seller: Flags  # has a price U
    smelts: Flags  # refinery with both ore and an outlet
    direct: Flags
    user: Flags


def reachable(markets: Markets) -> Active:
    """Drop nodes without a counterpart over open arcs until nothing changes."""
    open_arc = np.isfinite(markets.trade_ln)
    ore_arc, refined_arc = open_arc[:, :, 0], open_arc[:, :, 1]
    sends, takes = np.isfinite(markets.origin_ln), np.isfinite(markets.destination_ln)
    mine = (markets.mine_size > 0) & sends[:, :, 0]
    smelts = (markets.refinery_size > 0) & sends[:, :, 1] & takes[:, :, 0]
    source = (markets.source_size > 0).any(2) & sends[:, :, 1]
    direct = (markets.direct_size > 0) & takes[:, :, 0]
    wants_ore = (markets.ore_inflow < 0) & takes[:, :, 0]
    user = (markets.use_size > 0).any(2) & takes[:, :, 1]
    while True:
        seller = smelts | source
        user_now = user & ((refined_arc & seller[..., :, None]).any(-2) | (markets.refined_inflow != 0))
        outlet = (refined_arc & user_now[..., None, :]).any(-1)
        source_now = source & outlet
        has_ore = (ore_arc & mine[..., :, None]).any(-2) | (markets.ore_inflow > 0)
        smelts_now = smelts & outlet & has_ore
        direct_now = direct & has_ore
        mine_now = mine & (ore_arc & (smelts_now | direct_now | wants_ore)[..., None, :]).any(-1)
        same = (
            np.array_equal(mine_now, mine)
            and np.array_equal(smelts_now, smelts)
            and np.array_equal(source_now, source)
            and np.array_equal(direct_now, direct)
            and np.array_equal(user_now, user)
        )
        mine, smelts, source, direct, user = mine_now, smelts_now, source_now, direct_now, user_now
        if same:
            break
    return Active(mine, smelts | direct | wants_ore, smelts | source, smelts, direct, user)
