"""What the nation panel says of technology."""

from game.content.load import load_level
from game.engine.axes import TRACKS
from game.match.match import Match
from game.ui.view_model.knowledge import knowledge
from game.ui.view_model.scene import Scene


def test_every_track_shows_its_steps_and_the_odds_of_the_next():
    level = load_level("first_shipment")
    seat = level.row.default_nation
    match = Match.new(level, {n: "habit" for n in level.nations if n != "ROW"} | {seat: "person"}, seed=1)
    scene = Scene(match, seat)
    rows = knowledge(scene, seat)
    assert [row.track for row in rows] == list(TRACKS)
    for row in rows:
        assert row.steps.tip.missing() == []
        assert row.steps.text.endswith("of 5")
        assert 0 <= row.share <= 1
        assert "half-year" in row.steps.tip.meaning
