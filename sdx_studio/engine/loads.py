"""Load patterns over time: how much of its vCPUs or of its rate something asks for at a moment."""

from bisect import bisect_right
from functools import lru_cache
from math import pi, sin

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.parts import Load, Trace
from sdx_studio.engine.rng import uniform

_DAY = ((0.0, 0.05), (7.0, 0.05), (10.0, 1.0), (12.5, 0.6), (15.0, 1.0), (19.0, 0.2), (22.0, 0.05), (24.0, 0.05))
"""Hour and share of a working day; full at ten and at three."""
_HOURS = [hour for hour, _ in _DAY]


SMOOTH = 10
"""Samples of a smooth trace between two of its values."""


def interval(load: Load | Trace) -> int | None:
    """Microseconds between two samples of `load`, None when it never changes."""
    if isinstance(load, Trace):
        return None if load.loop and _even(load) else max(1, round(load.step * SECOND / (SMOOTH if load.smooth else 1)))
    if load.pattern == "steady":
        return None
    return SECOND if load.period <= 120 else round(load.period * SECOND / 120)


@lru_cache(maxsize=1 << 14)
def shares(trace: Trace) -> NDArray[np.float64]:
    """The values of a trace, cut to 0…1."""
    return np.clip(np.frombuffer(trace.values), 0.0, 1.0)


@lru_cache(maxsize=1 << 14)
def _even(trace: Trace) -> bool:
    """Whether a trace has the same value all the time."""
    return bool(np.ptp(shares(trace)) == 0)


def traced(trace: Trace, now: int) -> float:
    """The share (0…1) that a trace asks for at `now` (µs)."""
    values = shares(trace)
    place, rest = divmod(now, max(1, round(trace.step * SECOND)))
    if place >= len(values) and not trace.loop:
        return 0.0
    here = float(values[place % len(values)])
    if not trace.smooth or (place + 1 >= len(values) and not trace.loop):
        return here
    return here + (float(values[(place + 1) % len(values)]) - here) * rest / (trace.step * SECOND)


def phase(seed: int, id: str) -> float:
    """Where in its wave the load of element `id` begins (0…2π)."""
    return 2 * pi * uniform(seed, id, "phase")


def nominal(load: Load | Trace) -> float:
    """The share (0…1) that `load` asks for on the whole."""
    return float(shares(load).mean()) if isinstance(load, Trace) else load.level


def level(load: Load | Trace, now: int, seed: int, id: str) -> float:
    """The share (0…1) that `load` of element `id` asks for at `now` (µs)."""
    if isinstance(load, Trace):
        return traced(load, now)
    if load.pattern == "steady":
        return min(1.0, max(0.0, load.level))
    seconds = now / SECOND
    period = max(load.period, 1e-6)
    if load.pattern == "wave":
        share = load.level * (1 + load.swing * sin(2 * pi * seconds / period + phase(seed, id)))
    elif load.pattern == "bursty":
        high = uniform(seed, id, "burst", int(seconds // period)) >= 0.5
        share = load.level * (1 + load.swing if high else 1 - load.swing)
    else:
        share = load.level * _working_day(24 * (seconds / period % 1.0))
    return min(1.0, max(0.0, share))


def _working_day(hour: float) -> float:
    at = max(1, min(len(_DAY) - 1, bisect_right(_HOURS, hour)))
    (left, low), (right, high) = _DAY[at - 1], _DAY[at]
    return low + (high - low) * (hour - left) / (right - left)
