"""Bookmarks of moments: set one, go from one to the next."""

from collections.abc import Callable

from sdx_studio.session import moments
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _asker(what: str) -> Callable[[Desk], None]:
    return lambda desk: desk.clock(what)


def _why(desk: Desk) -> str | None:
    if not desk.live.started:
        return _("press play first: this happens in the running model")
    return None if moments.moments(desk.session.document) else _("no moment is bookmarked; Ctrl+B does it")


ACTIONS = (
    Action("simulation.bookmark", mark("Bookmark this moment"), "Simulation", _asker("bookmark"), 26, "Ctrl+B"),
    Action("simulation.bookmark.next", mark("Go to next bookmark"), "Simulation", _asker("next_bookmark"), 27,
           "Ctrl+.", why_not=_why),
    Action("simulation.bookmark.previous", mark("Go to previous bookmark"), "Simulation", _asker("previous_bookmark"),
           28, "Ctrl+,", why_not=_why),
)  # fmt: skip
