"""Open."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.file("open")


ACTION = Action(
    id="file.open",
    label=mark("Open…"),
    menu="File",
    run=_run,
    order=20,
    shortcut="Ctrl+O",
)
