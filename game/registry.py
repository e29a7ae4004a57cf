"""Finds the rules in a folder: one file, one class, and the class's `kind` is the file's name."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Collection
from types import ModuleType
from typing import TypeVar

from game.problems import Problem, ProblemError
from game.text import _

Rule = TypeVar("Rule")


def rules_in(package: str, base: type[Rule]) -> dict[str, type[Rule]]:
    """Return the rules in a package's folder, kind to class, in alphabetical order of kind.

    `package` is a dotted name such as "game.rules.orders". Files whose names begin with an underscore are not rules.
    Raises ProblemError naming every file that does not hold exactly one subclass of `base` with its own `kind`.
    """
    # A folder is looked through, because asking a class for its subclasses sees only what was imported so far.
    folder = importlib.import_module(package)
    names = sorted(found.name for found in pkgutil.iter_modules(folder.__path__) if not found.name.startswith("_"))
    rules: dict[str, type[Rule]] = {}
    problems: list[Problem] = []
    for name in names:
        module = importlib.import_module(f"{package}.{name}")
        classes = _own_subclasses(module, base)
        problem = _rule_problem(module, name, base, classes)
        if problem:
            problems.append(problem)
        else:
            rules[name] = classes[0]
    if problems:
        raise ProblemError(problems)
    return rules


def nearest(word: str, names: Collection[str]) -> str | None:
    """Return the name that `word` was most likely meant to be, or None when nothing is close."""
    by_lower = {name.lower(): name for name in sorted(names)}
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def unknown_name(what: str, word: str, names: Collection[str], where: str = "") -> Problem:
    """Return the problem that `word` names no `what` ("nation", "level"), with the nearest name or all of them."""
    likely = nearest(word, names)
    if likely:
        hint = _("did you mean {name}?", name=likely)
    elif names:
        hint = _("known: {names}", names=", ".join(sorted(names)))
    else:
        hint = _("none is known")
    return Problem("error", where, _("there is no {what} {word!r}", what=what, word=word), hint)


def _own_subclasses(module: ModuleType, base: type[Rule]) -> list[type[Rule]]:
    """Return the subclasses of `base` that are written in `module`, not imported into it."""
    classes = [item for item in vars(module).values() if isinstance(item, type) and issubclass(item, base)]
    return [item for item in classes if item.__module__ == module.__name__]


def _rule_problem(module: ModuleType, name: str, base: type[Rule], classes: list[type[Rule]]) -> Problem | None:
    where = module.__file__ or module.__name__
    if len(classes) != 1:
        listed = ", ".join(item.__name__ for item in classes) or _("none")
        what = _("a rule file holds exactly one {base}, this one: {classes}", base=base.__name__, classes=listed)
        return Problem("error", where, what, _("a file that is no rule has a name beginning with _"))
    kind = getattr(classes[0], "kind", None)
    if kind != name:
        what = _("{rule} has the kind {kind!r}", rule=classes[0].__name__, kind=kind)
        return Problem("error", where, what, _("write kind = {name!r}, the name of the file", name=name))
    return None
