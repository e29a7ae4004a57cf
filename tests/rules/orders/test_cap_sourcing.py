from game.rules.catalog import ORDERS
from game.rules.number import percent
from tests.rules.giving import given, moved
from tests.rules.play_world import play_view, play_world

CapSourcing = ORDERS["cap_sourcing"]


def test_a_cap_holds_the_largest_supplier_down_and_makes_metal_dearer():
    free = moved(play_world())
    capped = moved(given(3, CapSourcing(mineral="m0", share=0.4)))
    largest = free.refined_flow_t[0, 0, :3, 3].argmax()
    assert capped.refined_flow_t[0, 0, largest, 3] < 0.8 * free.refined_flow_t[0, 0, largest, 3]
    assert capped.delivered_ln[0, 3, 0] > free.delivered_ln[0, 3, 0]


def test_a_cap_takes_a_point_and_lifting_it_none():
    assert CapSourcing(mineral="m0", share=0.4).price(play_view()) == (0, 1)
    world = given(3, CapSourcing(mineral="m0", share=0.4))
    assert CapSourcing(mineral="m0", share=1.0).price(play_view(3, world)) == (0, 0)


def test_a_cap_that_changes_nothing_is_refused():
    assert "already" in CapSourcing(mineral="m0", share=1.0).problems(play_view())[0].what


def test_shares_are_told_on_the_basis_of_the_cap_ordinary_use():
    view = play_view()
    world, m = view.world, view.axes.mineral_index["m0"]
    largest = world.refined_flow_t[0, m, :3, view.nation].max() / world.need_t[0, view.nation, m].sum()
    assert percent(float(largest)) in CapSourcing(mineral="m0", share=0.5).describe(view)


def test_the_suppliers_above_the_cap_object():
    assert any(text.startswith("NAB") for text in CapSourcing(mineral="m0", share=0.4).objects(play_view()))
    assert CapSourcing(mineral="m0", share=0.95).objects(play_view()) == []
