"""Select everything of the same kind."""

from sdx_studio.session import grouping
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.select(grouping.alike(desk.session.document, desk.selection))


def _why(desk: Desk) -> str | None:
    return None if desk.selection else _("nothing is selected")


ACTION = Action(
    id="edit.select_alike",
    label=mark("Select all of this kind"),
    menu="Edit",
    run=_run,
    order=51,
    shortcut="Ctrl+Shift+A",
    why_not=_why,
)
