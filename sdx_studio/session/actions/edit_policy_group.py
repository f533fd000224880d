"""Put what is selected under one standard: what they have in common."""

from sdx_studio.session import policies
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.select((policies.group(desk.session, desk.selection),))


def _why(desk: Desk) -> str | None:
    document = desk.session.document
    chosen = policies.able(document, desk.selection)
    if not chosen:
        return _("no element is selected")
    return None if policies.common(document, chosen) else _("they have no setting in common")


ACTION = Action(
    id="edit.policy_group",
    label=mark("Make a policy group"),
    menu="Edit",
    run=_run,
    order=37,
    why_not=_why,
)
