"""Search all commands and run one."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.show("commands")


ACTION = Action(
    id="view.commands",
    label=mark("Search commands"),
    menu="View",
    run=_run,
    order=80,
    shortcut="Ctrl+K",
)
