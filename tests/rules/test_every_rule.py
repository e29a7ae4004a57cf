"""The contract that every order keeps, whoever wrote it."""

import json
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from game.engine.fields import ACCOUNTS, CAUSE, ORDER_CAUSES, TREASURY
from game.engine.ledger import check
from game.engine.pact import CLAUSES as CLAUSE_IDS
from game.engine.pact import PACT_FIELDS
from game.engine.pact import TREATIES as TREATY_IDS
from game.engine.postings import ACCOUNT_FIELD
from game.engine.turn import Keys, advance
from game.problems import ProblemError
from game.rules.asking import Askings, Batch, Row
from game.rules.budget import slack_usd_bn
from game.rules.carry import carry_out
from game.rules.catalog import CLAUSES, KIND_CODE, ORDERS, TREATIES, read_order
from game.rules.form import form_fields, order_from_values
from game.rules.offtake import offtake
from game.rules.reckoning import reckon
from game.rules.treaty import read_clause
from game.rules.uphold import uphold
from tests.rules.agreeing import agreed
from tests.rules.play_world import NATIONS, OFFER, TREATY, calibration, play_view, play_world


def bundle(treaty: str, partner: str, mineral: str = "m0", layer: str = "", size: float = 0.0, **more: object) -> Any:
    """The proposal of a bundle as it stands in its file, of so much of a mineral."""
    found = TREATIES[treaty]
    clauses = []
    for data in found.clauses:
        fields = CLAUSES[data["kind"]].model_fields
        values = dict(data) | ({"mineral": mineral} if "mineral" in fields else {})
        if size and found.size[0] == data["kind"]:
            values[found.size[1]] = size
        if layer and found.asks("layer")[0] == data["kind"]:
            values[found.asks("layer")[1]] = layer
        clauses.append(values)
    return ORDERS["propose"].model_validate({"treaty": treaty, "partner": partner, "clauses": clauses, **more})


TREATY_PROPOSALS = [
    (3, bundle("joint_venture", "NAA", layer="mine", size=0.1)),
    (0, bundle("investment", "NAD", role="sell")),
    (3, bundle("infrastructure_for_minerals", "NAB", layer="refined", size=10.0)),
    (3, bundle("market_access", "NAB", others=("NAC",), size=0.8)),
    (3, bundle("buyers_club", "NAA", others=("NAC",), mineral="m1")),
    (0, bundle("producers_club", "NAB", size=0.2)),
    (2, bundle("joint_stockpile", "NAD", publicity="secret")),
    (2, bundle("scrap_corridor", "NAD")),
    (1, bundle("standards_pact", "NAD", size=3)),
    (3, bundle("joint_research", "NAA", others=("NAB", "NAC"), layer="recycling")),
    (1, bundle("technology_transfer", "NAD", role="sell", layer="extraction")),
    (0, bundle("benefit_sharing", "NAD", role="sell")),
    (3, bundle("security_pact", "NAA")),
    (3, bundle("crisis_consultation", "NAB")),
    (1, bundle("governance_charter", "NAC", others=("NAD",))),
    (0, bundle("frontier_accord", "NAC", others=("NAD",))),
]

