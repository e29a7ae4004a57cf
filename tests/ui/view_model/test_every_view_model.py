"""What screens show, computed without pygame."""

import subprocess
import sys
from functools import lru_cache

import numpy as np
import pytest

from game.content.load import load_level
from game.files import ROOT
from game.match.match import Match
from game.rules.catalog import ORDERS
from game.ui import format as fmt
from game.ui.view_model import corridor, flow, inbox, lens, market, nation, price_cause, suggestion, ticker, top_bar
from game.ui.view_model.folder import folders
from game.ui.view_model.order_form import order_form
from game.ui.view_model.order_list import order_list
from game.ui.view_model.order_words import months_words
from game.ui.view_model.scene import Scene
from game.ui.view_model.seed import random_seed_text, seed_number
from game.ui.view_model.setting import Settings, load_settings, save_settings
from game.ui.view_model.setup import Setup, level_model

SEAT = "JPN"


@lru_cache(maxsize=1)
def played() -> Match:
    """Two turns of the whole world by habit."""
    level = load_level("long_arc")
    match = Match.new(level, {n: "habit" for n in level.nations if n != "ROW"} | {SEAT: "person"}, seed=3)
    match.end_turn()
    match.end_turn()
    return match


@pytest.fixture
def scene():
    return Scene(played(), SEAT)


def test_view_models_never_import_pygame():
    names = [path.stem for path in (ROOT / "game/ui/view_model").glob("*.py") if path.stem != "__init__"]
    program = "import importlib, sys\n" + "\n".join(
        f"importlib.import_module('game.ui.view_model.{name}')" for name in names
    )
    program += "\nassert 'pygame' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)


@pytest.mark.parametrize("seat", ["JPN", "COD", "CHN"])
def test_the_causes_of_each_number_lead_from_last_turns_value_to_this_ones(seat):
    seen = Scene(played(), seat)
    for metric in top_bar.metrics(seen):
        causes = metric.value.tip.causes
        assert causes[0].value == pytest.approx(metric.series[-2])
        assert sum(cause.value for cause in causes) == pytest.approx(metric.series[-1], abs=1e-6)


def test_a_number_of_the_bar_is_the_field_it_names(scene):
    for metric in top_bar.metrics(scene):
        assert metric.value.value == scene.world.arrays[metric.key][0, scene.nation]


def test_producers_see_value_captured_and_importers_security():
    keys = {seat: [m.key for m in top_bar.metrics(Scene(played(), seat))] for seat in ("JPN", "COD")}
    assert "n_minus_1" in keys["JPN"]
    assert "value_captured" not in keys["JPN"]
    assert "value_captured" in keys["COD"]


def test_at_the_start_no_number_has_a_change():
    level = load_level("first_shipment")
    seen = Scene(Match.new(level, {SEAT: "person"}, seed=1), SEAT)
    assert all(metric.change is None and not metric.value.tip.causes for metric in top_bar.metrics(seen))
    assert price_cause.moves(seen, 0).rows == ()


def test_a_tickers_price_is_the_headline_price(scene):
    for m, card in enumerate(ticker.tickers(scene)):
        expected = scene.baseline.price_usd_per_t[m] * np.exp(scene.world.headline_ln[0, m])
        assert card.price.value == pytest.approx(expected)
        assert card.change.value == pytest.approx(card.series[-1] / card.series[-2] - 1, abs=6e-4)


def test_causes_of_trust_add_up_to_it(scene):
    for other in ("CHN", "AUS", "COD"):
        for model in (nation.trust(scene, other, SEAT), nation.trust(scene, SEAT, other)):
            assert sum(cause.value for cause in model.value.tip.causes) == pytest.approx(model.value.value, abs=0.02)


def test_supplier_shares_add_up_to_the_whole(scene):
    for m in range(len(scene.axes.minerals)):
        model = market.suppliers(scene, m)
        if model.is_trading:
            assert sum(row.share.value for row in model.rows) == pytest.approx(1.0, abs=0.005)


def test_under_a_cap_suppliers_are_shown_as_the_cap_counts_and_the_tip_has_both_shares():
    match = played()
    assert match.submit(SEAT, ORDERS["cap_sourcing"](mineral="lithium", share=0.5)) == []
    scene = Scene(match, SEAT)
    m, n = scene.mineral("lithium"), scene.nation
    model = market.suppliers(scene, m)
    match.undo(SEAT)
    flow, need = scene.world.refined_flow_t[0, m, :, n], scene.world.need_t[0, n, m].sum()
    assert model.cap is not None
    for row in model.rows[:3]:
        delivered = flow[scene.position(row.nation)]
        assert row.share.value == pytest.approx(delivered / need)
        assert fmt.percent(delivered / flow.sum()) in row.share.tip.meaning
    assert "ordinary use" in model.basis
    assert "ordinary use" not in market.suppliers(Scene(match, SEAT), m).basis


def test_parts_of_each_stage_add_up_to_the_world(scene):
    stages, links = market.chain(scene, scene.mineral("cobalt"))
    for stage in stages:
        assert sum(part.share for part in stage.parts) == pytest.approx(1.0, abs=0.01)
    assert links


