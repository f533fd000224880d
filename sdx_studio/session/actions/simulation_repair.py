"""Repair, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "repair")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "repair")


ACTION = Action(
    id="simulation.repair",
    label=mark("Repair"),
    menu="Simulation",
    run=_run,
    order=66,
    why_not=_why,
)
