"""Bring back what a lease rule has deleted, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "restore_guest")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "restore_guest")


ACTION = Action(
    id="simulation.restore_guest",
    label=mark("Restore from its configuration"),
    menu="Simulation",
    run=_run,
    order=77,
    why_not=_why,
)
