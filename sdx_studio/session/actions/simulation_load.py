"""Add load, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "load")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "load")


ACTION = Action(
    id="simulation.load",
    label=mark("Add load"),
    menu="Simulation",
    run=_run,
    order=69,
    why_not=_why,
)