# Orders that a nation can give in the play world: its position and the order.
GOOD = [
    (3, ORDERS["cap_sourcing"](mineral="m0", share=0.55)),
    (3, ORDERS["buy_stock"](mineral="m1", months=1.5, tempo="open", limit_percent=150)),
    (2, ORDERS["buy_stock"](mineral="m0", months=3.0)),
    (3, ORDERS["release_stock"](mineral="m0", amount_t=12.5, to="spot")),
    (1, ORDERS["release_stock"](mineral="m1", amount_t=7.0)),
    (0, ORDERS["build_mine"](mineral="m0", size=40.0, owner="partnership")),
    (2, ORDERS["build_refinery"](mineral="m1", size=35.0)),
    (3, ORDERS["build_recycler"](mineral="m0", size=10.0, owner="partnership")),
    (1, ORDERS["support_industry"](mineral="m0", stage="refine", size_usd_bn=0.3)),
    (3, ORDERS["fund_substitution"](mineral="m0", product="aerospace_defence", size_usd_bn=0.002, turns=5)),
    (1, ORDERS["fund_processing"](track="recycling", size_usd_bn=0.001, turns=4)),
    (3, ORDERS["set_import_terms"](mineral="m0", layer="refined", terms="tariff", tariff=0.3)),
    (1, ORDERS["set_import_terms"](mineral="m1", layer="ore", terms="standard", level=3)),
    (2, ORDERS["set_import_terms"](mineral="m1", layer="refined", terms="label")),
    (3, ORDERS["build_component_plant"](product="magnets_motors_wind", size_usd_bn=0.001, owner="partnership")),
    (3, ORDERS["allocate_supply"](first="aerospace_defence", last="magnets_motors_wind")),
    (2, ORDERS["explore"](mineral="m1", ground="frontier", size_usd_bn=0.0008)),
    (3, ORDERS["cover_risk"](hosts=("NAA", "NAC"), percent=50, reserve_usd_bn=0.002, turns=6)),
    (2, ORDERS["cover_risk"](hosts=(), reserve_usd_bn=0.001)),
    (3, ORDERS["build_corridor"](corridor="strait")),
    (3, ORDERS["set_thrift"](product="magnets_motors_wind", share=0.15)),
    (2, ORDERS["mandate_collection"](product="aerospace_defence", share=0.6)),
    (1, ORDERS["set_price_floor"](mineral="m0", stage="refine", percent=120, volume_t=80.0)),
    (0, ORDERS["set_price_floor"](mineral="m1", stage="mine", percent=90, volume_t=9.0, years=2, upside_percent=0)),
    (0, ORDERS["restrict_exports"](mineral="m0", layer="ore", measure="quota", strength=0.4, turns=6)),
    (1, ORDERS["restrict_exports"](mineral="m0", layer="refined", measure="licence", targets=("NAC", "NAD"))),
    (1, ORDERS["restrict_exports"](mineral="m1", layer="refined", measure="ban", targets=("NAA",), turns=1)),
    (0, ORDERS["restrict_exports"](mineral="m1", layer="ore", measure="tax", strength=0.15)),
    (0, ORDERS["set_royalty"](mineral="m0", rate=0.12, windfall=0.25)),
    (1, ORDERS["set_royalty"](mineral="m1", rate=0.0)),
    (0, ORDERS["license_deposits"](mineral="m0", method="open", standards="best")),
    (0, ORDERS["license_deposits"](mineral="m1", method="bilateral", standards="basic")),
    (2, ORDERS["license_deposits"](mineral="m1", method="state")),
    (0, ORDERS["reform_contracts"](scope="mining")),
    (1, ORDERS["reform_contracts"](scope="state")),
    (1, ORDERS["agree_compact"](mineral="m0", package_usd_bn=3e-5)),
    (0, ORDERS["require_processing"](mineral="m0", share=0.6, turns=4)),
    (2, ORDERS["require_processing"](mineral="m1", share=1.0, turns=12)),
    (0, ORDERS["take_equity"](mineral="m0", stage="mine", share=1.0, compensation=0.0)),
    (1, ORDERS["take_equity"](mineral="m1", stage="refine", share=0.25, compensation=0.9)),
    (0, ORDERS["set_openness"](level="closed")),
    (3, ORDERS["set_openness"](level="free")),
    (3, ORDERS["give_aid"](partner="NAA", form="governance", size_usd_bn=0.05)),
    (2, ORDERS["give_aid"](partner="NAB", form="geology", size_usd_bn=0.02)),
    (3, ORDERS["audit"](partner="NAB", subject="supplier")),
    (0, ORDERS["audit"](partner="NAD", subject="country")),
    (3, ORDERS["audit"](partner="NAB", subject="stress")),
    (0, ORDERS["set_permitting"](regime="fast")),
    (2, ORDERS["set_permitting"](regime="consent")),
    (0, ORDERS["split_revenue"](fund=0.3, communities=0.25, infrastructure=0.45)),
    (3, offtake("NAB", "buy", "m0", "refined", 15.0, 6)),
    (0, offtake("NAB", "sell", "m1", "ore", 15.5, 12, price_percent=110)),
    *TREATY_PROPOSALS,
    (3, ORDERS["answer"](offer=OFFER.number, reply="accept")),
    (3, ORDERS["answer"](offer=OFFER.number, reply="delay")),
    (3, ORDERS["answer"](offer=OFFER.number, reply="counter", change="price", value=90.0)),
    (3, ORDERS["leave"](treaty=TREATY)),
    (1, ORDERS["leave"](treaty=TREATY, how="now")),
    (3, ORDERS["dispute"](way="sanction", target="NAB", mineral="m0", layer="refined", rate=0.5, turns=3)),
    (3, ORDERS["deescalate"](target="NAA", way="statement")),
    (0, ORDERS["deescalate"](target="NAD")),
    (2, ORDERS["demand"](target="NAA", concession="drop_duties", mineral="m1", layer="refined", threat="sanction")),
]
every_good = pytest.mark.parametrize(
    ("nation", "order"), GOOD, ids=[f"{order.kind}-{position}" for position, (_n, order) in enumerate(GOOD)]
)
every_kind = pytest.mark.parametrize("kind", list(ORDERS))

