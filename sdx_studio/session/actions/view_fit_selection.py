"""Show what is selected."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.fit(desk.selection)


def _why(desk: Desk) -> str | None:
    return None if desk.selection else _("nothing is selected")


ACTION = Action(
    id="view.fit_selection",
    label=mark("Fit selection"),
    menu="View",
    run=_run,
    order=20,
    shortcut="Shift+1",
    why_not=_why,
)
