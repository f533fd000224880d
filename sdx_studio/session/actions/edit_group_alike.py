"""Put everything under standards that suggest themselves: one policy group for each lot of like elements."""

from sdx_studio.session import policies
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark

LOOKED_AT = 1000
"""Elements and cables up to which it is known beforehand whether anything is alike; beyond, only when it is wanted."""


def _run(desk: Desk) -> None:
    desk.select(policies.group_alike(desk.session))


def _why(desk: Desk) -> str | None:
    document = desk.session.document
    few = len(document.elements) + len(document.links) <= LOOKED_AT
    if few and not policies.groups_alike(document):
        return _("no elements have settings in common that somebody has set")
    return None


ACTION = Action(
    id="edit.group_alike",
    label=mark("Group what is alike"),
    menu="Edit",
    run=_run,
    order=37,
    why_not=_why,
)
