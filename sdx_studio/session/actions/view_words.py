"""Larger or smaller words in the window, from 80 to 200 %."""

from collections.abc import Callable

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark

SMALLEST, LARGEST = "0.8", "2.0"


def _runner(size: str) -> Callable[[Desk], None]:
    return lambda desk: desk.prefer("scale", size)


def _reason(bound: str) -> Callable[[Desk], str | None]:
    return lambda desk: _("words go from 80 to 200 %") if desk.preferred("scale") == bound else None


LARGER, SMALLER, USUAL = mark("Larger words"), mark("Smaller words"), mark("Usual size of words")
ACTIONS = (
    Action("view.words.larger", LARGER, "View", _runner("+"), 65, "Ctrl+Alt+=", why_not=_reason(LARGEST)),
    Action("view.words.smaller", SMALLER, "View", _runner("-"), 66, "Ctrl+Alt+-", why_not=_reason(SMALLEST)),
    Action("view.words.usual", USUAL, "View", _runner("1.0"), 67, "Ctrl+Alt+0"),
)
