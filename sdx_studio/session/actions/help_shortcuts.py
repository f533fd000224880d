"""All keyboard shortcuts."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.show("shortcuts")


ACTION = Action(
    id="help.shortcuts",
    label=mark("Keyboard shortcuts"),
    menu="Help",
    run=_run,
    order=10,
    shortcut="Ctrl+/",
    icon="keyb",
)
