"""Cut cable, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "cut")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "cut")


ACTION = Action(
    id="simulation.cut",
    label=mark("Cut cable"),
    menu="Simulation",
    run=_run,
    order=63,
    why_not=_why,
)
