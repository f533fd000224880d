"""Pictures of the canvas through the canvas's own painters: PNG, SVG, PDF, GIF, WebP and the HTML replay."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from sdx_studio.cli import Picture
from sdx_studio.session.build import MICROSECONDS
from sdx_studio.session.filming import Film
from sdx_studio.ui import theme
from sdx_studio.ui.app import application
from sdx_studio.ui.canvas import picture
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.scene import Scene

MARGIN = 32.0
MOST_PIXELS = 8000
SMALLEST = (640, 400)


def render(wish: Picture) -> None:
    """Draw a picture or an animation into its target file; raises OSError or ValueError with a message."""
    application()
    scene = Scene(wish.session.document, theme.theme(wish.theme))
    film = Film(wish.session.document)
    suffix = wish.target.suffix.lower()
    if suffix in (".gif", ".webp", ".html"):
        from sdx_studio.ui.animation import write

        write(wish, scene, film)
        return
    if wish.at is not None:
        show(scene, film, wish.at)
    export(scene, wish.target, wish.scale, wish.size)


def show(scene: Scene, film: Film, time: float) -> None:
    """Bring the scene to a simulated time (s), which must not lie before the last one."""
    layout, snapshot = film.at(round(time * MICROSECONDS))
    scene.show(layout, snapshot)
    scene.rounds.update(film.rounds)


def frame_of(
    scene: Scene, size: tuple[int, int] | None, smallest: tuple[int, int] = SMALLEST
) -> tuple[Camera, QSizeF]:
    """A camera that shows everything, and the picture's size in px at scale 1, which is not below `smallest`."""
    bounds = scene.columns.bounds()
    if scene.routes.ids:
        low, high = scene.routes.points.min(axis=(0, 1)), scene.routes.points.max(axis=(0, 1))
        bounds = bounds.united(QRectF(low[0], low[1], *(high - low)))
    if size is not None:
        camera, room = Camera(), QSizeF(*size)
        camera.fit(bounds, room, MARGIN, 1.5)
        return camera, room
    wide, high_px = (
        max(least, side + 2 * MARGIN) for least, side in zip(smallest, (bounds.width(), bounds.height()), strict=True)
    )
    zoom = min(1.0, MOST_PIXELS / max(wide, high_px) / 2)
    camera, room = Camera(), QSizeF(wide * zoom, high_px * zoom)
    camera.fit(bounds, room, MARGIN * zoom, 1.0)
    return camera, room


def export(scene: Scene, target: Path, scale: float = 1.0, size: tuple[int, int] | None = None) -> None:
    """Write the scene as it is now; the name's ending decides the format."""
    camera, room = frame_of(scene, size)
    writers = {".png": _png, ".svg": _svg, ".pdf": _pdf}
    if target.suffix.lower() not in writers:
        raise ValueError(f"{target.name}: no picture of this type; there are {', '.join(writers)}, .gif, .webp, .html")
    writers[target.suffix.lower()](scene, camera, room, target, scale)


def paint(painter: QPainter, scene: Scene, camera: Camera, size: QSizeF, phase: float) -> None:
    """Everything of one moment."""
    picture.background(painter, scene, camera, size)
    picture.standing(painter, scene, camera, size)
    picture.moving(painter, scene, camera, size, phase)


def image(scene: Scene, camera: Camera, size: QSizeF, scale: float, phase: float = 0.0) -> QImage:
    """The scene as pixels."""
    made = QImage(round(size.width() * scale), round(size.height() * scale), QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(scale)
    painter = QPainter(made)
    paint(painter, scene, camera, size, phase or scene.time)
    painter.end()
    return made


def _png(scene: Scene, camera: Camera, size: QSizeF, target: Path, scale: float) -> None:
    if not image(scene, camera, size, scale).save(str(target)):
        raise OSError(f"cannot write {target}")


def _svg(scene: Scene, camera: Camera, size: QSizeF, target: Path, _scale: float) -> None:
    made = QSvgGenerator()
    made.setFileName(str(target))
    if not svg(made, scene, camera, size):
        raise OSError(f"cannot write {target}")


def svg(made: QSvgGenerator, scene: Scene, camera: Camera, size: QSizeF) -> bool:
    """The scene as drawing instructions, to where `made` writes; False when that cannot be written."""
    made.setSize(QSize(round(size.width()), round(size.height())))
    made.setViewBox(QRectF(0, 0, size.width(), size.height()))
    made.setTitle(scene.document.properties.title or "SDx Studio")
    painter = QPainter()
    if not painter.begin(made):
        return False
    paint(painter, scene, camera, size, scene.time)
    painter.end()
    return True


def _pdf(scene: Scene, camera: Camera, size: QSizeF, target: Path, _scale: float) -> None:
    made = QPdfWriter(str(target))
    made.setPageSize(QPageSize(size * 0.75, QPageSize.Unit.Point))
    made.setPageMargins(QMarginsF(0, 0, 0, 0))
    made.setResolution(96)
    made.setTitle(scene.document.properties.title or "SDx Studio")
    painter = QPainter()
    if not painter.begin(made):
        raise OSError(f"cannot write {target}")
    paint(painter, scene, camera, size, scene.time)
    painter.end()
