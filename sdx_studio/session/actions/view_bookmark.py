"""Go to one of nine bookmarked views."""

from collections.abc import Callable

from sdx_studio.session import bookmarks
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark

LABELS = (
    mark("Go to bookmark 1"), mark("Go to bookmark 2"), mark("Go to bookmark 3"),
    mark("Go to bookmark 4"), mark("Go to bookmark 5"), mark("Go to bookmark 6"),
    mark("Go to bookmark 7"), mark("Go to bookmark 8"), mark("Go to bookmark 9"),
)  # fmt: skip


def _runner(number: int) -> Callable[[Desk], None]:
    return lambda desk: desk.go_to_view(number)


def _reason(number: int) -> Callable[[Desk], str | None]:
    return lambda desk: bookmarks.why_not(desk.session.document, number)


ACTIONS = tuple(
    Action(
        id=f"view.bookmark.{number}",
        label=label,
        menu="View",
        run=_runner(number),
        order=90 + number,
        shortcut=f"Alt+{number}",
        why_not=_reason(number),
        under=mark("Bookmarks"),
    )
    for number, label in zip(bookmarks.NUMBERS, LABELS, strict=True)
)
