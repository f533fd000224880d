"""Twice as fast."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.live.speed *= 2


ACTION = Action(
    id="simulation.faster",
    label=mark("Faster"),
    menu="Simulation",
    run=_run,
    order=40,
    shortcut="+",
)
