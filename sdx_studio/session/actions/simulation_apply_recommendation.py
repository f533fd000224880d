"""Carry out what load balancing recommends, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "apply_recommendation")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "apply_recommendation")


ACTION = Action(
    id="simulation.apply_recommendation",
    label=mark("Apply recommendations"),
    menu="Simulation",
    run=_run,
    order=81,
    why_not=_why,
)
