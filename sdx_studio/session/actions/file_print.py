"""Print, with a preview."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.file("to_paper")


ACTION = Action(
    id="file.print",
    label=mark("Print…"),
    menu="File",
    run=_run,
    order=55,
    shortcut="Ctrl+P",
)
