"""Small drawings that several painters share: marks of state, text that fits, chips, soft shadows."""

import functools

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPaintEngine, QPainter, QPainterPath, QPen, QPolygonF

from sdx_studio.ui.canvas.columns import COLOUR_OF, State
from sdx_studio.ui.theme import Theme, font

RIGHT = Qt.AlignmentFlag.AlignRight
LEFT = Qt.AlignmentFlag.AlignLeft
CENTRE = Qt.AlignmentFlag.AlignHCenter


def solid(painter: QPainter, colour: QColor) -> None:
    """Fill with a colour, no edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)


def stroke(painter: QPainter, colour: QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Edge only; returns the pen that was set."""
    pen = QPen(colour, width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    if style == Qt.PenStyle.CustomDashLine:
        pen.setDashPattern([4 / width, 3 / width])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    return pen


@functools.lru_cache(maxsize=64)
def metrics(token: str, scale: float) -> QFontMetricsF:
    """Measures of a type token's font."""
    return QFontMetricsF(font(token, scale))


@functools.lru_cache(maxsize=8192)
def fitted(text: str, token: str, scale: float, width: float) -> str:
    """`text`, elided at its end to `width` px if it has to be."""
    return metrics(token, scale).elidedText(text, Qt.TextElideMode.ElideRight, width)


@functools.lru_cache(maxsize=8192)
def width_of(text: str, token: str, scale: float = 1.0) -> float:
    """Width of `text` in px."""
    return metrics(token, scale).horizontalAdvance(text)


def text(
    painter: QPainter, words: str, at: QPointF, token: str, colour: QColor, *,
    room: float | None = None, align: Qt.AlignmentFlag = LEFT, scale: float = 1.0,
) -> None:  # fmt: skip
    """Write one line, vertically centred on `at`, which is its left end, its right end or its middle.

    In an SVG the letters are outlines, so that the file looks the same without the fonts.
    """
    shown = words if room is None else fitted(words, token, scale, round(max(room, 0.0), 1))
    measure = metrics(token, scale)
    x = at.x()
    if align != LEFT:
        wide = width_of(shown, token, scale)
        x -= wide if align == RIGHT else wide / 2
    base = QPointF(x, at.y() + measure.capHeight() / 2)
    if painter.paintEngine().type() == QPaintEngine.Type.SVG:
        path = QPainterPath()
        path.addText(base, font(token, scale), shown)
        painter.fillPath(path, colour)
        return
    painter.setFont(font(token, scale))
    painter.setPen(colour)
    painter.drawText(base, shown)


def mark(painter: QPainter, state: int, centre: QPointF, size: float, look: Theme) -> None:
    """The shape of a state, `size` px wide: disc, triangle, diamond, chevrons, dashed ring, square, cross, wrench."""
    if state == State.NONE:
        return
    colour = look.colour(COLOUR_OF[State(state)])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.scale(size / 11, size / 11)
    _MARKS[State(state)](painter, colour)
    painter.restore()


def _disc(painter: QPainter, colour: QColor) -> None:
    solid(painter, colour)
    painter.drawEllipse(QPointF(0, 0), 5.2, 5.2)


def _triangle(painter: QPainter, colour: QColor) -> None:
    solid(painter, colour)
    painter.drawPolygon(QPolygonF([QPointF(0, -5.2), QPointF(5.6, 4.8), QPointF(-5.6, 4.8)]))


def _diamond(painter: QPainter, colour: QColor) -> None:
    solid(painter, colour)
    painter.drawPolygon(QPolygonF([QPointF(0, -6), QPointF(6, 0), QPointF(0, 6), QPointF(-6, 0)]))


def _chevrons(painter: QPainter, colour: QColor) -> None:
    painter.setPen(QPen(colour, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x in (-4.4, 0.4):
        painter.drawPolyline(QPolygonF([QPointF(x, -4.4), QPointF(x + 4.2, 0), QPointF(x, 4.4)]))


def _ring(painter: QPainter, colour: QColor) -> None:
    pen = QPen(colour, 1.8, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([1.45, 1.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(0, 0), 4.3, 4.3)


def _square(painter: QPainter, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(-4, -4, 8, 8))


def _cross(painter: QPainter, colour: QColor) -> None:
    painter.setPen(QPen(colour, 2.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(-4.4, -4.4), QPointF(4.4, 4.4))
    painter.drawLine(QPointF(4.4, -4.4), QPointF(-4.4, 4.4))


def _wrench(painter: QPainter, colour: QColor) -> None:
    painter.setPen(QPen(colour, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(QPointF(-4, 4), QPointF(1.2, -1.2))
    painter.drawArc(QRectF(-0.6, -5.4, 6, 6), 200 * 16, 250 * 16)


_MARKS = {
    State.OK: _disc, State.BUSY: _triangle, State.CRITICAL: _diamond, State.MOVING: _chevrons, State.IDLE: _ring,
    State.OFF: _square, State.FAILED: _cross, State.MAINTENANCE: _wrench,
}  # fmt: skip


def shadow(painter: QPainter, box: QRectF, radius: float, look: Theme, level: int = 1) -> None:
    """A soft shadow under a card: three widening rings, as strong as the theme allows."""
    if look.shadow == 0.0:
        return
    drop, spread, strength = ((1.0, 3.0, 0.07), (3.0, 10.0, 0.10), (10.0, 30.0, 0.16))[level - 1]
    ink = QColor(20, 23, 28) if not look.dark else QColor(0, 0, 0)
    rings = 3 * level
    for ring in range(rings, 0, -1):
        grow = spread * ring / rings / 2
        ink.setAlphaF(min(1.0, strength * min(look.shadow, 2.0) / rings))
        solid(painter, ink)
        painter.drawRoundedRect(box.adjusted(-grow, drop - grow, grow, drop + grow), radius + grow, radius + grow)


def panel(painter: QPainter, box: QRectF, radius: float, fill: QColor, edge: QColor | None, width: float = 1.0) -> None:
    """A rounded rectangle; its edge lies inside on half pixels."""
    half = width / 2 if edge is not None else 0.0
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)


def chip(
    painter: QPainter, words: str, centre: QPointF, look: Theme, state: int = State.NONE, scale: float = 1.0
) -> QRectF:
    """A label on paper, 18 high: words with an optional mark; returns its box."""
    wide = width_of(words, "label", scale) + 12 * scale + (13 * scale if state else 0)
    box = QRectF(centre.x() - wide / 2, centre.y() - 9 * scale, wide, 18 * scale)
    panel(painter, box, 5 * scale, look.colour("card.paper"), look.colour("line.2"))
    x = box.left() + 6 * scale
    if state:
        mark(painter, state, QPointF(x + 4.5 * scale, centre.y()), 9 * scale, look)
        x += 13 * scale
    text(painter, words, QPointF(x, centre.y()), "label", look.colour("ink.1"), scale=scale)
    return box


def rounded(points: list[QPointF], radius: float = 8.0) -> QPainterPath:
    """A polyline with round corners."""
    path = QPainterPath(points[0])
    for index in range(1, len(points) - 1):
        before, here, after = points[index - 1], points[index], points[index + 1]
        path.lineTo(_toward(here, before, radius))
        path.quadTo(here, _toward(here, after, radius))
    path.lineTo(points[-1])
    return path


def _toward(start: QPointF, end: QPointF, distance: float) -> QPointF:
    delta = end - start
    length = max(1e-9, (delta.x() ** 2 + delta.y() ** 2) ** 0.5)
    share = min(0.5, distance / length)
    return QPointF(start.x() + delta.x() * share, start.y() + delta.y() * share)


@functools.lru_cache(maxsize=16)
def hatch(colour: str) -> QBrush:
    """Diagonal stripes 7 px apart, for rims of machines in maintenance."""
    return QBrush(QColor(colour), Qt.BrushStyle.BDiagPattern)
