"""What holds in every test: no window, no sound, no files of the person running them, no unfilled sentence."""

import os

# pygame reads these when it is imported.
os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import hypothesis
import pytest

from game import files, text

# A slow or busy machine must not fail a test: examples are counted, not timed.
hypothesis.settings.register_profile("chokepoint", deadline=None, max_examples=50, print_blob=True)
hypothesis.settings.load_profile("chokepoint")


@pytest.fixture(autouse=True)
def _own_user_folder(tmp_path, monkeypatch):
    monkeypatch.setenv(files.HOME_VARIABLE, str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _whole_sentences():
    text.require_values()
    yield
    text.use_messages({})
    text.require_values()
