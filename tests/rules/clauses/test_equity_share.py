import pytest

from game.engine.axes import REFINE
from game.engine.fields import CAUSE, TREASURY
from game.rules.clauses.equity_share import EquityShare
from tests.rules.agreeing import upheld
from tests.rules.play_world import play_world

STAKE = EquityShare(mineral="m0", stage="refine", usd_bn=0.2, percent=30)


def test_the_host_gets_capacity_that_the_investor_pays_for():
    free, world = play_world(), upheld(STAKE)
    coming = world.pipeline_t - free.pipeline_t
    assert coming[0, 0, 0, REFINE].sum() > 0
    assert coming.sum() == pytest.approx(coming[0, 0, 0, REFINE].sum())
    assert world.posting[0, 3, TREASURY, CAUSE["treaty_project"]] == -0.2


def test_the_investor_shares_the_hosts_royalties():
    posted = upheld(STAKE).posting[0, :, TREASURY, CAUSE["treaty"]]
    assert posted[3] == -posted[0] > 0
