"""Nothing in the window moves by itself."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.prefer("still", "false" if _checked(desk) else "true")


def _checked(desk: Desk) -> bool:
    return desk.preferred("still") == "true"


ACTION = Action(
    id="view.still",
    label=mark("Reduce motion"),
    menu="View",
    run=_run,
    order=68,
    checked=_checked,
)
