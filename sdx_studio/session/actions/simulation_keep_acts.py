"""Put what was done to the running model into the scenario, so that the next run does it again."""

from sdx_studio.session import forking
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _run(desk: Desk) -> None:
    count = forking.keep_acts(desk.live)
    desk.say(_("{count} acts were put into the scenario", count=count))


def _why(desk: Desk) -> str | None:
    if not desk.live.started:
        return _("press play first: this happens in the running model")
    return None if any(True for _one in forking.by_hand(desk.live)) else _("nothing has been done by hand in this run")


ACTION = Action(
    id="simulation.keep_acts",
    label=mark("Keep acts in the scenario"),
    menu="Simulation",
    run=_run,
    order=45,
    why_not=_why,
)
