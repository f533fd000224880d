"""Fork the model and run both side by side, or give the fork up."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.compare()


def _checked(desk: Desk) -> bool:
    return desk.comparing


ACTION = Action(
    id="simulation.compare",
    label=mark("A | B compare"),
    menu="Simulation",
    run=_run,
    order=40,
    shortcut="Ctrl+Shift+F",
    checked=_checked,
)
