"""A wrapped label breaks at spaces, and a path too wide for the line behind its slashes."""

from game.ui import audit
from game.ui.widgets.label import Label
from game.ui.widgets.layout import Column


def lines(desk, words, width):
    pilot = desk(lambda _hear: Column(Label(words, wrap=True, width=width), width=width))
    return [line.text for line in audit.shown_texts(pilot.window.root)]


def test_a_path_wider_than_the_line_goes_on_behind_a_slash(desk):
    shown = lines(desk, "see /home/somebody/levels/broken/level.yaml for it", 160)
    assert len(shown) > 2
    assert "".join(shown).replace(" ", "") == "see/home/somebody/levels/broken/level.yamlforit"
    assert any(line.endswith("/") for line in shown)


def test_a_path_that_fits_is_not_broken(desk):
    assert lines(desk, "see a/b", 400) == ["see a/b"]
