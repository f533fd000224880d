"""Snapshots in shared memory: two buffers, each with a sequence number that is odd while it is written.

A reader that finds a number odd, or changed after copying, tries again (a seqlock); the writer never waits.
"""

from multiprocessing.shared_memory import SharedMemory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.snapshot import MOVE_COLUMNS, Layout, Snapshot

HEAD = 8
"""int64 of the segment: newest buffer (0, 1; −1 none), heartbeat, sequence of buffer 0 and of buffer 1, pulse."""
NEWEST, HEARTBEAT, SEQUENCE, PULSE = 0, 1, 2, 4
MOST_MOVES = 1024
"""Migrations that fit into a snapshot; more are not shown."""
TRIES = 50

Arrays = tuple[NDArray[Any], ...]


def buffer_size(layout: Layout) -> int:
    """Bytes of one buffer for snapshots of `layout`."""
    elements, cables = len(layout.elements), len(layout.cables)
    moves = min(MOST_MOVES, elements) * len(MOVE_COLUMNS)
    eights = 4 + len(layout.slots) + 2 * cables + moves
    return 8 * eights + _padded(4 * elements) + _padded(elements) + _padded(cables)


class Segment:
    """One shared segment, seen through arrays; `close` lets go of it, `unlink` also frees it for all."""

    def __init__(self, name: str | None = None, size: int = 0) -> None:
        self._memory = SharedMemory(name, create=name is None, size=max(size, 1) if name is None else 0)
        self.name = self._memory.name
        self._head: NDArray[np.int64] | None = np.frombuffer(_mapped(self._memory), np.int64, HEAD)
        if name is None:
            self._head[:] = 0
            self._head[NEWEST] = -1

    @staticmethod
    def fitting(layout: Layout) -> "Segment":
        """A new segment with room for `layout` and some growth."""
        return Segment(size=8 * HEAD + 2 * (buffer_size(layout) * 5 // 4 // 8 * 8 + 8))

    def holds(self, layout: Layout) -> bool:
        """Whether snapshots of `layout` have room."""
        return buffer_size(layout) <= self._room

    @property
    def _room(self) -> int:
        return (self._memory.size - 8 * HEAD) // 2 // 8 * 8

    @property
    def heartbeat(self) -> int:
        """A number that grows as long as the writer comes on with its work."""
        return 0 if self._head is None else int(self._head[HEARTBEAT])

    def beat(self) -> None:
        """Show that the writer comes on."""
        if self._head is not None:
            self._head[HEARTBEAT] += 1

    @property
    def pulse(self) -> int:
        """A number that grows as long as the writer's process lives, even in the midst of long work."""
        return 0 if self._head is None else int(self._head[PULSE])

    def throb(self) -> None:
        """Show that the writer's process lives."""
        if self._head is not None:
            self._head[PULSE] += 1

    def write(self, layout: Layout, snapshot: Snapshot) -> None:
        """Publish `snapshot` in the buffer that is not the newest."""
        head = self._head
        if head is None:
            return
        place = 1 - max(0, int(head[NEWEST]))
        moves = snapshot.moves[: min(MOST_MOVES, len(layout.elements))]
        head[SEQUENCE + place] += 1
        meta, values, rates, rows, places, conditions, cables = self._arrays(layout, place)
        meta[:] = (snapshot.time, snapshot.version, len(moves), 0)
        values[:], rates[:], places[:] = snapshot.values, snapshot.cable_rates, snapshot.place
        conditions[:], cables[:] = snapshot.condition, snapshot.cable_condition
        rows[: len(moves)] = moves
        head[SEQUENCE + place] += 1
        head[NEWEST] = place

    def read(self, layout: Layout) -> Snapshot | None:
        """The newest snapshot, None when there is none of this layout."""
        for _ in range(TRIES):
            head = self._head
            if head is None or head[NEWEST] < 0 or not self.holds(layout):
                return None
            place = int(head[NEWEST])
            before = int(head[SEQUENCE + place])
            if before % 2:
                continue
            meta, values, rates, rows, places, conditions, cables = self._arrays(layout, place)
            time, version, moves, _ = (int(one) for one in meta)
            if version != layout.version:
                return None
            found = Snapshot(
                time, version, values.copy(), conditions.copy(), places.copy(), rates.copy(), cables.copy(),
                rows[: max(0, moves)].copy(),
            )  # fmt: skip
            if int(head[SEQUENCE + place]) == before:
                return found
        return None

    def close(self) -> None:
        """Let go of the memory; the other side keeps it."""
        self._head = None
        self._memory.close()

    def unlink(self) -> None:
        """Let go of the memory and free it for all."""
        self.close()
        try:
            self._memory.unlink()
        except FileNotFoundError:
            return

    def _arrays(self, layout: Layout, place: int) -> Arrays:
        """Views of one buffer: time/version/moves, values, rates, moves, places, conditions, cable conditions."""
        elements, cables, slots = len(layout.elements), len(layout.cables), len(layout.slots)
        rows = min(MOST_MOVES, elements)
        columns = len(MOVE_COLUMNS)
        plan: tuple[tuple[Any, tuple[int, ...]], ...] = (
            (np.int64, (4,)), (np.float64, (slots,)), (np.float64, (cables, 2)), (np.float64, (rows, columns)),
            (np.int32, (elements,)), (np.int8, (elements,)), (np.int8, (cables,)),
        )  # fmt: skip
        at = 8 * HEAD + place * self._room
        views: list[NDArray[Any]] = []
        for sort, shape in plan:
            view: NDArray[Any] = np.ndarray(shape, sort, self._memory.buf, at)
            views.append(view)
            at += _padded(view.nbytes)
        return tuple(views)


def _mapped(memory: SharedMemory) -> memoryview:
    if memory.buf is None:
        raise ValueError("the shared memory is closed")
    return memory.buf


def _padded(size: int) -> int:
    return (size + 7) // 8 * 8
