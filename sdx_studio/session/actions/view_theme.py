"""Next palette: light, dark, high contrast."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.toggle("theme")


ACTION = Action(
    id="view.theme",
    label=mark("Next theme"),
    menu="View",
    run=_run,
    order=60,
    shortcut="F9",
    icon="moon",
)
