"""Give what is selected its template's values as its own."""

from sdx_studio.session import copying
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    copying.unlink(desk.session, desk.selection)


def _why(desk: Desk) -> str | None:
    return None if copying.linked(desk.session, desk.selection) else _("nothing selected has a template")


ACTION = Action(
    id="edit.unlink",
    label=mark("Unlink from the template"),
    menu="Edit",
    run=_run,
    order=27,
    shortcut="",
    why_not=_why,
)
