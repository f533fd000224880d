"""Whether corners snap to the grid while one drags."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.toggle("grid")


def _checked(desk: Desk) -> bool:
    return desk.grid


ACTION = Action(
    id="view.grid",
    label=mark("Grid"),
    menu="View",
    run=_run,
    order=56,
    shortcut="Ctrl+'",
    checked=_checked,
)
