"""Fail, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "fail")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "fail")


ACTION = Action(
    id="simulation.fail",
    label=mark("Fail"),
    menu="Simulation",
    run=_run,
    order=64,
    why_not=_why,
)
