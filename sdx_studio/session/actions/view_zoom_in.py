"""Enlarge."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.zoom(1.25)


ACTION = Action(
    id="view.zoom_in",
    label=mark("Zoom in"),
    menu="View",
    run=_run,
    order=30,
    shortcut="Ctrl++",
)
