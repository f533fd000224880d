"""On top of everything, in widget px: selection, hover, and while dragging every candidate with its answer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush, sparks
from sdx_studio.ui.canvas.vectors import draw_rects
from sdx_studio.ui.theme import Theme

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

HANDLE = 8.0
MOST_RINGS = 300


def paint(painter: QPainter, canvas: "Canvas") -> None:
    """Short curves on cards, rings around what is selected."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sparks.paint(painter, canvas.scene, canvas.camera, canvas.sparks)
    if canvas.walker.shown:
        _keys_here(painter, canvas)
    if len(canvas.selection) > MOST_RINGS:
        _many(painter, canvas)
        return
    for id in canvas.selection:
        if id in canvas.scene.columns.row:
            box, fixed = canvas.screen_box(id), canvas.session.document.elements[id].locked
            ring(painter, box, canvas.scene.look, handles=not fixed)
            if fixed:
                lock(painter, box, canvas.scene.look)
        elif id in canvas.scene.routes.row and id not in canvas.scene.routes.lifted:
            _link(painter, canvas, canvas.scene.routes.row[id])


def _keys_here(painter: QPainter, canvas: "Canvas") -> None:
    """The ring around what the keys are on, or around the whole canvas."""
    id = canvas.walker.focus
    box = QRectF(canvas.rect()).adjusted(10, 10, -10, -10) if id is None else canvas.walker.box(id)
    focus(painter, box, canvas.scene.look)


def focus(painter: QPainter, box: QRectF, look: Theme) -> None:
    """A dashed accent ring 8 px outside, on a band of the canvas's own colour so that it is seen on anything."""
    outer = box.adjusted(-8, -8, 8, 8)
    radius = min(12.0, outer.height() / 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("surface.canvas"), 5))
    painter.drawRoundedRect(outer, radius, radius)
    pen = QPen(look.colour("accent"), 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawRoundedRect(outer, radius, radius)


def _many(painter: QPainter, canvas: "Canvas") -> None:
    """Plain rectangles around everything selected."""
    columns, camera = canvas.scene.columns, canvas.camera
    rows = [columns.row[id] for id in canvas.selection if id in columns.row]
    rects = columns.rect[rows] * camera.zoom - [camera.x * camera.zoom, camera.y * camera.zoom, 0.0, 0.0]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(canvas.scene.look.colour("accent"), 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    draw_rects(painter, rects)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def ring(painter: QPainter, box: QRectF, look: Theme, handles: bool = True) -> None:
    """Accent ring 2 px, 3 px outside, with four handles."""
    outer = box.adjusted(-4, -4, 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("accent"), 2))
    radius = min(10.0, outer.height() / 4)
    painter.drawRoundedRect(outer, radius, radius)
    if not handles:
        return
    painter.setBrush(look.colour("card.paper"))
    for corner in (outer.topLeft(), outer.topRight(), outer.bottomLeft(), outer.bottomRight()):
        painter.drawRoundedRect(QRectF(corner.x() - HANDLE / 2, corner.y() - HANDLE / 2, HANDLE, HANDLE), 2, 2)


def lock(painter: QPainter, box: QRectF, look: Theme) -> None:
    """A closed lock in a disc at the upper right corner of what stays where it is."""
    at = box.topRight() + QPointF(2, -2)
    painter.setPen(QPen(look.colour("accent"), 1.5))
    painter.setBrush(look.colour("card.paper"))
    painter.drawEllipse(at, 10, 10)
    icons.paint(painter, "ui-lock", QRectF(at.x() - 6.5, at.y() - 7, 13, 13), look.colour("accent.text"))


def guide(painter: QPainter, line: QLineF, look: Theme, words: str = "") -> None:
    """A smart guide 1 px wide; one that measures a gap has feet and says how many px it is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(look.colour("accent"), 1))
    painter.drawLine(line)
    upright = line.x1() == line.x2()
    if words:
        foot = QPointF(4, 0) if upright else QPointF(0, 4)
        for end in (line.p1(), line.p2()):
            painter.drawLine(end - foot, end + foot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if words:
        middle, wide = line.center(), brush.width_of(words, "micro") + 10
        chip = QRectF(middle.x() + 5, middle.y() - 8, wide, 16)
        if not upright:
            chip.moveCenter(QPointF(middle.x(), middle.y() - 13))
        brush.panel(painter, chip, 5, look.colour("accent"), None)
        ink = look.colour("accent.ink")
        brush.text(painter, words, QPointF(chip.left() + 5, chip.center().y()), "micro", ink)


def way_point(painter: QPainter, at: QPointF, look: Theme, *, filled: bool) -> None:
    """A square handle; the one in use is filled."""
    painter.setPen(QPen(look.colour("accent"), 2))
    painter.setBrush(look.colour("accent" if filled else "card.paper"))
    painter.drawRoundedRect(QRectF(at.x() - HANDLE / 2, at.y() - HANDLE / 2, HANDLE, HANDLE), 2, 2)


def _link(painter: QPainter, canvas: "Canvas", row: int) -> None:
    points = [canvas.camera.to_screen(QPointF(x, y)) for x, y in canvas.scene.routes.paths[row]]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(canvas.scene.look.colour("accent", 0.35), 9))
    painter.drawPath(brush.rounded(points, 8 * canvas.camera.zoom))


def hover(painter: QPainter, box: QRectF, look: Theme) -> None:
    """A stronger line around what the pointer is over."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("line.3"), 1.5))
    painter.drawRoundedRect(box, 8, 8)


def verdict(painter: QPainter, box: QRectF, look: Theme, allowed: bool) -> None:
    """Ring and badge of a candidate: solid with a check, or dashed with a no-entry sign."""
    key = "drop.allow" if allowed else "drop.refuse"
    pen = QPen(look.colour(key), 2.5)
    if not allowed:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4 / 2.5, 3 / 2.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 9, 9)
    badge(painter, box.topRight(), look, allowed)


