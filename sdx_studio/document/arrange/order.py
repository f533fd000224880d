"""The order within the rows: barycentre sweeps both ways, then neighbours swapped, the best of all is kept.

Sugiyama, Tagawa, Toda 1981; crossings counted by merging (Barth, Jünger, Mutzel 2002). A cable over several rows
passes through a point in each row between; all cables of one box over a row share that point.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from sdx_studio.document.arrange.graph import Neighbours

SWEEPS = 8
SWAPPED_BELOW = 150
"""Boxes up to which neighbours are swapped as well."""
Point = str | tuple[str, int]
"""A box, or where the long cables of a box pass a row."""
Ties = list[dict[Point, list[Point]]]
"""For each row its points and what they are tied to in the row above (or below, or in the same row)."""


class Ordering:
    """Rows of points in some order, with their ties up, down and sideways."""

    def __init__(self, rows: Sequence[Sequence[str]], near: Neighbours) -> None:
        self.rows: list[list[Point]] = [list(row) for row in rows]
        self.up: Ties = [{point: [] for point in row} for row in self.rows]
        self.down: Ties = [{point: [] for point in row} for row in self.rows]
        self.side: Ties = [{} for _row in self.rows]
        self._given = {id: at for row in rows for at, id in enumerate(row)}
        self._level = {id: level for level, row in enumerate(rows) for id in row}
        for row in rows:
            for id in row:
                for other in near[id]:
                    if other in self._level:
                        self._tie(id, other)
        for points in self.rows:
            points.sort(key=lambda point: self._origin(point, rows))

    def _origin(self, point: Point, rows: Sequence[Sequence[str]]) -> float:
        """Where a box, or the one whose cables pass at a point, was in its own row, from 0 to 1."""
        id = point if isinstance(point, str) else point[0]
        return (self._given[id] + 0.5) / len(rows[self._level[id]])

    def _tie(self, a: str, b: str) -> None:
        """Note one cable, once, seen from its upper end; through the points of the rows in between."""
        top, bottom = self._level[a], self._level[b]
        if top == bottom:
            self.side[top].setdefault(a, []).append(b)
        if top >= bottom:
            return
        here: Point = a
        for level in range(top + 1, bottom):
            there: Point = (a, level)
            if there not in self.up[level]:
                self.rows[level].append(there)
                self.up[level][there], self.down[level][there] = [], []
                self._join(level - 1, here, there)
            here = there
        self._join(bottom - 1, here, b)

    def _join(self, level: int, upper: Point, lower: Point) -> None:
        self.down[level][upper].append(lower)
        self.up[level + 1][lower].append(upper)

    def best(self) -> list[list[str]]:
        """Only the boxes, row by row, in the best order that was found."""
        kept, cost = [list(row) for row in self.rows], self.cost()
        for sweep in range(SWEEPS):
            self._sweep(down=sweep % 2 == 0)
            now = self.cost()
            if now < cost:
                kept, cost = [list(row) for row in self.rows], now
        self.rows = kept
        if sum(map(len, kept)) <= SWAPPED_BELOW:
            self._swap()
        found = [[point for point in row if isinstance(point, str)] for row in self.rows]
        return [row[::-1] for row in found] if self._turned(found) else found

    def _turned(self, rows: Sequence[Sequence[str]]) -> bool:
        """Whether the mirror image, which has the same crossings, is more like what was given."""
        steps = [self._given[b] - self._given[a] for row in rows for a, b in pairwise(row)]
        return sum(step < 0 for step in steps) > len(steps) / 2

    def _sweep(self, *, down: bool) -> None:
        levels = range(1, len(self.rows)) if down else range(len(self.rows) - 2, -1, -1)
        ties = self.up if down else self.down
        if len(self.rows) == 1:
            levels = range(1)
        for level in levels:
            beside = level - 1 if down else level + 1
            other = _shares(self.rows[beside]) if 0 <= beside < len(self.rows) else {}
            own = _shares(self.rows[level])
            wanted = {}
            for point in self.rows[level]:
                ends = [other[end] for end in ties[level][point] if end in other]
                ends += [own[end] for end in self.side[level].get(point, ())]
                wanted[point] = sum(ends) / len(ends) if ends else own[point]
            self.rows[level].sort(key=wanted.__getitem__)

    def cost(self) -> int:
        """Crossings between neighbouring rows, and what cables within a row pass by: boxes and their cables."""
        total = sum(self._crossings(level) for level in range(len(self.rows) - 1))
        return total + sum(self._passed(level) for level in range(len(self.rows)))

    def _crossings(self, level: int) -> int:
        place = {point: at for at, point in enumerate(self.rows[level + 1])}
        seen: list[int] = []
        total = 0
        for point in self.rows[level]:
            ends = sorted(place[end] for end in self.down[level][point])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
        return total

    def _passed(self, level: int) -> int:
        if not self.side[level]:
            return 0
        place = {point: at for at, point in enumerate(self.rows[level])}
        price = [0, *accumulate(1 + len(self.up[level][point]) for point in self.rows[level])]
        spans = ((place[a], place[b]) for a, ends in self.side[level].items() for b in ends)
        return sum(price[b] - price[a + 1] for a, b in spans if a < b)

    def _swap(self) -> None:
        """Swap neighbours as long as that helps, at most four rounds."""
        for _round in range(4):
            better = False
            for level in range(len(self.rows)):
                for at in range(len(self.rows[level]) - 1):
                    better = self._swapped(level, at) or better
            if not better:
                return

    def _swapped(self, level: int, at: int) -> bool:
        """Swap two neighbours if it lowers the cost around their row."""
        row = self.rows[level]
        before = self._around(level)
        row[at], row[at + 1] = row[at + 1], row[at]
        if self._around(level) < before:
            return True
        row[at], row[at + 1] = row[at + 1], row[at]
        return False

    def _around(self, level: int) -> int:
        levels = [one for one in (level - 1, level) if 0 <= one < len(self.rows) - 1]
        return sum(self._crossings(one) for one in levels) + self._passed(level)


def _shares(row: Sequence[Point]) -> dict[Point, float]:
    """Where each point of a row is, from 0 to 1."""
    return {point: (at + 0.5) / len(row) for at, point in enumerate(row)}


def ordered(ways: Iterable[Sequence[Sequence[str]]], near: Neighbours) -> list[list[str]]:
    """The rows of the way with the fewest crossings, in order; boxes begin in the order in which they are given."""
    best: tuple[int, list[list[str]]] | None = None
    for rows in ways:
        ordering = Ordering(rows, near)
        found = ordering.best()
        cost = ordering.cost()
        if best is None or cost < best[0]:
            best = (cost, found)
    return best[1] if best is not None else []
