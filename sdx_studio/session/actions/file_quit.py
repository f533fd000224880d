"""Quit."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.file("quit")


ACTION = Action(
    id="file.quit",
    label=mark("Quit"),
    menu="File",
    run=_run,
    order=90,
    shortcut="Ctrl+Q",
)
