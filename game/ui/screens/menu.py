"""The menu of a running game, and saving under a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.match.shelf import SUFFIX, saves_folder
from game.problems import ProblemError
from game.text import _
from game.ui import theme
from game.ui.screens.briefing import open_briefing
from game.ui.tip import Tip
from game.ui.view_model import source
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.dialog import Dialog
from game.ui.widgets.label import Label, caption
from game.ui.widgets.layout import Column
from game.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from game.ui.app import App
    from game.ui.screens.session import Session

FORBIDDEN = '/\\:*?"<>|'


def open_menu(app: App, session: Session) -> None:
    """Everything that leads out of a game; the game itself is on disk already."""
    window = app.window

    def leaving(act) -> object:  # type: ignore[no-untyped-def]  # closes the dialog first
        def press() -> None:
            window.close_dialog()
            act()

        return press

    def way(words: str, id: str, icon: str, act, key: str = "") -> Button:  # type: ignore[no-untyped-def]
        return Button(words, id, icon=icon, key=key, height=46, on_press=leaving(act))  # type: ignore[arg-type]

    stays = _("The turn is being resolved.") if session.is_resolving else ""
    ways = [
        way(_("Briefing"), "briefing", "document", lambda: open_briefing(window, session)),
        way(_("Save under a name"), "save_as", "save", lambda: app.save_as(session), "Ctrl S"),
        way(_("Load or copy a game"), "load", "folder", lambda: app.show_load(session)),
        way(_("Settings"), "settings", "settings", app.show_settings),
        way(_("Almanac"), "almanac", "book", app.show_almanac, "F1"),
        way(_("Keys"), "key_map", "keyboard", app.show_keys, "?"),
        way(_("Back to the title"), "title", "arrow_left", app.show_title),
        way(_("Quit"), "quit", "exit", app.quit),
    ]
    for button in ways:
        if stays and button.id in ("save_as", "load", "title"):
            button.enabled, button.reason = False, stays
    resume = Button(_("Back to the game"), "resume", kind="primary", key="Esc", on_press=window.close_dialog)
    window.open_dialog(
        Dialog(
            _("Menu"),
            Column(*ways, gap=10, group=True),
            _path(session),
            actions=[resume],
            icon="menu",
            on_cancel=window.close_dialog,
            width=460,
            id="menu_dialog",
        )
    )


def _path(session: Session) -> Widget:
    path = str(session.match.path or _("not on disk yet"))
    tip = Tip(
        _("Saved by itself"),
        "",
        _("Every order and every turn is on disk as soon as it is given."),
        _("path"),
        (),
        source.game(path),
    )
    name = session.match.path.name if session.match.path else path
    return Label(_("Saved by itself as {name}", name=name), size=theme.CAPTION, tone="mid", wrap=True, tip=tip)


def open_save_as(app: App, session: Session, on_saved: Callable[[], None] | None = None) -> None:
    """Ask for a name; the game goes on in the file of that name, the old file stays as it is."""
    window = app.window
    if session.is_resolving:
        window.toast(_("The turn is being resolved."))
        return
    start = session.match.path.stem if session.match.path else session.match.level.id

    def save(_text: str = "") -> None:
        problem = save_under(session, field.content)
        if problem:
            field.set_problem(problem)
            return
        window.close_dialog()
        if on_saved is not None:
            on_saved()
        window.toast(_("Saved as {name}.", name=field.content.strip()), "good")

    tip = Tip(
        _("Name of the file"), "", _("Letters, digits and blanks."), _("name"), (), source.game(_("what you type"))
    )
    field = TextField(f"{start} copy", "save_name", on_submit=save, longest=60, tip=tip)
    keep = Button(_("Save"), "save_now", kind="primary", icon="save", key="Enter", on_press=save)
    cancel = Button(_("Cancel"), "cancel_save", key="Esc", on_press=window.close_dialog)
    note = caption(_("You go on playing under the new name; the old file keeps this moment."), wrap=True)
    window.open_dialog(Dialog(_("Save under a name"), field, note, _path(session), actions=[keep, cancel], icon="save",
                              on_cancel=window.close_dialog, id="save_dialog"))  # fmt: skip


def save_under(session: Session, name: str) -> str:
    """Write the game under a name of the player's; why it cannot be, or ""."""
    name = name.strip()
    if not name or name.startswith(".") or any(letter in FORBIDDEN for letter in name):
        return _("Give a name without any of {letters}", letters=" ".join(FORBIDDEN))
    path = saves_folder() / f"{name}{SUFFIX}"
    if path.exists():
        return _("There is a game of this name already.")
    try:
        session.match.save_to(path)
    except ProblemError as error:
        return error.problems[0].what
    return ""
