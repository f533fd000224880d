"""Rename in place."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.rename(desk.selection[0])


def _why(desk: Desk) -> str | None:
    return (
        None
        if len(desk.selection) == 1 and desk.selection[0] in desk.session.document.elements
        else _("select one element")
    )


ACTION = Action(
    id="edit.rename",
    label=mark("Rename"),
    menu="Edit",
    run=_run,
    order=40,
    shortcut="F2",
    why_not=_why,
)
