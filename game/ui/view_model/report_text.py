"""The report as plain text, for reading aloud, printing and handing in; and the words of its head."""

from __future__ import annotations

from pathlib import Path

from game.files import user_folder
from game.problems import Problem
from game.text import _, _n
from game.ui import format as fmt
from game.ui.tip import Content, Number
from game.ui.view_model import source
from game.ui.view_model.report_change import changes, makers
from game.ui.view_model.report_headline import headlines
from game.ui.view_model.report_log import log_models
from game.ui.view_model.report_price import price_models
from game.ui.view_model.scene import Scene

FOLDER = "reports"


def title_number(scene: Scene) -> Number:
    """'Report on 2026 H2'."""
    return source.game_number(
        None,
        "date",
        _("the game's calendar: turn 1 is the first half of 2025"),
        title=_("Half-year of the report"),
        meaning=_("The turn resolved last; a turn is six months."),
        text=_("Report on {date}", date=fmt.turn_date(scene.turn)),
    )


def subtitle_number(scene: Scene) -> Number:
    """'Turn 4 resolved · 8 headlines · 2 proposals wait'."""
    news, waiting = len(headlines(scene)), len(scene.plan.inbox)
    parts = [_("Turn {turn} resolved", turn=scene.turn), _n("{n} headline", "{n} headlines", news)]
    if waiting:
        parts.append(_n("{n} proposal waits", "{n} proposals wait", waiting))
    return source.game_number(
        float(scene.turn),
        "count",
        _("the report and the inbox"),
        title=_("The report"),
        text=" · ".join(parts),
        meaning=_("The turn resolved, its headlines, and the proposals that wait for your answer."),
    )


def report_lines(scene: Scene) -> list[str]:
    """The whole report as lines of text."""
    lines = [f"{scene.level.title} · {scene.name(scene.seat)}", str(title_number(scene)), str(subtitle_number(scene))]
    lines += _section(_("Headlines"), [_line(row.text, row.detail, row.effect) for row in headlines(scene)])
    lines += _section(_("What changed and why"), _change_lines(scene))
    lines += _section(_("Demand met by product"), _maker_lines(scene))
    lines += _section(_("Prices"), _price_lines(scene))
    lines += _section(_("Orders of all nations"), _log_lines(scene))
    return lines


def _section(title: str, rows: list[str]) -> list[str]:
    return ["", title, "-" * len(title), *(rows or [_("none")])]


def _words(contents: tuple[Content, ...]) -> str:
    return "".join(map(str, contents))


def _line(text: tuple[Content, ...], detail: tuple[Content, ...], effect: Number) -> str:
    return _("- {text} ({effect}). {detail}", text=_words(text), effect=effect, detail=_words(detail))


def _change_lines(scene: Scene) -> list[str]:
    lines = []
    for row in changes(scene):
        lines.append(
            _(
                "- {label}: {before} to {after} ({change})",
                label=row.label,
                before=row.before,
                after=row.after,
                change=row.change,
            )
        )
        lines += [f"    {cause.shown}  {cause.text}" for cause in row.causes]
        lines += _part_lines(scene, row.key)
    return lines


def _part_lines(scene: Scene, field: str) -> list[str]:
    """What a number that is made of parts changed by, part by part: products, stages."""
    assert scene.report is not None
    parts = scene.report.number(field).parts
    told = [f"{part.title} {fmt.plain(part.amount, 2, signed=True)}" for part in parts if round(part.amount, 2)]
    return [_("    by part: {parts}", parts="; ".join(told))] if told else []


def _maker_lines(scene: Scene) -> list[str]:
    return [
        _(
            "- {name}: {met} of need met ({change}){limit}",
            name=row.name,
            met=row.met,
            change=row.change,
            limit=_(", limited by {mineral}", mineral=scene.name(row.limiting)) if row.limiting else "",
        )
        for row in makers(scene).rows
    ]


def _price_lines(scene: Scene) -> list[str]:
    lines = []
    for model in price_models(scene):
        lines.append(
            _(
                "- {mineral}: {before} to {after} ({change}), at home {home}",
                mineral=model.name,
                before=model.before,
                after=model.after,
                change=model.change,
                home=model.home,
            )
        )
        lines += [f"    {part}  {words}" for words, part in model.causes]
        lines += [f"    {row.words}: {row.before} → {row.after}" for row in model.inputs]
    return lines


def _log_lines(scene: Scene) -> list[str]:
    return [f"- {row.name}: {row.text}" + ("" if row.is_done else _(" (not carried out)")) for row in log_models(scene)]


def write_report(scene: Scene, folder: Path | None = None) -> Path | Problem:
    """Write the report into the user folder and return its path, or the problem when that cannot be done."""
    return write_text(f"{scene.level.id}_{scene.seat}_turn_{scene.turn:02d}.txt", report_lines(scene), folder)


def write_text(name: str, lines: list[str], folder: Path | None = None) -> Path | Problem:
    """Write lines to a file in the user folder's reports, over an older one; its path, or the problem."""
    path = (folder or user_folder() / FOLDER) / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(line.replace(fmt.NO_BREAK, " ") for line in lines) + "\n", encoding="utf-8")
    except OSError as error:
        what = _("the report cannot be written: {reason}", reason=error.strerror)
        return Problem("warning", str(path), what, _("make the folder writable, or free some space"))
    return path
