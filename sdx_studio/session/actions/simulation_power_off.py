"""Switch off, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "power_off")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "power_off")


ACTION = Action(
    id="simulation.power_off",
    label=mark("Switch off"),
    menu="Simulation",
    run=_run,
    order=69,
    why_not=_why,
)
