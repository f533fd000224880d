"""Undo."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.session.undo()


def _why(desk: Desk) -> str | None:
    return None if desk.session.history.can_undo else _("nothing to undo")


ACTION = Action(
    id="edit.undo",
    label=mark("Undo"),
    menu="Edit",
    run=_run,
    order=10,
    shortcut="Ctrl+Z",
    icon="undo",
    why_not=_why,
    glides=True,
)
