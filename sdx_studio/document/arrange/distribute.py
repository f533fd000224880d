"""Distributing along one axis, by centres or by gaps. The outermost two stay, and so does what is locked."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from sdx_studio.document.arrange.free import chosen, spots_of
from sdx_studio.document.document import Document

Span = tuple[float, float]
"""Beginning and size along the axis, in px."""
Rule = Callable[[Sequence[Span]], list[float]]


def by_centres(document: Document, ids: Iterable[str], axis: int) -> dict[str, tuple[float, float]]:
    """Spots with equal steps from centre to centre; `axis` 0 goes across, 1 goes down."""
    return _distributed(document, ids, axis, _equal_steps)


def by_gaps(document: Document, ids: Iterable[str], axis: int) -> dict[str, tuple[float, float]]:
    """Spots with equal gaps between neighbours; `axis` 0 goes across, 1 goes down."""
    return _distributed(document, ids, axis, _equal_gaps)


def _distributed(document: Document, ids: Iterable[str], axis: int, rule: Rule) -> dict[str, tuple[float, float]]:
    """The order along the axis is kept; between two that stay the others are distributed evenly."""
    found = spots_of(document, chosen(document, ids))
    spans = {id: (box.y, box.height) if axis else (box.x, box.width) for id, box in found.items()}
    order = sorted(spans, key=lambda one: (spans[one][0] + spans[one][1] / 2, one))
    stops = [at for at, id in enumerate(order) if at in (0, len(order) - 1) or document.elements[id].locked]
    spots = {}
    for first, last in pairwise(stops):
        part = order[first : last + 1]
        for id, begin in zip(part, rule([spans[id] for id in part]), strict=True):
            spots[id] = (found[id].x, begin) if axis else (begin, found[id].y)
    return spots


def _equal_steps(spans: Sequence[Span]) -> list[float]:
    first, last = (begin + size / 2 for begin, size in (spans[0], spans[-1]))
    step = (last - first) / (len(spans) - 1)
    return [first + step * index - size / 2 for index, (_begin, size) in enumerate(spans)]


def _equal_gaps(spans: Sequence[Span]) -> list[float]:
    """Gaps may be negative: too many for the room overlap evenly."""
    inner = sum(size for _begin, size in spans[1:-1])
    at = spans[0][0] + spans[0][1]
    gap = (spans[-1][0] - at - inner) / (len(spans) - 1)
    begins = [spans[0][0]]
    for _begin, size in spans[1:-1]:
        begins.append(at + gap)
        at += gap + size
    return [*begins, spans[-1][0]]
