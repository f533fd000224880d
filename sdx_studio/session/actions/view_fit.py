"""Show everything."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.fit()


ACTION = Action(
    id="view.fit",
    label=mark("Fit all"),
    menu="View",
    run=_run,
    order=10,
    shortcut="F",
    icon="fit",
)
