"""Go to the event before this moment and hold."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.live.step_back()


def _why(desk: Desk) -> str | None:
    return None if desk.live.started else _("press play first: this happens in the running model")


ACTION = Action(
    id="simulation.step_back",
    label=mark("Step back to previous event"),
    menu="Simulation",
    run=_run,
    order=21,
    shortcut=",",
    icon="step_b",
    why_not=_why,
)
