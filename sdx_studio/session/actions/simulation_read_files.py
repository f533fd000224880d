"""Let the first thing selected try to read the files of the others, in the running model."""

from sdx_studio.session.actions.action import Action, Desk, targets, why_not
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    reader, *others = targets(desk, "read_files")
    for other in others:
        desk.live.act("read_files", reader, of=other)


def _why(desk: Desk) -> str | None:
    reason = why_not(desk, "read_files")
    if reason is not None or len(targets(desk, "read_files")) > 1:
        return reason
    return _("select first who is to read, then whose files")


ACTION = Action(
    id="simulation.read_files",
    label=mark("Try to read files of the others selected"),
    menu="Simulation",
    run=_run,
    order=76,
    why_not=_why,
)
