"""Fold the small map, or open it."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.show("minimap")


ACTION = Action(
    id="view.minimap",
    label=mark("Minimap"),
    menu="View",
    run=_run,
    order=55,
    shortcut="Ctrl+M",
)