NONSENSE = [
    {"kind": "buy_stok", "mineral": "m0", "months": 1},
    {"kind": "buy_stock", "mineral": "m0", "months": 1, "tonnes": 4},
    {"kind": "buy_stock", "months": 2},
    {"kind": "buy_stock", "mineral": "m0", "months": 40},
    {"kind": "buy_stock", "mineral": "m0", "months": float("nan")},
    {"kind": "buy_stock", "mineral": "m0", "months": 1, "tempo": "loud"},
    {"kind": "cap_sourcing", "mineral": "m0", "share": 0.1},
    {"kind": "build_mine", "mineral": "m0", "size": -5},
    {"kind": "restrict_exports", "mineral": "m0", "layer": "ore", "measure": "siege"},
    {"kind": "set_royalty", "mineral": "m0", "rate": 0.5},
    {"kind": "license_deposits", "mineral": "m0", "method": "lottery"},
    {"kind": "agree_compact", "mineral": "m0", "package_usd_bn": 0},
    {"kind": "propose", "treaty": "offtak", "partner": "NAB", "clauses": []},
    {"kind": "propose", "partner": "NAB", "clauses": [{"kind": "deliver", "mineral": "m0"}]},
    {"kind": "propose", "partner": "NAB", "treaty": "buyers_club", "clauses": [{"kind": "pool_volume", "share": 7}]},
    {"kind": "propose", "partner": "NAB", "treaty": "scrap_corridor", "clauses": "all of them"},
    {"kind": "answer", "offer": 5, "reply": "counter", "instead": [{"kind": "term", "turns": 99}]},
    {"kind": "leave", "treaty": -1},
    {"kind": "dispute", "way": "war", "target": "NAB", "mineral": "m0", "layer": "ore"},
    {"kind": "deescalate", "target": "NAB", "way": "duel"},
    {"kind": "demand", "target": "NAB", "concession": "all", "mineral": "m0", "layer": "ore", "threat": "sanction"},
    "buy_stock",
]

