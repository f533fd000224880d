"""Where one looks: a zoom and the point of the canvas at the widget's corner."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

NEAREST, FARTHEST = 4.0, 0.02


@dataclass(slots=True)
class Camera:
    """Canvas px · zoom − origin = widget px."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0

    def to_screen(self, point: QPointF) -> QPointF:
        """Widget position of a canvas point."""
        return QPointF((point.x() - self.x) * self.zoom, (point.y() - self.y) * self.zoom)

    def to_canvas(self, point: QPointF) -> QPointF:
        """Canvas point under a widget position."""
        return QPointF(point.x() / self.zoom + self.x, point.y() / self.zoom + self.y)

    def rect_to_screen(self, rect: QRectF) -> QRectF:
        """Widget rectangle of a canvas rectangle."""
        return QRectF(self.to_screen(rect.topLeft()), rect.size() * self.zoom)

    def visible(self, size: QSizeF) -> QRectF:
        """The part of the canvas that a widget of `size` shows."""
        return QRectF(self.x, self.y, size.width() / self.zoom, size.height() / self.zoom)

    def see(self, other: "Camera") -> None:
        """Look at what another one sees."""
        self.x, self.y, self.zoom = other.x, other.y, other.zoom

    def pan(self, dx: float, dy: float) -> None:
        """Move by widget px."""
        self.x -= dx / self.zoom
        self.y -= dy / self.zoom

    def zoom_at(self, point: QPointF, factor: float) -> None:
        """Zoom so that the canvas point under `point` stays there."""
        held = self.to_canvas(point)
        self.zoom = min(NEAREST, max(FARTHEST, self.zoom * factor))
        self.x = held.x() - point.x() / self.zoom
        self.y = held.y() - point.y() / self.zoom

    def fit(self, rect: QRectF, size: QSizeF, margin: float = 20.0, most: float = 1.25) -> None:
        """Show all of `rect`, centred, at most `most` times enlarged."""
        room = QSizeF(max(1.0, size.width() - 2 * margin), max(1.0, size.height() - 2 * margin))
        zoom = min(room.width() / max(1.0, rect.width()), room.height() / max(1.0, rect.height()), most)
        self.zoom = min(NEAREST, max(FARTHEST, zoom))
        self.x = rect.center().x() - size.width() / 2 / self.zoom
        self.y = rect.center().y() - size.height() / 2 / self.zoom

    def copy(self) -> "Camera":
        """Another camera that looks at the same."""
        return Camera(self.x, self.y, self.zoom)
