"""Draw the selected cables straight."""

from sdx_studio.session import cabling
from sdx_studio.session.actions.action import Action, Desk


def _run(desk: Desk) -> None:
    cabling.draw(desk.session, desk.selection, "straight")


def _why(desk: Desk) -> str | None:
    return cabling.why_no_cable(desk.session.document, desk.selection)


def _checked(desk: Desk) -> bool:
    return cabling.all_drawn(desk.session.document, desk.selection, "straight")


ACTION = Action(
    id="link.straight",
    label=cabling.STYLES["straight"],
    menu="Arrange",
    run=_run,
    order=71,
    why_not=_why,
    under=cabling.MENU,
    checked=_checked,
)
