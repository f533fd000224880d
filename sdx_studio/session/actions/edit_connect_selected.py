"""Plug cables from what was selected first to everything else that is selected."""

from sdx_studio.session import cabling
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    cabling.connect_all(desk.session, desk.selection)


def _why(desk: Desk) -> str | None:
    return cabling.why_not_all(desk.session.document, desk.selection)


ACTION = Action(
    id="edit.connect_selected",
    label=mark("Connect what is selected"),
    menu="Edit",
    run=_run,
    order=29,
    shortcut="Shift+C",
    why_not=_why,
)
