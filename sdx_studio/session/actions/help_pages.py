"""Help pages."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.toggle("help")


ACTION = Action(
    id="help.pages",
    label=mark("Help pages"),
    menu="Help",
    run=_run,
    order=10,
)
