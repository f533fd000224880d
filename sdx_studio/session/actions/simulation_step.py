"""Go to the next event and hold."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.live.step()


ACTION = Action(
    id="simulation.step",
    label=mark("Step to next event"),
    menu="Simulation",
    run=_run,
    order=20,
    shortcut=".",
    icon="step_f",
)
