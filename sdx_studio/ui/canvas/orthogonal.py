"""Ways of right angles from border to border, around what is in their way, with ports spread along each side."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sdx_studio.ui.canvas.columns import SHAPES, Columns
from sdx_studio.ui.canvas.nudging import nudged
from sdx_studio.ui.canvas.plugs import LEFT, PORT_GAP, RIGHT, Cable, port, spread
from sdx_studio.ui.canvas.through import CROSSING, Port, through

__all__ = ["PORT_GAP", "Cable", "Orthogonal", "Points"]

Points = NDArray[np.float64]
NORMAL = np.array([(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)])
STUB = 14.0
LEAST_STUB = 6.0
LANE = 7.0
SIDES = [(a, b) for a in range(4) for b in range(4)]
MOST_POINTS = 6
_SOLID = [SHAPES.index(shape) for shape in ("machine", "leaf", "array", "closed")]


class Orthogonal:
    """Leads cables; those whose surroundings did not change keep their way."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._known: dict[str, tuple[object, tuple[tuple[int, int], Points]]] = {}
        self._last: tuple[list[Points], list[Points]] = ([], [])
        self._offset: dict[tuple[str, int], float] = {}
        """How far (px) from its side's middle each cable's ends were plugged in last."""

    def lead(self, cables: Sequence[Cable]) -> list[Points]:
        """Choose sides, spread the ports along each side, draw the ways, move apart what lies on one another."""
        walls = self._walls()
        sides = [self._best(cable, walls, (0.0, 0.0), None)[0] for cable in cables]
        offset = spread(self._columns.rect, cables, sides)
        self._offset = {(cable.id, end): offset[place, end] for place, cable in enumerate(cables) for end in (0, 1)}
        ways = [
            self._best(cable, walls, (offset[place, 0], offset[place, 1]), sides[place])[1]
            for place, cable in enumerate(cables)
        ]
        before, after = self._last
        if len(before) != len(ways) or any(old is not now for old, now in zip(before, ways, strict=True)):
            after = nudged(ways, [bool(cable.points) for cable in cables], walls)
            self._last = (ways, after)
        return list(after)

    def alone(self, cable: Cable) -> Points:
        """The way of one cable as it would be with these way-points; all others stay as they were led last."""
        offsets = (self._offset.get((cable.id, 0), 0.0), self._offset.get((cable.id, 1), 0.0))
        return self._way(cable, self._walls(), offsets, None)[0][1]

    def _walls(self) -> Points:
        rect = self._columns.rect
        solid = rect[np.isin(self._columns.shape, _SOLID)]
        return np.column_stack([solid[:, :2] + 5, solid[:, :2] + solid[:, 2:] - 5])

    def _best(
        self, cable: Cable, walls: Points, offsets: tuple[float, float], fixed: tuple[int, int] | None
    ) -> tuple[tuple[int, int], Points]:
        """Cheapest way of one cable: short, with few bends, through no card; `fixed` keeps its sides."""
        boxes = self._columns.rect[list(cable.ends)]
        near = _near(walls, np.vstack([boxes, _boxes_at(cable.points)]), STUB + LANE + abs(sum(offsets)))
        key = (boxes.tobytes(), offsets, fixed, cable.storage, cable.points, near.tobytes())
        name = f"{cable.id}{fixed is None}"
        known = self._known.get(name)
        if known is not None and known[0] == key:
            return known[1]
        best, cost = self._way(cable, near, offsets, fixed)
        if fixed and cost >= CROSSING:
            best, _cost_now = self._way(cable, near, offsets, None)
        self._known[name] = (key, best)
        return best

    def _way(
        self, cable: Cable, walls: Points, offsets: tuple[float, float], fixed: tuple[int, int] | None
    ) -> tuple[tuple[tuple[int, int], Points], float]:
        """Sides, way and cost of a cable between what it connects; over way-points the cost is not counted."""
        boxes = self._columns.rect[list(cable.ends)]
        if not cable.points:
            found, cost = _cheapest(
                boxes, walls, offsets, _aside(cable, boxes, offsets), cable.storage, [fixed] if fixed else SIDES
            )
            return (found[0], _clean(found[1])), cost
        allowed = [(side,) for side in fixed] if fixed else [range(4), range(4)]
        starts, ends = (
            [_plug(boxes[end], side, offsets[end], cable.storage) for side in allowed[end]] for end in (0, 1)
        )
        sides, path = through(starts, ends, cable.points, walls, STUB)
        return (sides, _clean(np.array(path), turns=True)), 0.0


def _aside(cable: Cable, boxes: Points, offsets: tuple[float, float]) -> float:
    """How far from the middle between its ends a cable crosses over: parallels in the order in which none cross."""
    across, down = boxes[1, :2] + boxes[1, 2:] / 2 - boxes[0, :2] - boxes[0, 2:] / 2
    return sum(offsets) / 2 * (1.0 if across * down < 0 else -1.0) + (LANE if cable.storage else -LANE)


def _boxes_at(points: tuple[tuple[float, float], ...]) -> Points:
    """Way-points as rectangles without a size."""
    return np.array([(x, y, 0.0, 0.0) for x, y in points]).reshape(len(points), 4)


