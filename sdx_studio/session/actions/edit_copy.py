"""Copy what is selected to the clipboard."""

from sdx_studio.session import copying
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.keep(copying.copied(desk.session, desk.selection))


def _why(desk: Desk) -> str | None:
    elements = desk.session.document.elements
    return None if any(id in elements for id in desk.selection) else _("select the elements to copy")


ACTION = Action(
    id="edit.copy",
    label=mark("Copy"),
    menu="Edit",
    run=_run,
    order=23,
    shortcut="Ctrl+C",
    why_not=_why,
)
