"""What a plot shows at one moment: its curves of one run or of two, with their words, colours and limits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sdx_studio.document import Document
from sdx_studio.session import plotting
from sdx_studio.session.curves import Curves
from sdx_studio.session.plotting import Plot, Series
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.plots.scale import Span
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.sides import Side

Floats = NDArray[np.float64]
NOTHING: Floats = np.zeros(0)
COLOURS = 6


@dataclass(slots=True)
class Strand:
    """One curve; times in simulated seconds, values in the base unit, `later` what is known to come."""

    series: Series
    words: str
    key: str
    """Token of its colour."""
    bold: bool = False
    dashed: bool = False
    times: Floats = field(default_factory=lambda: NOTHING)
    values: Floats = field(default_factory=lambda: NOTHING)
    later_times: Floats = field(default_factory=lambda: NOTHING)
    later_values: Floats = field(default_factory=lambda: NOTHING)

    _bounds: tuple[float, float] | None = None

    def bounds(self) -> tuple[float, float]:
        """Lowest and highest value; NaN without any."""
        if self._bounds is None:
            every = np.concatenate((self.values, self.later_values)) if len(self.later_values) else self.values
            known = every[np.isfinite(every)]
            self._bounds = (float(known.min()), float(known.max())) if len(known) else (np.nan, np.nan)
        return self._bounds

    def at(self, time: float) -> float:
        """The last value up to a moment; NaN when there was none yet."""
        times = self.times if not len(self.later_times) else np.concatenate((self.times, self.later_times))
        values = self.values if not len(self.later_times) else np.concatenate((self.values, self.later_values))
        place = int(np.searchsorted(times, time + 1e-9)) - 1
        return float(values[place]) if place >= 0 else float("nan")


@dataclass(slots=True)
class Sight:
    """Everything that is painted of one plot."""

    title: str
    unit: str
    strands: list[Strand]
    span: Span
    now: float
    running: bool
    limits: tuple[float, ...] = ()
    limit: float | None = None
    """The line that somebody has drawn (base unit)."""
    from_zero: bool = True
    reading: float | None = None
    """The moment at which values are read off."""
    hint: str = ""
    """What to say where there is nothing to see."""

    def state(self, value: float) -> State:
        """Busy or critical by the limits of the kind; nothing where there are none."""
        if len(self.limits) < 2 or value != value:
            return State.NONE
        return State.CRITICAL if value >= self.limits[1] else State.BUSY if value >= self.limits[0] else State.NONE


def strands(sides: "Sequence[Side]", plot: Plot, selection: tuple[str, ...], *, following: bool) -> list[Strand]:
    """The curves of a plot: what is selected in ink, the others in the colours of series; B dashed beside A."""
    found = []
    chosen = next((at for at, one in enumerate(plot.series) if one.element in selection), None)
    for at, series in enumerate(plot.series):
        bold = at == chosen
        key = "ink.1" if bold else f"series.{(at - following * (chosen is not None and at > chosen)) % COLOURS + 1}"
        for place, side in enumerate(sides):
            document = side.session.document
            if series.element not in document.elements and series.element not in document.links:
                continue
            letter = f"{'AB'[place]} " if len(sides) > 1 else ""
            words = letter + plotting.label(series, plot, document)
            made = Strand(series, words, key, bold, dashed=place > 0)
            curves = side.live.curves
            made.times, made.values = curves.of(series.element, series.measure)
            made.later_times, made.later_values = later(curves, series)
            found.append(made)
    return found


def before(plot: Plot, document: Document, earlier: Curves) -> list[Strand]:
    """The same curves of an earlier run, in grey."""
    found = []
    for series in plot.series:
        made = Strand(series, f"{plotting.label(series, plot, document)} {_('before')}", "line.3", dashed=True)
        made.times, made.values = earlier.of(series.element, series.measure)
        if len(made.times):
            found.append(made)
    return found


def later(curves: Curves, series: Series) -> tuple[Floats, Floats]:
    """Times (s) and values of a measure that are known to come after this moment."""
    if not curves.ahead:
        return NOTHING, NOTHING
    key = (series.element, series.measure)
    slots = [layout.index.get(key) for _time, _row, layout in curves.ahead]
    values = [np.nan if slot is None else row[slot] for slot, (_time, row, _layout) in zip(slots, curves.ahead,
                                                                                           strict=True)]  # fmt: skip
    return np.array([time for time, _row, _layout in curves.ahead]), np.array(values, np.float64)


def nearest(shown: Sequence[Strand], time: float) -> float | None:
    """The moment of the sample that is nearest to `time`, among all curves; None without any."""
    best: float | None = None
    for one in shown:
        for times in (one.times, one.later_times):
            if not len(times):
                continue
            place = int(np.searchsorted(times, time))
            for at in (place - 1, place):
                if 0 <= at < len(times) and (best is None or abs(times[at] - time) < abs(best - time)):
                    best = float(times[at])
    return best
