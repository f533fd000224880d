"""Small signs of a live migration: the guest runs or pauses, its processor crosses, its volume stays where it is."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.theme import Theme


def running(painter: QPainter, centre: QPointF, pausing: bool, look: Theme) -> None:
    """A play sign in a ring, or a filled disc with a pause sign."""
    ink = look.colour("ink.1")
    painter.setPen(QPen(ink, 1.25))
    painter.setBrush(ink if pausing else look.colour("card.paper"))
    painter.drawEllipse(centre, 7, 7)
    x, y = centre.x(), centre.y()
    if pausing:
        brush.solid(painter, look.colour("paper"))
        painter.drawRect(QRectF(x - 2.8, y - 3, 2, 6))
        painter.drawRect(QRectF(x + 0.8, y - 3, 2, 6))
    else:
        brush.solid(painter, ink)
        painter.drawPolygon(QPolygonF([QPointF(x - 2, y - 3), QPointF(x + 3.2, y), QPointF(x - 2, y + 3)]))


def processor(painter: QPainter, centre: QPointF, look: Theme) -> None:
    """The processor's state on its way: a chip with legs."""
    ink = look.colour("state.moving")
    painter.setPen(QPen(ink, 1.5, c=Qt.PenCapStyle.FlatCap))
    x, y = centre.x(), centre.y()
    for step in (-4.0, 0.0, 4.0):
        painter.drawLine(QPointF(x + step, y - 10), QPointF(x + step, y + 10))
    brush.panel(painter, QRectF(x - 7, y - 7, 14, 14), 3, look.colour("card.paper"), ink, 1.5)
    painter.fillRect(QRectF(x - 2.5, y - 2.5, 5, 5), ink)


def anchor(painter: QPainter, scene: Scene, guest: str) -> None:
    """An anchor on every volume that the guest keeps while it moves."""
    values = scene.document.values(guest)
    for field in scene.document.kind_of(guest).fields:
        row = scene.columns.row.get(values[field.key] or "") if "blocks" in field.to else None
        if row is not None:
            box = scene.columns.box(row)
            disc = QPointF(box.right() - 4, box.top() + 4)
            brush.panel(painter, QRectF(disc.x() - 9, disc.y() - 9, 18, 18), 9, scene.look.colour("card.paper"),
                        scene.look.colour("line.2"))  # fmt: skip
            ink = scene.look.colour("ink.1")
            icons.paint(painter, "ui-anchor", QRectF(disc.x() - 6, disc.y() - 6, 12, 12), ink)
