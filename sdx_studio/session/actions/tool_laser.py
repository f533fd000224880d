"""Point at things while one explains them."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.use_tool("tool.laser")


ACTION = Action(
    id="tool.laser",
    label=mark("Laser pointer"),
    menu="Arrange",
    run=_run,
    order=35,
    shortcut="L",
    icon="laser",
)
