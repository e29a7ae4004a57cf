"""Public money for research into digging, separating, cleaner processing, recycling or seabed mining."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np

from game.engine.axes import CLEAN_PROCESSING, EXTRACTION, RECYCLING, SEABED, SEPARATION, TRACKS, Axes
from game.engine.baseline import Array, Flags
from game.engine.calibrate import Calibration
from game.engine.fields import PROGRAMME, PROGRAMME_TURNS
from game.engine.technology import STEPS, step_odds
from game.engine.view import NationView
from game.engine.world import World
from game.problems import Problem
from game.rules.asking import Batch, Row
from game.rules.budget import HORIZON, affordable_share, slack_usd_bn
from game.rules.field import amount_field, choice_field, number_field
from game.rules.number import money, percent, two_digits
from game.rules.orders._base import Order
from game.rules.personality import Personalities
from game.rules.situation import Situation, ratio
from game.rules.wish import Wishes, alone, free_cash, want
from game.text import _

Track = Literal["extraction", "separation", "clean_processing", "recycling", "seabed"]
TRACK_TITLES: dict[str, str] = {
    "extraction": "Extraction",
    "separation": "Separation and refining",
    "clean_processing": "Clean processing",
    "recycling": "Recycling",
    "seabed": "Seabed mining",
}

LEAST_TURNS, MOST_TURNS = 4, PROGRAMME_TURNS
MOST_USD_BN = 1.5  # a turn
WISHED_TURNS = 6
CASH_SHARE, ENVELOPE_SHARE = 0.1, 0.15


class FundProcessing(Order):
    """Raises the odds, published each turn, that a nation takes the next step on a track of technology."""

    kind = "fund_processing"
    title = "Processing research"
    summary = (
        "Cheaper, cleaner plants for your firms; taxpayers wait for years, and an open nation teaches its rivals too."
    )
    lead = "from this turn; steps come by chance"
    icon = "research"
    group = "industry"
    needs = ("layer",)
    layers = len(TRACKS)

    track: Track = choice_field("Track", TRACK_TITLES, default="separation")
    size_usd_bn: float = amount_field("Money", "US$ bn a turn")
    turns: int = number_field("For", "turns", LEAST_TURNS, MOST_TURNS, 1, WISHED_TURNS)

    def row(self, axes: Axes) -> Row:
        """Track, turns, money a turn."""
        return Row(layer=TRACKS.index(self.track), option=self.turns, size=self.size_usd_bn)

    @classmethod
    def from_row(cls, axes: Axes, row: Row) -> Self:
        """The order that `row` gave the numbers of."""
        return cls.model_validate({"track": TRACKS[row.layer], "size_usd_bn": row.size, "turns": row.option})

    @classmethod
    def useful(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """Whether what is learnt could be used: the seabed's ore lies in areas that a nation sponsors, [A]."""
        seabed = np.broadcast_to(calibration.baseline.technology.seabed_t, calibration.capacity_t.shape[:2])
        useful: Flags = (batch.layer != SEABED) | (seabed.sum(1) > 0)[batch.n]
        return useful

    @classmethod
    def allowed(cls, world: World, calibration: Calibration, batch: Batch) -> Flags:
        """There is a step left to take that could be used."""
        left = world.know[batch.w, batch.n, batch.layer] < STEPS
        bounded = (batch.option >= LEAST_TURNS) & (batch.option <= MOST_TURNS)
        allowed: Flags = left & bounded & (batch.size > 0) & (batch.size <= MOST_USD_BN)
        return allowed & cls.useful(world, calibration, batch)

    @classmethod
    def outlays(cls, world: World, calibration: Calibration, batch: Batch) -> Array:
        """The same each turn."""
        outlays: Array = (np.arange(HORIZON) < batch.option[:, None]) * batch.size[:, None]
        return outlays

    @classmethod
    def apply(cls, world: World, calibration: Calibration, batch: Batch) -> None:
        """Promise the money, and let research reckon with it."""
        promised = cls.outlays(world, calibration, batch)
        world.commitment_usd_bn[batch.w, batch.n, PROGRAMME[cls.kind]] += promised
        world.research_usd_bn[batch.w, batch.n, batch.layer] += promised[:, :MOST_TURNS]

    @classmethod
    def wishes(cls, s: Situation, p: Personalities) -> Wishes:
        """Learn what one's own sites live by: digging, separating, or getting metal back."""
        w, base = s.world, s.baseline
        ore = (w.mined_t * base.ore_price_usd_per_t).sum(2)
        refined = (w.refined_t * base.price_usd_per_t).sum(2)
        recycled = (w.recycled_t * base.price_usd_per_t).sum(2)
        seabed = np.broadcast_to(base.technology.seabed_t * base.ore_price_usd_per_t, w.mined_t.shape).sum(2)
        coming = (s.capacity_coming_t[..., :2] * base.price_usd_per_t[:, None]).sum((2, 3))
        value = np.zeros(w.know.shape)
        value[..., EXTRACTION], value[..., SEPARATION], value[..., RECYCLING] = ore, refined, 2.0 * recycled
        value[..., CLEAN_PROCESSING], value[..., SEABED] = 0.5 * coming, 0.01 * seabed
        depends = ratio(value, np.asarray(base.gdp_usd_bn[:, None] * 1e9)) / 0.005
        odds = np.maximum(step_odds(w, s.calibration), 0.01)
        left = (w.know < STEPS) / (1.0 + 20.0 * odds)
        running = w.commitment_usd_bn[..., PROGRAMME[cls.kind], :].sum(-1)
        fresh = 1.0 / (1.0 + 4.0 * running / s.envelope_usd_bn)
        patient = p.of("patience")[None, :, None] / 3.0
        cash = CASH_SHARE * free_cash(s) / WISHED_TURNS + ENVELOPE_SHARE * s.envelope_usd_bn[:, None]
        size = np.minimum(cash, MOST_USD_BN / 2) * (free_cash(s) > 0)
        tells = np.minimum(size / base.parameters.research_unit_usd_bn, 1.0)
        eager = 0.6 * want(p, "value_added") * patient * tells * fresh[..., None]
        score = eager * np.minimum(np.sqrt(depends), 1.0) * left
        return alone(s, score, size, layer=np.arange(len(TRACKS)), option=WISHED_TURNS)

    def obstacles(self, view: NationView) -> list[Problem]:
        """Nothing left to learn, no use for it, or more money than laboratories can use."""
        track = _(TRACK_TITLES[self.track])
        if view.world.know[0, view.nation, TRACKS.index(self.track)] >= STEPS:
            what = _("{nation} knows all there is on this track: {track}", nation=view.name(view.iso3), track=track)
            return [self.problem("track", what, _("choose another track"))]
        if not self.useful(view.world, view.calibration, self.batch(view))[0]:
            what = _("{nation} sponsors no area of the seabed", nation=view.name(view.iso3))
            return [self.problem("track", what, _("choose another track"))]
        if self.size_usd_bn > MOST_USD_BN:
            what = _("laboratories cannot use {size} a turn", size=money(self.size_usd_bn))
            return [self.problem("size_usd_bn", what, _("at most {most}", most=money(MOST_USD_BN)))]
        return []

    def describe(self, view: NationView) -> str:
        """Money, turns, and the chance of the next step with it and without."""
        h, n = TRACKS.index(self.track), view.nation
        without, funded = (step_odds(world, view.calibration)[0, n, h] for world in (view.world, self._funded(view)))
        return _(
            "Processing research: {size} a turn for {turns} turns on {track}; "
            "chance of the next step {chance} a turn instead of {before}",
            size=money(self.size_usd_bn),
            turns=self.turns,
            track=_(TRACK_TITLES[self.track]),
            chance=percent(float(funded)),
            before=percent(float(without)),
        )

    def objects(self, view: NationView) -> list[str]:
        """Taxpayers, and who leads the track."""
        know = view.world.know[0, :, TRACKS.index(self.track)]
        leader = int(know.argmax())
        found = [_("taxpayers")]
        if know[leader] > know[view.nation]:
            found.append(_("{nation}, who leads the track", nation=view.name(view.axes.nations[leader])))
        return found

    @classmethod
    def limits(cls, view: NationView, name: str, given: Mapping[str, Any]) -> tuple[float, float, float] | None:
        """Up to what laboratories can use and the treasury bears; a quarter of it is proposed."""
        if name != "size_usd_bn":
            return None
        unit = Batch.of(view.nation, Row(layer=0, option=int(given.get("turns", WISHED_TURNS)), size=1.0))
        slack = slack_usd_bn(view.world, view.calibration, (unit.w, unit.n))
        most = min(float(affordable_share(slack, cls.outlays(view.world, view.calibration, unit))[0]), MOST_USD_BN)
        return two_digits(most / 1000), two_digits(most), two_digits(most / 4)

    def _funded(self, view: NationView) -> World:
        """The world as seen, with this turn's money."""
        funded = view.world.research_usd_bn.copy()
        funded[0, view.nation, TRACKS.index(self.track), 0] += self.size_usd_bn
        return World(view.axes, view.world.turn, {**view.world.arrays, "research_usd_bn": funded})
