"""How a plot looks: a grid without a frame, lines with their words and values at their ends, limits, the playhead.

Everything in px at font scale 100 %; the same drawing goes on the screen and into pictures.
"""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen

from sdx_studio import units
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.panels.plots.labels import BOLD, LINE, Frame, ends, label_width
from sdx_studio.ui.panels.plots.scale import Span, fitting
from sdx_studio.ui.panels.plots.strands import Floats, Sight, Strand
from sdx_studio.ui.theme import Theme, font

HEAD, FOOT, EDGE = 24.0, 17.0, 12.0
"""Px of the title's row, of the row of moments, and at the sides."""
ROW = 26.0
"""Px between two values of the axis at least."""
FAINT = 0.4
"""How strong what is still to come is drawn."""
CLOSE = 22.0


def frame(sight: Sight, wide: float, high: float) -> Frame:
    """The places in a plot of this size."""
    bottom = max(HEAD + 20.0, high - FOOT)
    known = [one.bounds() for one in sight.strands]
    if sight.limit is not None:
        known.append((sight.limit, sight.limit))
    rows = max(1, int((bottom - HEAD) // ROW))
    axis = fitting(known, sight.unit, from_zero=sight.from_zero, rows=min(4, rows))
    left = EDGE + max(brush.width_of(words, "micro") for _value, words in axis.ticks()) + 6
    labels = min(0.42 * wide, max((label_width(sight, one, axis) for one in sight.strands), default=0.0))
    right = max(left + 30.0, wide - EDGE - (labels + 6 if labels else 0.0))
    return Frame(QRectF(left, HEAD, right - left, bottom - HEAD), axis, sight.span.start, sight.span.end, labels)


def paint(painter: QPainter, sight: Sight, look: Theme, wide: float, high: float) -> None:
    """Everything, back to front."""
    made = frame(sight, wide, high)
    paint_still(painter, sight, made, look, wide, high)
    paint_moving(painter, sight, made, look)


def paint_still(painter: QPainter, sight: Sight, made: Frame, look: Theme, wide: float, high: float) -> None:
    """What changes seldom: title, grid and numbers of the axes, limits."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, wide, high), look.colour("surface.panel"))
    if sight.hint:
        painter.setFont(font("body"))
        painter.setPen(look.colour("ink.3"))
        painter.drawText(QRectF(EDGE, 4, wide - 2 * EDGE, high - 8), Qt.TextFlag.TextWordWrap, sight.hint)
        return
    _title(painter, sight, look, made, wide)
    _grid(painter, look, made)
    _limits(painter, sight, look, made)


def paint_moving(painter: QPainter, sight: Sight, made: Frame, look: Theme) -> None:
    """Lines, the playhead, what is read off, and the words at the ends of the lines."""
    if sight.hint:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.setClipRect(made.box.adjusted(0, -2, 0, 2))
    for one in reversed(sight.strands):
        _line(painter, one, look, made)
    painter.restore()
    if sight.running and made.start <= sight.now <= made.end:
        x = round(made.x(sight.now) * 2) / 2
        painter.fillRect(QRectF(x - 0.75, made.box.top() - 3, 1.5, made.box.height() + 6), look.colour("accent"))
    if sight.reading is not None:
        _cursor(painter, sight, look, made)
    ends(painter, sight, look, made)


def _title(painter: QPainter, sight: Sight, look: Theme, made: Frame, wide: float) -> None:
    read = "" if sight.reading is None else units.clock(sight.reading)
    if sight.reading is not None:
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
    if sight.reading is None or not made.start <= sight.reading <= made.end:
        return
    x = made.x(sight.reading)
    painter.fillRect(QRectF(round(x), made.box.top(), 1, made.box.height()), look.colour("ink.3"))
    for one in sight.strands:
        value = one.at(sight.reading)
        if value == value:
            painter.setPen(QPen(look.colour("surface.panel"), 1))
            painter.setBrush(look.colour(one.key))
            painter.drawEllipse(QPointF(x + 0.5, made.y(value)), 3.5, 3.5)
