"""Bring settings that have drifted back to their policy group's standard: those selected, or all."""

from sdx_studio.session import policies
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    count = policies.mend(desk.session, desk.selection or None)
    desk.say(_("{count} settings mended", count=count))


def _why(desk: Desk) -> str | None:
    document = desk.session.document
    found = policies.governed(document, desk.selection) if desk.selection else policies.drift(document)
    return None if found else _("nothing has drifted")


ACTION = Action(
    id="edit.mend_drift",
    label=mark("Mend drift"),
    menu="Edit",
    run=_run,
    order=38,
    why_not=_why,
)
