"""Every problem of a level comes at once, each with its line, the value, the nearest spelling and a remedy."""

from pathlib import Path

import pytest

from game.content.check import check_level
from game.content.load import level_ids

PLANTED = Path(__file__).parent / "planted" / "level.yaml"

HEAD = """id: {folder}
title: A level
summary: One thing is wrong with it.
turns: 12
default_nation: JPN
"""


def problems_of(folder, text):
    """Check a level made of the usual head and `text`."""
    path = folder / "level.yaml"
    path.write_text(HEAD.format(folder=folder.name) + text, encoding="utf-8")
    return check_level(path)


def test_fourteen_planted_mistakes_give_fourteen_problems_each_in_its_line():
    lines = PLANTED.read_text(encoding="utf-8").splitlines()
    problems = check_level(PLANTED)
    assert len(problems) == 14
    assert all(problem.hint for problem in problems)
    places = [problem.where.rpartition(":") for problem in problems]
    assert all(file.endswith("planted/level.yaml") for file, _colon, _line in places)
    mistakes = (
        "stated_policy JNP rare_earth 13 restrict_export 1.4 stock_covers copper: XYZ gallium lots 0.9 usgs malaca"
    )
    for mistake, (_file, _colon, line) in zip(mistakes.split(), places, strict=True):
        assert mistake in lines[int(line) - 1]


SCRIPT = "scripted: [{{turn: 2, nation: CHN, order: {{{}}}, confidence: estimate, source: project_estimate}}]\n"
BAN = "kind: restrict_exports, mineral: cobalt, layer: refined, measure: ban, "
REST = (
    "{kind: deliver, mineral: cobalt, layer: ore, volume_t: 9}, "
    "{kind: price_rule, rule: gate}, {kind: penalty, share: 0.1}]"
)
AGREEMENT, MEASURE = "minerals_security_partnership_msp", "rare_earths_chn_quota_2006_01_01"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("seats: [jpn, JPN]\n", "did you mean JPN?"),
        ("seats: [JPN, JPN]\n", "JPN stands twice"),
        ("world: {projects: {thacker_pass_phase_1: {nation: US}}}\n", "did you mean USA?"),
        (
            "world: {high_purity: {nickel: {IDM: {value: 0.1, confidence: estimate, source: project_estimate}}}}\n",
            "there is no nation 'IDM'",
        ),
        ("world: {high_purity_use: {nickel: [battery]}}\n", "did you mean batteries?"),
        ("world: {variants: {iron: {product: battery}}}\n", "did you mean batteries?"),
        ("world: {variant_share: {iron: {CHN: {value: 0.7}}}}\n", "variant_share.*.CHN (batteries) sum to 1.020"),
        ("world: {ownership: {cod_cobalt_mine_chn: {owner: CHI}}}\n", "did you mean CH"),
        ("world: {ownership: {cod_cobalt_mine_chn: {share: 0.9}}}\n", "foreigners own 1.060 of COD cobalt mine"),
        ("world: {consumption: {lithium: {USA: {value: 4,000}}}}\n", "numbers without commas"),
        ("world: {consumption: {lithium: {USA: {value: 4e30}}}}\n", "lithium cannot be calibrated"),
        (f"world: {{agreements: {{{AGREEMENT}: {{parties: [USA, no]}}}}}}\n", "quotation marks"),
        (f'world: {{restrictions: {{{MEASURE}: {{start: "2006-13-01"}}}}}}\n', "no calendar has"),
        (f'world: {{restrictions: {{{MEASURE}: {{end: "2005-01-01"}}}}}}\n', "before it starts"),
        (f"world: {{restrictions: {{{MEASURE}: {{start: July 2006}}}}}}\n", "write year-month-day"),
        ("world: {corridors: {malacca: null}}\n", "more places)"),
        (SCRIPT.format("kind: propose, partner: JAP, clauses: [{kind: term, turns: 4}, " + REST), "did you mean JPN?"),
        (SCRIPT.format("kind: propose, partner: KOR, clauses: [" + REST), "lacks the clause 'term'"),
        (SCRIPT.format("kind: propose, partner: KOR, clauses: [{kind: term, turns: 99}, " + REST), "at most 30"),
        ("use: {nations: [JPN, CHN]}\n" + SCRIPT.format(BAN + "targets: [USA]"), "there is no nation 'USA'"),
        ("use: {minerals: [copper]}\n" + SCRIPT.format(BAN), "there is no mineral 'cobalt'"),
        ("world:\n\tconsumption: {}\n", "in place of the tab"),
    ],
)
def test_one_mistake_as_a_teacher_makes_it_gives_one_problem_with_its_remedy(tmp_path, text, says):
    (problem,) = problems_of(tmp_path, text)
    assert says in str(problem)
    assert problem.where


@pytest.mark.parametrize("level", level_ids())
def test_every_level_of_the_game_has_no_problem(level):
    assert check_level(level) == []


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"id: x\ntitle: [1, 2\nturns: 5\n", 3, "not YAML"),
        (b"id: x\ntitle: Stra\xdfe\n", 2, "0xdf is not UTF-8"),
        (b"\n\n", None, "empty"),
        (b"id: x\n" + b"#" * 50_000_000, None, "50 MB"),
        (b"id: x\nworld: &a\n  minerals: *a\n", 2, "leads back to the value"),
        (None, None, "no such file"),
    ],
    ids=["syntax", "encoding", "empty", "50 MB", "cyclic reference", "missing"],
)
def test_a_broken_file_gives_one_precise_problem(tmp_path, content, line, what):
    path = tmp_path / "level.yaml"
    if content is not None:
        path.write_bytes(content)
    problems = check_level(path)
    assert len(problems) == 1
    assert what in problems[0].what
    assert problems[0].where == (f"{path}:{line}" if line else str(path))


