"""The order in which a canvas is read, and what stands in which direction; places are canvas px."""

from collections.abc import Iterable

import numpy as np

from sdx_studio.document import Document
from sdx_studio.document.records import Link
from sdx_studio.ui.canvas.columns import Columns

SAME_LINE = 0.5
"""Share of the lower of two boxes by which the second may begin further down and still stand in the same line."""


def reading_order(columns: Columns) -> list[str]:
    """Ids of all that is drawn: lines from top to bottom, each from left to right, what holds something before it."""
    if "reading" not in columns.memo:
        inside: dict[int, list[int]] = {}
        for row, parent in enumerate(columns.parent.tolist()):
            inside.setdefault(parent, []).append(row)
        order: list[str] = []
        stack = _lines(columns, inside.get(-1, []))[::-1]
        while stack:
            row = stack.pop()
            order.append(columns.ids[row])
            stack.extend(_lines(columns, inside.get(row, []))[::-1])
        columns.memo["reading"] = order
    found: list[str] = columns.memo["reading"]
    return found


def reading_place(columns: Columns) -> dict[str, int]:
    """The place of each id in reading order."""
    if "reading_place" not in columns.memo:
        columns.memo["reading_place"] = {id: place for place, id in enumerate(reading_order(columns))}
    found: dict[str, int] = columns.memo["reading_place"]
    return found


def _lines(columns: Columns, rows: list[int]) -> list[int]:
    """Rows that stand in the same thing, line by line."""
    rect = columns.rect
    found: list[int] = []
    line: list[int] = []
    for row in sorted(rows, key=lambda one: (rect[one, 1], rect[one, 0])):
        if line and rect[row, 1] >= rect[line[0], 1] + SAME_LINE * min(rect[row, 3], rect[line[0], 3]):
            found += sorted(line, key=lambda one: rect[one, 0])
            line = []
        line.append(row)
    return found + sorted(line, key=lambda one: rect[one, 0])


def cabled(document: Document, id: str) -> tuple[str, tuple[Link, ...]]:
    """The cables that matter to an element, and whose they are: its own, else those of the nearest thing around it."""
    for one in (id, *document.above(id)):
        links = document.links_of(one)
        if links:
            return one, links
    return id, ()


def towards(columns: Columns, start: str, others: Iterable[str], way: tuple[int, int]) -> str | None:
    """Of `others` the one that lies best in direction `way` (x, y; one is 0) of `start`; None when none does."""
    here = columns.box(columns.row[start]).center()
    best: tuple[float, str] | None = None
    for id in others:
        if id not in columns.row:
            continue
        step = columns.box(columns.row[id]).center() - here
        along = step.x() * way[0] + step.y() * way[1]
        across = abs(step.x() * way[1]) + abs(step.y() * way[0])
        if along > 0:
            cost = float(np.hypot(along, across) + 2 * across)
            best = min(best, (cost, id)) if best else (cost, id)
    return None if best is None else best[1]
