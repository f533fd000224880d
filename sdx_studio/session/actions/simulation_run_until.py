"""Say up to when the run goes on: a moment or a condition."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.clock("run_until")


ACTION = Action(
    id="simulation.run_until",
    label=mark("Run until…"),
    menu="Simulation",
    run=_run,
    order=22,
    shortcut="U",
    icon="flag",
)
