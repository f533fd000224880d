"""Save."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.file("save")


ACTION = Action(
    id="file.save",
    label=mark("Save"),
    menu="File",
    run=_run,
    order=30,
    shortcut="Ctrl+S",
)
