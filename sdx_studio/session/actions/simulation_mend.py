"""Mend cable, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "mend")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "mend")


ACTION = Action(
    id="simulation.mend",
    label=mark("Mend cable"),
    menu="Simulation",
    run=_run,
    order=64,
    why_not=_why,
)
