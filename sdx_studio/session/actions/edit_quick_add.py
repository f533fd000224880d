"""Add a part by typing its name."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.show("quick_add")


ACTION = Action(
    id="edit.quick_add",
    label=mark("Quick add"),
    menu="Edit",
    run=_run,
    order=70,
    shortcut="Ctrl+Return",
)