IMPOSSIBLE = [
    (3, ORDERS["cap_sourcing"](mineral="m7", share=0.5)),
    (3, ORDERS["buy_stock"](mineral="M0", months=1)),
    (3, ORDERS["release_stock"](mineral="m0", amount_t=1e6)),
    (3, ORDERS["build_mine"](mineral="m0", size=1e9)),
    (2, ORDERS["build_refinery"](mineral="m0", size=1e7)),
    (2, ORDERS["build_recycler"](mineral="m0", size=1e7)),
    (2, ORDERS["support_industry"](mineral="m0", stage="refine", size_usd_bn=1e4)),
    (1, ORDERS["set_price_floor"](mineral="m0", stage="refine", volume_t=1e6)),
    (3, ORDERS["fund_substitution"](mineral="m0", product="aerospace_defence", size_usd_bn=5.0)),
    (1, ORDERS["fund_processing"](track="seabed", size_usd_bn=0.001)),
    (3, ORDERS["set_import_terms"](mineral="m0", layer="refined", terms="none")),
    (3, ORDERS["build_component_plant"](product="aerospace_defence", size_usd_bn=1e6)),
    (3, ORDERS["allocate_supply"](first="aerospace_defence", last="aerospace_defence")),
    (2, ORDERS["explore"](mineral="m0", size_usd_bn=0.0008)),
    (3, ORDERS["cover_risk"](hosts=("NAD",), reserve_usd_bn=0.001)),
    (3, ORDERS["build_corridor"](corridor="tunnel")),
    (3, ORDERS["set_thrift"](product="magnets_motors_wind", share=0.0)),
    (3, ORDERS["mandate_collection"](product="cheese", share=0.5)),
    (0, ORDERS["restrict_exports"](mineral="m0", layer="ore", measure="none")),
    (0, ORDERS["restrict_exports"](mineral="m0", layer="ore", measure="ban", targets=("NAA",))),
    (0, ORDERS["restrict_exports"](mineral="m0", layer="ore", measure="ban", targets=("NAX",))),
    (0, ORDERS["set_royalty"](mineral="m0", rate=0.05)),
    (0, ORDERS["agree_compact"](mineral="m0", package_usd_bn=1.0)),
    (0, ORDERS["require_processing"](mineral="m0", share=0.0)),
    (0, ORDERS["take_equity"](mineral="m1", stage="mine")),
    (0, ORDERS["give_aid"](partner="NAA", form="skills", size_usd_bn=0.01)),
    (0, ORDERS["give_aid"](partner="NAX", form="skills", size_usd_bn=0.01)),
    (0, ORDERS["give_aid"](partner="NAB", form="skills", size_usd_bn=1e4)),
    (0, ORDERS["audit"](partner="NAA", subject="stress")),
    (0, ORDERS["set_permitting"](regime="standard")),
    (0, ORDERS["split_revenue"](fund=0.8, communities=0.8, infrastructure=0.0)),
    (3, offtake("NAD", "buy", "m0", "refined", 10.0, 6)),
    (3, offtake("NAB", "buy", "m0", "refined", 1e6, 6)),
    (3, offtake("NAB", "buy", "m9", "refined", 1.0, 6)),
    (3, ORDERS["dispute"](target="NAB", mineral="m0", layer="refined")),
    (3, ORDERS["dispute"](way="lift", target="NAB", mineral="m0", layer="refined")),
    (3, ORDERS["dispute"](way="sanction", target="NAD", mineral="m0", layer="refined")),
    (3, ORDERS["deescalate"](target="NAB")),
    (3, ORDERS["demand"](target="NAB", concession="lift_measure", mineral="m0", layer="ore", threat="sanction")),
    (3, ORDERS["deescalate"](target="NAA", way="pause")),
    (3, ORDERS["deescalate"](target="NAX")),
    (3, bundle("market_access", "NAD")),
    (3, bundle("technology_transfer", "NAB", others=("NAC",))),
    (3, bundle("buyers_club", "NAC", mineral="m9")),
    (3, bundle("infrastructure_for_minerals", "NAB", layer="ore", size=1e6)),
    (3, ORDERS["propose"](treaty="scrap_corridor", partner="NAB", clauses=({"kind": "term", "turns": 4},))),
    (3, ORDERS["answer"](offer=99, reply="accept")),
    (3, ORDERS["answer"](offer=OFFER.number, reply="counter", change="turns", value=99)),
    (0, ORDERS["leave"](treaty=TREATY)),
    (0, ORDERS["leave"](treaty=10_000)),
]


