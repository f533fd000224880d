"""The way each cable takes: polylines from border to border, orthogonal ones around what is in their way."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from sdx_studio.document import Document, Link
from sdx_studio.kinds.links import link_values, vlans
from sdx_studio.ui.canvas.columns import SHAPES, Columns

Points = NDArray[np.float64]
LEFT, RIGHT, TOP, BOTTOM = range(4)
NORMAL = np.array([(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)])
STUB = 14.0
PORT_GAP = 12.0
LANE = 7.0
CROSSING = 900.0
SIDES = [(a, b) for a in range(4) for b in range(4)]
MOST_POINTS = 6
CURVE_POINTS = 17
SEARCH_LIMIT = 1500
"""Above this many cables every one is drawn straight: a search for each would take longer than opening the file."""
_SOLID = [SHAPES.index(shape) for shape in ("machine", "leaf", "array")]


class Routes:
    """One row a link: its polyline, padded to the same number of points, and what it carries."""

    def __init__(self, document: Document, columns: Columns) -> None:
        self.document = document
        self.columns = columns
        self._known: dict[str, tuple[object, tuple[tuple[int, int], Points]]] = {}
        self.rebuild()

    def rebuild(self) -> None:
        """Route every link whose ends are drawn; those whose surroundings did not change keep their way."""
        columns = self.columns
        links = [link for _id, link in sorted(self.document.links.items()) if self._drawn(link)]
        self.links = links
        self.ids = [link.id for link in links]
        self.row = {id: row for row, id in enumerate(self.ids)}
        values = [link_values(link) for link in links]
        self.medium = [str(one["medium"]) for one in values]
        self.labelled = np.array([bool(one["label"]) for one in values], dtype=bool)
        self.vlans = self._vlans()
        self.ends = np.array([(columns.row[link.a], columns.row[link.b]) for link in links], dtype=np.int64).reshape(
            len(links), 2
        )
        orthogonal = [row for row, link in enumerate(links) if link.route == "orthogonal"]
        if len(orthogonal) > SEARCH_LIMIT:
            orthogonal = []
        paths = self._straight()
        for row, path in self._orthogonal(orthogonal).items():
            paths[row] = path
        for row, link in enumerate(links):
            if link.points:
                paths[row] = np.array([paths[row][0], *link.points, paths[row][-1]])
            elif link.route == "curved":
                paths[row] = _curve(*paths[row])
        self.paths = paths
        self._pad()

    def _vlans(self) -> list[tuple[tuple[int, int], ...]]:
        """For each link the VLANs it is tied to, as (series colour 1…6, number); empty when it carries all."""
        if not self.document.having("segment") and not any(link.fields.get("vlans") for link in self.links):
            return [()] * len(self.links)
        found = [vlans(link, self.document) or () for link in self.links]
        order = {number: index % 6 + 1 for index, number in enumerate(sorted({one for each in found for one in each}))}
        return [tuple((order[number], number) for number in each) for each in found]

    def at(self, point: QPointF, reach: float) -> str | None:
        """Id of the nearest link within `reach` canvas px of a point."""
        if not self.ids:
            return None
        start, end = self.points[:, :-1], self.points[:, 1:]
        step = end - start
        here = np.array([point.x(), point.y()])
        squared = np.maximum((step**2).sum(axis=2), 1e-9)
        share = np.clip(((here - start) * step).sum(axis=2) / squared, 0.0, 1.0)
        near = start + step * share[:, :, None]
        distance = np.hypot(near[..., 0] - here[0], near[..., 1] - here[1]).min(axis=1)
        row = int(np.argmin(distance))
        return self.ids[row] if distance[row] <= reach else None

    def _drawn(self, link: Link) -> bool:
        return link.a in self.columns.row and link.b in self.columns.row and link.a != link.b

    def _pad(self) -> None:
        """The same paths as one array, and their lengths, for moving marks."""
        most = max([2, *(len(path) for path in self.paths)])
        padded = self.paths
        if any(len(path) != most for path in self.paths):
            padded = [np.vstack([path, np.repeat(path[-1:], most - len(path), axis=0)]) for path in self.paths]
        self.points = np.array(padded).reshape(len(self.paths), most, 2)
        steps = np.hypot(*np.moveaxis(np.diff(self.points, axis=1), 2, 0)).reshape(len(self.paths), most - 1)
        self.along = np.hstack([np.zeros((len(self.paths), 1)), np.cumsum(steps, axis=1)])
        self.length = self.along[:, -1] if len(self.paths) else np.zeros(0)
        self._low, self._high = self.points.min(axis=1), self.points.max(axis=1)

    def touching(self, area: QRectF) -> NDArray[np.int64]:
        """Rows of links that may touch an area."""
        low, high = self._low, self._high
        return np.flatnonzero(
            (low[:, 0] <= area.right()) & (high[:, 0] >= area.left())
            & (low[:, 1] <= area.bottom()) & (high[:, 1] >= area.top())
        )  # fmt: skip

    def _straight(self) -> list[Points]:
        """Straight lines between the borders; parallel ones apart."""
        if not self.links:
            return []
        rect = self.columns.rect
        half = rect[:, 2:] / 2
        centre = rect[:, :2] + half
        a, b = centre[self.ends[:, 0]].copy(), centre[self.ends[:, 1]].copy()
        delta = b - a
        length = np.maximum(np.hypot(delta[:, 0], delta[:, 1]), 1e-9)
        normal = np.stack([-delta[:, 1], delta[:, 0]], axis=1) / length[:, None]
        shift = (normal * self._lanes()[:, None]) * PORT_GAP
        start = a + shift + delta * self._exit(half[self.ends[:, 0]], delta)[:, None]
        end = b + shift - delta * self._exit(half[self.ends[:, 1]], delta)[:, None]
        return list(np.stack([start, end], axis=1))

    @staticmethod
    def _exit(half: Points, delta: Points) -> NDArray[np.float64]:
        """Share of the way at which a line from a box's centre leaves the box (at most 0.45)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.nanmin(np.where(delta != 0, half / np.abs(delta), np.inf), axis=1)
        least: NDArray[np.float64] = np.minimum(share, 0.45)
        return least

    def _lanes(self) -> NDArray[np.float64]:
        """Sideways place of each link among its parallels, in steps around zero, mirrored for reversed ones."""
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row, (a, b) in enumerate(self.ends):
            groups[(min(a, b), max(a, b))].append(row)
        lanes = np.zeros(len(self.links))
        for rows in groups.values():
            for index, row in enumerate(rows):
                sign = 1.0 if self.ends[row, 0] < self.ends[row, 1] else -1.0
                lanes[row] = (index - (len(rows) - 1) / 2) * sign
        return lanes

    def _orthogonal(self, rows: list[int]) -> dict[int, Points]:
        """Two passes: choose sides, then spread the ports along each side and draw the final ways."""
        solid = self.columns.rect[np.isin(self.columns.shape, _SOLID)]
        walls = np.column_stack([solid[:, :2] + 5, solid[:, :2] + solid[:, 2:] - 5])
        sides: dict[int, tuple[int, int]] = {}
        users: dict[tuple[int, int], list[tuple[float, float, int, int]]] = defaultdict(list)
        for row in rows:
            sides[row] = self._best(row, walls, (0.0, 0.0), None)[0]
            for end in (0, 1):
                element, side = int(self.ends[row, end]), sides[row][end]
                axis = 1 if side in (LEFT, RIGHT) else 0
                far = self.columns.rect[self.ends[row, 1 - end]]
                own = self.columns.rect[element]
                along = float(far[axis] + far[axis + 2] / 2)
                outward = -1.0 if along > own[axis] + own[axis + 2] / 2 else 1.0
                users[(element, side)].append((along, outward * float(far[1 - axis]), row, end))
        offset: dict[tuple[int, int], float] = {}
        for group in users.values():
            for index, (_along, _outward, row, end) in enumerate(sorted(group)):
                offset[(row, end)] = (index - (len(group) - 1) / 2) * PORT_GAP
        return {
            row: _clean(self._best(row, walls, (offset[(row, 0)], offset[(row, 1)]), sides[row])[1]) for row in rows
        }

    def _best(
        self, row: int, walls: Points, offsets: tuple[float, float], fixed: tuple[int, int] | None
    ) -> tuple[tuple[int, int], Points]:
        """Cheapest way of one link: short, with few bends, through no card; `fixed` keeps its sides."""
        key = (self._boxes(row), offsets, fixed, walls.tobytes())
        known = self._known.get(f"{self.ids[row]}{fixed is None}")
        if known is not None and known[0] == key:
            return known[1]
        best, cost = self._cheapest(row, walls, offsets, [fixed] if fixed else SIDES)
        if fixed and cost >= CROSSING:
            best, _cost_now = self._cheapest(row, walls, offsets, SIDES)
        self._known[f"{self.ids[row]}{fixed is None}"] = (key, best)
        return best

    def _cheapest(
        self, row: int, walls: Points, offsets: tuple[float, float], pairs: list[tuple[int, int]]
    ) -> tuple[tuple[tuple[int, int], Points], float]:
        """The best of all ways between some pairs of sides, and what it costs."""
        options: list[tuple[tuple[int, int], Points]] = []
        for pair in pairs:
            start, end = (self._port(row, end, pair[end], offsets[end]) for end in (0, 1))
            aside = sum(offsets) + (LANE if self.medium[row] == "storage" else -LANE)
            options.extend((pair, way) for way in _ways(start, end, pair, aside))
        ways = np.array([way for _pair, way in options])
        costs = _cost(ways, walls)
        return options[int(np.argmin(costs))], float(costs.min())

    def _boxes(self, row: int) -> tuple[float, ...]:
        return tuple(self.columns.rect[self.ends[row]].ravel())

    def _port(self, row: int, end: int, side: int, offset: float) -> Points:
        x, y, width, height = self.columns.rect[self.ends[row, end]]
        if side in (LEFT, RIGHT):
            storage = self.medium[row] == "storage"
            middle = height / 2 if height < 80 else min(height - 24, height * 0.72) if storage else 24.0
            return np.array([x if side == LEFT else x + width, y + middle + np.clip(offset, -middle + 8, middle)])
        return np.array(
            [x + width / 2 + np.clip(offset, -width / 2 + 8, width / 2 - 8), y if side == TOP else y + height]
        )


