"""The lookout: after every instant it looks which watches have come true, and for events at which one slows down."""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.events import Event
from sdx_studio.session.players.messages import Caught, Watch

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_RISING, _FALLING = (">", ">="), ("<", "<=")


def _close(values: Floats, limit: float) -> Flags:
    return np.isclose(values, limit, rtol=1e-9, atol=0.0)


_ORDER: Mapping[str, Callable[[Floats, float], Flags]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "=": _close,
    "!=": lambda values, limit: ~_close(values, limit),
}  # fmt: skip


def tells(event: Event, kinds: Iterable[str]) -> bool:
    """Whether an event is of one of these kinds; a kind that ends with a dot stands for all that begin with it."""
    return any(event.kind == one or (one.endswith(".") and event.kind.startswith(one)) for one in kinds)


@dataclass(slots=True)
class _Line:
    """One watched comparison: where its measures stand, and which of them hold."""

    watch: Watch
    keys: list[tuple[str, str]]
    slots: NDArray[np.intp]
    held: Flags


class Lookout:
    """Reads a world and changes nothing in it; a watch fires when it comes true, not again while it stays true."""

    def __init__(self) -> None:
        self.watches: tuple[Watch, ...] = ()
        self.slow: tuple[str, ...] = ()
        self._lines: list[_Line] = []
        self._index: object = None
        self._seen = 0

    @property
    def idle(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.watches or self.slow)

    def turn_to(self, world: "World", watches: Iterable[Watch], slow: Iterable[str]) -> None:
        """Look for these from now on; what held already under the same watch does not fire again."""
        if self.idle and world.now > 0:
            self._seen = len(world.events)
        self.watches, self.slow = tuple(watches), tuple(slow)
        before = {(line.watch, key) for line in self._lines for key, on in zip(line.keys, line.held, strict=True) if on}
        known = {line.watch for line in self._lines}
        self._arrange(world)
        for line in self._lines:
            now = np.array([(line.watch, key) in before for key in line.keys], bool)
            line.held = now if line.watch in known else self._holding(world, line) & (world.now > 0)

    def rest(self, world: "World") -> None:
        """The run is somewhere else: what holds there has not just come true, except at the very beginning."""
        self._seen = len(world.events)
        self._arrange(world)
        for line in self._lines:
            line.held = self._holding(world, line) & (world.now > 0)
        if world.now == 0:
            self._seen = 0

    def look(self, world: "World") -> tuple[list[Caught], bool]:
        """What has come true since the last look, and whether an event asks to go slowly."""
        fresh = world.events[self._seen :]
        self._seen = len(world.events)
        caught = [
            Caught(world.now, watch, event.element, 0.0)
            for watch in self.watches if watch.event
            for event in fresh if tells(event, (watch.event,)) and watch.element in (None, event.element)
        ][:1]  # fmt: skip
        return [*caught, *self._compared(world)], any(tells(event, self.slow) for event in fresh)

    def crossing(self, world: "World") -> int | None:
        """When (µs) a watched measure that rises or falls by itself reaches its limit next; None for none."""
        times = [self._crossing(world, line) for line in self._lines]
        return min((time for time in times if time is not None), default=None)

    def _compared(self, world: "World") -> list[Caught]:
        if self._lines and world.plant.gauges.index is not self._index:
            self.turn_to(world, self.watches, self.slow)
        caught = []
        for line in self._lines:
            now = self._holding(world, line)
            news, line.held = np.flatnonzero(now & ~line.held), now
            if news.size:
                at = int(news[0])
                value = float(world.plant.gauges.read(line.slots[at : at + 1], world.now)[0])
                caught.append(Caught(world.now, line.watch, line.keys[at][0], value))
        return caught

    def _arrange(self, world: "World") -> None:
        """Find the places of all watched measures."""
        index = world.plant.gauges.index
        self._index, self._lines = index, []
        for watch in self.watches:
            if watch.measures:
                wanted = watch.measures
                keys = [key for key in index if key[1] in wanted and watch.element in (None, key[0])]
                slots = np.array([index[key] for key in keys], np.intp)
                self._lines.append(_Line(watch, keys, slots, np.zeros(len(keys), bool)))

    def _holding(self, world: "World", line: _Line) -> Flags:
        values = world.plant.gauges.read(line.slots, world.now)
        return _ORDER[line.watch.sign](values, line.watch.limit) & ~np.isnan(values)

    def _crossing(self, world: "World", line: _Line) -> int | None:
        sign = line.watch.sign
        if sign not in (*_RISING, *_FALLING) or not line.keys:
            return None
        gauges, now = world.plant.gauges, world.now
        values = gauges.read(line.slots, now)
        slopes = gauges.read(line.slots, now + SECOND) - values
        coming = ~line.held & ((slopes > 0) if sign in _RISING else (slopes < 0))
        if not coming.any():
            return None
        waits = np.maximum(0.0, (line.watch.limit - values[coming]) / slopes[coming])
        soonest = float(waits.min())
        return now + int(soonest * SECOND) + 1 if soonest < 1e12 else None
