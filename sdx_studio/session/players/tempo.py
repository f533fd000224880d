"""The tempo of a run: what is due by the clock at the speed that is wished, or slowly for a while after some events."""

from collections.abc import Callable

from sdx_studio.engine.clock import SECOND
from sdx_studio.session.players.pace import Pace

SLOWEST, FASTEST = 0.1, 1000.0
CALM, CALM_FOR = 1.0, 3.0
"""Simulated seconds per second at most after an event at which one slows down, and for how many seconds."""


def bounded(speed: float) -> float:
    """A speed within what players allow."""
    return min(FASTEST, max(SLOWEST, float(speed)))


class Tempo:
    """Turns seconds of `clock` into simulated time that is due, and measures what has become of it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._speed = 1.0
        self._last = self._due = 0.0
        self._calm_until: float | None = None
        self.pace = Pace(clock)

    @property
    def due(self) -> int:
        """Up to when (µs) everything should have happened by now."""
        return int(self._due)

    @property
    def speed(self) -> float:
        """Simulated seconds per second as wished."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        if speed != self._speed:
            self.pace.forget()
        self._speed = speed

    def start(self, now: int) -> None:
        """Time goes on from `now` (µs)."""
        self._last, self._due = self._clock(), float(now)
        self.pace.forget()

    def pass_by(self) -> int:
        """Some time has passed by the clock; what is due now (µs)."""
        now = self._clock()
        speed = self._speed if self._calm_until is None else min(self._speed, CALM)
        self._due += (now - self._last) * speed * SECOND
        self._last = now
        return self.due

    def drop(self, now: int) -> None:
        """The run has only come to `now` (µs): what was due besides is let go."""
        self._due = float(now)

    def calm(self) -> bool:
        """Go slowly from now on for a while, if that is slower; True when one did not already."""
        if self._speed <= CALM:
            return False
        fresh, self._calm_until = self._calm_until is None, self._clock() + CALM_FOR
        if fresh:
            self.pace.forget()
        return fresh

    @property
    def rested(self) -> bool:
        """Whether one has gone slowly for long enough."""
        return self._calm_until is not None and self._clock() >= self._calm_until

    def hurry(self) -> bool:
        """Go as was wished again; True when one went slowly."""
        slow, self._calm_until = self._calm_until is not None, None
        if slow:
            self.pace.forget()
        return slow
