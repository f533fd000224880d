"""The six alignments: edges or middles on one line."""

from collections.abc import Callable, Iterable

from sdx_studio.document.arrange.free import chosen, spots_of
from sdx_studio.document.document import Document
from sdx_studio.document.layout import Box
from sdx_studio.document.locks import locked

SIDES: dict[str, Callable[[Box, Box], tuple[float, float]]] = {
    "left": lambda one, whole: (whole.x, one.y),
    "centre": lambda one, whole: (whole.x + (whole.width - one.width) / 2, one.y),
    "right": lambda one, whole: (whole.right - one.width, one.y),
    "top": lambda one, whole: (one.x, whole.y),
    "middle": lambda one, whole: (one.x, whole.y + (whole.height - one.height) / 2),
    "bottom": lambda one, whole: (one.x, whole.bottom - one.height),
}
"""New corner of one box, for the box around whole."""


def aligned(document: Document, ids: Iterable[str], side: str) -> dict[str, tuple[float, float]]:
    """Spots that bring one side (or the middles) of all to one line; where some are locked, to theirs."""
    found = spots_of(document, chosen(document, ids))
    fixed = locked(document, found)
    around = bounds(found[id] for id in fixed or tuple(found))
    return {id: SIDES[side](box, around) for id, box in found.items() if id not in fixed}


def bounds(boxes: Iterable[Box]) -> Box:
    """The box around all; raises ValueError when there is none."""
    every = tuple(boxes)
    x, y = min(one.x for one in every), min(one.y for one in every)
    return Box(x, y, max(one.right for one in every) - x, max(one.bottom for one in every) - y)
