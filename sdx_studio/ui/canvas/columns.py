"""What is drawn, as numpy columns: one row an element in drawing order. It mirrors and owns no fact."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from sdx_studio.document import Document
from sdx_studio.document.layout import Box, boxes
from sdx_studio.engine.snapshot import Condition, Layout, Snapshot
from sdx_studio.kinds import Kind

SHAPES = ("ground", "cabinet", "machine", "layer", "guest", "chip", "array", "slot", "block", "leaf", "closed")
GROUNDS = (0, 1)
OUTER = tuple(SHAPES.index(shape) for shape in ("machine", "leaf", "array", "closed"))
CELLS = tuple(SHAPES.index(shape) for shape in ("guest", "chip"))
PARTS = tuple(SHAPES.index(shape) for shape in ("slot", "block"))


class State(IntEnum):
    """What an element looks like; NONE has no measure, or nothing runs."""

    NONE = 0
    OK = 1
    BUSY = 2
    CRITICAL = 3
    MOVING = 4
    IDLE = 5
    OFF = 6
    FAILED = 7
    MAINTENANCE = 8


COLOUR_OF = {
    State.NONE: "state.idle", State.OK: "state.ok", State.BUSY: "state.busy", State.CRITICAL: "state.critical",
    State.MOVING: "state.moving", State.IDLE: "state.idle", State.OFF: "state.idle", State.FAILED: "state.critical",
    State.MAINTENANCE: "ink.2",
}  # fmt: skip
CONDITIONS = {
    Condition.OFF: State.OFF, Condition.FAILED: State.FAILED, Condition.MOVING: State.MOVING,
    Condition.MAINTENANCE: State.MAINTENANCE, Condition.STARTING: State.OFF,
    Condition.BLOCKED: State.CRITICAL,
}  # fmt: skip
METERS = 4


class Columns:
    """Rows of everything that is drawn. `rect` is float64 n × 4: x, y, width, height on the canvas."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.moved: dict[str, str] = {}
        self.hidden: frozenset[str] = frozenset()
        """Families that are not drawn, with all that is in them."""
        self.only: frozenset[str] | None = None
        """Elements that are drawn, with all that is in them, and no others; None draws all."""
        self.fixed: frozenset[str] = frozenset()
        """Families that the mouse passes through; "cable" is one of them here."""
        self.ids: list[str] = []
        self.row: dict[str, int] = {}
        self.version = 0
        """Counts up whenever rows or measures change: what was kept for another version is out of date."""
        self.edition = 0
        """Counts up whenever boxes, names or kinds change."""
        self.memo: dict[str, Any] = {}
        """What painters keep until the rows change."""
        self._layout: Layout | None = None
        self._snapshot: Snapshot | None = None
        self.rebuild()

    def rebuild(self) -> None:
        """Take everything from the document anew, keeping nothing of a run but where it moved guests."""
        placed = boxes(self.document, self.moved)
        kinds = {id: self.document.kind_of(id) for id in placed}
        placed = self._seen(placed, kinds)
        ground = {"ground": 0, "cabinet": 1}
        order = sorted(placed, key=lambda one: ground.get(kinds[one].shape, 2))
        self.ids = order
        self.row = {id: row for row, id in enumerate(order)}
        count = len(order)
        self.rect: NDArray[np.float64] = np.array(
            [(placed[id].x, placed[id].y, placed[id].width, placed[id].height) for id in order], dtype=np.float64
        ).reshape(count, 4)
        self.depth = np.array([placed[id].depth for id in order], dtype=np.int16)
        self.shape = np.array([SHAPES.index(self._shape(id, kinds[id])) for id in order], dtype=np.int8)
        self.kind = [kinds[id] for id in order]
        self.parent = np.array([self.row.get(self.holder(id) or "", -1) for id in order], dtype=np.int32)
        loose = np.isin(self.shape, PARTS) & (self.parent < 0)
        self.outer: NDArray[np.bool_] = np.isin(self.shape, OUTER) | loose
        """Rows that are cards of their own when seen from far away; loose disks and volumes are."""
        self.cell: NDArray[np.bool_] = np.isin(self.shape, CELLS)
        self.state = np.zeros(count, dtype=np.int8)
        self.lead = np.full(count, np.nan)
        self.meters = np.full((count, METERS), np.nan)
        self._limits = np.array(
            [(one.thresholds.idle, one.thresholds.busy, one.thresholds.critical) for one in self.kind]
        ).reshape(count, 3)
        self.touch()
        self._forget_run()

    def _shape(self, id: str, kind: Kind) -> str:
        return "closed" if self.document.elements[id].closed and self.document.children(id) else kind.shape

    def _seen(self, placed: dict[str, Box], kinds: Mapping[str, Kind]) -> dict[str, Box]:
        """Those of the boxes that are not in a hidden family, nor in something of one; of these, those wanted alone."""
        if self.only is not None:
            wanted: set[str | None] = set()
            for id in placed:
                if id in self.only or self.holder(id) in wanted:
                    wanted.add(id)
            placed = {id: box for id, box in placed.items() if id in wanted}
        if not self.hidden:
            return placed
        gone: set[str | None] = set()
        for id in placed:
            if kinds[id].family in self.hidden or self.holder(id) in gone:
                gone.add(id)
        return {id: box for id, box in placed.items() if id not in gone}

    def touch(self) -> None:
        """Boxes or names have changed, rows and measures have not."""
        self.memo.clear()
        self.version += 1
        self.edition += 1

    def _forget_run(self) -> None:
        self._layout, self._snapshot = None, None
        self.version += 1

    def holder(self, id: str) -> str | None:
        """What an element sits in now, a run's moves included."""
        return self.moved.get(id, self.document.elements[id].parent)

    def clear_run(self) -> None:
        """Forget all measures and moves of a run."""
        moved, self.moved = self.moved, {}
        if moved:
            self.rebuild()
        self.state[:] = State.NONE
        self.lead[:] = np.nan
        self.meters[:] = np.nan
        self._forget_run()

    def show(self, layout: Layout, snapshot: Snapshot) -> None:
        """Take the measures of one snapshot; the same one again changes nothing."""
        if layout is self._layout and snapshot is self._snapshot:
            return
        if layout is not self._layout:
            self._bind(layout)
        self._snapshot = snapshot
        self.version += 1
        values = np.append(snapshot.values, np.nan)
        self.lead = values[self._lead_slot]
        self.meters = values[self._meter_slot]
        condition = np.append(snapshot.condition, -1)[self._element_row]
        self.state = self._states(condition)

    def _states(self, condition: NDArray[np.int8]) -> NDArray[np.int8]:
        lead, limits = self.lead, self._limits
        state = np.full(len(lead), State.OK, dtype=np.int8)
        with np.errstate(invalid="ignore"):
            state[lead < limits[:, 0]] = State.IDLE
            state[lead >= limits[:, 1]] = State.BUSY
            state[lead >= limits[:, 2]] = State.CRITICAL
        state[np.isnan(lead)] = State.NONE
        for code, shown in CONDITIONS.items():
            state[condition == code] = shown
        return state

    def _bind(self, layout: Layout) -> None:
        """Find for every row where its measures stand in the snapshot's arrays."""
        self._layout = layout
        slots = {slot: index for index, slot in enumerate(layout.slots)}
        rows = {id: index for index, id in enumerate(layout.elements)}
        none = len(layout.slots)
        self._element_row = np.array([rows.get(id, len(rows)) for id in self.ids], dtype=np.int64)
        lead, meters = [], []
        for id, kind in zip(self.ids, self.kind, strict=True):
            at = rows.get(id, -1)
            lead.append(slots.get((at, kind.lead or ""), none))
            found = [slots.get((at, meter.measure), none) for meter in kind.meters[:METERS]]
            meters.append(found + [none] * (METERS - len(found)))
        self._lead_slot = np.array(lead, dtype=np.int64)
        self._meter_slot = np.array(meters, dtype=np.int64).reshape(len(lead), METERS)

    def box(self, row: int) -> QRectF:
        """Rectangle of a row on the canvas."""
        x, y, width, height = self.rect[row]
        return QRectF(x, y, width, height)

    def packed(self, row: int) -> Box:
        """The same rectangle as the layout's own type."""
        return Box(*self.rect[row])

    def bounds(self, ids: Mapping[str, object] | list[str] | None = None) -> QRectF:
        """Rectangle around some elements, or all; empty when there are none."""
        chosen = self.rect if ids is None else self.rect[[self.row[id] for id in ids if id in self.row]]
        if not len(chosen):
            return QRectF()
        low = chosen[:, :2].min(axis=0)
        high = (chosen[:, :2] + chosen[:, 2:]).max(axis=0)
        return QRectF(low[0], low[1], high[0] - low[0], high[1] - low[1])

    def at(self, x: float, y: float) -> int | None:
        """Topmost row at a canvas point (deepest, then last drawn), or None."""
        rows = self.all_at(x, y)
        return rows[0] if rows else None

    def all_at(self, x: float, y: float) -> list[int]:
        """Rows at a canvas point, topmost first."""
        rect = self.rect
        hit = (rect[:, 0] <= x) & (x <= rect[:, 0] + rect[:, 2]) & (rect[:, 1] <= y) & (y <= rect[:, 1] + rect[:, 3])
        rows = np.flatnonzero(hit)
        return [int(row) for row in rows[np.lexsort((rows, self.depth[rows]))[::-1]]]

    def inside(self, area: QRectF, touching: bool = True) -> NDArray[np.int64]:
        """Rows that touch (or lie wholly in) an area, in drawing order."""
        left, top, right, bottom = area.left(), area.top(), area.right(), area.bottom()
        x, y, w, h = self.rect.T if len(self.rect) else np.zeros((4, 0))
        if touching:
            return np.flatnonzero((x <= right) & (x + w >= left) & (y <= bottom) & (y + h >= top))
        return np.flatnonzero((x >= left) & (x + w <= right) & (y >= top) & (y + h <= bottom))

    def below(self, row: int) -> list[int]:
        """A row and everything inside it, outer ones first."""
        found = [row]
        if self.shape[row] not in (SHAPES.index("chip"), SHAPES.index("leaf")):
            children: dict[int, list[int]] = {}
            for child, parent in enumerate(self.parent):
                children.setdefault(int(parent), []).append(child)
            for one in found:
                found.extend(children.get(one, ()))
        return found


def stand_in(columns: Columns, id: str) -> int | None:
    """Row of an element, or of the closed group that is drawn in its place; None when it is hidden."""
    document, at = columns.document, id
    while at not in columns.row:
        holder = columns.holder(at) if at in document.elements else None
        if holder is None or (holder in columns.row and not document.elements[holder].closed):
            return None
        at = holder
    return columns.row[at]
