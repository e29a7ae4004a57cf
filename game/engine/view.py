"""What one nation may see of a world: read-only arrays, with belief in place of what others keep to themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.engine.axes import Axes
from game.engine.baseline import Array, Baseline, Parameters
from game.engine.field import Field
from game.engine.fields import FIELDS
from game.engine.pact import PACT_FIELDS
from game.engine.world import World

if TYPE_CHECKING:
    from game.engine.calibrate import Calibration

MONTHS_PER_YEAR = 12
# The audit that opens what only an owner sees; what is not named here, an audit of the country opens.
AUDITED_UNTIL = dict.fromkeys(("public_stock_t", "purchase_t", "purchase_limit_ln"), "stock_audit_until")
PRIVATE = frozenset({"stress_partner", "stressed_industry"})  # no audit opens what a nation tested for itself


@dataclass(frozen=True)
class Offer:
    """A treaty one nation proposes to another, as it lies in the inbox.

    `clauses` are the clauses as plain data, in the treaty's order. `seller` and `buyer` name who delivers and who pays,
    or the sides of another treaty, of which the first has the ore. `others` are invited beside the receiver; of those
    invited some may have `accepted` or `declined` already.
    """

    number: int
    sender: str
    receiver: str
    made: int  # the turn in which it was proposed
    treaty: str
    seller: str
    buyer: str
    clauses: tuple[Mapping[str, Any], ...]
    others: tuple[str, ...] = ()
    secret: bool = False
    accepted: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    round: int = 0  # how often it was sent back with other clauses

    @property
    def invited(self) -> tuple[str, ...]:
        """All to whom it was sent."""
        return (self.receiver, *self.others)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Those who have not answered."""
        return tuple(name for name in self.invited if name not in (*self.accepted, *self.declined))

    @property
    def parties(self) -> tuple[str, ...]:
        """The sender and all invited."""
        return (self.sender, *self.invited)


class NationView:
    """One nation's read-only view of one world, between two turns.

    `world` is a World of one world whose arrays cannot be written. `inbox` holds the offers that wait for an answer,
    `orders` the kinds of order the level allows (None for all), `names` what ids of nations and minerals are called.
    """

    def __init__(
        self,
        world: World,
        calibration: Calibration,
        nation: int,
        inbox: tuple[Offer, ...] = (),
        orders: frozenset[str] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.calibration = calibration
        self.nation = nation
        self.inbox = inbox
        self.orders = orders
        self._names = names or {}
        seen = {field.name: _seen(world, calibration, nation, field) for field in FIELDS}
        arrays = {name: _read_only(array) for name, array in _without_secrets(world, nation, seen).items()}
        self.world = World(world.axes, world.turn, arrays)

    @property
    def axes(self) -> Axes:
        """The ids along the axes."""
        return self.world.axes

    @property
    def baseline(self) -> Baseline:
        """The calibrated year."""
        return self.calibration.baseline

    @property
    def parameters(self) -> Parameters:
        """The global constants."""
        return self.calibration.parameters

    @property
    def iso3(self) -> str:
        """The nation's id."""
        return self.axes.nations[self.nation]

    @property
    def turn(self) -> int:
        """The turn that orders given now belong to."""
        return self.world.turn + 1

    def name(self, name_id: str) -> str:
        """What a nation or mineral is called; its id when it has no name."""
        return self._names.get(name_id, name_id)

    @cached_property
    def price_usd_per_t(self) -> Array:
        """Price of refined metal delivered to this nation's users, [M]."""
        delivered = self.world.delivered_ln[0, self.nation]
        price: Array = self.baseline.price_usd_per_t * np.exp(delivered)
        return price


def minerals_by_stake(view: NationView) -> list[str]:
    """The minerals, the one in which the nation makes and uses most at 2024 prices first."""
    base, n = view.baseline, view.nation
    made = np.maximum(base.refined_primary_t[n] + base.refined_secondary_t[n], base.mined_t[n])
    value = (base.consumption_t[n] + made) * base.price_usd_per_t
    return [view.axes.minerals[m] for m in np.argsort(-value, kind="stable")]


def believed_world(world: World, calibration: Calibration, nation: int) -> World:
    """A writeable copy of the worlds as the nation believes them to be: what a look-ahead starts from."""
    seen = {field.name: _seen(world, calibration, nation, field) for field in FIELDS}
    arrays = {name: np.array(array) for name, array in _without_secrets(world, nation, seen).items()}
    return World(world.axes, world.turn, arrays)


def public_stock_estimate_t(calibration: Calibration) -> Array:
    """The last published estimate of each public stockpile, [N, M]: the opening months of 2024 use."""
    baseline = calibration.baseline
    estimate: Array = baseline.opening_public_stock_months * baseline.consumption_t / MONTHS_PER_YEAR
    return estimate


def _seen(world: World, calibration: Calibration, nation: int, field: Field) -> NDArray[Any]:
    """The field as the nation sees it; the world's own array where it may see everything."""
    truth = world.arrays[field.name]
    if field.seen_by == "public":
        return truth
    if field.name == "public_stock_t":
        belief = np.broadcast_to(public_stock_estimate_t(calibration), truth.shape).copy()
    else:
        belief = np.full_like(truth, field.default)
    if field.seen_by == "owner":
        belief[:, nation] = truth[:, nation]
        if field.name in PRIVATE:
            return belief
        known = world.arrays[AUDITED_UNTIL.get(field.name, "country_audit_until")][:, nation] > world.turn
        if known.any():
            belief[known] = truth[known]
    return belief


def _without_secrets(world: World, nation: int, seen: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The arrays with the slots of others' secret treaties empty; what their contracts deliver is seen all the same."""
    secret = world.treaty_secret & (world.treaty_kind >= 0) & ~world.treaty_member[:, :, nation]
    if not secret.any():
        return seen
    w, q = np.nonzero(world.clause_treaty >= 0)
    hidden = secret[w, world.clause_treaty[w, q]]
    clauses = np.zeros(world.clause_treaty.shape, dtype=np.bool_)
    clauses[w[hidden], q[hidden]] = True
    served, c = np.nonzero(world.contract_clause >= 0)
    of = clauses[served, world.contract_clause[served, c]]
    for field in PACT_FIELDS:
        slots = {"P": secret, "Q": clauses}.get(field.axes[0])
        if slots is not None:
            seen[field.name] = seen[field.name].copy()
            seen[field.name][slots] = field.default
    seen["contract_clause"] = seen["contract_clause"].copy()
    seen["contract_clause"][served[of], c[of]] = -1
    return seen


def _read_only(array: NDArray[Any]) -> NDArray[Any]:
    shown = array.view()
    shown.flags.writeable = False
    return shown