def test_there_is_one_order_for_every_cause_of_an_order():
    assert set(ORDERS) <= set(ORDER_CAUSES)


@every_kind
def test_every_order_says_what_it_gains_and_costs_in_at_most_25_words(kind):
    order = ORDERS[kind]
    assert 8 <= len(order.summary.split()) <= 25
    assert order.title
    assert order.lead
    assert order.icon
    assert order.group in ("sourcing", "industry", "resources", "statecraft")


@pytest.mark.parametrize("rule", [*CLAUSES.values(), *TREATIES.values()])
def test_clauses_and_treaties_say_it_in_at_most_25_words(rule):
    assert 8 <= len(rule.summary.split()) <= 25
    assert rule.title


@every_good
def test_every_order_survives_yaml_json_and_its_compact_form(nation, order):
    axes = calibration().axes
    assert read_order(yaml.safe_load(yaml.safe_dump(order.as_data()))) == order
    assert read_order(json.loads(order.as_json())) == order
    assert type(order).from_row(axes, order.row(axes)) == order


@every_good
def test_a_legal_order_has_no_problems_and_is_worded(nation, order):
    view = play_view(nation)
    assert order.problems(view) == []
    assert len(order.describe(view)) > 10
    assert all(order.objects(view))
    assert order.turns_until_effect(view) >= 0


@pytest.mark.parametrize("data", NONSENSE, ids=str)
def test_nonsense_is_refused_with_what_and_remedy(data):
    with pytest.raises(ProblemError) as error:
        read_order(data)
    for problem in error.value.problems:
        assert problem.what
        assert problem.hint


@pytest.mark.parametrize(("nation", "order"), IMPOSSIBLE, ids=lambda value: getattr(value, "kind", str(value)))
def test_what_cannot_be_is_refused_with_what_and_remedy(nation, order):
    problems = order.problems(play_view(nation))
    assert problems
    assert all(problem.what and problem.hint and problem.where.startswith(order.kind) for problem in problems)


@every_good
def test_looking_at_an_order_changes_nothing(nation, order):
    view = play_view(nation)
    before = view.world.state_hash()
    order.problems(view), order.describe(view), order.objects(view), order.price(view), form_fields(order.kind, view)
    assert view.world.state_hash() == before
    assert not any(array.flags.writeable for array in view.world.arrays.values())


@every_good
def test_accounts_change_by_what_is_posted_and_nothing_else(nation, order):
    before = play_world()
    after = before.copy()
    order.effect(after, calibration(), order.batch(play_view(nation)))
    for account in range(len(ACCOUNTS)):
        moved = after.arrays[ACCOUNT_FIELD[account]] - before.arrays[ACCOUNT_FIELD[account]]
        np.testing.assert_allclose(moved, after.posting[:, :, account].sum(-1), atol=1e-12)
    np.testing.assert_allclose(after.trust - before.trust, after.trust_posting.sum(-1), atol=1e-12)
    points = order.price(play_view(nation))[1]
    assert before.political_capital[0, nation] - after.political_capital[0, nation] == points


@every_good
def test_money_that_changes_hands_between_nations_is_not_lost(nation, order):
    before = play_world()
    after = before.copy()
    order.effect(after, calibration(), order.batch(play_view(nation)))
    assert after.treasury_usd_bn.sum() == pytest.approx(before.treasury_usd_bn.sum(), abs=1e-12)


@every_good
def test_what_an_order_will_cost_shows_as_less_slack(nation, order):
    """A breach pays its penalty at once, everything else waits as a promise; both are in the slack."""
    before, view = play_world(), play_view(nation)
    after = before.copy()
    batch = order.batch(view)
    order.effect(after, calibration(), batch)
    spent = slack_usd_bn(before, calibration())[0, nation] - slack_usd_bn(after, calibration())[0, nation]
    np.testing.assert_allclose(spent, order.outlays(before, calibration(), batch)[0].cumsum(), atol=1e-12)


