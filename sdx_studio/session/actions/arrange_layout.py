"""Lay out by tier: what is selected, or all."""

from sdx_studio.session import arranging
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    arranging.lay_out(desk.session, desk.selection)


def _why(desk: Desk) -> str | None:
    return arranging.why_no_layout(desk.session.document, desk.selection)


ACTION = Action(
    id="arrange.layout",
    label=mark("Automatic layout"),
    menu="Arrange",
    run=_run,
    order=40,
    shortcut="Ctrl+Shift+L",
    icon="layout",
    why_not=_why,
    glides=True,
)
