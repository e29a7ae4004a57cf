"""Capacity opens, closes and is decided on: projects, orders and private investment by the rule of firms.

The rule is that of adaptive expectations with a lead time (booms overbuild, busts follow); its constants are global.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.ahead import shift
from game.engine.axes import MINE, RECYCLE, REFINE, TURNS_PER_YEAR
from game.engine.baseline import Array
from game.engine.by_product import host_output_share
from game.engine.climate import governance, kept_ln, site_hurdle_ln, welcome
from game.engine.fields import PIPELINE_TURNS
from game.engine.permit import forget, place
from game.engine.processing import plants_t
from game.engine.scrap import collected_t
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration
    from game.engine.turn import Keys


def construction(world: World, calibration: Calibration, keys: Keys) -> None:
    """Open what is ready, follow hosts, let firms decide, close what does not pay or has no ore left."""
    world.host_output_share[...] = host_output_share(world, calibration)
    opened = world.pipeline_t[..., 0].copy()
    _follow_hosts(world, calibration, opened)
    world.capacity_t[...] += opened
    shift(world.pipeline_t)
    _announce_projects(world, calibration)
    ahead = _capacity_ahead(world, calibration)
    growth = _expansion(world, calibration, ahead)
    growth[..., RECYCLE] = _recycler_growth(world, calibration, ahead)
    place(world, growth, calibration.schedule.lead - 1)
    entry = _entry(world, calibration, ahead)
    entry[..., REFINE] += plants_t(world, calibration)
    if entry.any():
        place(world, entry, calibration.schedule.entry_lead - 1)
    forget(world)
    _limit_to_reserves(world, calibration)


def _announce_projects(world: World, calibration: Calibration) -> None:
    """Dated projects join the pipeline when they come within its horizon; nearer ones were there from the start."""
    schedule = calibration.schedule
    due = schedule.project_turn == world.turn + PIPELINE_TURNS
    n, m, s = (axis[due] for axis in schedule.project_place)
    for w_n, w_m, w_s, tonnes in zip(n, m, s, schedule.project_t[due], strict=True):
        world.pipeline_t[:, w_n, w_m, w_s, -1] += tonnes


def _capacity_ahead(world: World, calibration: Calibration) -> Array:
    """Capacity when an expansion decided now would open, [W, N, M, S]."""
    ahead = world.capacity_t.copy()
    for (m, s), lead in np.ndenumerate(calibration.schedule.lead):
        ahead[:, :, m, s] += world.pipeline_t[:, :, m, s, :lead].sum(-1)
    return ahead


def _expansion(world: World, calibration: Calibration, ahead: Array) -> Array:
    """Capacity that firms decide to add, [W, N, M, S] t per turn; where they leave, capacity closes at once."""
    rate = growth_rate(world, calibration)
    world.capacity_t[...] *= np.exp(np.minimum(rate, 0.0))
    growth = ahead * np.expm1(np.maximum(rate, 0.0))
    enough_ore = ahead[..., MINE] * calibration.parameters.expansion_reserve_turns <= world.reserves_t
    growth[..., MINE] *= enough_ore
    return np.asarray(growth)


def growth_rate(world: World, calibration: Calibration) -> Array:
    """Planned change of ln capacity by firms, [W, N, M, S]; recyclers, which follow scrap, are 0.

    Trend of the scenario at the turn of opening, plus the answer of mines to the expected price over its long-run level
    (elasticity over H turns) and of refineries to the expected margin, both less what royalties take and risk asks for
    beyond 2024. By-product mines follow their hosts: of their own price they take a part, and they never close for it.

    The rule is net of what makes good the wear of mines: where less is put back than owners would, they wear.
    """
    p, baseline, schedule = calibration.parameters, calibration.baseline, calibration.schedule
    rate = np.zeros(world.capacity_t.shape)
    asked = site_hurdle_ln(world, calibration)
    kept = _mine_signal(world, calibration) + kept_ln(world, calibration) - asked
    rate[..., MINE] = baseline.investment_elasticity / p.investment_turns * kept
    rate[..., REFINE] = p.refining_response / p.investment_turns * (world.expected_margin_ln - asked)
    opening = np.minimum(world.turn + schedule.lead, len(schedule.trend) - 1)
    m, s = schedule.sites
    by_product = np.zeros(opening.shape, dtype=bool)
    by_product[:, MINE] = baseline.is_by_product
    own = np.where(by_product, np.maximum(p.by_product_response * rate, 0.0), rate)
    result = np.clip(own + schedule.trend[opening, m, s], -p.exit_limit, p.growth_limit)
    result[..., RECYCLE] = 0.0
    put_in = np.maximum(result[..., MINE] + p.mine_wear / TURNS_PER_YEAR, 0.0)
    result[..., MINE] -= (1.0 - world.reinvested_share) * put_in
    return np.asarray(result)


def _mine_signal(world: World, calibration: Calibration) -> Array:
    return np.asarray(world.expected_mine_ln - calibration.long_run_ln)


def _entry(world: World, calibration: Calibration, ahead: Array) -> Array:
    """New sites in nations with next to none, [W, N, M, S] t per turn.

    Mines where a fair part of the world's known ore lies, refineries where a fair part of the metal is used or of its
    ore is mined; better governed nations attract more, and those whose rules got worse for investors less. Each entrant
    brings `entry_share` of the world's capacity per unit of signal beyond the threshold, of mines as far as owners put
    in what they would.
    """
    p, baseline = calibration.parameters, calibration.baseline
    world_capacity = ahead.sum(1, keepdims=True)
    # Of the price an entrant would get where it builds: held-back exports make it high abroad while the world's is low.
    mine_signal = _mine_signal(world, calibration) - p.entry_threshold
    margin_signal = world.expected_margin_ln - p.entry_threshold
    signal = np.zeros(ahead.shape)
    signal[..., MINE] = baseline.investment_elasticity * ~baseline.is_by_product * mine_signal
    signal[..., REFINE] = p.refining_response * margin_signal
    signal = np.maximum(signal, 0.0) / p.investment_turns
    suited = np.zeros(ahead.shape, dtype=bool)
    ore = np.where(np.isfinite(world.reserves_t), world.reserves_t, 0.0)
    suited[..., MINE] = _fair_part(ore, p.entrant_share)
    suited[..., REFINE] = _fair_part(world.use_t.sum(-1), p.entrant_share) | _fair_part(world.mined_t, p.entrant_share)
    newcomer = suited & (ahead < p.entrant_share * world_capacity)
    attraction = p.entry_share * governance(world, calibration)[..., None, None] * welcome(world, calibration)
    entry = newcomer * attraction * signal * world_capacity
    entry[..., MINE] *= world.reinvested_share
    return np.asarray(entry)


def _fair_part(amount: Array, share: float) -> NDArray[np.bool_]:
    """Where a nation holds at least `share` of the world's amount [W, N, M]."""
    total = amount.sum(1, keepdims=True)
    return np.asarray((amount >= share * total) & (total > 0))