@every_good
def test_a_nation_without_money_or_political_capital_is_told_so(nation, order):
    money, points = order.price(play_view(nation))
    world = play_world()
    world.political_capital[...] = 0.5
    if points > 0.5:
        assert any("political capital" in problem.what for problem in order.problems(play_view(nation, world)))
    world = play_world()
    world.treasury_usd_bn[...] = -5.0
    world.political_capital[...] = 10.0
    problems = order.problems(play_view(nation, world))
    assert bool(problems) == (money > 0)
    assert all("$" in problem.what and problem.hint for problem in problems)


@every_kind
def test_a_batch_does_what_its_askings_do_one_by_one(kind):
    worlds = 3
    rows = [(nation, order.row(calibration().axes)) for nation, order in GOOD if order.kind == kind]
    for nation, row in rows:
        together = play_world(worlds)
        batch = Batch.of(nation, row, worlds)
        ORDERS[kind].effect(together, calibration(), batch)
        for world in range(worlds):
            alone = play_world(worlds).picked(slice(world, world + 1))
            ORDERS[kind].effect(alone, calibration(), Batch.of(nation, row))
            assert alone.state_hash() == together.state_hash(world)


@every_kind
def test_a_form_filled_with_its_own_proposals_makes_an_order(kind):
    view = play_view(3)
    fields = form_fields(kind, view)
    order = order_from_values(kind, {field.name: field.default for field in fields})
    assert order.kind == kind
    assert all(field.title for field in fields)
    for field in fields:
        if field.widget in ("number", "amount"):
            assert field.low <= field.default <= field.high or field.high == 0
        if field.widget in ("choice", "mineral", "nation", "treaty", "offer", "contract"):
            assert field.default in [value for value, _title in field.choices]


ROWS = st.builds(
    Row,
    mineral=st.integers(-1, 2),
    layer=st.integers(-1, 3),
    partner=st.integers(-8, NATIONS),
    option=st.integers(-1, 40_000),
    size=st.one_of(st.floats(0, 10), st.floats(0, 1e6), st.sampled_from([0.0, -1.0, np.nan, np.inf])),
)


@given(kind=st.sampled_from([kind for kind in ORDERS if kind != "answer"]), nation=st.integers(0, 3), row=ROWS)
def test_allowed_and_obstacles_agree(kind, nation, row):
    """What greys out a button is what stops a habit; offers are kept by the match, so answers are judged there."""
    world, axes = play_world(), calibration().axes
    try:
        order = ORDERS[kind].from_row(axes, row)
        whole = order.row(axes)
    except (ProblemError, ValidationError, IndexError, KeyError):
        return
    allowed = ORDERS[kind].allowed(world, calibration(), Batch.of(nation, whole))[0]
    assert bool(allowed) == (order.obstacles(play_view(nation, world)) == [])


