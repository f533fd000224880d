"""Cut what is selected out, to the clipboard."""

from sdx_studio.document.locks import why_kept
from sdx_studio.session import copying
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.keep(copying.cut(desk.session, desk.selection))


def _why(desk: Desk) -> str | None:
    document = desk.session.document
    if not any(id in document.elements for id in desk.selection):
        return _("select the elements to cut")
    return why_kept(document, desk.selection)


ACTION = Action(
    id="edit.cut",
    label=mark("Cut"),
    menu="Edit",
    run=_run,
    order=22,
    shortcut="Ctrl+X",
    why_not=_why,
)
