"""Switch on, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "power_on")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "power_on")


ACTION = Action(
    id="simulation.power_on",
    label=mark("Switch on"),
    menu="Simulation",
    run=_run,
    order=68,
    why_not=_why,
)
