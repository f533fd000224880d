"""The standing picture as pixels: drawn once, scrolled when one pans, shown scaled while one zooms."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from sdx_studio.ui.canvas import picture
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.vectors import scrolled


class Standing:
    """A cached image of what only the document and the camera change."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._image: QImage | None = None
        self._camera = Camera()
        self._size = QSizeF()
        self._ratio = 1.0

    def forget(self) -> None:
        """The document has changed: draw anew next time."""
        self._image = None

    def paint(self, painter: QPainter, camera: Camera, area: QRect, ratio: float, resting: bool) -> None:
        """Put the picture onto a widget; while a zoom is not `resting` the old one is shown scaled."""
        size = QSizeF(area.size())
        if self._image is not None and (self._size != size or self._ratio != ratio):
            self._image = None
        if self._image is not None and self._camera.zoom != camera.zoom and not resting:
            self._scaled(painter, camera, area)
            return
        if self._image is None or self._camera.zoom != camera.zoom:
            self._size, self._ratio = size, ratio
            self._image = self._blank()
            self._draw(self._image, camera)
            self._camera = camera.copy()
        elif (self._camera.x, self._camera.y) != (camera.x, camera.y):
            self._scroll(self._image, camera)
        painter.drawImage(QPointF(0, 0), self._image)

    def _blank(self) -> QImage:
        wide, high = (max(1, round(side * self._ratio)) for side in (self._size.width(), self._size.height()))
        made = QImage(wide, high, QImage.Format.Format_RGB32)
        made.setDevicePixelRatio(self._ratio)
        return made

    def _draw(self, image: QImage, camera: Camera) -> None:
        painter = QPainter(image)
        self._paint(painter, camera, self._size)
        painter.end()

    def _paint(self, painter: QPainter, camera: Camera, size: QSizeF) -> None:
        picture.background(painter, self._scene, camera, size)
        picture.standing(painter, self._scene, camera, size)

    def _scroll(self, old: QImage, camera: Camera) -> None:
        """Keep what is still seen, draw only the strips that came into view; the camera snaps to whole px."""
        dx = round((self._camera.x - camera.x) * camera.zoom)
        dy = round((self._camera.y - camera.y) * camera.zoom)
        camera.x = self._camera.x - dx / camera.zoom
        camera.y = self._camera.y - dy / camera.zoom
        if not dx and not dy:
            return

        def draw(painter: QPainter, strip: QRectF) -> None:
            part = camera.copy()
            part.pan(-strip.left(), -strip.top())
            self._paint(painter, part, strip.size())

        self._image, self._camera = scrolled(old, dx, dy, self._size, draw), camera.copy()

    def _scaled(self, painter: QPainter, camera: Camera, area: QRect) -> None:
        painter.fillRect(area, self._scene.look.colour("surface.canvas"))
        old = self._camera
        size = QSizeF(area.size()) * (camera.zoom / old.zoom)
        corner = QPointF((old.x - camera.x) * camera.zoom, (old.y - camera.y) * camera.zoom)
        if self._image is not None:
            painter.drawImage(QRectF(corner, size), self._image)
