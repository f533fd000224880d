"""Equal steps from centre to centre, from top to bottom."""

from sdx_studio.session import arranging
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    arranging.distribute(desk.session, "centres_v", desk.selection)


def _why(desk: Desk) -> str | None:
    return arranging.why_not_distribute(desk.session.document, desk.selection)


ACTION = Action(
    id="arrange.distribute_centres_v",
    label=mark("Distribute centres down"),
    menu="Arrange",
    run=_run,
    order=21,
    why_not=_why,
    under=mark("Distribute"),
    glides=True,
)
