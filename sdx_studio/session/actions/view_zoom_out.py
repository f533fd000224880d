"""Make smaller."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.zoom(0.8)


ACTION = Action(
    id="view.zoom_out",
    label=mark("Zoom out"),
    menu="View",
    run=_run,
    order=40,
    shortcut="Ctrl+-",
)
