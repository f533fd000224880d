"""Copies of what is selected, beside it."""

from sdx_studio.session import copying
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.select(copying.duplicate(desk.session, desk.selection))


def _why(desk: Desk) -> str | None:
    elements = desk.session.document.elements
    return None if any(id in elements for id in desk.selection) else _("select the elements to copy")


ACTION = Action(
    id="edit.duplicate",
    label=mark("Duplicate"),
    menu="Edit",
    run=_run,
    order=25,
    shortcut="Ctrl+D",
    why_not=_why,
)
