"""Puts the painters together: what stands and what moves, at the level of detail that the zoom asks for."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from sdx_studio.ui.canvas import far, flows, moves
from sdx_studio.ui.canvas.cables import CablePainter
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.cards import CardPainter
from sdx_studio.ui.canvas.columns import GROUNDS
from sdx_studio.ui.canvas.live import LivePainter
from sdx_studio.ui.canvas.scene import FAR, MIDDLE, Scene
from sdx_studio.ui.canvas.vectors import draw_rects

DOT_GAP = 24.0


def background(painter: QPainter, scene: Scene, camera: Camera, size: QSizeF) -> None:
    """Canvas colour and the dots of the grid."""
    painter.fillRect(QRectF(QPointF(0, 0), size), scene.look.colour("surface.canvas"))
    if camera.zoom < 0.5 or scene.look.name == "contrast":
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
        return
    far.grounds(painter, scene, rows, camera)
    _enter(painter, camera)
    CablePainter(painter, scene, 1 / camera.zoom).paint(area, far=camera.zoom < 0.4)
    painter.restore()
    if camera.zoom < FAR:
        far.heat_ground(painter, scene, rows, camera)
    else:
        far.tiles(painter, scene, rows, camera, painter.device().devicePixelRatioF())


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
    area = camera.visible(size).adjusted(-40, -40, 40, 40)
    rows = scene.columns.inside(area)
    ratio = painter.device().devicePixelRatioF()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    close = camera.zoom >= MIDDLE or full
    pixel = 1 / camera.zoom
    _enter(painter, camera)
    flows.paint(painter, scene, area, phase, pixel, ratio)
    painter.restore()
    if not close:
        paint = far.heat if camera.zoom < FAR else far.signs
        paint(painter, scene, rows, camera, ratio)
    _enter(painter, camera)
    scale = min(max(1.0, pixel), 1.34)
    if close:
        live = LivePainter(painter, scene, scale)
        for row in rows:
            live.paint(int(row))
    if camera.zoom >= 0.4 or full:
        CablePainter(painter, scene, pixel).conditions(area)
        moves.paint(painter, scene, scale, phase)
    painter.restore()
