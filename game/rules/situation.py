"""What a nation looks at before it decides: arrays derived from the public state, worlds W x nations N x minerals M."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import MINE, RECYCLE, REFINE, REFINED, TURNS_PER_YEAR
from game.engine.baseline import Baseline
from game.engine.calibrate import Calibration
from game.engine.phases.policy import supported_t
from game.engine.pressure import DROP_DUTIES, LIFT_MEASURE, granted, yield_odds
from game.engine.world import World

Array = NDArray[np.float64]
Index = NDArray[np.int64]

MONTHS_PER_TURN = 12 / TURNS_PER_YEAR
USD_PER_BN = 1e9
PROMISE_TURNS = 6
PROMISED_SHARE = 0.6  # of the coming envelopes that may be promised before cash is set aside for it
EVEN = 0.5  # odds from which a government yields
FLATTENED = 0.35  # power of a mineral's share of value that says how much attention it gets


def ratio(part: Array, whole: Array) -> Array:
    """Return part / whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=whole > 0)


@dataclass(frozen=True)
class Situation:
    """Derived arrays, computed when first asked for. Tonnes are per turn of half a year; money is US$ bn."""

    world: World
    calibration: Calibration

    @property
    def baseline(self) -> Baseline:
        """The calibrated year."""
        return self.calibration.baseline

    @cached_property
    def need_t(self) -> Array:
        """Refined metal wanted at ordinary prices [W, N, M]."""
        need: Array = self.world.need_t.sum(-1)
        return need

    @cached_property
    def price_usd_bn_per_t(self) -> Array:
        """Delivered price of refined metal [W, N, M], US$ bn a tonne."""
        price: Array = self.baseline.price_usd_per_t * np.exp(self.world.delivered_ln) / USD_PER_BN
        return price

    @cached_property
    def world_price_usd_bn_per_t(self) -> Array:
        """Headline price [W, M], US$ bn a tonne."""
        price: Array = self.baseline.price_usd_per_t * np.exp(self.world.headline_ln) / USD_PER_BN
        return price

    @cached_property
    def need_share(self) -> Array:
        """Share of each mineral in the value of what a nation needs [N, M], at prices of the base year."""
        value = self.baseline.consumption_t * self.baseline.price_usd_per_t
        return ratio(value, value.sum(1, keepdims=True))

    @cached_property
    def weight(self) -> Array:
        """How much a mineral matters to a user [N, M], 0-1; flatter than its share: small ones stop whole factories."""
        return self.need_share**FLATTENED

    @cached_property
    def refined_share(self) -> Array:
        """Share of each origin in what a nation receives refined [W, M, origin, destination], home included."""
        flow: Array = self.world.refined_flow_t
        return ratio(flow, flow.sum(2, keepdims=True))

    @cached_property
    def foreign_share(self) -> Array:
        """The same with the nation's own deliveries left out of the origins [W, M, origin, destination]."""
        share = self.refined_share.copy()
        home = np.arange(share.shape[2])
        share[:, :, home, home] = 0.0
        return share

    @cached_property
    def home_share(self) -> Array:
        """Share of home in what a nation receives refined [W, N, M]."""
        home: Array = self.refined_share.diagonal(axis1=2, axis2=3).swapaxes(1, 2)
        return home

    @cached_property
    def main_supplier(self) -> NDArray[np.int64]:
        """Position of the largest foreign supplier of refined metal [W, N, M]."""
        main: NDArray[np.int64] = self.foreign_share.argmax(2).swapaxes(1, 2)
        return main

    @cached_property
    def main_share(self) -> Array:
        """Share of the largest foreign supplier in what a nation receives refined [W, N, M]."""
        share: Array = self.foreign_share.max(2).swapaxes(1, 2)
        return share

    @cached_property
    def exports_t(self) -> Array:
        """Exports by layer [W, N, M, L], ore units and refined units."""
        layers = []
        for flow in (self.world.ore_flow_t, self.world.refined_flow_t):
            home = np.arange(flow.shape[2])
            layers.append((flow.sum(3) - flow[:, :, home, home]).swapaxes(1, 2))
        return np.stack(layers, -1)

    @cached_property
    def export_share(self) -> Array:
        """Share of a nation in the world's exports by layer [W, N, M, L]."""
        return ratio(self.exports_t, self.exports_t.sum(1, keepdims=True))

    @cached_property
    def market_weight(self) -> Array:
        """How much a mineral matters in world trade [M]: flatter than its share of the value of use, sum 1."""
        value = (self.baseline.consumption_t * self.baseline.price_usd_per_t).sum(0) ** FLATTENED
        return ratio(value, value.sum())

    @cached_property
    def cover_months(self) -> Array:
        """Commercial and public stock in months of need [W, N, M]."""
        stock = self.world.commercial_stock_t + self.world.public_stock_t
        return MONTHS_PER_TURN * ratio(stock, self.need_t)

    @cached_property
    def public_months(self) -> Array:
        """Public stock in months of need [W, N, M]."""
        return MONTHS_PER_TURN * ratio(self.world.public_stock_t, self.need_t)

    @cached_property
    def short_share(self) -> Array:
        """Share of need that nobody could deliver [W, N, M]."""
        return np.clip(ratio(self.world.unmet_t, self.need_t), 0.0, 1.0)

    @cached_property
    def envelope_usd_bn(self) -> Array:
        """What the public purse gives each turn [N]."""
        envelope: Array = self.baseline.gdp_usd_bn * self.baseline.parameters.envelope_gdp_share
        return envelope

    @cached_property
    def spendable_usd_bn(self) -> Array:
        """Cash less what promises of the coming turns take beyond a part of their envelopes [W, N]; may be negative."""
        w = self.world
        works = w.commitment_usd_bn[..., :PROMISE_TURNS].sum((-1, -2))
        promised = works + w.support_usd_bn[..., :PROMISE_TURNS].sum((-1, -2, -3))
        covered = PROMISED_SHARE * PROMISE_TURNS * self.envelope_usd_bn
        spendable: Array = w.treasury_usd_bn - np.maximum(promised - covered, 0.0)
        return spendable

    @cached_property
    def alarm(self) -> Array:
        """Share of the world's refining capacity abroad that export measures in force keep from a nation [W, N, M]."""
        w = self.world
        held = (np.isfinite(w.export_quota_t) | (w.export_tax > 0)) & (w.export_until > w.turn)
        aimed = w.export_target[:, :, :, REFINED] & held[..., REFINED, None]  # [W, seller, M, buyer]
        able = self.makeable_t[..., REFINED]
        share = ratio(able, able.sum(1, keepdims=True))
        kept: Array = (aimed * share[..., None]).sum(1).swapaxes(1, 2)
        return kept

    @cached_property
    def pressed(self) -> NDArray[np.bool_]:
        """Own export measures that another demands to be lifted, and rather lifted than borne, [W, N, M, L]."""
        w, by, target = self._demands(LIFT_MEASURE)
        found = np.zeros(self.world.export_tax.shape, dtype=np.bool_)
        found[w, target, self.world.demand_mineral[w, by], self.world.demand_layer[w, by]] = True
        return found

    @cached_property
    def pressed_by(self) -> NDArray[np.bool_]:
        """Who demands that the nation drops duties, and is rather obeyed than borne, [W, N, demander]."""
        w, by, target = self._demands(DROP_DUTIES)
        found = np.zeros(self.world.trust.shape, dtype=np.bool_)
        found[w, target, by] = True
        return found

    def owed(self, threat: int) -> NDArray[np.bool_]:
        """Whom the nation must hit with a threat of this kind this turn, or be seen to bluff, [W, N, target]."""
        world = self.world
        found = np.zeros(world.trust.shape, dtype=np.bool_)
        w, by = np.nonzero((world.demand_target >= 0) & (world.demand_due <= world.turn))
        kept = (world.demand_threat[w, by] == threat) & ~granted(world, w, by)
        found[w[kept], by[kept], world.demand_target[w, by][kept]] = True
        return found

    def _demands(self, concession: int) -> tuple[Index, Index, Index]:
        """World, demander and target of the demands for a kind of concession to which the target rather yields."""
        world = self.world
        w, by = np.nonzero((world.demand_target >= 0) & (world.demand_concession == concession))
        target = world.demand_target[w, by]
        odds = yield_odds(world, self.calibration, w, by, target, world.demand_threat[w, by])
        yields = odds >= EVEN
        return w[yields], by[yields], target[yields]

    @cached_property
    def contracted_t(self) -> Array:
        """Tonnes a turn under contract [W, M, L, seller, buyer]."""
        c = self.world
        nations, minerals = len(c.axes.nations), len(c.axes.minerals)
        total = np.zeros((c.size, minerals, 2, nations, nations))
        w, slot = np.nonzero(c.contract_seller >= 0)
        seller, buyer = c.contract_seller[w, slot], c.contract_buyer[w, slot]
        at = (w, c.contract_mineral[w, slot], c.contract_layer[w, slot], seller, buyer)
        np.add.at(total, at, c.contract_t[w, slot])
        return total

    @cached_property
    def bought_forward(self) -> Array:
        """Share of need that contracts cover [W, N, M], refined metal."""
        covered: Array = ratio(self.contracted_t[:, :, REFINED].sum(2).swapaxes(1, 2), self.need_t)
        return covered

    @cached_property
    def makeable_t(self) -> Array:
        """Tonnes a turn that sites at home can make, by layer [W, N, M, L]."""
        capacity = self.world.capacity_t
        return np.stack([capacity[..., MINE], capacity[..., REFINE] + capacity[..., RECYCLE]], -1)

    @cached_property
    def usable_t(self) -> Array:
        """Tonnes a turn that are used at home, by layer [W, N, M, L]: ore by refineries, metal by makers."""
        ore = self.world.capacity_t[..., REFINE] / self.baseline.refined_per_ore + self.world.direct_use_t
        return np.stack([ore, self.need_t], -1)

    @cached_property
    def sold_forward(self) -> Array:
        """Share of what a nation can make that contracts promise, by layer [W, N, M, L]."""
        promised = self.contracted_t.sum(4).transpose(0, 3, 1, 2)
        return ratio(promised, self.makeable_t)

    def growth(self, turns: NDArray[np.int64]) -> Array:
        """How much more of each mineral the scenario wants `turns` turns from now [M], 1 for no change."""
        table = (self.baseline.demand_multiple * self.baseline.product_share).sum(-1)
        now = min(self.world.turn, len(table) - 1)
        then = np.minimum(now + turns, len(table) - 1)
        grown: Array = table[then, np.arange(table.shape[1])] / table[now]
        return grown

    def room(self, stage: int, turns: NDArray[np.int64]) -> Array:
        """Share of the use expected `turns` turns from now that no site, built or being built, could supply [W, 1, M].

        Negative where too much is coming already.
        """
        use = self.need_t.sum(1) * self.growth(turns)
        if stage == MINE:
            use = use / self.calibration.ratio + self.world.direct_use_t.sum(1)
        supply = (self.world.capacity_t + self.capacity_coming_t)[..., stage].sum(1)
        if stage == REFINE:
            supply = supply + (self.world.recycled_t + self.world.synthetic_t).sum(1)
        room: Array = 1.0 - ratio(supply, use)
        return room[:, None]

    @cached_property
    def capacity_coming_t(self) -> Array:
        """Capacity under construction or paid for by support that is promised [W, N, M, S]."""
        promised = supported_t(self.world, self.calibration, self.world.support_usd_bn.sum(-1))
        coming: Array = self.world.pipeline_t.sum(-1) + promised
        return coming

    @cached_property
    def output_usd_bn(self) -> Array:
        """Gross value of what is mined and refined at home [W, N, M] at gate prices."""
        refined = self.world.refined_t + self.world.recycled_t + self.world.synthetic_t
        ore = self.world.mined_t * self.baseline.ore_price_usd_per_t * np.exp(self.world.mine_gate_ln)
        value: Array = (
            ore + refined * self.baseline.price_usd_per_t * np.exp(self.world.refinery_gate_ln)
        ) / USD_PER_BN
        return value

    @cached_property
    def base_output_usd_bn(self) -> Array:
        """The same in a half-year of the base year [N, M]."""
        b = self.baseline
        refined = b.refined_primary_t + b.refined_secondary_t + b.synthetic_t
        value: Array = (b.mined_t * b.ore_price_usd_per_t + refined * b.price_usd_per_t) / USD_PER_BN / TURNS_PER_YEAR
        return value

    @cached_property
    def has_stake(self) -> NDArray[np.bool_]:
        """Which nations mine, refine or use any of the minerals [N]; the rest of the world has a stake but no seat."""
        b = self.baseline
        held: NDArray[Any] = (b.mined_t + b.refined_primary_t + b.refined_secondary_t + b.consumption_t).sum(1) > 0
        return held
