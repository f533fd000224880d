"""Play or pause."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    if desk.live.playing:
        desk.live.pause()
    else:
        desk.live.play()


def _why(desk: Desk) -> str | None:
    return None if desk.session.document.elements else _("draw something first")


ACTION = Action(
    id="simulation.play",
    label=mark("Play / pause"),
    menu="Simulation",
    run=_run,
    order=10,
    shortcut="Space",
    icon="play",
    why_not=_why,
)
