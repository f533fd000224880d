"""What stands free: elements with a spot of their own, and how spots are written down."""

from collections.abc import Iterable, Mapping, Sequence

from sdx_studio.document.document import Document
from sdx_studio.document.history import Edit
from sdx_studio.document.layout import SITE_HEAD, SITE_PAD, Box, boxes
from sdx_studio.words import _

Spots = Mapping[str, tuple[float, float]]
"""Upper left corner by id, in px from the corner of what the element stands on."""
LEAST = (SITE_PAD, SITE_HEAD + 6.0)
"""The first spot on a ground: beside its edge, under its header."""


def stands_free(document: Document, id: str) -> bool:
    """Whether an element has a spot of its own: on the bare canvas or on an open ground."""
    parent = document.element(id).parent
    return parent is None or (is_ground(document, parent) and not hidden(document, id))


def is_ground(document: Document, id: str) -> bool:
    """Whether an element leaves what it holds where it was put."""
    return document.kind_of(id).shape == "ground"


def hidden(document: Document, id: str) -> bool:
    """Whether something closed is around an element."""
    return any(document.elements[one].closed for one in document.above(id))


def chosen(document: Document, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of `ids` that stand free, without what is inside another one of them."""
    known = [id for id in dict.fromkeys(ids) if id in document.elements]
    every = set(known)
    return tuple(id for id in known if every.isdisjoint(document.above(id)) and stands_free(document, id))


def why_not(document: Document, ids: Iterable[str], least: int = 2) -> str | None:
    """Why `ids` cannot be arranged among themselves, in words, or None."""
    free = chosen(document, ids)
    if len(free) < least:
        return _("select {count} or more elements that stand free: what is inside others is packed by order",
                 count=least)  # fmt: skip
    if len({document.elements[id].parent for id in free}) > 1:
        return _("these stand on different grounds")
    return None


def spots_of(document: Document, ids: Sequence[str]) -> dict[str, Box]:
    """Boxes of free elements, each counted from the corner of the ground that it stands on."""
    placed = boxes(document)
    found = {}
    for id in ids:
        one, parent = placed[id], document.elements[id].parent
        x, y = (placed[parent].x, placed[parent].y) if parent is not None else (0.0, 0.0)
        found[id] = Box(one.x - x, one.y - y, one.width, one.height)
    return found


def placed(edit: Edit, spots: Spots) -> None:
    """Write spots; locked elements and those already there stay as they are."""
    for id, (x, y) in spots.items():
        one = edit.document.element(id)
        if not one.locked:
            edit.update(one.but(x=round(x, 2), y=round(y, 2)))
