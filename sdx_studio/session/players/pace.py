"""How quickly simulated time really goes, measured over the last second of a clock that is given."""

from collections import deque
from collections.abc import Callable

from sdx_studio.engine.clock import SECOND

OVER, LEAST, APART = 1.0, 0.5, 0.04
"""Seconds over which is measured, that have to be known first, and between two looks at least."""


class Pace:
    """Simulated seconds per second of `clock`, as far as is known."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def forget(self) -> None:
        """Time was held, or is to go at another speed: begin anew."""
        self._seen.clear()

    def note(self, time: int) -> None:
        """The run is at `time` (µs) just now."""
        now, seen = self._clock(), self._seen
        if seen and (time < seen[-1][1] or now < seen[-1][0]):
            seen.clear()
        if seen and now - seen[-1][0] < APART:
            return
        seen.append((now, time))
        while len(seen) > 2 and now - seen[1][0] >= OVER:
            seen.popleft()

    @property
    def value(self) -> float | None:
        """Simulated seconds per second; None while not enough is known."""
        if len(self._seen) < 2:
            return None
        (began, first), (now, last) = self._seen[0], self._seen[-1]
        return (last - first) / SECOND / (now - began) if now - began >= LEAST else None
