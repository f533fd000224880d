"""Back to the drawing."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.live.reset()


ACTION = Action(
    id="simulation.reset",
    label=mark("Reset"),
    menu="Simulation",
    run=_run,
    order=30,
    shortcut="R",
    icon="reset",
)
