"""Redo."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.session.redo()


def _why(desk: Desk) -> str | None:
    return None if desk.session.history.can_redo else _("nothing to redo")


ACTION = Action(
    id="edit.redo",
    label=mark("Redo"),
    menu="Edit",
    run=_run,
    order=20,
    shortcut="Ctrl+Shift+Z",
    icon="redo",
    why_not=_why,
    glides=True,
)
