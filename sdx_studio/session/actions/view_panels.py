"""Hide or show all panels."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.toggle("panels")


ACTION = Action(
    id="view.panels",
    label=mark("Hide panels"),
    menu="View",
    run=_run,
    order=50,
    shortcut="F11",
)
