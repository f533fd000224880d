"""What the run pauses for and slows down at."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.clock("breakpoints")


ACTION = Action(
    id="simulation.breakpoint",
    label=mark("Breakpoints…"),
    menu="Simulation",
    run=_run,
    order=24,
    shortcut="Ctrl+Shift+B",
    icon="clock",
)
