"""Find by name or by value."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.show("find")


ACTION = Action(
    id="edit.find",
    label=mark("Find"),
    menu="Edit",
    run=_run,
    order=60,
    shortcut="Ctrl+F",
    icon="search",
)
