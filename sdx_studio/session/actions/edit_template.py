"""Keep what is selected as templates among the parts."""

from sdx_studio.session import templates
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    templates.toggle(desk.session, desk.selection)


def _why(desk: Desk) -> str | None:
    known = desk.session.document.elements
    return None if any(id in known for id in desk.selection) else _("no element is selected")


def _checked(desk: Desk) -> bool:
    return templates.all_kept(desk.session.document, desk.selection)


ACTION = Action(
    id="edit.template",
    label=mark("Keep as template"),
    menu="Edit",
    run=_run,
    order=36,
    shortcut="Ctrl+Shift+T",
    why_not=_why,
    checked=_checked,
)
