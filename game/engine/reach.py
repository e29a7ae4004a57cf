"""Which nodes of a market can reach a counterpart."""

from dataclasses import dataclass

import numpy as np

from game.engine.market import Array, Flags, Index, Markets


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
    worlds = len(markets.mine_size)
    ore, refined = (_Arcs.of(markets.trade_ln[:, :, layer], worlds) for layer in (0, 1))
    sends, takes = np.isfinite(markets.origin_ln), np.isfinite(markets.destination_ln)
    mine = (markets.mine_size > 0) & sends[:, :, 0]
    smelts = (markets.refinery_size > 0) & sends[:, :, 1] & takes[:, :, 0]
    source = (markets.source_size > 0).any(2) & sends[:, :, 1]
    direct = (markets.direct_size > 0) & takes[:, :, 0]
    wants_ore = (markets.ore_inflow < 0) & takes[:, :, 0]
    user = (markets.use_size > 0).any(2) & takes[:, :, 1]
    while True:
        seller = smelts | source
        user_now = user & (refined.reached(seller) | (markets.refined_inflow != 0))
        outlet = refined.reaching(user_now)
        source_now = source & outlet
        has_ore = ore.reached(mine) | (markets.ore_inflow > 0)
        smelts_now = smelts & outlet & has_ore
        direct_now = direct & has_ore
        mine_now = mine & ore.reaching(smelts_now | direct_now | wants_ore)
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


@dataclass(frozen=True)
class _Arcs:
    """Open arcs of one layer. In most markets all are open or none is; those with some [b] are looked at one by one."""

    has_open: Flags  # [W or 1, M, 1]
    some: tuple[Index, Index]  # world and mineral of the markets in which some are
    is_open: Flags  # [b, N, N]

    @classmethod
    def of(cls, trade_ln: Array, worlds: int) -> "_Arcs":
        """The arcs of W or 1 worlds [., M, N, N] for a batch of worlds."""
        is_open = np.isfinite(trade_ln)
        number = np.count_nonzero(is_open, axis=(2, 3))
        w, m = np.nonzero(np.broadcast_to((number > 0) & (number < is_open[0, 0].size), (worlds, number.shape[1])))
        return cls((number > 0)[..., None], (w, m), is_open[np.minimum(w, len(is_open) - 1), m])

    def reached(self, origin: Flags) -> Flags:
        """Nations that some of the origins can send to [W, M, N]."""
        return self._met(origin, np.any(self.is_open & origin[self.some][:, :, None], axis=1))

    def reaching(self, destination: Flags) -> Flags:
        """Nations that can send to some of the destinations [W, M, N]."""
        return self._met(destination, np.any(self.is_open & destination[self.some][:, None], axis=2))

    def _met(self, others: Flags, among_some: Flags | np.bool_) -> Flags:
        met = np.repeat(others.any(2, keepdims=True) & self.has_open, others.shape[2], axis=2)
        met[self.some] = among_some
        return met
