"""One part of a drawing as tiers: where every box of its rows goes, and what takes no cable beside or below them."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sdx_studio.document.arrange.block import SHAPE, Block, Spot, around, line
from sdx_studio.document.arrange.graph import Ground

ROW_GAP, LANE_GAP, MOST_LANES = 48.0, 8.0, 12
"""Px between two rows: at least so much, and more for each cable that has to go sideways there."""
CARD_GAP, MACHINE_GAP, SIDE_GAP, STRIP_GAP = 32.0, 48.0, 64.0, 16.0
LEAN = 40.0
"""Px outside of a rack's edge to which what is cabled to its machines leans."""
WIDE = 300.0
"""Boxes at least so wide stand further apart."""
LEAST_ROOM = 900.0
SIDE_BY_SIDE = 4
SWEEPS = 3

Columns = list[list[str]]
"""A row as columns from left to right; one that is too long has several boxes in a column."""


class Tiered:
    """Rows from top to bottom, already in order, become spots."""

    def __init__(
        self, rows: Sequence[Sequence[str]], ground: Ground, wide_gaps: Mapping[str, float], stacks: frozenset[str]
    ) -> None:
        self.ground, self.sizes, self._wide_gaps, self._stacks = ground, ground.sizes, wide_gaps, stacks
        self._level = {id: level for level, row in enumerate(rows) for id in row}
        area = sum(self._gross(id) for row in rows for id in row)
        room = max(LEAST_ROOM, math.sqrt(area * SHAPE))
        self.rows = [self._columns(list(row), room) for row in rows]
        self.middle: dict[str, float] = {}
        """X of the middle of each box that has its place."""

    def _gross(self, id: str) -> float:
        width, height = self.sizes[id]
        return (width + CARD_GAP) * (height + 2 * ROW_GAP)

    def _gap(self, row: Sequence[str]) -> float:
        """Least px between the columns of a row."""
        inside = set(row)
        wide = MACHINE_GAP if any(self.sizes[id][0] >= WIDE for id in row) else CARD_GAP
        tied = SIDE_GAP if any(not inside.isdisjoint(self.ground.near[id]) for id in row) else 0.0
        return max([wide, tied, *(self._wide_gaps.get(id, 0.0) for id in row if len(row) > 1)])

    def _columns(self, row: list[str], room: float) -> Columns:
        """As few boxes in a column as let the row fit into `room`; the widest few stand side by side anyway."""
        gap = self._gap(row)
        widths = sorted((self.sizes[id][0] + gap for id in row), reverse=True)
        length, room = sum(widths) - gap, max(room, sum(widths[:SIDE_BY_SIDE]))
        deep = max(1, min(math.ceil(length / room), math.ceil(math.sqrt(len(row)))))
        count = math.ceil(len(row) / deep)
        starts = [round(index * len(row) / count) for index in range(count + 1)]
        return [row[first:last] for first, last in pairwise(starts)]

    def block(self) -> Block:
        """Spots of all boxes."""
        self._across()
        spots: dict[str, Spot] = {}
        y = 0.0
        for index, row in enumerate(self.rows):
            if index:
                y += ROW_GAP + LANE_GAP * self._lanes(self.rows[index - 1], row)
            y = self._down(row, y, spots)
        return around(spots, self.sizes)

    def _down(self, row: Columns, y: float, spots: dict[str, Spot]) -> float:
        """Places the boxes of one row from `y` downwards; returns where the row ends."""
        bottom = y
        for column in row:
            at = y
            for id in column:
                width, height = self.sizes[id]
                spots[id] = (self.middle[id] - width / 2, at)
                bottom = max(bottom, at + height)
                at += height + CARD_GAP
        return bottom

    def _lanes(self, upper: Columns, lower: Columns) -> int:
        """Cables between two rows that are not straight down, at most so many as get a lane of their own."""
        inside = {id for column in lower for id in column}
        skew = sum(
            abs(self.middle[id] - self.middle[other]) > 1.0
            for column in upper for id in column for other in self.ground.near[id] if other in inside
        )  # fmt: skip
        return min(skew, MOST_LANES)

    def _across(self) -> None:
        """The row with racks or the widest first, then its neighbours, each at what it is tied to; then all again."""
        widths = [self._width(row) for row in self.rows]
        stacked = [any(id in self._stacks for column in row for id in column) for row in self.rows]
        anchor = max(range(len(widths)), key=lambda index: (stacked[index], widths[index]))
        order = [*range(anchor, len(self.rows)), *range(anchor - 1, -1, -1)]
        for sweep in range(SWEEPS):
            for index in order:
                if sweep == 0 or index != anchor:
                    self._place(self.rows[index], max(widths))

    def _width(self, row: Columns) -> float:
        gap = self._gap([id for column in row for id in column])
        return sum(self._column_width(column) + gap for column in row) - gap

    def _column_width(self, column: Sequence[str]) -> float:
        return max(self.sizes[id][0] for id in column)

    def _place(self, row: Columns, widest: float) -> None:
        widths = [self._column_width(column) for column in row]
        gap = self._gap([id for column in row for id in column])
        free = (widest + 6 * LEAN - sum(widths)) / max(1, len(row) - 1)
        begins = line(self._wanted(row, widths, gap), widths, (gap, max(gap, free)))
        for column, begin, width in zip(row, begins, widths, strict=True):
            for id in column:
                self.middle[id] = begin + width / 2

    def _wanted(self, row: Columns, widths: list[float], gap: float) -> list[float]:
        """Where the middle of each column would like to be: at the mean of the places it is tied to."""
        inside = {id for column in row for id in column}
        total = sum(widths) + gap * (len(row) - 1)
        at, found = self._centre(inside) - total / 2, []
        for column, width in zip(row, widths, strict=True):
            ends = {
                self._pull(id, other)
                for id in column for other in self.ground.near[id] if other in self.middle and other not in inside
            }  # fmt: skip
            found.append(sum(sorted(ends)) / len(ends) if ends else at + width / 2)
            at += width + gap
        return found

    def _pull(self, id: str, other: str) -> float:
        """Where a cable to `other` pulls `id`: over its middle; for racks outside one edge, and storage to the other.

        So the network's cables come down on the outer sides of racks, and those of the storage on the inner ones.
        """
        x = self.middle[other]
        if other not in self._stacks:
            return x
        stacks = [self.middle[one] for one in self._stacks if one in self.middle]
        outward = -1.0 if x <= sum(stacks) / len(stacks) else 1.0
        side = outward if self._level[id] < self._level[other] else -outward
        return x + side * (self.sizes[other][0] / 2 + LEAN)

    def _centre(self, row: set[str]) -> float:
        """X of the middle of the boxes placed so far, other than those of a row."""
        others = [x for id, x in self.middle.items() if id not in row]
        return (min(others) + max(others)) / 2 if others else 0.0


