"""Draw the selected cables orthogonal."""

from sdx_studio.session import cabling
from sdx_studio.session.actions.action import Action, Desk


def _run(desk: Desk) -> None:
    cabling.draw(desk.session, desk.selection, "orthogonal")


def _why(desk: Desk) -> str | None:
    return cabling.why_no_cable(desk.session.document, desk.selection)


def _checked(desk: Desk) -> bool:
    return cabling.all_drawn(desk.session.document, desk.selection, "orthogonal")


ACTION = Action(
    id="link.orthogonal",
    label=cabling.STYLES["orthogonal"],
    menu="Arrange",
    run=_run,
    order=73,
    why_not=_why,
    under=cabling.MENU,
    checked=_checked,
)
