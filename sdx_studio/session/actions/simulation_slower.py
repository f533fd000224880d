"""Half as fast."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.live.speed /= 2


ACTION = Action(
    id="simulation.slower",
    label=mark("Slower"),
    menu="Simulation",
    run=_run,
    order=50,
    shortcut="-",
)
