"""Back to the drawing: no run, speed 1×, everything in view."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.live.reset()
    desk.live.speed = 1.0
    desk.fit()


ACTION = Action(
    id="simulation.reset",
    label=mark("Reset"),
    menu="Simulation",
    run=_run,
    order=30,
    shortcut="R",
    icon="reset",
)
