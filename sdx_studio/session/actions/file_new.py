"""New."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.file("new")


ACTION = Action(
    id="file.new",
    label=mark("New"),
    menu="File",
    run=_run,
    order=10,
    shortcut="Ctrl+N",
)
