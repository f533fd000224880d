"""The selection, or everything, as a Python script on the clipboard."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    from sdx_studio.exchange.script import source  # a window starts without files' formats

    desk.keep_text(source(desk.session.document, desk.selection or None))
    desk.say(_("a Python script that draws this is on the clipboard"))


def _why(desk: Desk) -> str | None:
    return None if desk.session.document.elements else _("nothing is drawn")


ACTION = Action(
    id="edit.copy_script",
    label=mark("Copy as script"),
    menu="Edit",
    run=_run,
    order=24,
    shortcut="Ctrl+Alt+C",
    why_not=_why,
)
