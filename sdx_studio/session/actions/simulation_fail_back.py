"""Let VMs run at home again, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "fail_back")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "fail_back")


ACTION = Action(
    id="simulation.fail_back",
    label=mark("Fail back"),
    menu="Simulation",
    run=_run,
    order=83,
    why_not=_why,
)
