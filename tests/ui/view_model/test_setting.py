"""The stored settings: kept whole, and never silently wrong."""

import json

import pytest

from game.ui.view_model.setting import Settings, load_settings, save_settings, settings_path


def test_what_is_stored_comes_back():
    chosen = Settings(factor=1.5, width=1920, height=1080, full_screen=True, reduce_motion=True)
    assert save_settings(chosen) is None
    assert load_settings() == (chosen, None)


def test_without_a_file_the_usual_settings_hold_and_nothing_is_said():
    assert load_settings() == (Settings(), None)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "Expecting value"),
        (b"{", "Expecting"),
        (b"\xff\xfe\x00", "codec"),
        (b"[1, 2]", "table"),
        (b"null", "table"),
        (b'{"full_screen": "perhaps"}', "full_screen"),
        (b'{"reduce_motion": 1}', "reduce_motion"),
        (b'{"factor": NaN}', "factor"),
        (b'{"factor": true}', "factor"),
        (b'{"width": 12.5}', "width"),
        (b'{"height": "tall"}', "height"),
        (b'{"width": 1e400}', "width"),
    ],
)
def test_a_broken_file_gives_the_usual_settings_and_one_clear_problem(content, word):
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_bytes(content)
    settings, problem = load_settings()
    assert settings == Settings()
    assert word in problem.what
    assert problem.where == str(settings_path())
    assert problem.hint


def test_a_folder_in_the_place_of_the_file_is_a_problem():
    settings_path().mkdir(parents=True)
    assert load_settings()[1] is not None
    assert save_settings(Settings()) is not None


def test_figures_out_of_bounds_are_brought_within_them():
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(json.dumps({"factor": 9, "width": 10, "height": 10}))
    settings, problem = load_settings()
    assert problem is None
    assert (settings.factor, settings.width, settings.height) == (2.0, 1024, 640)


def test_unknown_keys_of_other_versions_are_left_alone():
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(json.dumps({"factor": 1.25, "sound": 0.5}))
    assert load_settings() == (Settings(factor=1.25), None)
