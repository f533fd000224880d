"""Equal steps from centre to centre, from left to right."""

from sdx_studio.session import arranging
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    arranging.distribute(desk.session, "centres_h", desk.selection)


def _why(desk: Desk) -> str | None:
    return arranging.why_not_distribute(desk.session.document, desk.selection)


ACTION = Action(
    id="arrange.distribute_centres_h",
    label=mark("Distribute centres across"),
    menu="Arrange",
    run=_run,
    order=20,
    why_not=_why,
    under=mark("Distribute"),
    glides=True,
)
