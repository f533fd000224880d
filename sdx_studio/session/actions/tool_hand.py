"""Drag the picture."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.use_tool("tool.hand")


ACTION = Action(
    id="tool.hand",
    label=mark("Hand"),
    menu="Arrange",
    run=_run,
    order=20,
    shortcut="H",
    icon="hand",
)
