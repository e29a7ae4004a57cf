"""The layers hold: the contracts of import-linter in pyproject.toml, run as a test."""

import sys

import pytest
from importlinter.cli import lint_imports

from game.files import ROOT


def test_every_import_keeps_to_the_contracts(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    if broken:
        pytest.fail(capsys.readouterr().out, pytrace=False)
