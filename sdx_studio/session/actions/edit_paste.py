"""Put copies of what lies on the clipboard in."""

from sdx_studio.session import copying
from sdx_studio.session.actions.action import Action, Desk, landing
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.select(copying.paste(desk.session, desk.kept(), *landing(desk)))


def _why(desk: Desk) -> str | None:
    return None if desk.holds() else _("the clipboard holds no parts of a drawing")


ACTION = Action(
    id="edit.paste",
    label=mark("Paste"),
    menu="Edit",
    run=_run,
    order=24,
    shortcut="Ctrl+V",
    why_not=_why,
)
