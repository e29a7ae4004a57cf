"""Random markets of any shape, with holes in the data: for property tests, and to measure cost against size."""

import numpy as np

from game.engine.market import CHOKE_MARGIN, Gates, Markets
from game.engine.rng import Generator, stream


def random_markets(
    seed: int,
    worlds: int = 1,
    minerals: int = 2,
    nations: int = 6,
    closed: float = 0.2,
    missing: float = 0.3,
    gates: int = 0,
    inflow: bool = True,
) -> Markets:
    """Markets with a share of nodes missing and of arcs closed; sizes span four orders of magnitude."""
    rng = stream(seed, 0, 0, "random market")
    shape = (worlds, minerals, nations)

    def size(*extra: int) -> np.ndarray:
        values = np.exp(rng.normal(-2.0, 1.5, (worlds, minerals, *extra, nations)))
        return values * (rng.random(values.shape) > missing)

    steep = rng.uniform(0.4, 7.0, minerals)
    choke = rng.uniform(0.6, 3.0, minerals)
    uses = 3
    use_choke = np.broadcast_to(choke[None, :, None, None], (worlds, minerals, uses, nations)).copy()
    use_choke[:, :, -1] = np.inf
    elasticity = np.tile([0.03, 0.05, 0.75], (minerals, 1))
    use_size = size(uses)
    trade = rng.normal(-2.0, 1.5, (worlds, minerals, 2, nations, nations))
    trade[rng.random(trade.shape) < closed] = -np.inf
    return Markets(
        sigma=12.0,
        mine_size=size(),
        mine_steepness=steep[:, None] * rng.uniform(0.7, 1.5, (minerals, nations)),
        mine_cost=rng.normal(-2.0, 0.5, shape),
        refinery_size=size(),
        refinery_steepness=np.full(minerals, 5.0),
        refinery_cost=rng.normal(-0.7, 0.2, shape),
        source_size=size(2) * 0.3,
        source_steepness=np.tile([2.0, 4.0], (minerals, 1)),
        source_cost=rng.normal(-1.0, 0.3, (worlds, minerals, 2, nations)),
        use_size=use_size,
        use_elasticity=elasticity,
        use_choke=use_choke,
        direct_size=size() * 0.2,
        direct_elasticity=np.full(minerals, 0.03),
        direct_choke=choke,
        choke_steepness=5.0,
        ore_inflow=np.zeros(shape),
        refined_inflow=0.3 * use_size.sum(2) * rng.random(shape) if inflow else np.zeros(shape),
        trade_ln=trade,
        origin_ln=np.zeros((worlds, minerals, 2, nations)),
        destination_ln=np.zeros((worlds, minerals, 2, nations)),
        ceiling=choke + CHOKE_MARGIN,
        gates=random_gates(rng, worlds, minerals, nations, gates),
    )


def random_gates(rng: Generator, worlds: int, minerals: int, nations: int, count: int) -> Gates:
    """`count` gates over random markets, layers and arcs, some binding hard and some slack.

    Half are export measures (one origin), half any set of arcs, as a strait would be.
    """
    arcs = rng.random((count, nations, nations)) < 0.3
    one = np.arange(nations)[:, None] == rng.integers(0, nations, count)[:, None, None]
    arcs[::2] &= one[::2]
    return Gates(
        world=rng.integers(0, worlds, count),
        mineral=rng.integers(0, minerals, count),
        layer=rng.integers(0, 2, count),
        capacity=np.exp(rng.uniform(-6.0, 1.0, count)),
        arcs=arcs,
    )
