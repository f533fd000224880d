"""Move the selected guests to a machine that one names: at once while the model runs, otherwise in the next run."""

from sdx_studio.session.actions.action import Action, Desk, targets
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    desk.show("destinations")


def _why(desk: Desk) -> str | None:
    if not targets(desk, "migrate"):
        return _("nothing selected to which this could happen")
    return None if len(desk.session.document.having("machine")) > 1 else _("there is no other machine")


ACTION = Action(
    id="simulation.migrate",
    label=mark("Migrate to …"),
    menu="Simulation",
    run=_run,
    order=67,
    why_not=_why,
    shortcut="Ctrl+Shift+M",
)
