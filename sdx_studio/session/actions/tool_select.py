"""Select and drag."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.use_tool("tool.select")


ACTION = Action(
    id="tool.select",
    label=mark("Select"),
    menu="Arrange",
    run=_run,
    order=10,
    shortcut="V",
    icon="select",
)
