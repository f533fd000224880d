"""The configuration of the selected VM as text; with two, how they differ."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.session.configuration import portable
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.go("configuration")


def _why(desk: Desk) -> str | None:
    document = desk.session.document
    count = sum(portable(document, id) for id in desk.selection)
    return None if count in (1, 2) else _("select a VM, or two to compare them")


ACTION = Action(
    id="edit.configuration",
    label=mark("Configuration"),
    menu="Edit",
    run=_run,
    order=37,
    shortcut="Ctrl+I",
    why_not=_why,
)