@pytest.mark.parametrize("name", list(lens.LENS_WORDS))
def test_every_lens_colours_nations_and_explains_each(scene, name):
    chosen = lens.lens(scene, name, "cobalt", "refine")
    assert chosen.colors()
    assert set(chosen.tips) == set(scene.axes.nations) >= set(chosen.values)
    assert not any(tip.missing() for tip in chosen.tips.values())
    assert len(chosen.steps) == len(chosen.step_texts)


def test_flows_run_along_routes_and_corridor_shares_are_shares(scene):
    drawn = flow.flows(scene, "cobalt")
    assert {model.style for model in drawn} >= {"ore", "refined"}
    assert all(model.legs and model.volume > 0 for model in drawn)
    passed = {model.id: model for model in corridor.corridors(scene, "cobalt")}
    assert all(0 <= model.share <= 1.000001 for model in passed.values())
    assert passed["malacca"].share > 0.1


def test_a_closed_corridor_moves_the_line():
    match = played()
    seen = Scene(match, SEAT)
    straight = {model.id: model.legs for model in flow.flows(seen, "cobalt")}
    world = match.world.copy()
    world.corridor_open[0, seen.baseline.network.corridor_ids.index("malacca")] = 0.0
    detour = Scene(match, SEAT)
    detour.__dict__["view"] = type(seen.view)(world, match.calibration, seen.nation)
    moved = {model.id: model.legs for model in flow.flows(detour, "cobalt")}
    assert any(moved[key] != straight[key] for key in moved.keys() & straight.keys())
    assert {m.id: m.state for m in corridor.corridors(detour, "cobalt")}["malacca"] == "closed"


@pytest.mark.parametrize("kind", sorted(ORDERS))
def test_every_order_has_a_form_that_can_be_given_or_says_why_not(scene, kind):
    form = order_form(scene, kind, {})
    assert form.may_be_given or form.problems
    if form.may_be_given:
        assert form.effect is not None
        assert form.money is not None
        assert not form.money.tip.missing()


def test_the_order_list_adds_up_and_speaks_shortly():
    level = load_level("first_shipment")
    match = Match.new(level, {SEAT: "person"}, seed=1)
    for kind in ("buy_stock", "support_industry"):
        form = order_form(Scene(match, SEAT), kind, {})
        assert form.order is not None
        assert match.submit(SEAT, form.order) == []
    model = order_list(Scene(match, SEAT))
    assert len(model.rows) == 2
    assert model.money.value == pytest.approx(sum(row.cost.value for row in model.rows))
    assert model.capital.value == pytest.approx(2.0)
    assert all(0 < len(row.short) < 40 for row in model.rows)


def test_a_folder_says_why_an_order_is_closed(scene):
    assert all(row.is_open or row.reason for folder in folders(scene) for row in folder.orders)


def test_suggestions_name_orders_with_a_form(scene):
    for iso3 in (SEAT, "CHN", "AUS"):
        for item in suggestion.suggestions(scene, iso3, "rare_earths"):
            form = order_form(scene, item.kind, item.values)
            assert all(form.values.get(name) == value for name, value in item.values.items())


def test_every_nation_has_a_panel(scene):
    for iso3 in scene.axes.nations:
        if iso3 != "ROW":
            assert nation.economy(scene, iso3)
            nation.production(scene, iso3)
            nation.sales(scene, iso3)
            nation.measures(scene, iso3)
            nation.capacity(scene, iso3)
            inbox.treaties(scene, iso3)


def test_past_orders_come_newest_first(scene):
    found = nation.past_orders(scene, "CHN")
    assert found
    assert found[0].date.text >= found[-1].date.text


def test_a_seed_is_the_same_for_the_same_words():
    assert seed_number("Copper-48") == seed_number(" copper-48 ")
    assert seed_number("42") == 42
    assert seed_number(random_seed_text()) >= 0
    assert seed_number("A") != seed_number("B")


def test_settings_are_kept_and_bad_ones_fall_back_with_a_reason(tmp_path):
    path = tmp_path / "settings.json"
    assert save_settings(Settings(factor=1.5, full_screen=True), path) is None
    assert load_settings(path) == (Settings(factor=1.5, full_screen=True), None)
    path.write_text("{broken", encoding="utf-8")
    settings, problem = load_settings(path)
    assert settings == Settings()
    assert problem is not None
    assert Settings().changed(factor=9.0).factor == 2.0


def test_a_level_with_mistakes_is_shown_with_all_of_them(tmp_path):
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "level.yaml").write_text("id: broken\nturns: many\n", encoding="utf-8")
    model = level_model(str(folder))
    assert model.level is None
    assert model.problems


def test_each_playable_nation_has_a_card_and_a_summary():
    setup = Setup(load_level("long_arc"))
    assert setup.cards[0].iso3 == "JPN"
    assert len(setup.cards) == len(setup.level.seats)
    assert any(figures for _icon, _words, figures in setup.summary("JPN"))


def test_months_are_counted_as_people_count_them():
    assert [months_words(n) for n in (1.0, 1.5, 0.5, 2.0)] == ["1 month", "1.5 months", "0.5 months", "2 months"]


def test_corridors_are_called_by_their_names():
    assert played().name("suez") == "Suez Canal"
