"""End the maintenance of the selected machines, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "exit_maintenance")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "exit_maintenance")


ACTION = Action(
    id="simulation.exit_maintenance",
    label=mark("Exit maintenance"),
    menu="Simulation",
    run=_run,
    order=80,
    why_not=_why,
)
