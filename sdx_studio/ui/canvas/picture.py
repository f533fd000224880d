"""Puts the painters together: what stands and what moves, at the level of detail that the zoom asks for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from sdx_studio.ui.canvas import choices, drifted, errands, far, flows, moves, peeks, rescue, rest, typed
from sdx_studio.ui.canvas.cables import CablePainter
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.cards import CardPainter
from sdx_studio.ui.canvas.columns import GROUNDS
from sdx_studio.ui.canvas.live import LivePainter
from sdx_studio.ui.canvas.scene import FAR, MIDDLE, Scene
from sdx_studio.ui.canvas.vectors import draw_rects, on_pixels, scrolled

DOT_GAP = 24.0


def background(painter: QPainter, scene: Scene, camera: Camera, size: QSizeF) -> None:
    """Canvas colour and the dots of the grid."""
    painter.fillRect(QRectF(QPointF(0, 0), size), scene.look.colour("surface.canvas"))
    if not scene.grid or camera.zoom < 0.5 or scene.look.name == "contrast":
        return
    step = DOT_GAP * camera.zoom
    xs = np.arange(-(camera.x * camera.zoom) % step, size.width(), step)
    ys = np.arange(-(camera.y * camera.zoom) % step, size.height(), step)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2).round()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.look.colour("canvas.dot"))
    draw_rects(painter, np.column_stack([grid, np.ones((len(grid), 2))]))


def _enter(painter: QPainter, camera: Camera) -> None:
    painter.save()
    painter.scale(camera.zoom, camera.zoom)
    painter.translate(-camera.x, -camera.y)


def standing(painter: QPainter, scene: Scene, camera: Camera, size: QSizeF, *, full: bool = False) -> None:
    """Everything that moves only with the document or the camera; `full` leaves the levels of detail off."""
    area = camera.visible(size).adjusted(-40, -40, 40, 40)
    rows = scene.columns.inside(area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if camera.zoom >= MIDDLE or full:
        _close(painter, scene, camera, area)
    else:
        _distant(painter, scene, rows, camera, area)
    _enter(painter, camera)
    typed.paint(painter, scene, rows, 1 / camera.zoom)
    drifted.paint(painter, scene, rows, 1 / camera.zoom)
    painter.restore()


def _distant(painter: QPainter, scene: Scene, rows: NDArray[np.int64], camera: Camera, area: QRectF) -> None:
    far.grounds(painter, scene, rows, camera)
    _enter(painter, camera)
    CablePainter(painter, scene, 1 / camera.zoom).paint(area, far=camera.zoom < 0.4)
    painter.restore()
    if camera.zoom < FAR:
        far.heat_ground(painter, scene, rows, camera)
    else:
        far.tiles(painter, scene, rows, camera, painter.device().devicePixelRatioF())
        if not scene.running:
            rest.paint(painter, scene, rows, camera)
        _enter(painter, camera)
        CablePainter(painter, scene, 1 / camera.zoom).words(area)
        painter.restore()


def _close(painter: QPainter, scene: Scene, camera: Camera, area: QRectF) -> None:
    _enter(painter, camera)
    pixel = 1 / camera.zoom
    cards = CardPainter(painter, scene, min(max(1.0, pixel), 1.34))
    rows = scene.columns.inside(area)
    ground = np.isin(scene.columns.shape[rows], GROUNDS)
    for row in rows[ground]:
        cards.paint(int(row))
    cables = CablePainter(painter, scene, pixel)
    cables.paint(area, far=False)
    for row in rows[~ground]:
        cards.paint(int(row))
    cables.ports(area)
    painter.restore()


def moving(painter: QPainter, scene: Scene, camera: Camera, size: QSizeF, phase: float, *, full: bool = False) -> None:
    """Everything that a snapshot or the clock changes; `phase` is seconds of animation."""
    if not scene.running:
        return
    ratio = painter.device().devicePixelRatioF()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    told = choices.shown(scene) if camera.zoom >= 0.4 or full else []
    if told:
        _enter(painter, camera)
        choices.under(painter, scene, told)
        painter.restore()
    flows.paint(painter, scene, camera, size, phase, ratio)
    if len(scene.moves) and (camera.zoom >= 0.4 or full):
        _enter(painter, camera)
        errands.paint(painter, scene, phase)
        painter.restore()
    _kept_measures(painter, scene, camera, size, ratio, full)
    if camera.zoom >= 0.4 or full:
        _enter(painter, camera)
        if len(scene.moves):
            moves.paint(painter, scene, _text_scale(camera), phase, 1 / camera.zoom)
        rescue.paint(painter, scene, _text_scale(camera), 1 / camera.zoom)
        peeks.paint(painter, scene, 1 / camera.zoom, camera.visible(size))
        choices.over(painter, scene, told, max(1.0, 1 / camera.zoom))
        painter.restore()


def _text_scale(camera: Camera) -> float:
    return min(max(1.0, 1 / camera.zoom), 1.34)


def _kept_measures(painter: QPainter, scene: Scene, camera: Camera, size: QSizeF, ratio: float, full: bool) -> None:
    """What only a snapshot changes, from a clear image while the view rests or pans; drawn at once after a zoom."""
    memo, version = scene.columns.memo, scene.columns.version
    look = (scene.look.name, camera.zoom, size.width(), size.height(), ratio, full)
    held: Kept | None = memo.get("measures")
    if held is None or held.look != look or not on_pixels(painter) or not held.follow(scene, camera):
        memo["measures"] = Kept(look, camera.copy(), size)
        measures(painter, scene, camera, size, ratio, full=full)
        return
    if held.image is None or held.version != version:
        held.image = held.image or blank(size, ratio)
        held.image.fill(Qt.GlobalColor.transparent)
        on_image = QPainter(held.image)
        on_image.setRenderHint(QPainter.RenderHint.Antialiasing)
        measures(on_image, scene, camera, size, ratio, full=full)
        on_image.end()
        held.version = version
    painter.drawImage(QPointF(0, 0), held.image)


@dataclass(slots=True)
class Kept:
    """Pixels of one view's measures, and of which version of the columns they are."""

    look: tuple[str, float, float, float, float, bool]
    camera: Camera
    size: QSizeF
    image: QImage | None = None
    version: int = -1

    def follow(self, scene: Scene, camera: Camera) -> bool:
        """Look where `camera` does, by scrolling; False when the pixels are of no use there."""
        if self.camera == camera:
            return True
        dx, dy = (self.camera.x - camera.x) * camera.zoom, (self.camera.y - camera.y) * camera.zoom
        whole = max(abs(dx - round(dx)), abs(dy - round(dy))) < 0.01
        if self.image is None or self.version != scene.columns.version or not whole:
            return False
        ratio, full = self.look[4:]

        def draw(painter: QPainter, strip: QRectF) -> None:
            part = camera.copy()
            part.pan(-strip.left(), -strip.top())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            measures(painter, scene, part, strip.size(), ratio, full=full)

        self.image = scrolled(self.image, round(dx), round(dy), self.size, draw)
        self.camera = camera.copy()
        return True


def blank(size: QSizeF, ratio: float) -> QImage:
    """An image with transparency, `size` in widget px."""
    wide, high = (max(1, round(side * ratio)) for side in (size.width(), size.height()))
    made = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(ratio)
    return made


def measures(painter: QPainter, scene: Scene, camera: Camera, size: QSizeF, ratio: float, *, full: bool) -> None:
    """What only a snapshot changes: heat, or marks and numbers, or bars and all; and what has befallen cables."""
    area = camera.visible(size).adjusted(-40, -40, 40, 40)
    rows = scene.columns.inside(area)
    close = camera.zoom >= MIDDLE or full
    if not close:
        paint = far.heat if camera.zoom < FAR else far.signs
        paint(painter, scene, rows, camera, ratio)
    _enter(painter, camera)
    if close:
        live = LivePainter(painter, scene, _text_scale(camera))
        for row in rows:
            live.paint(int(row))
    if camera.zoom >= 0.4 or full:
        CablePainter(painter, scene, 1 / camera.zoom).conditions(area)
    painter.restore()
