"""Choose all paths anew, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "optimise")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "optimise")


ACTION = Action(
    id="simulation.optimise",
    label=mark("Choose paths anew"),
    menu="Simulation",
    run=_run,
    order=78,
    why_not=_why,
)
