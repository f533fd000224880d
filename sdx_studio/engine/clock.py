"""The simulated clock: a heap of plain tuples, so that what is still to come can be saved, compared and hashed."""

from heapq import heapify, heappop, heappush
from typing import Any

Key = tuple[str, str]
Entry = tuple[int, int, int, Key, Any]
"""Time (µs), priority, sequence, (verb, target), payload."""

SECOND = 1_000_000

FAILURES, PLACEMENT, DEMAND, STORAGE, NETWORK = 1, 2, 3, 5, 6
"""Priorities within one instant: failures and power, placement, CPU demand, storage, network."""


def micros(seconds: float) -> int:
    """Seconds as whole microseconds, rounded up so that work is never cut short."""
    return max(0, -int(-seconds * SECOND // 1))


class Agenda:
    """What is still to come; at most one entry stands for each (verb, target), a later `put` replaces it."""

    def __init__(self) -> None:
        self._heap: list[Entry] = []
        self._live: dict[Key, int] = {}
        self._sequence = 0

    def __len__(self) -> int:
        return len(self._live)

    def put(self, time: int, priority: int, verb: str, target: str, payload: Any = None) -> None:
        """Plan `verb` on `target` at `time` (µs)."""
        self._sequence = sequence = self._sequence + 1
        key = (verb, target)
        self._live[key] = sequence
        heappush(self._heap, (time, priority, sequence, key, payload))
        if not sequence & 255 and len(self._heap) > 4 * len(self._live) + 256:
            self._heap = [entry for entry in self._heap if self._live.get(entry[3]) == entry[2]]
            heapify(self._heap)

    def cancel(self, verb: str, target: str) -> None:
        """Forget `verb` on `target`, if it was planned."""
        self._live.pop((verb, target), None)

    def forget(self, verb: str) -> None:
        """Forget `verb` on whatever it was planned for."""
        for key in [key for key in self._live if key[0] == verb]:
            del self._live[key]

    def planned(self, verb: str, target: str) -> bool:
        """Whether `verb` on `target` is still to come."""
        return (verb, target) in self._live

    def next_time(self) -> int | None:
        """When the next entry is due (µs), None when nothing is planned."""
        heap, live = self._heap, self._live
        while heap and live.get(heap[0][3]) != heap[0][2]:
            heappop(heap)
        return heap[0][0] if heap else None

    def due(self, time: int) -> Entry | None:
        """Take out the next entry if it is planned for `time` or earlier (µs)."""
        heap, live = self._heap, self._live
        while heap and heap[0][0] <= time:
            entry = heappop(heap)
            if live.get(entry[3]) == entry[2]:
                del live[entry[3]]
                return entry
        return None

    def state(self) -> list[tuple[int, int, str, str, Any]]:
        """All that is planned, in the order in which it will be done."""
        live = sorted(entry for entry in self._heap if self._live.get(entry[3]) == entry[2])
        return [(time, priority, *key, payload) for time, priority, _, key, payload in live]
