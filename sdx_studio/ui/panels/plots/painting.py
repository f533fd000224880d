"""How a plot looks: a grid without a frame, lines with their words and values at their ends, limits, the playhead.

Everything in px at font scale 100 %; the same drawing goes on the screen and into pictures.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen

from sdx_studio import units
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.plots.scale import Range, Span, fitting
from sdx_studio.ui.panels.plots.strands import Floats, Sight, Strand
from sdx_studio.ui.theme import Theme

HEAD, FOOT, EDGE = 24.0, 17.0, 12.0
"""Px of the title's row, of the row of moments, and at the sides."""
ROW = 26.0
"""Px between two values of the axis at least."""
LINE, BOLD = 1.75, 2.25
FAINT = 0.4
"""How strong what is still to come is drawn."""
LABEL = 14.0
MARK = 14.0
CLOSE = 22.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where time and values stand."""

    box: QRectF
    range: Range
    start: float
    end: float
    labels: float
    """Px that the words at the ends of the lines take."""

    def x(self, time: float) -> float:
        """Where a moment (s) stands."""
        return self.box.left() + self.box.width() * (time - self.start) / (self.end - self.start)

    def y(self, value: float) -> float:
        """Where a value (base unit) stands."""
        share = (value - self.range.low) / (self.range.high - self.range.low)
        return self.box.bottom() - self.box.height() * share

    def time(self, x: float) -> float:
        """The moment that stands there."""
        return self.start + (self.end - self.start) * (x - self.box.left()) / self.box.width()

    def value(self, y: float) -> float:
        """The value that stands there."""
        share = (self.box.bottom() - y) / self.box.height()
        return self.range.low + share * (self.range.high - self.range.low)


def frame(sight: Sight, wide: float, high: float) -> Frame:
    """The places in a plot of this size."""
    bottom = max(HEAD + 20.0, high - FOOT)
    known = [one.bounds() for one in sight.strands]
    if sight.limit is not None:
        known.append((sight.limit, sight.limit))
    rows = max(1, int((bottom - HEAD) // ROW))
    axis = fitting(known, sight.unit, from_zero=sight.from_zero, rows=min(4, rows))
    left = EDGE + max(brush.width_of(words, "micro") for _value, words in axis.ticks()) + 6
    labels = min(0.42 * wide, max((_label_width(sight, one, axis) for one in sight.strands), default=0.0))
    right = max(left + 30.0, wide - EDGE - (labels + 6 if labels else 0.0))
    return Frame(QRectF(left, HEAD, right - left, bottom - HEAD), axis, sight.span.start, sight.span.end, labels)


def paint(painter: QPainter, sight: Sight, look: Theme, wide: float, high: float) -> Frame:
    """Everything, back to front; returns where things are."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, wide, high), look.colour("surface.panel"))
    if sight.hint:
        brush.text(painter, sight.hint, QPointF(EDGE, 13), "body", look.colour("ink.3"), room=wide - 2 * EDGE)
        return frame(sight, wide, high)
    made = frame(sight, wide, high)
    _title(painter, sight, look, made, wide)
    _grid(painter, look, made)
    _limits(painter, sight, look, made)
    painter.save()
    painter.setClipRect(made.box.adjusted(0, -2, 0, 2))
    for one in reversed(sight.strands):
        _line(painter, one, look, made)
    painter.restore()
    if sight.running and made.start <= sight.now <= made.end:
        x = round(made.x(sight.now) * 2) / 2
        painter.fillRect(QRectF(x - 0.75, made.box.top() - 3, 1.5, made.box.height() + 6), look.colour("accent"))
    if sight.cursor is not None:
        _cursor(painter, sight, look, made)
    _ends(painter, sight, look, made)
    return made


def _title(painter: QPainter, sight: Sight, look: Theme, made: Frame, wide: float) -> None:
    read = "" if sight.cursor is None else units.clock(sight.cursor)
    if sight.cursor is not None:
        brush.text(painter, read, QPointF(wide - EDGE - CLOSE, 12), "label", look.colour("accent.text"),
                   align=brush.RIGHT)  # fmt: skip
    room = wide - 2 * EDGE - CLOSE - (brush.width_of(read, "label") + 8 if read else 0.0)
    beside = brush.width_of(made.range.unit, "micro") + 7
    shown = brush.fitted(sight.title, "guest", 1.0, round(max(0.0, room - beside), 1))
    brush.text(painter, shown, QPointF(EDGE, 12), "guest", look.colour("ink.1"))
    place = QPointF(EDGE + brush.width_of(shown, "guest") + 7, 12)
    brush.text(painter, made.range.unit, place, "micro", look.colour("ink.2"))


