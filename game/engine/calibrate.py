"""Fits the engine to the base year: with what comes out, calendar 2024 is an equilibrium with every log price at zero.

Trade flows are the entropy-maximising (RAS) gravity fit between observed output and use; capacities, costs and demand
constants are then read off. Nations x minerals unless stated; flows per half-year turn, ore in refined equivalents.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import ORE, REFINED, TURNS_PER_YEAR, Axes
from game.engine.baseline import Baseline, Parameters
from game.engine.cover import stock_elasticity
from game.engine.gravity import gravity_ln, levelled, ras
from game.engine.logistic import logit
from game.engine.maker import Makers, calibrate_makers
from game.engine.routes import FreightRates, Routes, carriage_usd_per_t, freight_usd_per_t, routes
from game.engine.schedule import Schedule, build_schedule, smoothed_path
from game.problems import Problem, ProblemError
from game.text import _

Array = NDArray[np.float64]
RATES = FreightRates()


class CalibrationError(ProblemError):
    """Figures that no equilibrium can reproduce; carries one problem for each."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """What the fit found. `trade_ln` is relative to the base routes: ln of weight over (size of origin x size of
    destination / world size), with -inf on arcs banned in the base year."""

    baseline: Baseline
    ratio: Array  # [M] refined tonnes from an ore tonne that reaches a refinery
    world_use_t: Array  # [M] refined tonnes a turn, the unit of the clearing
    long_run_ln: Array  # [M] a
    smoothed_past_ln: Array  # [M] start of expectations and slow response
    past_change_ln: Array  # [M] last price change before turn 1
    capacity_t: Array  # [N, M, S] nameplate when the game opens
    mine_steepness: Array  # epsilon of each nation's mines, [N, M]
    mine_cost: Array  # c, [N, M]
    refinery_cost: Array  # mu, [M]
    source_cost: Array  # [M] kappa of recycled and synthetic output
    use_constant_t: Array  # A, [N, M, K]
    direct_constant_t: Array  # [N, M] refined equivalents a turn
    stock_constant: Array  # [M] factor on cover x use
    base_stock_change_t: Array  # [N, M] a turn
    trade_ln: Array  # [M, 2, N, N]
    base_freight_ln: Array  # [M, 2, N, N]
    makers: Makers
    schedule: Schedule

    @property
    def axes(self) -> Axes:
        """The ids along the axes."""
        return self.baseline.axes

    @property
    def parameters(self) -> Parameters:
        """The global constants."""
        return self.baseline.parameters


def half_year_history(baseline: Baseline) -> Array:
    """Real log prices per half-year, oldest first, each year taken twice; [2Y, M]."""
    return np.repeat(baseline.history_ln, TURNS_PER_YEAR, axis=0)


def freight_ln(baseline: Baseline, closed: frozenset[str]) -> Array:
    """ln of (price + freight and insurance) / price for every arc; [M, 2, N, N]."""
    return np.asarray(np.log1p(freight_share(baseline, routes(baseline.network, closed))))


def freight_share(baseline: Baseline, found: Routes, pair: NDArray[np.int64] | None = None) -> Array:
    """Freight and insurance as shares of the cargo's value, with the interest on it for days more or less than in the
    base year; [M, 2, N, N], inf where nothing can pass. With `pair`, positions in N x N off the diagonal, [M, 2, p].
    """
    price = np.stack([baseline.ore_price_usd_per_t, baseline.price_usd_per_t], 1)
    gross = np.stack([baseline.gross_ore, baseline.gross_refined], 1)
    value = price / gross
    late = found.days - routes(baseline.network).days
    if pair is None:
        value = value[:, :, None, None]
        freight = freight_usd_per_t(found, RATES, value)
    else:
        value, late = value[:, :, None], late.reshape(-1)[pair]
        freight = carriage_usd_per_t(found, RATES).reshape(-1)[pair] + RATES.insurance_share * value
    return np.asarray(freight / value + RATES.interest_a_year / 365.0 * late)


def calibrate(baseline: Baseline) -> Calibration:
    """Fit to the base year.

    Raises CalibrationError naming mineral, nation and figure where the figures admit no equilibrium.
    """
    _refuse_impossible(baseline)
    p = baseline.parameters
    past = half_year_history(baseline)
    expected = smoothed_path(past, p.expectation_speed)[-1]
    long_run = np.median(baseline.history_ln[-8:], axis=0)
    steepness = mine_steepness(baseline)
    utilisation, mine_cost = _mine_schedule(baseline, steepness, long_run, expected)
    normal = p.refinery_utilisation
    refined = (baseline.refined_primary_t + baseline.refined_secondary_t + baseline.synthetic_t) / TURNS_PER_YEAR
    use = baseline.consumption_t / TURNS_PER_YEAR
    surplus = refined.sum(0) - use.sum(0)
    stock_change = use / np.maximum(use.sum(0), 1e-12) * surplus
    sent = baseline.mined_t.sum(0) - baseline.direct_use_t.sum(0)
    ratio = np.where(sent > 0, baseline.refined_primary_t.sum(0) / np.maximum(sent, 1e-12), baseline.refined_per_ore)
    change = np.clip(-past[-3] / TURNS_PER_YEAR, -p.momentum_cap, p.momentum_cap)
    mine_capacity = baseline.mined_t / TURNS_PER_YEAR / utilisation
    refinery_capacity = baseline.refined_primary_t / TURNS_PER_YEAR / normal
    recycler_capacity = baseline.refined_secondary_t / TURNS_PER_YEAR / normal
    synthetic = baseline.synthetic_t / TURNS_PER_YEAR / normal
    capacity = np.stack([mine_capacity, refinery_capacity, recycler_capacity], 2)
    makers = calibrate_makers(baseline, use[..., None] * _product_split(baseline, use))
    return Calibration(
        baseline=baseline,
        ratio=ratio,
        world_use_t=use.sum(0),
        long_run_ln=long_run,
        smoothed_past_ln=expected,
        past_change_ln=change,
        capacity_t=capacity,
        mine_steepness=steepness,
        mine_cost=mine_cost,
        refinery_cost=np.full(len(ratio), -float(logit(normal)) / p.refinery_steepness),
        source_cost=np.stack(
            [np.full(len(ratio), -float(logit(normal)) / e) for e in (p.recycler_steepness, p.synthetic_steepness)], 1
        ),
        use_constant_t=_use_constants(baseline, use, expected),
        direct_constant_t=baseline.direct_use_t / TURNS_PER_YEAR * ratio * _stays(p, baseline.choke_ln),
        stock_constant=np.exp(-stock_elasticity(baseline) * expected - p.momentum * change),
        base_stock_change_t=stock_change,
        trade_ln=_fitted_trade(baseline, ratio, utilisation, stock_change),
        base_freight_ln=freight_ln(baseline, frozenset()),
        makers=makers,
        schedule=build_schedule(baseline, capacity, synthetic, makers.goods_share),
    )


def _refuse_impossible(baseline: Baseline) -> None:
    problems = []
    for m, mineral in enumerate(baseline.axes.minerals):
        mined, direct = baseline.mined_t[:, m].sum(), baseline.direct_use_t[:, m].sum()
        primary, use = baseline.refined_primary_t[:, m].sum(), baseline.consumption_t[:, m].sum()
        refined = primary + baseline.refined_secondary_t[:, m].sum() + baseline.synthetic_t[:, m].sum()
        if primary > 0 and mined <= direct:
            message = "{mined:,.0f} t mined leave nothing for refineries that make {primary:,.0f} t"
            hint = _("raise mine output, or lower the ore used directly or the primary refined output")
            problems.append(Problem("error", mineral, _(message, mined=mined, primary=primary), hint))
        if use > 0 and refined <= 0:
            what = _("{use:,.0f} t are used but none is refined", use=use)
            problems.append(Problem("error", mineral, what, _("add refined output for a nation")))
    if problems:
        raise CalibrationError(problems)


def _stays(p: Parameters, choke: Array) -> Array:
    """1 / share of users that stay at base prices, so that base use is met exactly."""
    return np.asarray(1.0 + np.exp(-p.choke_steepness * choke))


def mine_steepness(baseline: Baseline) -> Array:
    """Steepness of the merit order among a nation's mines, [N, M].

    That of the mineral's in the world, or where the costs of a nation's mines are known, of a logistic curve with their
    deviation in ln cost.
    """
    own = np.pi / (np.sqrt(3.0) * baseline.mine_cost_spread)
    return np.asarray(np.where(np.isnan(own), baseline.supply_steepness, own))


def _mine_schedule(baseline: Baseline, steep: Array, long_run: Array, expected: Array) -> tuple[Array, Array]:
    """Utilisation and cost constant of every mine site, [N, M]."""
    p = baseline.parameters
    rule = 1.0 / (1.0 + np.exp(-(logit(p.normal_utilisation) - steep * long_run)))
    utilisation = np.where(np.isnan(baseline.mine_utilisation), rule, baseline.mine_utilisation)
    lagged = (1.0 - p.current_price_weight) * expected
    return utilisation, lagged - logit(utilisation) / steep


def _use_constants(baseline: Baseline, use: Array, expected: Array) -> Array:
    """A [N, M, K]: the mineral's use by nation split over products, then scaled so that base use is met exactly."""
    share = _product_split(baseline, use)
    p = baseline.parameters
    slow = np.exp((baseline.demand_elasticity_long - baseline.demand_elasticity) * expected)
    choke = _stays(p, baseline.choke_ln[:, None] + baseline.product_choke[None])
    return np.asarray(use[..., None] * share * slow[None, :, None] * choke[None])


