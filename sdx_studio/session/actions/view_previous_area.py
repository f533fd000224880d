"""Go back to the panel before by keys."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.go("previous")


ACTION = Action(
    id="view.previous_area",
    label=mark("Previous area of the window"),
    menu="View",
    run=_run,
    order=61,
    shortcut="Shift+F6",
)
