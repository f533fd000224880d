"""Corners of what is selected onto the grid."""

from sdx_studio.session import arranging
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    arranging.to_grid(desk.session, desk.selection)


def _why(desk: Desk) -> str | None:
    return arranging.why_not_grid(desk.session.document, desk.selection)


ACTION = Action(
    id="arrange.grid",
    label=mark("Snap to grid"),
    menu="Arrange",
    run=_run,
    order=30,
    shortcut="Ctrl+Shift+G",
    why_not=_why,
    glides=True,
)
