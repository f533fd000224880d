"""Lock what is selected in its place, or unlock it."""

from sdx_studio.session import arranging
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    arranging.toggle_lock(desk.session, desk.selection)


def _why(desk: Desk) -> str | None:
    known = desk.session.document.elements
    return None if any(id in known for id in desk.selection) else _("no element is selected")


def _checked(desk: Desk) -> bool:
    return arranging.all_locked(desk.session.document, desk.selection)


ACTION = Action(
    id="edit.lock",
    label=mark("Lock"),
    menu="Edit",
    run=_run,
    order=35,
    shortcut="Ctrl+L",
    icon="lock",
    why_not=_why,
    checked=_checked,
)
