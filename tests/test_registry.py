import sys

import pytest

from game.problems import ProblemError
from game.registry import nearest, rules_in, unknown_name

RULE = "from {package}._base import Base\nclass {name}(Base):\n    kind = {kind!r}\n"


@pytest.fixture
def rule_folder(tmp_path, monkeypatch):
    """Return a function that writes a package of rule files and imports its base class."""
    monkeypatch.syspath_prepend(tmp_path)

    def write(package, **rules):
        folder = tmp_path / package
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "_base.py").write_text("class Base:\n    kind = ''\n")
        for name, source in rules.items():
            (folder / f"{name}.py").write_text(source)
        __import__(f"{package}._base")
        return sys.modules[f"{package}._base"].Base

    return write


def test_rules_are_found_by_looking_in_the_folder(rule_folder):
    sources = {
        name: RULE.format(package="rules_found", name=name.title(), kind=name) for name in ("release_stock", "buy")
    }
    base = rule_folder("rules_found", **sources)
    rules = rules_in("rules_found", base)
    assert list(rules) == ["buy", "release_stock"]
    assert all(rule.kind == kind for kind, rule in rules.items())


def test_every_bad_rule_file_is_named_at_once(rule_folder):
    sources = {
        "empty": "",
        "misnamed": RULE.format(package="rules_bad", name="Misnamed", kind="other"),
        "borrowed": "from rules_bad.good import Good\n",
        "good": RULE.format(package="rules_bad", name="Good", kind="good"),
    }
    base = rule_folder("rules_bad", **sources)
    with pytest.raises(ProblemError) as error:
        rules_in("rules_bad", base)
    borrowed, empty, misnamed = error.value.problems
    assert borrowed.where.endswith("borrowed.py")
    assert empty.where.endswith("empty.py")
    assert "exactly one Base" in empty.what
    assert "'other'" in misnamed.what
    assert "'misnamed'" in misnamed.hint


@pytest.mark.parametrize(("word", "name"), [("JPM", "JPN"), ("jpn", "JPN"), ("lithuim", "lithium"), ("xyzzy", None)])
def test_the_nearest_name_is_the_likely_one_or_none(word, name):
    assert nearest(word, ["USA", "JPN", "lithium", "CHN"]) == name


def test_an_unknown_name_is_answered_with_the_nearest_or_all():
    assert unknown_name("nation", "JPM", ["JPN", "USA"]).hint == "did you mean JPN?"
    assert unknown_name("nation", "xyzzy", ["USA", "JPN"]).hint == "known: JPN, USA"
    assert "there is no nation 'xyzzy'" in str(unknown_name("nation", "xyzzy", []))
