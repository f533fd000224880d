"""Curved ways: they leave and arrive at right angles to the border, parallels apart, and pass their way-points."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
PIECES = 16
"""Straight pieces that each curved one is drawn with."""
LEAST_REACH = 24.0
INSET = 8.0
"""Px between a plug and a corner."""


def outward(half: Points, step: Points) -> Points:
    """Unit vector out of the side of a box (half its size) through which a line from its centre along `step` leaves."""
    if half[0] * abs(step[1]) >= half[1] * abs(step[0]) and step[1] != 0:
        return np.array([0.0, np.sign(step[1])])
    return np.array([1.0 if step[0] >= 0 else -1.0, 0.0])


def curve(start: Points, end: Points, out: tuple[Points, Points], points: Sequence[tuple[float, float]]) -> Points:
    """A smooth way from `start` to `end` over `points`; `out` leads away from the border at either end."""
    nodes = np.array([start, *points, end])
    heads = np.empty_like(nodes)
    heads[0], heads[-1] = out[0], -out[1]
    if len(nodes) > 2:
        across = nodes[2:] - nodes[:-2]
        heads[1:-1] = across / np.maximum(np.hypot(across[:, 0], across[:, 1]), 1e-9)[:, None]
    t = np.linspace(0.0, 1.0, PIECES + 1)[:, None]
    parts = [nodes[:1]]
    for index in range(len(nodes) - 1):
        here, there = nodes[index], nodes[index + 1]
        reach = max(LEAST_REACH, 0.45 * float(np.hypot(*(there - here))))
        first, second = here + heads[index] * reach, there - heads[index + 1] * reach
        piece = (1 - t) ** 3 * here + 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t**2 * second + t**3 * there
        parts.append(piece[1:])
    found: Points = np.vstack(parts)
    return found


def beside(path: Points, distance: float, start: Points, end: Points) -> Points:
    """The way that runs `distance` px to the right of another (down is positive) from `start` to `end`."""
    if not distance:
        return path
    step = path[2:] - path[:-2]
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)
    moved = path[1:-1] + np.column_stack([-step[:, 1], step[:, 0]]) / length[:, None] * distance
    found: Points = np.vstack([start, moved, end])
    return found


def plug(half: Points, out: Points, aside: float) -> Points:
    """Where a cable leaves that side of a box (half its size), counted from its centre, `aside` px from the middle."""
    along = np.array([-out[1], out[0]])
    room = max(0.0, float(abs(along @ half)) - INSET)
    found: Points = out * half + along * min(max(aside, -room), room)
    return found
