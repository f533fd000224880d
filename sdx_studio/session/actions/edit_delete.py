"""Delete what is selected."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.session.remove(*desk.selection)


def _why(desk: Desk) -> str | None:
    return None if desk.selection else _("nothing is selected")


ACTION = Action(
    id="edit.delete",
    label=mark("Delete"),
    menu="Edit",
    run=_run,
    order=30,
    shortcut="Del",
    why_not=_why,
)
