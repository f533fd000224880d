"""Upper edges to one line."""

from sdx_studio.session import arranging
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    arranging.align(desk.session, "top", desk.selection)


def _why(desk: Desk) -> str | None:
    return arranging.why_not_align(desk.session.document, desk.selection)


ACTION = Action(
    id="arrange.align_top",
    label=mark("Align top"),
    menu="Arrange",
    run=_run,
    order=13,
    shortcut="Alt+W",
    why_not=_why,
    under=mark("Align"),
    glides=True,
)
