"""The pictures of every screen."""

import json

from game.ui import shots


def test_every_picture_is_listed_with_its_screen_and_state(tmp_path, monkeypatch):
    monkeypatch.setattr(shots, "OTHERS", "habit")
    found = shots.render_all(tmp_path, (1280, 720))
    index = json.loads((tmp_path / "index.json").read_text())
    assert [row["file"] for row in index] == [shot.file for shot in found]
    assert len({shot.file for shot in found}) == len(found) > 30
    assert all((tmp_path / shot.file).stat().st_size > 10_000 for shot in found)
    assert all(set(row) == {"file", "screen", "state"} for row in index)
