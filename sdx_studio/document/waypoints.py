"""Way-points of cables: they move along when both ends of their cable do, and are kept in whole hundredths of a px."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sdx_studio.document.document import Document
from sdx_studio.document.history import Edit
from sdx_studio.document.layout import Box, Packing
from sdx_studio.document.records import Link

Point = tuple[float, float]
"""x, y on the canvas in px at zoom 1."""
SAME = 0.01
"""Px by which two steps that count as one may differ."""


def rounded(points: Iterable[Point]) -> tuple[Point, ...]:
    """Points as they are kept: to two places, like corners of elements."""
    return tuple((round(float(x), 2), round(float(y), 2)) for x, y in points)


@contextmanager
def carried(edit: Edit, ids: Iterable[str]) -> Iterator[None]:
    """While this lasts `ids` are moved; cables whose two ends came the same way take their way-points along.

    Used within one another it does the same as used once: points are counted from where they were at the beginning.
    """
    document = edit.document
    links = _concerned(document, ids)
    before = _corners(document, links)
    yield
    if not links:
        return
    after = _corners(document, links)
    for link in links:
        step = _step(link, before, after)
        now = document.links.get(link.id)
        if step is not None and now is not None:
            edit.update(now.but(points=rounded((x + step[0], y + step[1]) for x, y in link.points)))


def _concerned(document: Document, ids: Iterable[str]) -> list[Link]:
    """Cables with way-points that have an end in something of `ids`."""
    bent = [link for link in document.links.values() if link.points]
    if not bent:
        return []
    moved = {inner for id in ids if id in document.elements for inner in (id, *document.below(id))}
    return [link for link in bent if link.a in moved or link.b in moved]


def _corners(document: Document, links: Iterable[Link]) -> dict[str, Box]:
    """Boxes of what the outermost elements around the cables' ends hold."""
    ends = {end for link in links for end in (link.a, link.b) if end in document.elements}
    placed: dict[str, Box] = {}
    packing = Packing(document)
    for root in sorted({(end, *document.above(end))[-1] for end in ends}):
        packing.place(root, placed)
    return placed


def _step(link: Link, before: dict[str, Box], after: dict[str, Box]) -> Point | None:
    """How far both ends of a cable came, or None when not the same way, or not at all."""
    steps = []
    for end in (link.a, link.b):
        if end not in before or end not in after:
            return None
        steps.append((after[end].x - before[end].x, after[end].y - before[end].y))
    (ax, ay), (bx, by) = steps
    if abs(ax - bx) > SAME or abs(ay - by) > SAME or max(abs(ax), abs(ay)) <= SAME:
        return None
    return ax, ay
