"""The simulated clock: a heap of plain tuples, so that what is still to come can be saved, compared and hashed."""

import heapq
from typing import Any

Entry = tuple[int, int, int, str, str, Any]
"""Time (µs), priority, sequence, verb, target, payload."""

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
        self._live: dict[tuple[str, str], int] = {}
        self._sequence = 0

    def __len__(self) -> int:
        return len(self._live)

    def put(self, time: int, priority: int, verb: str, target: str, payload: Any = None) -> None:
        """Plan `verb` on `target` at `time` (µs)."""
        self._sequence += 1
        self._live[verb, target] = self._sequence
        heapq.heappush(self._heap, (time, priority, self._sequence, verb, target, payload))
        if len(self._heap) > 4 * len(self._live) + 256:
            self._heap = [entry for entry in self._heap if self._live.get(entry[3:5]) == entry[2]]
            heapq.heapify(self._heap)

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
        heap = self._heap
        while heap and self._live.get(heap[0][3:5]) != heap[0][2]:
            heapq.heappop(heap)
        return heap[0][0] if heap else None

    def pop(self) -> Entry:
        """The next entry; raises IndexError when nothing is planned."""
        self.next_time()
        entry = heapq.heappop(self._heap)
        del self._live[entry[3], entry[4]]
        return entry

    def state(self) -> list[tuple[int, int, str, str, Any]]:
        """All that is planned, in the order in which it will be done."""
        live = sorted(entry[:3] + entry[3:] for entry in self._heap if self._live.get(entry[3:5]) == entry[2])
        return [(time, priority, verb, target, payload) for time, priority, _, verb, target, payload in live]
