"""Bookmark what is seen as one of nine views."""

from collections.abc import Callable

from sdx_studio.session import bookmarks
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark

LABELS = (
    mark("Set bookmark 1"), mark("Set bookmark 2"), mark("Set bookmark 3"),
    mark("Set bookmark 4"), mark("Set bookmark 5"), mark("Set bookmark 6"),
    mark("Set bookmark 7"), mark("Set bookmark 8"), mark("Set bookmark 9"),
)  # fmt: skip


def _runner(number: int) -> Callable[[Desk], None]:
    return lambda desk: desk.keep_view(number)


ACTIONS = tuple(
    Action(
        id=f"view.keep.{number}",
        label=label,
        menu="View",
        run=_runner(number),
        order=100 + number,
        shortcut=f"Alt+Shift+{number}",
        under=mark("Bookmarks"),
    )
    for number, label in zip(bookmarks.NUMBERS, LABELS, strict=True)
)