def _follow_hosts(world: World, calibration: Calibration, opened: Array) -> None:
    """Add to `opened` the by-product circuits that come with their hosts' new mines, or with trend where hosts lie
    outside the level. Dated by-product projects that open now count against it."""
    p, baseline = calibration.parameters, calibration.baseline
    capacity = world.capacity_t[..., MINE]
    for m in np.flatnonzero(baseline.is_by_product):
        hosts = baseline.host[m][baseline.host[m] >= 0]
        host_capacity = capacity[:, :, hosts].sum(2)
        host_opened = opened[:, :, hosts, MINE].sum(2)
        trend = p.by_product_trend / TURNS_PER_YEAR
        growth = np.where(host_capacity > 0, host_opened / np.where(host_capacity > 0, host_capacity, 1.0), trend)
        added = capacity[:, :, m] * np.minimum(growth, p.growth_limit)
        dated = _dated_now(world.turn, calibration, int(m))
        total = added.sum(1, keepdims=True)
        rest = np.maximum(1.0 - dated / np.where(total > 0, total, 1.0), 0.0)
        opened[:, :, m, MINE] += added * rest


def _dated_now(turn: int, calibration: Calibration, mineral: int) -> float:
    """Mine capacity of a mineral that dated projects open in a turn, t per turn."""
    schedule = calibration.schedule
    _, m, s = schedule.project_place
    return float(schedule.project_t[(schedule.project_turn == turn) & (m == mineral) & (s == MINE)].sum())


def _recycler_growth(world: World, calibration: Calibration, ahead: Array) -> Array:
    """Recyclers grow toward the scrap that is collected and finds no plant, where a fair part of that scrap is, and
    shrink slowly where plants of the world run empty; [W, N, M] t per turn."""
    p = calibration.parameters
    offered = collected_t(world, calibration, world.retiring_t[..., 0])
    capacity = ahead[..., RECYCLE]
    world_capacity = capacity.sum(1, keepdims=True)
    world_offered = offered.sum(1, keepdims=True)
    empty = np.maximum(1.0 - world_offered / np.maximum(world_capacity, 1e-12), 0.0) * (world_capacity > 0)
    world.capacity_t[..., RECYCLE] *= np.exp(-np.minimum(p.scrap_response * empty, p.exit_limit))
    left = np.maximum(offered - capacity, 0.0) * ((capacity > 0) | _fair_part(offered, p.entrant_share))
    world_left = left.sum(1, keepdims=True)
    missing = np.maximum(world_offered - world_capacity, 0.0)
    gap = left * (missing / np.where(world_left > 0, world_left, 1.0))
    most = p.growth_limit * (capacity + p.entry_share * world_capacity)
    return np.asarray(np.minimum(p.scrap_response * gap, most))


def _limit_to_reserves(world: World, calibration: Calibration) -> None:
    mine = world.capacity_t[..., MINE]
    np.minimum(mine, world.reserves_t / calibration.parameters.least_reserve_turns, out=mine)
