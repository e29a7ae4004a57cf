import numpy as np

from game.engine.axes import REFINED
from game.engine.fields import CAUSE, TREASURY, TRUST_CAUSE
from game.rules.catalog import ORDERS
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world

SetImportTerms = ORDERS["set_import_terms"]
TARIFF = SetImportTerms(mineral="m1", layer="refined", terms="tariff", tariff=0.4)
STANDARD = SetImportTerms(mineral="m1", layer="refined", terms="standard", level=3)


def uneven_world():
    """Nation 1 sells most and is of doubtful origin, nation 0 is clean."""
    world = play_world()
    world.integrity[0, :], world.social_licence[0, :] = 90.0, 90.0
    world.integrity[0, 1], world.social_licence[0, 1] = 10.0, 10.0
    return world


def test_a_tariff_keeps_foreign_metal_out_and_pays_into_the_treasury():
    free, taxed = moved(play_world()), moved(given(3, TARIFF))
    foreign = [world.refined_flow_t[0, 1, :3, 3].sum() for world in (free, taxed)]
    assert foreign[1] < foreign[0]
    assert taxed.delivered_ln[0, 3, 1] > free.delivered_ln[0, 3, 1] + 0.02
    assert taxed.posting[0, 3, TREASURY, CAUSE["import_tariff"]] > 0


def test_a_standard_shifts_purchases_to_clean_origins_and_what_is_kept_out_goes_to_others():
    free, asked = moved(uneven_world()), moved(given(3, STANDARD, uneven_world()))
    share = [w.refined_flow_t[0, 1, 1, 3] / w.refined_flow_t[0, 1, :, 3].sum() for w in (free, asked)]
    assert share[1] < 0.8 * share[0]
    assert asked.refined_flow_t[0, 1, 1, [0, 2]].sum() > free.refined_flow_t[0, 1, 1, [0, 2]].sum()
    assert asked.posting[0, 3, TREASURY, CAUSE["import_tariff"]] == 0


def test_a_label_does_the_same_more_gently_and_a_higher_level_more():
    worlds = [
        moved(given(3, order, uneven_world()))
        for order in (SetImportTerms(mineral="m1", layer="refined", terms="label"), STANDARD)
    ]
    free = moved(uneven_world())
    sold = [world.refined_flow_t[0, 1, 1, 3] for world in (free, *worlds)]
    assert sold[0] > sold[1] > sold[2]


def test_the_seller_that_is_kept_out_trusts_less():
    asked = moved(given(3, STANDARD, uneven_world()))
    lost = asked.trust_posting[0, :, 3, TRUST_CAUSE["import_terms"]]
    assert lost[1] < 0
    assert lost[0] == 0


def test_new_terms_replace_the_old_and_lifting_costs_nothing():
    world = given(3, STANDARD, given(3, TARIFF))
    assert (world.import_tariff[0, 3, 1, REFINED], world.import_standard[0, 3, 1, REFINED]) == (0, 3)
    lifting = SetImportTerms(mineral="m1", layer="refined", terms="none")
    assert lifting.price(play_view(3, world)) == (0, 0)


def test_who_imports_none_is_told_to_choose_what_it_imports():
    world = play_world()
    world.refined_flow_t[0, 1, np.arange(3), 3] = 0
    problem = TARIFF.problems(play_view(3, world))[0]
    assert "imported no" in problem.what
    assert "that you import" in problem.hint