def _plug(box: Points, side: int, offset: float, storage: bool) -> Port:
    x, y = port(box, side, offset, storage)
    across, down = NORMAL[side]
    return Port(side, (float(x), float(y)), (float(across), float(down)))


def _near(walls: Points, boxes: Points, reach: float) -> Points:
    """Walls that a way between two boxes could meet; no way goes further beyond them than `reach`."""
    left, top = boxes[:, :2].min(axis=0) - reach
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(axis=0) + reach
    hit = (walls[:, 0] < right) & (walls[:, 2] > left) & (walls[:, 1] < bottom) & (walls[:, 3] > top)
    found: Points = walls[hit]
    return found


def _cheapest(
    boxes: Points, walls: Points, offsets: tuple[float, float], aside: float, storage: bool,
    pairs: list[tuple[int, int]],
) -> tuple[tuple[tuple[int, int], Points], float]:  # fmt: skip
    """The best of all ways between some pairs of sides, and what it costs."""
    options: list[tuple[tuple[int, int], Points]] = []
    for pair in pairs:
        start, end = (port(boxes[end], pair[end], offsets[end], storage) for end in (0, 1))
        options.extend((pair, way) for way in _ways(start, end, pair, aside))
    costs = _cost(np.array([way for _pair, way in options]), walls)
    return options[int(np.argmin(costs))], float(costs.min())


def _ways(start: Points, end: Points, sides: tuple[int, int], aside: float) -> list[Points]:
    """Ways from port to port as MOST_POINTS points: out a stub, over in a lane `aside` of the middle, in."""
    from_side, to_side = sides
    out, back = _stub(start, from_side, end), _stub(end, to_side, start)
    horizontal = (from_side in (LEFT, RIGHT), to_side in (LEFT, RIGHT))
    if horizontal == (True, False):
        middles = [[(end[0], start[1])]]
    elif horizontal == (False, True):
        middles = [[(start[0], end[1])]]
    elif horizontal[0]:
        lanes = _lanes(out[0], back[0], aside)
        middles = [[(x, start[1]), (x, end[1])] for x in lanes]
    else:
        lanes = _lanes(out[1], back[1], aside)
        middles = [[(start[0], y), (end[0], y)] for y in lanes]
    found = []
    for middle in middles:
        path = [start, out, *middle, back, end]
        found.append(np.array([*path, *[end] * (MOST_POINTS - len(path))]))
    if horizontal[0] != horizontal[1]:
        corner = (back[0], out[1]) if horizontal[1] else (out[0], back[1])
        found.append(np.array([start, out, corner, back, end, end]))
    return found


def _stub(at: Points, side: int, far: Points) -> Points:
    """Where a way leaves its port: STUB px out of the side, less where it turns towards `far` before that."""
    ahead = float(((far - at) * NORMAL[side]).sum())
    found: Points = at + NORMAL[side] * (ahead if LEAST_STUB <= ahead < STUB else STUB)
    return found


def _lanes(out: float, back: float, aside: float) -> tuple[float, float, float]:
    """Where a way may cross over: between both ends, kept apart from its neighbours, or beyond either of them."""
    low, high = sorted((out, back))
    room = max(0.0, (high - low) / 2 - 2)
    return ((low + high) / 2 + min(max(aside, -room), room), low - abs(aside), high + abs(aside))


def _cost(ways: Points, walls: Points) -> NDArray[np.float64]:
    """Length + 40 a bend + 900 a card crossed + 600 for turning back, for each way."""
    step = np.diff(ways, axis=1)
    length = np.abs(step).sum(axis=(1, 2))
    low, high = np.minimum(ways[:, :-1], ways[:, 1:]), np.maximum(ways[:, :-1], ways[:, 1:])
    skew = (np.abs(step) > 0.5).all(axis=2).sum(axis=1)
    crossed = (
        (low[:, :, None, 0] < walls[None, None, :, 2]) & (high[:, :, None, 0] > walls[None, None, :, 0])
        & (low[:, :, None, 1] < walls[None, None, :, 3]) & (high[:, :, None, 1] > walls[None, None, :, 1])
    ).sum(axis=(1, 2))  # fmt: skip
    moving = np.abs(step) > 0.5
    unit = np.sign(step) * moving
    turn = (unit[:, :-1] * unit[:, 1:]).sum(axis=2)
    bends = (np.abs(np.diff(unit, axis=1)).sum(axis=2) > 1.5).sum(axis=1)
    back = (turn < 0).sum(axis=1)
    cost: NDArray[np.float64] = length + 40.0 * bends + CROSSING * crossed + 600.0 * back + 5000.0 * skew
    return cost


def _clean(path: Points, *, turns: bool = False) -> Points:
    """The same way without repeated points and without points on a straight piece; where it `turns` back may stay."""
    kept = [path[0]]
    for index in range(1, len(path)):
        if np.abs(path[index] - kept[-1]).max() > 0.5:
            kept.append(path[index])
    for index in range(len(kept) - 2, 0, -1):
        before, here, after = kept[index - 1], kept[index], kept[index + 1]
        back = turns and float((here - before) @ (after - here)) < 0
        if back:
            continue
        if any(abs(before[axis] - here[axis]) < 0.5 and abs(after[axis] - here[axis]) < 0.5 for axis in (0, 1)):
            del kept[index]
    return np.array(kept if len(kept) > 1 else [path[0], path[-1]])
