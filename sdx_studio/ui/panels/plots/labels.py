"""Words at the ends of the lines of a plot: mark, name and value, none upon another."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.plots.scale import Range
from sdx_studio.ui.panels.plots.strands import Sight, Strand
from sdx_studio.ui.theme import Theme

LINE, BOLD = 1.75, 2.25
"""Px of a line, and of that of what is selected."""
LABEL = 14.0
MARK = 14.0


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


def _shown(sight: Sight, strand: Strand) -> float:
    """The value beside a curve: where it is read off, or the last one."""
    if sight.reading is not None:
        return strand.at(sight.reading)
    return float(strand.values[-1]) if len(strand.values) else float("nan")


def number(value: float, axis: Range) -> str:
    """A value in the unit that stands beside the title."""
    if value != value:
        return "–"
    shown = value / axis.factor
    if abs(shown) < 0.005:
        return "0" if shown == 0 else f"{shown:.1g}"
    digits = 0 if abs(shown) >= 100 or (axis.unit == "%" and abs(shown) >= 10) else 1 if abs(shown) >= 10 else 2
    return f"{shown:,.{digits}f}"


def label_width(sight: Sight, strand: Strand, axis: Range) -> float:
    """Px that a curve's words need, whatever of its values stands with them."""
    values = (_shown(sight, strand), *strand.bounds())
    wide = max(brush.width_of(number(one, axis), "label") for one in values)
    return MARK + brush.width_of(strand.words, "micro") + 5 + wide + 2


def ends(painter: QPainter, sight: Sight, look: Theme, made: Frame) -> None:
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


def _end(painter: QPainter, sight: Sight, strand: Strand, value: float, at: QPointF, look: Theme, made: Frame) -> None:
    if at.x() < made.box.right():
        ground = QRectF(at.x() - 2, at.y() - LABEL / 2, min(made.labels + 4, made.box.right() - at.x() + 2), LABEL)
        painter.fillRect(ground, look.colour("surface.panel", 0.85))
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
