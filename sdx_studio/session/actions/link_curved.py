"""Draw the selected cables curved."""

from sdx_studio.session import cabling
from sdx_studio.session.actions.action import Action, Desk


def _run(desk: Desk) -> None:
    cabling.draw(desk.session, desk.selection, "curved")


def _why(desk: Desk) -> str | None:
    return cabling.why_no_cable(desk.session.document, desk.selection)


def _checked(desk: Desk) -> bool:
    return cabling.all_drawn(desk.session.document, desk.selection, "curved")


ACTION = Action(
    id="link.curved",
    label=cabling.STYLES["curved"],
    menu="Arrange",
    run=_run,
    order=72,
    why_not=_why,
    under=cabling.MENU,
    checked=_checked,
)
