"""Bookmarks of moments: named points of simulated time, kept in the project and set as undoable steps."""

from collections.abc import Iterable
from dataclasses import dataclass

from sdx_studio import units
from sdx_studio.document import Document, EditError
from sdx_studio.session.session import Session
from sdx_studio.words import _

FIELD = "moments"
"""Where the project's own fields keep them: texts of seconds and a name."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A bookmark at `time` (simulated seconds)."""

    time: float
    name: str


def moments(document: Document) -> tuple[Moment, ...]:
    """The bookmarks by time; what is not written as one is passed over."""
    kept = document.properties.fields.get(FIELD)
    found = [_read(str(one)) for one in kept] if isinstance(kept, tuple) else []
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.time, one.name)))


def _read(text: str) -> Moment | None:
    time, _blank, name = text.partition(" ")
    try:
        seconds = float(time)
    except ValueError:
        return None
    return Moment(seconds, name.strip()) if 0 <= seconds <= units.LONGEST and name.strip() else None


def add(session: Session, time: float, name: str = "") -> Moment:
    """Bookmark `time` (s) under `name`, or the next free number; another one at just that time gets the name."""
    kept = moments(session.document)
    if not name.strip():
        used = {one.name for one in kept}
        name = next(text for number in range(1, len(kept) + 2) if (text := _usual(number)) not in used)
    made = Moment(round(time, 6), name.strip())
    _keep(session, (*(one for one in kept if one.time != made.time), made), _("Bookmark {name}", name=made.name))
    return made


def _usual(number: int) -> str:
    return _("Moment {number}", number=number)


def rename(session: Session, moment: Moment, name: str) -> None:
    """Call a bookmark otherwise; raises EditError when no name is left."""
    if not name.strip():
        raise EditError(_("a name is needed"))
    kept = [Moment(one.time, name.strip()) if one == moment else one for one in moments(session.document)]
    _keep(session, kept, _("Rename {name}", name=moment.name))


def remove(session: Session, moment: Moment) -> None:
    """Take a bookmark away."""
    kept = [one for one in moments(session.document) if one != moment]
    _keep(session, kept, _("Delete bookmark {name}", name=moment.name))


def _keep(session: Session, kept: Iterable[Moment], label: str) -> None:
    texts = tuple(f"{one.time!r} {one.name}" for one in kept)
    with session.history.edit(label) as edit:
        edit.update(session.document.properties.setting(**{FIELD: texts or None}))