def _curve(start: Points, end: Points) -> Points:
    """A cubic curve that leaves and arrives sideways, as points."""
    reach = np.array([max(40.0, abs(end[0] - start[0]) / 2) * (1 if end[0] >= start[0] else -1), 0.0])
    t = np.linspace(0.0, 1.0, CURVE_POINTS)[:, None]
    path: Points = (
        (1 - t) ** 3 * start + 3 * (1 - t) ** 2 * t * (start + reach) + 3 * (1 - t) * t**2 * (end - reach) + t**3 * end
    )
    return path


def _ways(start: Points, end: Points, sides: tuple[int, int], aside: float) -> list[Points]:
    """Ways from port to port as MOST_POINTS points: out a stub, over in a lane `aside` of the middle, in."""
    from_side, to_side = sides
    out, back = start + NORMAL[from_side] * STUB, end + NORMAL[to_side] * STUB
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


def _lanes(out: float, back: float, aside: float) -> tuple[float, float, float]:
    """Where a way may cross over: between both ends, kept apart from its neighbours, or beyond either of them."""
    low, high = sorted((out, back))
    room = max(0.0, (high - low) / 2 - 2)
    return ((low + high) / 2 + float(np.clip(aside, -room, room)), low - abs(aside), high + abs(aside))


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


def _clean(path: Points) -> Points:
    """The same way without repeated points and without points on a straight piece."""
    kept = [path[0]]
    for index in range(1, len(path)):
        if np.abs(path[index] - kept[-1]).max() > 0.5:
            kept.append(path[index])
    for index in range(len(kept) - 2, 0, -1):
        before, here, after = kept[index - 1], kept[index], kept[index + 1]
        if any(abs(before[axis] - here[axis]) < 0.5 and abs(after[axis] - here[axis]) < 0.5 for axis in (0, 1)):
            del kept[index]
    return np.array(kept if len(kept) > 1 else [path[0], path[-1]])