def _grid(painter: QPainter, look: Theme, made: Frame) -> None:
    ink, grid, box = look.colour("ink.2"), look.colour("plot.grid"), made.box
    for value, words in made.range.ticks():
        y = round(made.y(value))
        painter.fillRect(QRectF(box.left(), y, box.width(), 1), grid)
        brush.text(painter, words, QPointF(box.left() - 6, y), "micro", ink, align=brush.RIGHT)
    last = -1e9
    for time, words in Span(made.start, made.end).ticks(box.width()):
        x, half = made.x(time), brush.width_of(words, "micro") / 2
        start = min(max(x - half, 2.0), box.right() - half)
        if start > last + 6:
            brush.text(painter, words, QPointF(start, box.bottom() + 10), "micro", ink)
            last = start + 2 * half


def _limits(painter: QPainter, sight: Sight, look: Theme, made: Frame) -> None:
    """From where on it is busy and critical; the line that somebody has drawn has its value."""
    pen = QPen(look.colour("line.3"), 1, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([4, 3])
    lines = [one for one in sight.limits if made.range.low < one <= made.range.high]
    for value in [*lines, *([] if sight.limit is None else [sight.limit])]:
        painter.setPen(pen)
        y = round(made.y(value)) + 0.5
        painter.drawLine(QPointF(made.box.left(), y), QPointF(made.box.right(), y))
    if sight.limit is not None:
        words = units.show(sight.limit, sight.unit)
        box = QRectF(made.box.left() + 2, made.y(sight.limit) - 8, brush.width_of(words, "label") + 10, 16)
        brush.panel(painter, box, 4, look.colour("surface.panel"), look.colour("line.3"))
        brush.text(painter, words, QPointF(box.left() + 5, box.center().y()), "label", look.colour("ink.1"))


# lines ---------------------------------------------------------------------------------------------------------------


def _line(painter: QPainter, strand: Strand, look: Theme, made: Frame) -> None:
    colour = look.colour(strand.key)
    width = BOLD if strand.bold else LINE
    if len(strand.later_times):
        times, values = strand.later_times, strand.later_values
        if len(strand.times):
            times = np.concatenate((strand.times[-1:], times))
            values = np.concatenate((strand.values[-1:], values))
        _curve(painter, made, times, values, look.mixed(strand.key, "surface.panel", FAINT), LINE, strand.dashed)
    _curve(painter, made, strand.times, strand.values, colour, width, strand.dashed)


def _curve(
    painter: QPainter, made: Frame, times: Floats, values: Floats, colour: QColor, width: float, dashed: bool
) -> None:
    """The visible part of a curve; where there is no value there is a gap."""
    first = max(0, int(np.searchsorted(times, made.start)) - 1)
    last = int(np.searchsorted(times, made.end, side="right")) + 1
    times, values = times[first:last], values[first:last]
    gaps = np.flatnonzero(~np.isfinite(values))
    for piece in np.split(np.arange(len(values)), gaps) if len(gaps) else (slice(None),):
        xs, ys = times[piece], values[piece]
        known = np.isfinite(ys)
        if known.any():
            _stroke(painter, made.x(xs[known]), made.y(ys[known]), colour, width, dashed)  # type: ignore[arg-type]


def _stroke(painter: QPainter, xs: Floats, ys: Floats, colour: QColor, width: float, dashed: bool) -> None:
    """One line. On pixels it is laid down as hair lines side by side: many times as quick as a wide pen, and alike."""
    import pyqtgraph

    line = pyqtgraph.functions.arrayToQPolygonF(xs, ys)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    if dashed:
        pen.setDashPattern([5 / width, 3 / width])
    thin = painter.device().devicePixelRatioF() * painter.transform().m11() < 1.3
    if dashed or not thin or painter.paintEngine().type() != QPaintEngine.Type.Raster:
        painter.setPen(pen)
        painter.drawPolyline(line)
        return
    pen.setWidthF(1.0)
    painter.setPen(pen)
    reach = (width - 1.0) / 2
    for shift in (-reach, reach) if width < 2 else (-reach, 0.0, reach):
        painter.translate(shift, shift)
        painter.drawPolyline(line)
        painter.translate(-shift, -shift)


def _cursor(painter: QPainter, sight: Sight, look: Theme, made: Frame) -> None:
    """The moment that is read off: a hair line with a dot on each curve."""
    if sight.cursor is None or not made.start <= sight.cursor <= made.end:
        return
    x = made.x(sight.cursor)
    painter.fillRect(QRectF(round(x), made.box.top(), 1, made.box.height()), look.colour("ink.3"))
    for one in sight.strands:
        value = one.at(sight.cursor)
        if value == value:
            painter.setPen(QPen(look.colour("surface.panel"), 1))
            painter.setBrush(look.colour(one.key))
            painter.drawEllipse(QPointF(x + 0.5, made.y(value)), 3.5, 3.5)


# words ---------------------------------------------------------------------------------------------------------------


def _shown(sight: Sight, strand: Strand) -> float:
    """The value beside a curve: where it is read off, or the last one."""
    if sight.cursor is not None:
        return strand.at(sight.cursor)
    return float(strand.values[-1]) if len(strand.values) else float("nan")


def number(value: float, axis: Range) -> str:
    """A value in the unit that stands beside the title."""
    if value != value:
        return "–"
    shown = value / axis.factor
    digits = 0 if abs(shown) >= 100 or (axis.unit == "%" and abs(shown) >= 10) else 1 if abs(shown) >= 10 else 2
    return f"{shown:,.{digits}f}"


def _label_width(sight: Sight, strand: Strand, axis: Range) -> float:
    values = (_shown(sight, strand), *strand.bounds())
    wide = max(brush.width_of(number(one, axis), "label") for one in values)
    return MARK + brush.width_of(strand.words, "micro") + 5 + wide + 2


def _ends(painter: QPainter, sight: Sight, look: Theme, made: Frame) -> None:
    """Mark, words and value at the end of each line, none upon another."""
    if not sight.strands or not made.labels:
        return
    start = made.box.right() + 6
    if sight.running and not any(len(one.later_times) for one in sight.strands):
        start = min(start, max(made.box.left(), made.x(sight.now)) + 6)
    places = []
    for one in sight.strands:
        value = _shown(sight, one)
        middle = (made.box.top() + made.box.bottom()) / 2
        places.append((made.y(value) if value == value else middle, one, value))
    room = (made.box.height() + LABEL) / len(places)
    ys = spread([y for y, _one, _value in places], made.box.top() + 2, made.box.bottom() - 2, min(LABEL, room))
    for (_y, one, value), y in zip(places, ys, strict=True):
        _end(painter, sight, one, value, QPointF(start, y), look, made)


def _end(
    painter: QPainter, sight: Sight, strand: Strand, value: float, at: QPointF, look: Theme, made: Frame
) -> None:
    state = sight.state(value)
    if state != State.NONE:
        brush.mark(painter, state, QPointF(at.x() + 5, at.y()), 9, look)
    else:
        _sample(painter, strand, at, look)
    shown = number(value, made.range)
    room = made.labels - MARK - brush.width_of(shown, "label") - 5
    words = brush.fitted(strand.words, "micro", 1.0, round(max(0.0, room), 1))
    place = QPointF(at.x() + MARK, at.y())
    brush.text(painter, words, place, "micro", look.colour("ink.1" if strand.bold else "ink.2"))
    beside = QPointF(place.x() + brush.width_of(words, "micro") + 5, at.y())
    brush.text(painter, shown, beside, "label", look.colour("ink.1"))


def _sample(painter: QPainter, strand: Strand, at: QPointF, look: Theme) -> None:
    """A short piece of the line."""
    pen = QPen(look.colour(strand.key), BOLD if strand.bold else LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if strand.dashed:
        pen.setDashPattern([2.0, 1.2])
    painter.setPen(pen)
    painter.drawLine(QPointF(at.x(), at.y()), QPointF(at.x() + 10, at.y()))


def spread(ys: list[float], top: float, bottom: float, least: float) -> list[float]:
    """The same places in the same order, at least so far apart, as near as can be, between top and bottom."""
    order = sorted(range(len(ys)), key=lambda at: (ys[at], at))
    placed = [0.0] * len(ys)
    y = top - least
    for at in order:
        y = placed[at] = max(ys[at], y + least)
    y = bottom + least
    for at in reversed(order):
        y = placed[at] = min(placed[at], y - least)
    return placed
