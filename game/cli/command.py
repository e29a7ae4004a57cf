"""The commands: each hands over to the part of the game that does it; what was wrong is said in one sentence."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from game.cli.given import opened, output, pixels, seats_of, wrong
from game.problems import ProblemError
from game.registry import unknown_name
from game.text import _

if TYPE_CHECKING:
    from game.content.level import Level
    from game.match.match import Match

WRONG_USE = 2  # exit code for a wrong level, nation, number or file
FOUND_PROBLEMS = 1  # exit code of check and replay when they find something

# The base of every complaint of the command-line library, which keeps it in a different module in each version.
_Complaint: type[Exception] = typer.BadParameter.__mro__[2]

app = typer.Typer(
    help=_("Chokepoint: a strategy game about the critical minerals the world runs on."),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

LevelName = Annotated[str, typer.Argument(metavar="LEVEL", help=_("A level's name, or the path of its folder."))]
Seed = Annotated[int, typer.Option(help=_("The seed of chance."), min=0)]


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; a complaint goes to the error stream as one sentence."""
    try:
        result = app(arguments, prog_name="chokepoint", standalone_mode=False)
    except _Complaint as complaint:
        return _refuse(_sentence(complaint))
    except ProblemError as error:
        return _refuse(_first(error))
    except typer.Abort:
        return WRONG_USE
    except BrokenPipeError:
        # Whoever read the output has had enough; what Python still holds of it goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


@app.command()
def play(
    level: Annotated[str | None, typer.Argument(metavar="LEVEL", help=_("A level's name."))] = None,
    nation: Annotated[str | None, typer.Option(metavar="ISO3", help=_("The nation to play, such as JPN."))] = None,
    seed: Seed = 1,
    load: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Continue a saved game."))] = None,
) -> None:
    """Go straight into a game: a new one, or a saved one."""
    from game.cli.window import open_window
    from game.match.match import Match

    if load is not None:
        if nation is not None:
            raise wrong("--nation", _("a saved game knows its nation"), _("leave --nation out"))
        match = Match.load(load)
        if level not in (None, match.level.id):
            match.close()
            what = _("{file} is a game of {level}, not of {given}", file=load, level=match.level.id, given=level)
            raise wrong("--load", what, _("leave the level out"))
        open_window(match)
        return
    if level is None:
        raise wrong("play", _("give either a level or --load FILE"), _("for example: play long_arc"))
    from game.content.load import load_level

    chosen = load_level(level)
    open_window(_new_match(chosen, nation or chosen.default_nation, seed))


@app.command()
def simulate(
    level: LevelName,
    turns: Annotated[
        int | None, typer.Option(help=_("Turns; the level's own number by default."), min=0, max=1000)
    ] = None,
    seed: Seed = 1,
    worlds: Annotated[int, typer.Option(help=_("Worlds that differ in chance alone."), min=1, max=4096)] = 1,
    first_world: Annotated[int, typer.Option(help=_("The number of the first world."), min=0)] = 0,
    out: Annotated[str | None, typer.Option(metavar="FILE", help=_("x.json, x.csv, or - for JSON here."))] = None,
    minds: Annotated[bool, typer.Option("--minds", help=_("Full minds instead of habits; slower."))] = False,
    scenario: Annotated[
        str | None, typer.Option(help=_("stated_policies, announced_pledges or net_zero; the level's own by default."))
    ] = None,
) -> None:
    """Run games without a window or a player."""
    from game.batch.record import write_json, write_table
    from game.batch.simulate import simulate as run_worlds
    from game.batch.simulate import summary
    from game.content.load import load_level

    target = output(out)
    chosen = load_level(level)
    chosen = chosen.under(scenario) if scenario else chosen
    length = chosen.turns if turns is None else turns
    record = run_worlds(chosen, length, seed=seed, worlds=worlds, first_world=first_world, minds=minds)
    if out == "-":
        write_json(record, sys.stdout)
    elif target is None:
        typer.echo(summary(record))
    else:
        with opened(target) as file:
            if target.suffix == ".csv":
                write_table(record.rows(), file)
            else:
                write_json(record, file)


