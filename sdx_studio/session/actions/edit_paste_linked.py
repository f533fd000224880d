"""Put guests in that are linked to what was copied as their template."""

from sdx_studio.session import copying
from sdx_studio.session.actions.action import Action, Desk, landing
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.select(copying.paste_linked(desk.session, desk.kept(), *landing(desk)))


def _why(desk: Desk) -> str | None:
    return None if desk.holds() else _("the clipboard holds no parts of a drawing")


ACTION = Action(
    id="edit.paste_linked",
    label=mark("Paste linked"),
    menu="Edit",
    run=_run,
    order=26,
    shortcut="Ctrl+Shift+V",
    why_not=_why,
)
