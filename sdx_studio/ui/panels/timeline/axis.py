"""The axis: which simulated second stands where; px at font scale 100 %."""

from collections.abc import Iterator
from dataclasses import dataclass

LEFT, RIGHT = 112.0, 16.0
"""Room for the lanes' names, and at the end."""
HEIGHT = 67.0
RULER, RIBBONS, EVENTS, PLAN = 11.0, 25.0, 39.0, 56.0
"""Middle of the ruler, the bookmarks and the two lanes."""
LANE = 14.0
STEPS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 43200, 86400, 604800, 2592000, 31536000)
ROOM = 64.0
"""Px that a label of the ruler needs."""
GROWTH = 1.25
"""What lasts longer than planned widens the axis by this factor, not a little with every moment."""


def span(duration: float, known: float) -> float:
    """Seconds that the axis shows of a run that was planned for `duration` and has come to `known`."""
    found = max(duration, 1.0)
    while known > found:
        found *= GROWTH
    return found


@dataclass(frozen=True, slots=True)
class Axis:
    """`span` simulated seconds on a widget that is `wide` px."""

    wide: float
    span: float

    @property
    def end(self) -> float:
        """Where the lanes end."""
        return max(LEFT + 1.0, self.wide - RIGHT)

    def x(self, time: float) -> float:
        """Where a moment (s) stands."""
        return LEFT + (self.end - LEFT) * time / self.span

    def time(self, x: float) -> float:
        """The moment (s) that stands there, from 0 to the end of the axis."""
        return min(self.span, max(0.0, (x - LEFT) / (self.end - LEFT) * self.span))

    def ticks(self) -> Iterator[float]:
        """The moments (s) of the ruler."""
        room = (self.end - LEFT) / self.span
        step = next((one for one in STEPS if one * room >= ROOM), self.span)
        for number in range(int(self.span / step) + 1):
            yield number * step