@app.command()
def whatif(
    level: LevelName,
    shock: Annotated[
        list[str],
        typer.Option(
            metavar="SPEC",
            help=_(
                "mineral:ISO3:{{mine|refine|recycle|use|export|stock}}:±N%[@turn[+turns]]"
                ", {{corridor|port}}:ID:{{closed|-N%}}[@turn[+turns]] or tension:ISO3:ISO3:N[@turn[+turns]] (0 to 100)"
                "; turn 1 for one turn by default; may be repeated."
            ),
        ),
    ],
    turns: Annotated[int, typer.Option(help=_("Turns to run."), min=1, max=1000)] = 8,
    worlds: Annotated[int, typer.Option(help=_("Worlds that differ in chance alone."), min=1, max=4096)] = 32,
    seed: Seed = 1,
    out: Annotated[str | None, typer.Option(metavar="FILE", help=_("x.json, x.csv, or - for JSON here."))] = None,
) -> None:
    """Say what shocks would do: prices, shortages and who suffers, against the same worlds without them."""
    from game.batch.shock_spec import read_shock
    from game.batch.simulate import Arena
    from game.batch.whatif import summary, what_if, write
    from game.content.load import load_level

    target = output(out)
    arena = Arena(load_level(level))
    shocks = [read_shock(spec, arena.calibration, turns) for spec in shock]
    found = what_if(arena, shocks, shock, turns=turns, worlds=worlds, seed=seed)
    if out == "-":
        write(found, sys.stdout, "json")
    elif target is None:
        typer.echo(summary(found))
    else:
        with opened(target) as file:
            write(found, file, target.suffix[1:])


@app.command()
def check(
    levels: Annotated[list[str] | None, typer.Argument(metavar="[LEVEL]...", help=_("Levels; all by default."))] = None,
) -> int:
    """Validate level files and print everything that is wrong with them."""
    from game.content.check import check_level
    from game.content.load import level_ids

    found = 0
    for name in levels or level_ids():
        problems = check_level(name)
        for problem in problems:
            typer.echo(str(problem))
        found += len(problems)
        if not problems:
            typer.echo(_("{level}: no problem", level=name))
    return FOUND_PROBLEMS if found else 0


@app.command()
def replay(file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A saved game."))]) -> int:
    """Re-run a saved game's log and compare it with its snapshots."""
    from game.match.replay import replay as replayed

    result = replayed(file)
    typer.echo(str(result))
    return FOUND_PROBLEMS if result.outcome == "different" else 0


@app.command()
def why(
    game: Annotated[Path, typer.Argument(metavar="GAME", help=_("A saved game."))],
    number: Annotated[
        str | None, typer.Option(metavar="NUMBER", help=_("The number, such as price:cobalt or support."))
    ] = None,
    nation: Annotated[
        str | None, typer.Option(metavar="ISO3", help=_("Whose number; the player's own by default."))
    ] = None,
    turn: Annotated[int | None, typer.Option(help=_("The turn; the last by default."), min=1)] = None,
    listed: Annotated[bool, typer.Option("--list", help=_("Print the numbers that can be asked about."))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print the figures in full, as JSON."))] = False,
) -> None:
    """Say why a number of a saved game moved: at most six causes that add up to its change."""
    from game.cli.why import why_data, why_lines
    from game.match.match import Match
    from game.match.number import number_names
    from game.match.number import why as answered

    if (number is None) != listed:
        raise wrong("why", _("give either --number NUMBER or --list"), _("for example: --number price:cobalt"))
    match = Match.load(game)
    try:
        if number is None:
            typer.echo("\n".join(f"{name:32} {title}" for name, title in number_names(match).items()))
            return
        answer = answered(match, number, nation, turn)
        lines = [json.dumps(why_data(answer), ensure_ascii=False)] if as_json else why_lines(match, answer)
        typer.echo("\n".join(lines))
    finally:
        match.close()


@app.command()
def hindcast(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help=_("Episode files; the game's own by default."))
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=_("x.json: the checks; x.html: plots."))] = None,
    default_row: Annotated[
        bool, typer.Option("--default-row", help=_("The default table row for every mineral."))
    ] = False,
) -> int:
    """Run historical episodes through the engine and print model against observed."""
    from game.batch import hindcast as past
    from game.batch.hindcast_page import page

    if out is not None and out.suffix not in (".json", ".html"):
        raise wrong("--out", _("{name!r} is neither .json nor .html", name=str(out)))
    try:
        episodes = past.load_all(files or [])
    except ProblemError as error:
        for problem in error.problems:
            sys.stderr.write(f"{problem}\n")
        return WRONG_USE
    result = past.hindcast(episodes, row_of=past.default_row if default_row else past.mineral_row)
    typer.echo(past.table(result))
    if out is not None:
        text = page(result) if out.suffix == ".html" else json.dumps([c.as_row() for c in result.checks], indent=1)
        with opened(out) as file:
            file.write(text + "\n")
    return 0