def _product_split(baseline: Baseline, use: Array) -> Array:
    """Share of each product in a nation's use [N, M, K]: RAS between the nation's use and the mineral's use by product,
    with the nation's share of the product's manufacture as prior."""
    result = np.zeros((*use.shape, len(baseline.axes.products)))
    for m in range(use.shape[1]):
        world = use[:, m].sum()
        if world <= 0:
            continue
        with np.errstate(divide="ignore"):
            prior = np.log(np.maximum(baseline.manufacturing_share, 1e-6)) + np.log(
                (baseline.product_share[m] > 0).astype(float)
            )
        flow = ras(prior, use[:, m] / world, baseline.product_share[m] / baseline.product_share[m].sum())
        total = flow.sum(1, keepdims=True)
        result[:, m] = np.where(total > 0, flow / np.where(total > 0, total, 1.0), 0.0)
    return result


def _fitted_trade(baseline: Baseline, ratio: Array, utilisation: Array, stock_change: Array) -> Array:
    """ln weights [M, 2, N, N] relative to sizes: fitted where both ends traded, the levelled prior elsewhere."""
    prior = gravity_ln(baseline)
    half = 1.0 / TURNS_PER_YEAR
    result = np.empty((len(ratio), 2, *prior.shape))
    problems = []
    for m, mineral in enumerate(baseline.axes.minerals):
        mined = baseline.mined_t[:, m] * ratio[m] * half
        smelted = baseline.refined_primary_t[:, m] * half
        ore_use = smelted + baseline.direct_use_t[:, m] * ratio[m] * half
        refined = smelted + (baseline.refined_secondary_t[:, m] + baseline.synthetic_t[:, m]) * half
        taken = baseline.consumption_t[:, m] * half + stock_change[:, m]
        normal = baseline.parameters.refinery_utilisation
        layers = (
            (
                ORE,
                baseline.ore_open[m],
                mined,
                ore_use,
                mined / utilisation[:, m],
                ore_use + (1 / normal - 1) * smelted,
            ),
            (REFINED, baseline.refined_open[m], refined, taken, refined / normal, baseline.consumption_t[:, m] * half),
        )
        for layer, is_open, rows, columns, origin_size, destination_size in layers:
            closed = np.where(is_open, prior, -np.inf)
            try:
                flow = ras(closed, rows, columns)
            except ArithmeticError as error:
                where = f"{mineral}, {_('ore') if layer == ORE else _('refined')}"
                reason = _stuck(baseline, is_open, rows, columns) or str(error)
                what = _("no trade pattern fits the figures: {reason}", reason=reason)
                hint = _("lift a ban, or move output or use between nations")
                problems.append(Problem("error", where, what, hint))
                continue
            result[m, layer] = levelled(flow, closed, origin_size, destination_size)
    if problems:
        raise CalibrationError(problems)
    return result


def _stuck(baseline: Baseline, is_open: NDArray[np.bool_], rows: Array, columns: Array) -> str:
    """The first nation whose output exceeds what its open destinations take, in words; "" when there is none."""
    names = baseline.axes.nations
    message = "{nation} sells {sold:,.0f} t a turn, but open destinations take {room:,.0f} t"
    for i in np.flatnonzero(rows > 0):
        room = columns[is_open[i]].sum()
        if room < rows[i]:
            return _(message, nation=names[i], sold=rows[i], room=room)
    return ""