def badge(painter: QPainter, at: QPointF, look: Theme, allowed: bool) -> None:
    """A check, or a no-entry sign, in a disc."""
    key = "drop.allow" if allowed else "drop.refuse"
    painter.setPen(QPen(look.colour(key), 1.5))
    painter.setBrush(look.colour(f"{key}.soft"))
    painter.drawEllipse(at, 8, 8)
    if allowed:
        points = [QPointF(at.x() - 3.5, at.y()), QPointF(at.x() - 1, at.y() + 3), QPointF(at.x() + 4, at.y() - 3)]
        painter.drawPolyline(QPolygonF(points))
    else:
        painter.drawEllipse(at, 4, 4)
        painter.drawLine(at + QPointF(-2.8, -2.8), at + QPointF(2.8, 2.8))


def bubble(painter: QPainter, under: QRectF, look: Theme, allowed: bool, reason: str, more: str, room: QRectF) -> None:
    """Why it may or may not go there, 8 px under the target, kept inside `room`."""
    wide = max(brush.width_of(reason, "guest"), brush.width_of(more, "micro")) + 46
    high = 46.0 if more else 30.0
    box = QRectF(under.left() + 6, under.bottom() + 12, wide, high)
    if box.right() > room.right() - 8:
        box.moveRight(room.right() - 8)
    if box.bottom() > room.bottom() - 8:
        box.moveBottom(max(room.top() + high, under.top() - 12))
    brush.shadow(painter, box, 7, look, 3)
    brush.panel(painter, box, 7, look.colour("tip.paper"), None)
    at = QPointF(box.left() + 18, box.top() + (15 if more else high / 2))
    painter.save()
    painter.translate(at)
    painter.scale(0.8, 0.8)
    badge(painter, QPointF(0, 0), look, allowed)
    painter.restore()
    ink = look.colour("tip.ink")
    brush.text(painter, reason, QPointF(box.left() + 34, at.y()), "guest", ink)
    if more:
        brush.text(painter, more, QPointF(box.left() + 34, box.top() + 32), "micro", ink)
