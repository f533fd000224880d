"""Go on to the next panel by keys."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.go("next")


ACTION = Action(
    id="view.next_area",
    label=mark("Next area of the window"),
    menu="View",
    run=_run,
    order=60,
    shortcut="F6",
)