@given(asked=st.lists(st.tuples(st.sampled_from(list(ORDERS)), ROWS), min_size=NATIONS * 3, max_size=NATIONS * 3))
def test_whatever_is_asked_nobody_passes_the_debt_floor_or_overdraws_political_capital(asked):
    world = play_world()
    askings = Askings.none(1, NATIONS, 3)
    for position, (kind, row) in enumerate(asked):
        askings.put((0, position % NATIONS, position // NATIONS), KIND_CODE[kind], row)
    carry_out(world, calibration(), askings)
    assert (world.political_capital >= -1e-9).all()
    assert (slack_usd_bn(world, calibration()) >= -1e-6).all()
    for name, array in world.arrays.items():
        if name != "contract_ln" and array.dtype.kind == "f":
            assert not np.isnan(array).any(), name


def test_carrying_out_skips_what_cannot_be_and_goes_on():
    axes = calibration().axes
    askings = Askings.none(1, NATIONS, 2)
    askings.put((0, 3, 0), KIND_CODE["release_stock"], ORDERS["release_stock"](mineral="m0", amount_t=1e6).row(axes))
    askings.put((0, 3, 1), KIND_CODE["cap_sourcing"], ORDERS["cap_sourcing"](mineral="m0", share=0.5).row(axes))
    world = play_world()
    done = carry_out(world, calibration(), askings)
    assert done[0, 3].tolist() == [False, True]
    assert world.sourcing_cap_share[0, 3, 0] == 0.5


SAMPLES = {data["kind"]: data for _nation, order in TREATY_PROPOSALS for data in order.as_data()["clauses"]}
SAMPLES |= {data["kind"]: dict(data) for data in OFFER.clauses}
every_clause = pytest.mark.parametrize("kind", list(CLAUSES))
every_treaty = pytest.mark.parametrize("treaty", list(TREATIES))


@every_clause
def test_every_clause_survives_plain_data_and_its_numbers(kind):
    axes = calibration().axes
    clause = read_clause(SAMPLES[kind])
    assert read_clause(yaml.safe_load(yaml.safe_dump(clause.as_data()))) == clause
    assert read_clause(json.loads(json.dumps(clause.as_data()))) == clause
    assert CLAUSES[kind].from_numbers(axes, clause.numbers(axes)) == clause
    assert len(clause.describe(str)) > 3
    assert len(clause.describe(str).split()) <= 25


@every_clause
def test_a_clause_refuses_what_it_does_not_know_with_what_and_remedy(kind):
    for nonsense in ({**SAMPLES[kind], "colour": "red"}, {**SAMPLES[kind], "kind": kind[:-1] + "q"}):
        with pytest.raises(ProblemError) as error:
            read_clause(nonsense)
        assert all(problem.what and problem.hint for problem in error.value.problems)


@every_clause
def test_upholding_a_clause_conserves_money_and_material_and_keeps_the_ledger(kind):
    clause = read_clause(SAMPLES[kind])
    before = play_world()
    before.delivered_ln[0, 3, 0] += 0.6
    world = agreed(clause, first=(1,), second=(3,), world=before.copy())
    uphold(world, calibration())
    for account in range(len(ACCOUNTS)):
        moved = world.arrays[ACCOUNT_FIELD[account]] - before.arrays[ACCOUNT_FIELD[account]]
        np.testing.assert_allclose(moved, world.posting[:, :, account].sum(-1), atol=1e-12)
    transfers = world.posting[:, :, TREASURY, CAUSE["treaty"]].sum()
    assert transfers == pytest.approx(0, abs=1e-12)
    assert world.public_stock_t.sum() == pytest.approx(before.public_stock_t.sum())
    after = advance(world, calibration(), Keys(11, (0,)))
    assert check(world, after, calibration()) == []
    settled = after.copy()
    reckon(settled, calibration())
    assert check(world, settled, calibration()) == []


@every_clause
def test_a_clause_in_force_in_one_world_of_a_batch_leaves_the_others_as_they_are(kind):
    clause = read_clause(SAMPLES[kind])
    together = agreed(clause, first=(1,), second=(3,), world=play_world(2))
    for field in PACT_FIELDS:
        together.arrays[field.name][1] = play_world(2).arrays[field.name][1]
    for name in ("contract_seller", "contract_t", "contract_clause"):
        together.arrays[name][1] = play_world(2).arrays[name][1]
    alone = together.picked(slice(1, 2))
    for world in (together, alone):
        uphold(world, calibration())
    assert alone.state_hash() == together.state_hash(1)


@every_treaty
def test_every_treaty_has_a_form_whose_own_proposals_make_it(treaty):
    view = play_view(3)
    fields = form_fields("propose", view, {"treaty": treaty})
    order = order_from_values("propose", {field.name: field.default for field in fields})
    assert order.treaty == treaty
    assert order.problems(view) == []
    assert [clause.kind for clause in order.clauses] == list(TREATIES[treaty].kinds)


def test_every_treaty_is_in_the_samples_and_has_a_slot_number():
    assert {order.treaty for _nation, order in GOOD if order.kind == "propose"} == set(TREATIES) == set(TREATY_IDS)
    assert set(SAMPLES) == set(CLAUSES) == set(CLAUSE_IDS)
