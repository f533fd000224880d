"""The two axes of a plot: which part of them is shown, and where their ticks are. Qt-free."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from sdx_studio import units
from sdx_studio.ui.panels.timeline.axis import STEPS, span

LEAST_SECONDS = 20.0
"""What a time axis shows at the beginning of a run."""
SHORTEST, LONGEST = 1e-3, units.LONGEST
"""Seconds to which one can zoom in and out."""
BINARY, DECIMAL = ("", "Ki", "Mi", "Gi", "Ti", "Pi"), ("", "k", "M", "G", "T", "P")
FINE = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_DIGITS = 5
ROOM = 46.0
"""Px that a label of the time axis needs."""


@dataclass
class Span:
    """Seconds that all plots show; `free` once somebody has zoomed or panned."""

    start: float = 0.0
    end: float = LEAST_SECONDS
    free: bool = False
    _now: float = 0.0

    def follow(self, now: float, reached: float) -> None:
        """The whole run, as long as nobody has chosen otherwise; what was chosen goes along with the playhead."""
        if not self.free:
            self.start, self.end = 0.0, span(LEAST_SECONDS, reached)
        elif self.start <= self._now <= self.end < now:
            self.pan(now - self.end + 0.05 * (self.end - self.start))
        self._now = now

    def zoom(self, at: float, factor: float) -> None:
        """Show `factor` times as much around the moment `at`, which stays where it is."""
        wide = min(LONGEST, max(SHORTEST, (self.end - self.start) * factor))
        share = (at - self.start) / (self.end - self.start)
        self.start = max(0.0, at - share * wide)
        self.end, self.free = self.start + wide, True

    def pan(self, seconds: float) -> None:
        """Show what is so much later."""
        by = max(-self.start, seconds)
        self.start, self.end, self.free = self.start + by, self.end + by, True

    def ticks(self, wide: float) -> list[tuple[float, str]]:
        """Moments with their words on an axis of so many px."""
        least = ROOM * (self.end - self.start) / max(wide, 1.0)
        step = next((float(one) for one in STEPS if one >= least), least)
        if least < 1.0:
            step = _round_up(least)
        first = math.ceil(self.start / step - 1e-9)
        count = int((self.end - first * step) / step + 1e-9) + 1
        return [((first + place) * step, moment((first + place) * step, step)) for place in range(max(0, count))]


def moment(time: float, step: float) -> str:
    """A moment of the time axis, as exact as its ticks are."""
    for size, name in ((86_400, "d"), (3600, "h"), (60, "min")):
        if step >= size and step % size == 0:
            return f"{time / size:.0f}{units.NBSP}{name}"
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    if time < 120:
        return f"{time:.{digits}f}{units.NBSP}s"
    minutes, seconds = divmod(round(time, digits), 60.0)
    return f"{minutes:.0f}:{seconds:0{2 if not digits else 3 + digits}.{digits}f}"


def _round_up(value: float, base: float = 1.0) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten (of `base`)."""
    value = max(value / base, 1e-12)
    size = 10.0 ** math.floor(math.log10(value))
    return next(one * size for one in FINE if one * size >= value * (1 - 1e-9)) * base


def unit_for(top: float, unit: str) -> tuple[float, str]:
    """The unit in which an axis up to `top` (base unit) is written, and what one of it is in the base unit."""
    if unit == "1":
        return 0.01, "%"
    if unit == "s":
        return next(((size, name) for size, name in ((1.0, "s"), (1e-3, "ms")) if top >= size), (1e-6, "µs"))
    step, names = (1024.0, BINARY) if unit in ("B", "B/s") else (1000.0, DECIMAL)
    if unit not in ("B", "B/s", "bit/s", "W"):
        return 1.0, {"1/s": "/s"}.get(unit, unit)
    place = 0
    while place < len(names) - 1 and top >= step ** (place + 1) * 0.9995:
        place += 1
    return step**place, names[place] + unit


@dataclass(frozen=True, slots=True)
class Range:
    """What an axis of values shows, in the base unit, and how it is written."""

    low: float
    high: float
    unit: str
    factor: float
    step: float

    def ticks(self) -> list[tuple[float, str]]:
        """Values (base unit) with their numbers."""
        first = math.ceil(self.low / self.step - 1e-9)
        count = int((self.high - first * self.step) / self.step + 1e-9) + 1
        values = [(first + place) * self.step for place in range(count)]
        return [(value, _plain(value / self.factor, self.step / self.factor)) for value in values]


def _plain(value: float, step: float) -> str:
    """A number as exact as a step of its axis asks for."""
    if abs(value) < step / 2:
        return "0"
    digits = 1 - math.floor(math.log10(step) + 1e-9)
    if digits > MOST_DIGITS:
        return f"{value:.3g}"
    text = f"{value:,.{max(0, digits)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fitting(values: Iterable[tuple[float, float]], unit: str, *, from_zero: bool, rows: int) -> Range:
    """An axis for curves of which lowest and highest value are known, with at most so many ticks above the first."""
    known = [(low, high) for low, high in values if math.isfinite(low) and math.isfinite(high)]
    low = min((one for one, _high in known), default=0.0)
    high = max((one for _low, one in known), default=1.0)
    if from_zero:
        low, high = min(0.0, low), max(high, 1.0 if unit == "1" else 0.0)
    if high - low < 1e-12 + 1e-9 * abs(high):
        high = low + (abs(low) * 0.1 or 1.0)
    factor, name = unit_for(max(abs(high), abs(low)), unit)
    step = _round_up((high - low) / max(1, rows), factor)
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if unit == "1" and from_zero and high <= 1.0 + 1e-9:
        top = 1.0
        step = 0.25 if rows >= 4 else 0.5 if rows >= 2 else 1.0
    return Range(bottom, top, name, factor, step)
