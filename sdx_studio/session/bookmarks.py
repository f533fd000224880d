"""Bookmarks: nine places of the canvas, kept in the project and set as undoable steps."""

from collections.abc import Mapping
from dataclasses import dataclass

from sdx_studio.document import Document
from sdx_studio.session.session import Session
from sdx_studio.words import _

NUMBERS = range(1, 10)
FIELD = "views"
"""Where the project's own fields keep them: texts of number, x, y, width and height."""


@dataclass(frozen=True, slots=True)
class View:
    """The part of the canvas that is seen, in canvas px."""

    x: float
    y: float
    width: float
    height: float


def bookmarks(document: Document) -> Mapping[int, View]:
    """The bookmarks by number; what is not written as one is passed over."""
    kept = document.properties.fields.get(FIELD)
    read = [_read(one) for one in kept] if isinstance(kept, tuple) else []
    return dict(sorted(one for one in read if one is not None))


def _read(text: object) -> tuple[int, View] | None:
    try:
        number, *figures = str(text).split()
        view = View(*(float(figure) for figure in figures))
    except (ValueError, TypeError):
        return None
    sizes = (view.width, view.height)
    sound = all(abs(one) < 1e9 for one in (view.x, view.y, *sizes)) and min(sizes) > 0
    return (int(number), view) if sound and number.isdecimal() and int(number) in NUMBERS else None


def keep(session: Session, number: int, view: View) -> None:
    """Make `view` the bookmark `number`, as one step that can be undone."""
    kept = {**bookmarks(session.document), number: view}
    texts = tuple(
        " ".join([str(one), *(f"{figure:.1f}" for figure in (at.x, at.y, at.width, at.height))])
        for one, at in sorted(kept.items())
    )
    with session.history.edit(_("Set bookmark {number}", number=number)) as edit:
        edit.update(session.document.properties.setting(**{FIELD: texts}))


def why_not(document: Document, number: int) -> str | None:
    """Why one cannot go to a bookmark, or None."""
    if number in bookmarks(document):
        return None
    return _("nothing is bookmarked as {number}; Alt+Shift+{number} does it", number=number)
