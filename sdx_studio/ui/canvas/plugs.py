"""Where cables are plugged in: ports spread along each side of a card, and brought level where a jog can be spared."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
LEFT, RIGHT, TOP, BOTTOM = range(4)
FACING = {(RIGHT, LEFT), (LEFT, RIGHT), (BOTTOM, TOP), (TOP, BOTTOM)}
PORT_GAP = 12.0
INSET = 8.0
"""Px between a port and a corner."""
LEVEL = 40.0
"""Px by which a port alone on its side moves to spare a jog; several on a side move half as far, together."""
Sides = Sequence[tuple[int, int]]
Offsets = dict[tuple[int, int], float]
"""For each cable (place) and end (0, 1): px from the place that ports of its sort have on that side."""


class Cable(NamedTuple):
    """What is to be led: its id, the rows of its ends, whether it is a storage cable."""

    id: str
    ends: tuple[int, int]
    storage: bool
    points: tuple[tuple[float, float], ...] = ()
    """Way-points that it passes, in order."""


def port(box: Points, side: int, offset: float, storage: bool) -> Points:
    """Where a cable leaves a side of a box, `offset` px from the place that ports of its sort have there."""
    x, y, width, height = box.tolist()
    if side in (LEFT, RIGHT):
        middle = height / 2 if height < 80 else min(height - 24, height * 0.72) if storage else 24.0
        room = max(INSET - middle, height - middle - INSET)
        return np.array([x if side == LEFT else x + width, y + middle + min(max(offset, INSET - middle), room)])
    half = max(0.0, width / 2 - INSET)
    return np.array([x + width / 2 + min(max(offset, -half), half), y if side == TOP else y + height])


def spread(rect: Points, cables: Sequence[Cable], sides: Sides) -> Offsets:
    """Offsets of all ends: PORT_GAP apart in the order of where they lead, level with the other end where possible."""
    users: dict[tuple[int, int], list[tuple[float, float, int, int]]] = defaultdict(list)
    for place, cable in enumerate(cables):
        for end in (0, 1):
            element, side = cable.ends[end], sides[place][end]
            axis = 1 if side in (LEFT, RIGHT) else 0
            own = rect[element]
            far = _beyond(rect, cable, end)
            along = float(far[axis] + far[axis + 2] / 2)
            outward = -1.0 if along > own[axis] + own[axis + 2] / 2 else 1.0
            users[element, side].append((along, outward * float(far[1 - axis]), place, end))
    offset: Offsets = {}
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for group in users.values():
        members = [(place, end) for _along, _outward, place, end in sorted(group)]
        groups.update(dict.fromkeys(members, members))
        for index, member in enumerate(members):
            offset[member] = (index - (len(members) - 1) / 2) * PORT_GAP
    for member, members in groups.items():
        if cables[member[0]].points and len(members) == 1:
            offset[member] += _to_way_point(rect, cables[member[0]], sides[member[0]], member[1])
    moved: set[int] = set()
    for place in sorted(range(len(cables)), key=lambda one: len(groups[one, 0]) + len(groups[one, 1])):
        if sides[place] in FACING and not cables[place].points:
            _level(rect, cables, sides, offset, groups, place, moved)
    return offset


def _beyond(rect: Points, cable: Cable, end: int) -> Points:
    """The rectangle to which a cable leads from an end: a way-point without a size, or the other card."""
    if cable.points:
        return np.array([*cable.points[-end], 0.0, 0.0])
    found: Points = rect[cable.ends[1 - end]]
    return found


def _to_way_point(rect: Points, cable: Cable, sides: tuple[int, int], end: int) -> float:
    """How far a port that is alone on its side moves to be level with the first way-point; 0 when that is too far."""
    side = sides[end]
    axis = 1 if side in (LEFT, RIGHT) else 0
    box = rect[cable.ends[end]]
    step = float(cable.points[-end][axis] - port(box, side, 0.0, cable.storage)[axis])
    reached = float((port(box, side, step, cable.storage) - port(box, side, 0.0, cable.storage))[axis])
    return step if abs(step) <= LEVEL / 2 and abs(reached - step) < 0.5 else 0.0


def _level(
    rect: Points, cables: Sequence[Cable], sides: Sides, offset: Offsets,
    groups: dict[tuple[int, int], list[tuple[int, int]]], place: int, moved: set[int],
) -> None:  # fmt: skip
    """Bring the ends of one cable onto one line, by moving the side with fewer ports; each side moves once."""
    axis = 1 if sides[place][0] in (LEFT, RIGHT) else 0

    def at(member: tuple[int, int], value: float) -> float:
        cable, end = cables[member[0]], member[1]
        return float(port(rect[cable.ends[end]], sides[member[0]][end], value, cable.storage)[axis])

    first, second = (at((place, end), offset[place, end]) for end in (0, 1))
    for end, step in sorted(((0, second - first), (1, first - second)), key=lambda one: len(groups[place, one[0]])):
        members = groups[place, end]
        reach = LEVEL if len(members) == 1 else LEVEL / 2
        if id(members) in moved or not 0.5 < abs(step) <= reach:
            continue
        gone = [at(member, offset[member] + step) - at(member, offset[member]) for member in members]
        if all(abs(one - step) < 0.5 for one in gone):
            offset.update({member: offset[member] + step for member in members})
            moved.update(id(groups[place, either]) for either in (0, 1))
            break