@app.command()
def score(
    game: Annotated[Path, typer.Argument(metavar="GAME", help=_("A saved game."))],
    nation: Annotated[
        str | None, typer.Option(metavar="ISO3", help=_("Whose score; the player's own by default."))
    ] = None,
) -> None:
    """Print the five pillars of a nation's score and their total; Legacy plays 64 futures on, which takes seconds."""
    from game.match.match import Match
    from game.match.score import score as scored
    from game.match.score import score_lines

    match = Match.load(game)
    try:
        chosen = nation if nation is not None else next(iter(match.persons), match.level.default_nation)
        if chosen not in match.axes.nation_index:
            raise ProblemError(unknown_name(_("nation"), chosen, match.axes.nations, "--nation"))
        if not match.turn:
            raise wrong("", _("no turn of this game is resolved yet, so there is no score"), _("end a turn first"))
        typer.echo("\n".join(score_lines(match, chosen, scored(match, chosen))))
    finally:
        match.close()


@app.command()
def shots(
    out: Annotated[Path, typer.Option(metavar="DIR", help=_("Folder for the pictures."))],
    size: Annotated[str, typer.Option(metavar="WxH", help=_("Size of the window in pixels."))] = "1920x1080",
    scale: Annotated[int, typer.Option(metavar="PERCENT", help=_("Interface scale, 75 to 200."))] = 100,
) -> None:
    """Draw every screen of a game in progress as PNG, without a display."""
    width, height = pixels(size)
    if not 75 <= scale <= 200:
        raise wrong("--scale", _("{scale} is not an interface scale", scale=scale), _("give 75 to 200"))
    from game.ui.shots import render_all

    try:
        render_all(out, (width, height), scale / 100)
    except OSError as error:
        raise wrong(str(out), _("this folder cannot be written: {reason}", reason=error.strerror)) from error


@app.command()
def arena(
    level: LevelName,
    seeds: Annotated[int, typer.Option(help=_("Games that differ in chance alone."), min=1, max=4096)] = 8,
    turns: Annotated[
        int | None, typer.Option(help=_("Turns; the level's own number by default."), min=1, max=1000)
    ] = None,
    minds: Annotated[bool, typer.Option("--minds", help=_("Full minds instead of habits; slower."))] = False,
    seat: Annotated[
        list[str] | None,
        typer.Option(metavar="ISO3=PERSONALITY", help=_("Another personality for a nation; may be repeated.")),
    ] = None,
    seed: Seed = 1,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=_("x.json for all figures."))] = None,
) -> None:
    """Play whole games without a window and print what personalities score and order."""
    from game.batch.arena import as_data, contests, lines
    from game.content.load import load_level

    target = output(None if out is None else str(out), (".json",))
    chosen = load_level(level)
    length = chosen.turns if turns is None else turns
    found = contests(chosen, seeds, length, seed=seed, minds=minds, seats=seats_of(seat or []))
    typer.echo("\n".join(lines(found)))
    if target is not None:
        with opened(target) as file:
            json.dump(as_data(found), file)


@app.command()
def bench() -> None:
    """Measure the speed figures as ratios, in one table."""
    from game.batch.bench import table

    typer.echo(table())


@app.command()
def facts(
    fact: Annotated[int | None, typer.Option(metavar="N", help=_("One fact alone, by its number."))] = None,
    out: Annotated[str | None, typer.Option(metavar="FILE", help=_("x.json, or x.md for a page."))] = None,
) -> None:
    """Play the published facts about strategies as experiments and print model beside published."""
    from game.batch.fact.report import laboratory, lines, outcomes, write
    from game.batch.fact.table import read_facts

    target = output(out, (".json", ".md"))
    chosen = [row for row in read_facts() if fact in (None, row.fact)]
    if not chosen:
        raise wrong("--fact", _("there is no fact {number}", number=fact), _("leave it out to see them all"))
    found = outcomes(chosen, laboratory())
    typer.echo(lines(found))
    if target is not None:
        with opened(target):
            write(found, target)


def _new_match(level: Level, nation: str, seed: int) -> Match:
    from game.match.match import Match

    if nation not in level.seats:
        raise ProblemError(unknown_name(_("playable nation"), nation, level.seats, "--nation"))
    return Match.new(level, {nation: "person"}, seed)


def _sentence(complaint: Exception) -> str:
    message = complaint.format_message() if hasattr(complaint, "format_message") else str(complaint)
    return " ".join(message.split())


def _first(error: ProblemError) -> str:
    """The first of the problems, and how many more there are."""
    others = len(error.problems) - 1
    more = " " + _("({n} more: python main.py check names them all)", n=others) if others else ""
    return f"{error.problems[0]}{more}"


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return WRONG_USE
