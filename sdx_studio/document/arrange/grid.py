"""The grid that corners snap to."""

import math
from collections.abc import Iterable

from sdx_studio.document.arrange.free import LEAST, chosen, spots_of
from sdx_studio.document.document import Document

GRID = 8.0
"""Px between two lines."""


def snapped(document: Document, ids: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Spots with every corner on the nearest crossing of the grid that its ground allows."""
    found: dict[str, tuple[float, float]] = {}
    for id, box in spots_of(document, chosen(document, ids)).items():
        low = LEAST if document.elements[id].parent is not None else (-math.inf, -math.inf)
        found[id] = (on_grid(box.x, low[0]), on_grid(box.y, low[1]))
    return found


def on_grid(at: float, least: float = -math.inf) -> float:
    """The nearest line of the grid that is not before `least`."""
    near = round(at / GRID) * GRID
    return near if near >= least else math.ceil(least / GRID) * GRID
