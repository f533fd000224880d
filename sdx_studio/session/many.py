"""Many parts at once: placed in rows, named one after the other, one undoable step."""

from math import ceil, sqrt

from sdx_studio.kinds import kind
from sdx_studio.session.session import Session
from sdx_studio.words import _

MOST = 500
"""Parts that may be placed at once."""
GAP = 24.0
Size = tuple[float, float]


def place_many(
    session: Session, key: str, count: int, *, on: str | None = None, name: str | None = None, x: float = 0.0,
    y: float = 0.0, size: Size = (0.0, 0.0),
) -> tuple[str, ...]:  # fmt: skip
    """Place `count` new elements, the first at `x`, `y`, each `size` (px) and a gap from the next; returns their ids.

    `name` is the first one's, the others count on from it. Raises EditError with the reason when one may not sit there.
    """
    if count == 1:
        return (session.place(key, on=on, name=name, x=x, y=y),)
    from sdx_studio.document.clipboard.naming import Names  # a window starts without

    columns = ceil(sqrt(count))
    names = Names(one.name for one in session.document.elements.values())
    made: list[str] = []
    with session.history.edit(_("Place {count} × {name}", count=count, name=_(kind(key).label))):
        for index in range(count):
            line, column = divmod(index, columns)
            given = None if name is None else names.give(name, kind(key).prefix)
            across, down = column * (size[0] + GAP), line * (size[1] + GAP)
            made.append(session.place(key, on=on, name=given, x=x + across, y=y + down))
    return tuple(made)
