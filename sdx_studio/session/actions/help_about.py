"""What this is."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.toggle("about")


ACTION = Action(
    id="help.about",
    label=mark("About SDx Studio"),
    menu="Help",
    run=_run,
    order=90,
)