def with_strips(block: Block, loose: Sequence[str], ground: Ground) -> Block:
    """The block with what takes no cable: people above it, the rest below it, or beside a block that is not wide."""
    if not loose:
        return block
    over = [id for id in loose if id in ground.above]
    rest = [id for id in loose if id not in ground.above]
    spots = dict(block.spots)
    spots.update(_strip(block, over, ground, axis=0, before=True))
    beside = block.height > 0 and block.width < 1.4 * block.height
    spots.update(_strip(block, rest, ground, axis=int(beside), before=False))
    return around(spots, ground.sizes)


def _strip(block: Block, ids: Sequence[str], ground: Ground, *, axis: int, before: bool) -> dict[str, Spot]:
    """One or more lines along `axis` (0: rows over or under the block, 1: columns at its right), near the ends."""
    if not ids:
        return {}
    extent = (block.width, block.height)
    middles = {id: _middle(id, block, ground, axis) for id in ids}
    order = sorted(ids, key=middles.__getitem__)
    long = max(ground.sizes[id][axis] for id in ids) + STRIP_GAP
    each = max(1, int((max(extent[axis], 2 * WIDE) + STRIP_GAP) // long))
    spots: dict[str, Spot] = {}
    out = -ROW_GAP if before else extent[1 - axis] + (ROW_GAP if extent[1 - axis] else 0.0)
    for first in range(0, len(order), each):
        part = order[first : first + each]
        deep = max(ground.sizes[id][1 - axis] for id in part)
        out -= deep if before else 0.0
        sizes = [ground.sizes[id][axis] for id in part]
        begins = line([middles[id] for id in part], sizes, (STRIP_GAP, STRIP_GAP))
        if axis and len(part) == len(ids):
            out = _close(block, ground, begins[0], begins[-1] + sizes[-1])
        for id, begin in zip(part, begins, strict=True):
            spots[id] = (out, begin) if axis else (begin, out)
        out += -STRIP_GAP if before else deep + STRIP_GAP
    return spots


def _close(block: Block, ground: Ground, top: float, bottom: float) -> float:
    """How near a column from `top` to `bottom` may come to the block: past what is level with it, and its cables."""
    level = [id for id, (_x, y) in block.spots.items()
             if y < bottom + ROW_GAP and top < y + ground.sizes[id][1] + ROW_GAP]  # fmt: skip
    past = max((block.spots[id][0] + ground.sizes[id][0] for id in level), default=0.0)
    return min(block.width + ROW_GAP, past + ROW_GAP + 2 * LEAN)


def _middle(id: str, block: Block, ground: Ground, axis: int) -> float:
    """Mean of the middles of an element's ends along an axis, else the block's own middle."""
    found = [block.spots[end][axis] + ground.sizes[end][axis] / 2 for end in ground.ends[id] if end in block.spots]
    return sum(found) / len(found) if found else (block.height if axis else block.width) / 2
