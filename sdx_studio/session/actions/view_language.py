"""English or Japanese."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.toggle("language")


ACTION = Action(
    id="view.language",
    label=mark("English / 日本語"),
    menu="View",
    run=_run,
    order=70,
    shortcut="F8",
)
