"""Export: pictures, moving pictures, a replay."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.file("export")


ACTION = Action(
    id="file.export",
    label=mark("Export…"),
    menu="File",
    run=_run,
    order=50,
    shortcut="Ctrl+E",
)
