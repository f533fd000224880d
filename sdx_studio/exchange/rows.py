"""Layout of what was drawn out of tables: groups of things in rows, inside grounds and then on the bare canvas."""

import math
from collections.abc import Iterable, Sequence

from sdx_studio.document import Document
from sdx_studio.document.layout import Packing

AISLE, LEAST = 28.0, 1700.0
"""Px between things, and the width from which a row is broken."""
_HEAD = 44.0
_EDGE = 60.0
Groups = Sequence[Sequence[str]]
"""Ids of one ground, a group of rows each."""
Spots = dict[str, tuple[float, float]]


def laid_out(document: Document, inside: Iterable[Groups], outside: Groups) -> Document:
    """The document with groups of ids in rows: `inside` of each ground, and `outside` on the bare canvas."""
    packing, spots = Packing(document), Spots()
    for groups in inside:
        _stack(groups, packing, spots, (AISLE, _HEAD))
    placed = _put(document, spots)
    _stack(outside, Packing(placed), spots, (_EDGE, _EDGE))
    return _put(placed, spots)


def _stack(groups: Groups, packing: Packing, spots: Spots, corner: tuple[float, float]) -> None:
    edge, top = corner
    for group in groups:
        top = _rows(group, packing, spots, (edge, top))


def _rows(group: Sequence[str], packing: Packing, spots: Spots, corner: tuple[float, float]) -> float:
    """Put a group in rows from a corner on; where it ends."""
    edge, top = corner
    sizes = [packing.size(id) for id in group]
    limit = edge + max(LEAST, 1.4 * math.sqrt(sum((wide + AISLE) * (high + AISLE) for wide, high in sizes)))
    left, below = edge, top
    for id, (wide, high) in zip(group, sizes, strict=True):
        if left > edge and left + wide > limit:
            left, top = edge, below
        spots[id] = (round(left, 2), round(top, 2))
        left, below = left + wide + AISLE, max(below, top + high + AISLE)
    return below


def _put(document: Document, spots: Spots) -> Document:
    elements = [
        one.but(x=spots[one.id][0], y=spots[one.id][1]) if one.id in spots else one
        for one in document.elements.values()
    ]
    return Document([document.properties, *elements, *document.links.values()])
