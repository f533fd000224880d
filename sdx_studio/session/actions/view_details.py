"""Plots, events and table below the timeline."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.prefer("details", "false" if _checked(desk) else "true")


def _checked(desk: Desk) -> bool:
    return desk.preferred("details") == "true"


ACTION = Action(
    id="view.details",
    label=mark("Plots and events"),
    menu="View",
    run=_run,
    order=51,
    shortcut="Ctrl+J",
    checked=_checked,
)
