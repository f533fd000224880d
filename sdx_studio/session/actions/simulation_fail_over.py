"""Start VMs from their copies at another site, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, do, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    do(desk, "fail_over")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "fail_over")


ACTION = Action(
    id="simulation.fail_over",
    label=mark("Fail over"),
    menu="Simulation",
    run=_run,
    order=82,
    why_not=_why,
)
