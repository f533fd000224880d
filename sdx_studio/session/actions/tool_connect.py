"""Pull cables."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.use_tool("tool.connect")


ACTION = Action(
    id="tool.connect",
    label=mark("Connect"),
    menu="Arrange",
    run=_run,
    order=30,
    shortcut="C",
    icon="connect",
)
