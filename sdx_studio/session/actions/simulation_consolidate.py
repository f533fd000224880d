"""Empty machines of the selected clusters and places onto their others, in the running model; without any, of all."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    for id in _targets(desk):
        desk.live.act("consolidate", id)


def _targets(desk: Desk) -> tuple[str, ...]:
    """Selected clusters and places; otherwise the first machine, which stands for all of them."""
    document = desk.session.document
    chosen = [id for id in desk.selection if id in document.elements and document.traits(id) & {"group", "area"}]
    return tuple(chosen) or document.having("machine")[:1]


def _why(desk: Desk) -> str | None:
    if not desk.live.started:
        return _("press play first: this happens in the running model")
    return None if _targets(desk) else _("there is no machine")


ACTION = Action(
    id="simulation.consolidate",
    label=mark("Consolidate"),
    menu="Simulation",
    run=_run,
    order=81,
    why_not=_why,
)