def test_a_folder_without_a_level_gives_one_precise_problem(tmp_path):
    (problem,) = check_level(tmp_path)
    assert (problem.where, problem.what) == (str(tmp_path), "the folder has no level.yaml")


def test_a_folder_in_place_of_the_file_gives_one_precise_problem(tmp_path):
    (tmp_path / "level.yaml").mkdir()
    (problem,) = check_level(tmp_path / "level.yaml")
    assert "folder" in problem.what


def test_a_key_that_stands_twice_gives_one_precise_problem(tmp_path):
    (problem,) = problems_of(tmp_path, "turns: 6\n")
    assert problem.where.endswith("level.yaml:6")
    assert problem.what == "the key 'turns' stands twice, first on line 4"


def test_an_unknown_level_is_answered_with_the_nearest_one():
    (problem,) = check_level("long_ark")
    assert problem.hint == "did you mean long_arc?"


@pytest.mark.parametrize(
    ("text", "line", "what", "hint"),
    [
        ("world: {manufacturing: {batteries: {CHN: {value: 0.5}}}}", 6, "sum to 0.720", "+0.280"),
        ("world: {corridors: {suez: {lon: 232.5}}}", 6, "no place on Earth", "longitude first"),
        ("world: {consumption: {nickel: {USA: {value: 9000000}}}}", 6, "cannot be calibrated", "raise output"),
        ("world: {prices: {lithium: {years: {2020: null}}}}", 6, "lithium lacks 2020", "2005 to 2024"),
        ("world: {parameters: {momentum: {value: 0.9}}}", 6, "outside its range 0 to 0.45", "widen"),
        ("world: {holders: {CHN: null}}", 6, "holders has no CHN", "add a row"),
        ("world: {holders: {CHN: {personality: uprgader}}}", 6, "no personality 'uprgader'", "upgrader"),
        ("world: {projects: {resolution_copper: {stage: permiting}}}", 6, "'permiting'", "permitting"),
        ("world: {minreals: {}}", 6, "no table 'minreals'", "minerals"),
        (
            "world: {restrictions: {nickel_idn_ban_2020_01_01: {whole_layer: true}}}",
            6,
            "lets nothing out",
            "whole_layer",
        ),
        ("use: {minerals: []}", 6, "use.minerals is []", "at least one"),
        ("use: {orders: [build_mines]}", 6, "no order 'build_mines'", "build_mine"),
        ("seats: [ROW]", 6, "'ROW'", "known"),
        ("world: {mined: {lithium: {CHL: {value: .nan}}}}", 6, "value is nan", "ordinary number"),
        ("world: {mined: {lithium: {CHL: {vlaue: 3}}}}", 6, "knows no 'vlaue'", "did you mean value?"),
        ("world: {minerals: {lithium: {price: null}}}", None, "lithium has no price", "add price"),
        ("world: {demand_years: [2030, 2040]}", 6, "2 years", "one year for each"),
        ("world: {demand: {stated_policies: {gallium: null}}}", None, "says nothing of gallium", "add rows"),
        ("world: {relations: {pair: {CHN: {trust: 1}}}}", 6, "has no affinity", "add affinity"),
        ("world: {nations: {CHL: null}}", 6, "CHL cannot be taken out", "use: {nations:"),
        ("world: {mined: null}", None, "has no mined", "add mined"),
    ],
)
def test_each_contradiction_is_named_with_its_line_and_remedy(tmp_path, text, line, what, hint):
    problems = problems_of(tmp_path, text + "\n")
    found = [problem for problem in problems if what in problem.what]
    assert len(found) == 1, problems
    assert hint in found[0].hint
    assert found[0].where.endswith(f"level.yaml:{line}" if line else found[0].where)


@pytest.mark.parametrize(
    "text",
    [
        "world: 3",
        "use: 5",
        "scripted: [5, {turn: x}]",
        "world: {minerals: 5, nations: [1], mined: {lithium: 5, cobalt: {CHL: 7}}}",
        "world: {corridors: 5, ports: {a: 1}, transport: null, sea_lanes: []}",
        "world: {prices: {lithium: {years: 5}}, demand: 7, products: []}",
        "x: !!python/object:os.system date",
        "'': {}",
        "1: 2",
        "world: {relations: null, royalty: null, holders: [], personalities: {hedger: {price: 9}}}",
    ],
)
def test_nonsense_of_any_shape_gives_problems_and_no_traceback(tmp_path, text):
    assert problems_of(tmp_path, text + "\n")


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, "{a: " * 5_000, "a\x00b: 1", "? [a]\n: 1", "- 1", "word", "a: 1\n---\nb: 2"],
    ids=["deep lists", "deep tables", "null", "list as key", "a list", "a word", "two documents"],
)
def test_a_hostile_file_is_refused_with_its_reason(tmp_path, content):
    path = tmp_path / "level.yaml"
    path.write_text(content, encoding="utf-8")
    assert check_level(path)


def test_references_that_multiply_are_refused_before_they_fill_the_memory(tmp_path):
    doubled = "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(12))
    path = tmp_path / "level.yaml"
    path.write_text("a: &a [x, x]\n" + doubled, encoding="utf-8")
    (problem,) = check_level(path)
    assert "unfolds" in problem.what
