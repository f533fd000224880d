"""Patch a kernel, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "patch")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "patch")


ACTION = Action(
    id="simulation.patch",
    label=mark("Patch its kernel"),
    menu="Simulation",
    run=_run,
    order=65,
    why_not=_why,
)
