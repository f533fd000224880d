"""Middles to one upright line."""

from sdx_studio.session import arranging
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    arranging.align(desk.session, "centre", desk.selection)


def _why(desk: Desk) -> str | None:
    return arranging.why_not_align(desk.session.document, desk.selection)


ACTION = Action(
    id="arrange.align_centre",
    label=mark("Align centres"),
    menu="Arrange",
    run=_run,
    order=11,
    shortcut="Alt+H",
    why_not=_why,
    under=mark("Align"),
    glides=True,
)
