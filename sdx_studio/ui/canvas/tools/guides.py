"""Smart guides: while something is dragged, lines where its edges, middle or gaps agree with a neighbour's.

All in canvas px on numpy columns, only for neighbours on the same ground that are in view.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

REACH = 6.0
"""Screen px within which something snaps."""
EQUAL = 0.01
"""Px by which two places that agree may differ."""
Rects = NDArray[np.float64]
"""n × 4: x, y, width, height."""
Segment = tuple[float, float, float, float]
"""x1, y1, x2, y2."""


@dataclass(frozen=True, slots=True)
class Guide:
    """One line to draw; `gap` is the distance in px that is written at it, if any."""

    line: Segment
    gap: float | None = None


@dataclass(frozen=True, slots=True)
class Snap:
    """How much to move further along one axis, and the lines that say why; no lines when nothing agrees."""

    move: float = 0.0
    guides: tuple[Guide, ...] = ()


def snaps(box: tuple[float, float, float, float], near: Rects, reach: float) -> tuple[Snap, Snap]:
    """Across and down: the closest agreement of `box` (x, y, width, height) with neighbours within `reach` px.

    Lines are for the box after both moves.
    """
    moves = [_best(box, near, reach, axis) for axis in (0, 1)]
    moved = (box[0] + (moves[0] or 0.0), box[1] + (moves[1] or 0.0), box[2], box[3])
    found = [
        Snap() if move is None else Snap(move, (*_lines(moved, near, axis), *_gap_lines(moved, near, axis)))
        for axis, move in enumerate(moves)
    ]
    return found[0], found[1]


def _marks(rects: Rects, axis: int) -> NDArray[np.float64]:
    """Begin, middle and end of each rectangle along an axis, n × 3."""
    begin, size = rects[:, axis], rects[:, axis + 2]
    return np.column_stack([begin, begin + size / 2, begin + size])


_FITS = np.array([[True, False, True], [False, True, False], [True, False, True]])
"""An edge goes with an edge, a middle with a middle."""


def _best(box: tuple[float, float, float, float], near: Rects, reach: float, axis: int) -> float | None:
    """The smallest move along an axis after which something agrees, or None."""
    if not len(near):
        return None
    own = _marks(np.array([box]), axis)[0]
    steps = _marks(near, axis)[:, None, :] - own[None, :, None]
    every = [float(step) for step in steps[:, _FITS].ravel()[np.abs(steps[:, _FITS].ravel()) <= reach]]
    every += [step for step in _gap_steps(box, near, axis) if abs(step) <= reach]
    return min(every, key=lambda step: (abs(step), step)) if every else None


def _lines(box: tuple[float, float, float, float], near: Rects, axis: int) -> list[Guide]:
    """A line through everything that agrees with an edge of `box`, or with its middle where not both edges do."""
    own = _marks(np.array([box]), axis)[0]
    marks = _marks(near, axis)
    found: list[Guide] = []
    for index in (0, 2, 1):
        at = own[index]
        hit = (np.abs(marks - at) < EQUAL)[:, _FITS[index]].any(axis=1)
        if hit.any() and len(found) < 2:
            cross = np.vstack([near[hit], [box]])
            low, high = cross[:, 1 - axis].min(), (cross[:, 1 - axis] + cross[:, 3 - axis]).max()
            found.append(Guide((at, low, at, high) if axis == 0 else (low, at, high, at)))
    return found


def _beside(box: tuple[float, float, float, float], near: Rects, axis: int) -> tuple[Rects, Rects]:
    """Neighbours in the same band: those before the box, nearest first, and those after it."""
    low, high = box[1 - axis], box[1 - axis] + box[3 - axis]
    band = near[(near[:, 1 - axis] < high) & (near[:, 1 - axis] + near[:, 3 - axis] > low)]
    middle = box[axis] + box[axis + 2] / 2
    ends = band[:, axis] + band[:, axis + 2]
    before, after = band[ends <= middle], band[band[:, axis] >= middle]
    return before[np.argsort(-(before[:, axis] + before[:, axis + 2]))], after[np.argsort(after[:, axis])]


def _end(rect: Rects, axis: int) -> float:
    return float(rect[axis] + rect[axis + 2])


def _gap_steps(box: tuple[float, float, float, float], near: Rects, axis: int) -> list[float]:
    """Moves after which gaps are equal: in the middle of two, or as far from one as that one is from the next."""
    before, after = _beside(box, near, axis)
    begin, size = box[axis], box[axis + 2]
    steps = []
    if len(before) and len(after):
        steps.append((_end(before[0], axis) + float(after[0, axis]) - size) / 2 - begin)
    if len(before) > 1:
        steps.append(_end(before[0], axis) + _gap(before[1], before[0], axis) - begin)
    if len(after) > 1:
        steps.append(float(after[0, axis]) - _gap(after[0], after[1], axis) - size - begin)
    return steps


def _gap(first: Rects, second: Rects, axis: int) -> float:
    """Px between the end of one and the begin of the next."""
    return float(second[axis]) - _end(first, axis)


def _gap_lines(box: tuple[float, float, float, float], near: Rects, axis: int) -> list[Guide]:
    """Two lines with their length where the gap at one side of `box` is equal to the next one."""
    own = np.array(box)
    before, after = _beside(box, near, axis)
    row = [*before[1::-1], own, *after[:2]]
    pairs = list(pairwise(row))
    here = len(before[:2])
    found: dict[int, Guide] = {}
    for at in range(len(pairs) - 1):
        gap = _gap(*pairs[at], axis)
        if here in (at, at + 1, at + 2) and gap > 0 and abs(gap - _gap(*pairs[at + 1], axis)) < EQUAL:
            found.update({one: _between(*pairs[one], axis) for one in (at, at + 1)})
    return list(found.values())


def _between(first: Rects, second: Rects, axis: int) -> Guide:
    """The gap between two as a line in the middle of what they have side by side."""
    across = 1 - axis
    low = max(float(first[across]), float(second[across]))
    high = min(_end(first, across), _end(second, across))
    start, end, middle = _end(first, axis), float(second[axis]), (low + high) / 2
    return Guide((start, middle, end, middle) if axis == 0 else (middle, start, middle, end), end - start)
