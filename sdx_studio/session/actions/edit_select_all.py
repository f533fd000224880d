"""Select everything on the canvas."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.select(tuple(desk.session.document.elements))


ACTION = Action(
    id="edit.select_all",
    label=mark("Select all"),
    menu="Edit",
    run=_run,
    order=50,
    shortcut="Ctrl+A",
)
