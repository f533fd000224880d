"""Patch a kernel although VMs run on it: they go down with it and come back, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, targets, why_not
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    for id in targets(desk, "patch"):
        desk.live.act("patch", id, anyway="yes")


def _why(desk: Desk) -> str | None:
    return why_not(desk, "patch")


ACTION = Action(
    id="simulation.patch_anyway",
    label=mark("Patch its kernel under running VMs"),
    menu="Simulation",
    run=_run,
    order=65,
    why_not=_why,
)
