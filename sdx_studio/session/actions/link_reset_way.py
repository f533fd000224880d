"""Give up the way-points of the selected cables."""

from sdx_studio.session import cabling
from sdx_studio.session.actions.action import Action, Desk


def _run(desk: Desk) -> None:
    cabling.reset(desk.session, desk.selection)


def _why(desk: Desk) -> str | None:
    return cabling.why_no_reset(desk.session.document, desk.selection)


ACTION = Action(
    id="link.reset_way",
    label=cabling.RESET,
    menu="Arrange",
    run=_run,
    order=74,
    why_not=_why,
    under=cabling.MENU,
)
