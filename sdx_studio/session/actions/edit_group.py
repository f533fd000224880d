"""Close what holds others to one card, or open it again."""

from sdx_studio.session import grouping
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    grouping.toggle(desk.session, desk.selection)


def _why(desk: Desk) -> str | None:
    found = grouping.groups(desk.session.document, desk.selection)
    return None if found else _("nothing is selected that holds others")


def _checked(desk: Desk) -> bool:
    document = desk.session.document
    found = grouping.groups(document, desk.selection)
    return bool(found) and all(document.elements[id].closed for id in found)


ACTION = Action(
    id="edit.group",
    label=mark("Closed group"),
    menu="Edit",
    run=_run,
    order=36,
    shortcut="Ctrl+G",
    why_not=_why,
    checked=_checked,
)
