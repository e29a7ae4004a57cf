"""A level comes from the cache when no byte changed, and from its files through every check otherwise."""

import json

import pytest

from game.content import cache, load
from game.content.level import Level
from game.content.load import load_level
from game.problems import ProblemError

LEVEL = """id: {folder}
title: A level
summary: Two nations and a mineral.
turns: {turns}
default_nation: JPN
use: {{minerals: [cobalt], nations: [JPN, COD]}}
"""


@pytest.fixture
def path(tmp_path):
    """A small level in a file."""
    path = tmp_path / "small" / "level.yaml"
    path.parent.mkdir()
    path.write_text(LEVEL.format(folder="small", turns=8), encoding="utf-8")
    return path


def kept_files():
    """Files in the cache."""
    return sorted(cache.cache_folder().glob("*.json"))


def test_the_second_loading_comes_from_the_cache_and_is_the_same_level(path, monkeypatch):
    first = load_level(path)
    monkeypatch.setattr(load, "draft_level", None)  # reading the files again would fail
    second = load_level(path)
    assert len(kept_files()) == 1
    assert second.as_text() == first.as_text()


def test_a_change_of_a_file_is_seen_at_once(path):
    load_level(path)
    path.write_text(LEVEL.format(folder="small", turns=9), encoding="utf-8")
    assert load_level(path).turns == 9


def test_a_level_with_problems_is_never_kept(path):
    path.write_text(LEVEL.format(folder="small", turns=900), encoding="utf-8")
    for _time in range(2):
        with pytest.raises(ProblemError, match=r"turns is 900 — it must be at most 80"):
            load_level(path)
    assert kept_files() == []


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00" * 100, b"0" * 64 + b"\n{}"])
def test_a_damaged_cache_is_ignored_and_made_anew(path, damage):
    load_level(path)
    (kept,) = kept_files()
    whole = kept.read_bytes()
    kept.write_bytes(damage)
    assert load_level(path).turns == 8
    assert kept.read_bytes() == whole


def test_a_cache_with_the_right_checksum_and_the_wrong_content_is_ignored(path):
    load_level(path)
    (kept,) = kept_files()
    body = json.dumps({"level": 3, "tables": {}, "routes": {}}).encode()
    kept.write_bytes(cache.sha256(body).hexdigest().encode() + b"\n" + body)
    assert load_level(path).turns == 8


def test_a_folder_that_cannot_be_written_does_not_stop_loading(path, tmp_path, monkeypatch):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setattr(cache, "cache_folder", lambda: blocked / "levels")
    assert load_level(path).turns == 8


def test_the_whole_level_survives_as_text():
    level = load_level("first_shipment")
    again = Level.from_text(level.as_text())
    assert again.as_text() == level.as_text()
    assert again.nations == level.nations


@pytest.mark.parametrize("text", ["", "no", "{}", '{"format": 99}', '{"format": 1, "level": {}}'])
def test_text_that_is_no_level_is_refused_in_a_sentence(text):
    with pytest.raises(ProblemError, match=r"^the level (is damaged|has format 99)"):
        Level.from_text(text)
