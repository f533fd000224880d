"""The page one begins on: new projects, samples, recent files."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.file("welcome")


ACTION = Action(
    id="file.welcome",
    label=mark("Welcome page"),
    menu="File",
    run=_run,
    order=25,
)
