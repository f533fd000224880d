"""Empty the selected machines for maintenance, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "enter_maintenance")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "enter_maintenance")


ACTION = Action(
    id="simulation.enter_maintenance",
    label=mark("Enter maintenance"),
    menu="Simulation",
    run=_run,
    order=79,
    why_not=_why,
)
