"""Gates as lists of arcs say what their masks say."""

import numpy as np
import pytest

from game.engine.balance import evaluate, gated_flow, powers
from game.engine.clearing import clear
from game.engine.gated_arc import GatedArcs
from game.engine.group import Group, gather, grouped
from game.engine.market import Markets
from game.engine.reach import reachable
from game.engine.rng import stream
from tests.engine.random_market import random_markets


def groups(gates: int = 6, worlds: int = 2) -> tuple[Markets, list[Group]]:
    markets = random_markets(3, worlds=worlds, nations=7, gates=gates)
    active = reachable(markets)
    return markets, [gather(markets, active, *size) for size in grouped(active, markets.gates)]


def dense(arcs: GatedArcs) -> np.ndarray:
    """Masks [G, B, L, r+1, n+1]."""
    mask = np.zeros((len(arcs), arcs.batch, arcs.layers, arcs.r + 1, arcs.n + 1))
    mask[arcs.gate, arcs.market[arcs.gate], arcs.layer, arcs.kept, arcs.away] = 1.0
    return mask


def test_the_arcs_of_a_gate_are_those_of_its_mask_whose_ends_are_active():
    markets, found = groups()
    for g in found:
        for place, row in enumerate(g.gates.row):
            b, layer = g.gates.market[place], markets.gates.layer[row]
            origins = g.mine[b] if layer == 0 else g.refinery[b]
            destinations = g.refinery[b] if layer == 0 else g.user[b]
            mine = g.gates.gate == place
            kept, away = g.gates.kept[mine], g.gates.away[mine]
            listed = (
                {(origins[a], destinations[k]) for a, k in zip(away, kept, strict=True)}
                if layer == 0
                else {(origins[k], destinations[a]) for a, k in zip(away, kept, strict=True)}
            )
            there = {*origins[origins < 7]}, {*destinations[destinations < 7]}
            wanted = {
                (i, j)
                for i, j in zip(*np.nonzero(markets.gates.arcs[row]), strict=True)
                if i in there[0] and j in there[1]
            }
            assert listed == wanted


def test_what_passes_a_gate_and_what_gates_share_equals_the_sums_over_masks():
    _markets, found = groups(gates=20)
    rng = stream(4, 0, 0, "prices")
    overlapping = 0
    for g in found:
        away, kept = powers(g, rng.normal(0.0, 0.1, g.real.shape))
        flow = g.weight * kept[..., None] * away[:, :, None]
        mask = dense(g.gates)
        through = (mask * flow).sum((1, 2, 3, 4))
        each = gated_flow(g, away, kept)
        assert g.gates.by_gate(each) == pytest.approx(through)
        place, arc = g.gates.shared
        shared = np.bincount(place, weights=each[arc], minlength=len(g.gates) * g.gates.widest)
        shared = shared.reshape(len(g.gates), g.gates.widest)
        both = np.einsum("gblka,hblka,blka->gh", mask, mask, flow)
        for one in range(len(g.gates)):
            for other in np.flatnonzero(g.gates.market == g.gates.market[one]):
                assert shared[one, g.gates.slot[other]] == pytest.approx(both[one, other])
                overlapping += one != other and both[one, other] > 0
    assert overlapping


def test_a_part_of_the_markets_keeps_its_own_gates_and_arcs():
    _markets, found = groups(gates=12, worlds=3)
    for g in found:
        keep = np.arange(len(g.world)) % 2 == 0
        part = g.gates.taken(keep)
        inside = keep[g.gates.market]
        assert part.row.tolist() == g.gates.row[inside].tolist()
        assert np.array_equal(dense(part), dense(g.gates)[inside][:, keep])


def test_gates_of_one_arc_are_single_but_for_a_second_one_on_the_same_arc():
    markets, _found = groups(gates=60)
    gates = markets.gates
    gates.arcs[::3] = gates.arcs[::3] & (np.cumsum(gates.arcs[::3].reshape(20, -1), 1) == 1).reshape(20, 7, 7)
    active = reachable(markets)
    seen = doubled = 0
    for size in grouped(active, gates):
        g = gather(markets, active, *size)
        mask = dense(g.gates).reshape(len(g.gates), -1)
        taken: set[int] = set()
        alone = np.zeros(len(mask), dtype=bool)
        for gate in np.flatnonzero(mask.sum(1) == 1):
            place = int(mask[gate].argmax())
            alone[gate] = place not in taken
            doubled += place in taken
            taken.add(place)
        assert np.array_equal(np.sort(g.gates.gate[g.gates.single]), np.flatnonzero(alone))
        assert np.array_equal(g.gates.linked_gate, np.flatnonzero(~alone))
        assert np.array_equal(dense(g.gates.linked), dense(g.gates)[~alone])
        seen += alone.any() and not alone.all()
    assert seen
    assert doubled


def test_the_weights_of_gated_arcs_follow_the_shadow_prices_alone():
    _markets, found = groups(gates=20)
    for g in found:
        open_weight, none = g.weight.copy(), np.zeros(len(g.gates))
        shadow = np.linspace(0.01, 0.3, len(g.gates))
        toll = (dense(g.gates) * shadow[:, None, None, None, None]).sum(0)
        for _turn in range(2):
            g.narrow(shadow)
            np.testing.assert_allclose(g.weight, open_weight * np.exp(-g.sigma * toll), rtol=1e-12)
        evaluate(g, np.zeros(g.real.shape), none + 1e-12)
        np.testing.assert_allclose(g.weight, open_weight, rtol=1e-9)


def test_a_gate_whose_every_arc_is_closed_binds_nothing():
    markets, _found = groups(gates=3)
    markets.gates.arcs[0] = False
    solution = clear(markets)
    assert solution.residual.max() < 1e-8
    assert solution.gate_price[0] == pytest.approx(markets.gate_smoothing, rel=1e-3)
