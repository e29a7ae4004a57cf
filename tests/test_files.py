from pathlib import Path

import pytest

from game import files
from game.problems import ProblemError


def test_the_package_lies_beside_the_games_own_files():
    assert (files.ROOT / "game" / "files.py").is_file()


def test_missing_game_files_are_said_with_the_remedy(monkeypatch, tmp_path):
    monkeypatch.setattr(files, "ASSETS", tmp_path / "assets")
    monkeypatch.setattr(files, "LEVELS", tmp_path)
    with pytest.raises(ProblemError, match="pip install") as error:
        files.check_installation()
    assert str(tmp_path / "assets") in str(error.value)


def test_the_players_files_are_in_the_systems_place_or_where_the_variable_says(monkeypatch, tmp_path):
    monkeypatch.setenv(files.HOME_VARIABLE, str(tmp_path))
    assert files.user_folder() == tmp_path
    monkeypatch.delenv(files.HOME_VARIABLE)
    assert files.user_folder().name == "chokepoint"
    assert files.user_folder().is_relative_to(Path.home())
