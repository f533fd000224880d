"""Save as."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.file("save_as")


ACTION = Action(
    id="file.save_as",
    label=mark("Save as…"),
    menu="File",
    run=_run,
    order=40,
    shortcut="Ctrl+Shift+S",
)
