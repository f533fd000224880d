"""Pictures of the canvas through the canvas's own painters: PNG, SVG and PDF; `animation` has what moves.

Everything is made in memory and put into its file at the end, at once: who stops halfway leaves nothing behind.
"""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from sdx_studio.cli import Picture
from sdx_studio.session.build import MICROSECONDS
from sdx_studio.session.filming import Film
from sdx_studio.session.views import VIEWS
from sdx_studio.ui import theme
from sdx_studio.ui.app import application
from sdx_studio.ui.canvas import picture
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.words import _

MARGIN = 32.0
LONGEST = 4000.0
"""Px of the longer side of a picture of pixels at scale 1; what is larger is drawn smaller."""
SHEET = 19_200.0
"""The same of an SVG or a PDF: the largest page that a PDF may have, at 96 px an inch."""
DETAILED = {".svg": 2_000, ".pdf": 20_000}
"""Elements up to which an SVG or a PDF shows all details of a large drawing; with more nothing could open it."""
MOST_PIXELS = 100_000_000
SCALES = (1.0, 4.0)
SMALLEST = (640, 400)
DPI = 96
FINE = 1200
"""Dots an inch to which a PDF rounds: at 96 its curves would have corners."""
GROUPS = 500
"""Groups of an SVG that are made lean at a time."""
STILL = (".png", ".svg", ".pdf")
MOVING = (".gif", ".webp", ".html")
Progress = Callable[[float], None]
"""Hears the share that is done (0…1); may raise to stop."""
View = tuple[Camera, QSizeF]
"""Where a picture looks, and its size in px at scale 1."""


def quiet(_share: float) -> None:
    """Nobody wants to know how far it is."""


def render(wish: Picture) -> None:
    """Draw a picture or an animation into its target file; raises OSError or ValueError with a message."""
    application()
    if wish.view != next(iter(VIEWS)):
        from sdx_studio.ui import view_pictures

        put(wish.target, view_pictures.made(wish))
        return
    scene = Scene(wish.session.document, theme.theme(wish.theme))
    scene.grid = False
    film = Film(wish.session.document)
    put(wish.target, made(wish, scene, film, wish.progress or quiet))


def made(wish: Picture, scene: Scene, film: Film | None, progress: Progress, view: View | None = None) -> bytes:
    """What is to be written for a wish. Without a `film` a still picture shows the scene as it is now."""
    suffix = suffix_of(wish.target)
    if suffix in MOVING and film is not None:
        from sdx_studio.ui import animation

        return animation.made(wish, scene, film, progress, view)
    if wish.at is not None and film is not None:
        show(scene, film, wish.at, lambda: progress(0.0))
    if view is None:
        view = frame_of(scene, wish.size, most=longest(scene, suffix))
    return still(scene, view, suffix, wish.scale, progress)


def suffix_of(target: Path) -> str:
    """The name's ending, which decides the format; raises ValueError for one that cannot be drawn."""
    suffix = target.suffix.lower()
    if suffix not in STILL + MOVING:
        raise ValueError(
            _("{name}: no picture of this type; there are {types}", name=target.name, types=", ".join(STILL + MOVING))
        )
    return suffix


def put(target: Path, data: bytes) -> None:
    """Write a finished picture: whole, or not at all; raises FileError."""
    from sdx_studio.exchange.native.saving import save

    save(target, data, keep=False)


def show(scene: Scene, film: Film, time: float, tell: Callable[[], None] | None = None) -> None:
    """Bring the scene to a simulated time (s), which must not lie before the last one."""
    scene.show(*film.at(round(time * MICROSECONDS), tell))
    scene.doings = film.doings


def frame_of(
    scene: Scene, size: tuple[int, int] | None, smallest: tuple[int, int] = SMALLEST, most: float = LONGEST
) -> View:
    """A camera that shows everything, and the size in px at scale 1: not below `smallest`, no side above `most`."""
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
    zoom = min(1.0, most / max(wide, high_px))
    camera, room = Camera(), QSizeF(wide * zoom, high_px * zoom)
    camera.fit(bounds, room, MARGIN * zoom, 1.0)
    return camera, room


def longest(scene: Scene, suffix: str) -> float:
    """Px that no side of a still picture of the scene exceeds at scale 1."""
    return SHEET if len(scene.columns.ids) <= DETAILED.get(suffix, 0) else LONGEST


def check_pixels(size: QSizeF, scale: float) -> None:
    """Raise ValueError, in words, when a picture of pixels cannot be so large."""
    least, most = SCALES
    if not least <= scale <= most:
        raise ValueError(_("the scale is {scale:g}; it goes from {least:g} to {most:g}", scale=scale, least=least,
                           most=most))  # fmt: skip
    wide, high = round(size.width() * scale), round(size.height() * scale)
    if wide * high > MOST_PIXELS:
        fitting = max(1.0, (MOST_PIXELS / max(1.0, size.width() * size.height())) ** 0.5)
        raise ValueError(
            _("a picture of {wide} × {high} pixels is too large; up to scale {fitting:.1f} it can be made",
              wide=wide, high=high, fitting=fitting)
        )  # fmt: skip


def still(scene: Scene, view: View, suffix: str, scale: float, progress: Progress) -> bytes:
    """The scene as it is now, as the bytes of a file with this ending."""
    writers = {".png": _png, ".svg": _svg, ".pdf": _pdf}
    progress(0.0)
    data = writers[suffix](scene, view, scale, progress)
    progress(1.0)
    return data


def paint(
    painter: QPainter, scene: Scene, camera: Camera, size: QSizeF, phase: float, progress: Progress = quiet
) -> None:
    """Everything of one moment."""
    picture.background(painter, scene, camera, size)
    progress(0.1)
    picture.standing(painter, scene, camera, size)
    progress(0.4)
    picture.moving(painter, scene, camera, size, phase)
    progress(0.6)


def image(
    scene: Scene, camera: Camera, size: QSizeF, scale: float, phase: float = 0.0, progress: Progress = quiet
) -> QImage:
    """The scene as pixels."""
    made = QImage(round(size.width() * scale), round(size.height() * scale), QImage.Format.Format_RGB32)
    if made.isNull():
        raise MemoryError(_("there is not enough memory for a picture of this size"))
    made.setDevicePixelRatio(scale)
    painter = QPainter(made)
    try:
        paint(painter, scene, camera, size, phase or scene.time, progress)
    finally:
        painter.end()
    return made


def pixels(drawn: QImage) -> Image.Image:
    """The same picture for Pillow."""
    size = (drawn.width(), drawn.height())
    return Image.frombytes("RGB", size, bytes(drawn.constBits()), "raw", "BGRX", drawn.bytesPerLine(), 1)


class Told(BytesIO):
    """A file in memory that tells with every piece that is written: whoever writes goes on only if that returns."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__()
        self._tell = tell

    def write(self, piece: object) -> int:
        """Take one piece."""
        self._tell()
        return super().write(piece)  # type: ignore[arg-type]


def _png(scene: Scene, view: View, scale: float, progress: Progress) -> bytes:
    check_pixels(view[1], scale)
    drawn = pixels(image(scene, *view, scale, progress=progress))
    held = Told(lambda: progress(0.8))
    drawn.save(held, "PNG", dpi=(DPI * scale, DPI * scale))
    return held.getvalue()


def _svg(scene: Scene, view: View, _scale: float, progress: Progress) -> bytes:
    held, buffer = _device()
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    svg(made, scene, *view, progress)
    return lean(held.toStdString(), progress).encode()


def lean(text: str, progress: Progress = quiet) -> str:
    """An SVG without what says nothing: fonts (all letters are outlines), transforms that do nothing, tiny digits."""
    pieces, groups = [], text.split("</g>")
    for start in range(0, len(groups), GROUPS):
        progress(0.6 + 0.4 * start / len(groups))
        pieces.append(_lean("</g>".join(groups[start : start + GROUPS])))
    return "</g>".join(pieces)


def _lean(text: str) -> str:
    text = re.sub(r'\s*\bfont-(family|size|weight|style)="[^"]*"', "", text)
    text = text.replace(' transform="matrix(1,0,0,1,0,0)"', "").replace(' fill-opacity="1"', "")
    text = text.replace(' stroke-opacity="1"', "")
    text = re.sub(r' d="([^"]*)"', lambda found: f' d="{_short(found[1])}"', text)
    return re.sub(r"\s*\n\s*", "\n", text)


def _short(path: str) -> str:
    return re.sub(r"-?\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}", path)


def svg(made: QSvgGenerator, scene: Scene, camera: Camera, size: QSizeF, progress: Progress = quiet) -> bool:
    """The scene as drawing instructions, to where `made` writes; False when that cannot be written."""
    made.setResolution(DPI)
    made.setSize(QSize(round(size.width()), round(size.height())))
    made.setViewBox(QRectF(0, 0, size.width(), size.height()))
    made.setTitle(title_of(scene))
    made.setDescription(_("Drawn with SDx Studio"))
    painter = QPainter()
    if not painter.begin(made):
        return False
    try:
        paint(painter, scene, camera, size, scene.time, progress)
    finally:
        painter.end()
    return True


def _pdf(scene: Scene, view: View, _scale: float, progress: Progress) -> bytes:
    held, buffer = _device()
    made = QPdfWriter(buffer)
    exactly = QPageSize.SizeMatchPolicy.ExactMatch
    made.setPageSize(QPageSize(view[1] * (72 / DPI), QPageSize.Unit.Point, "", exactly))
    made.setPageMargins(QMarginsF(0, 0, 0, 0))
    made.setResolution(FINE)
    made.setTitle(title_of(scene))
    made.setCreator("SDx Studio")
    painter = QPainter(made)
    painter.scale(FINE / DPI, FINE / DPI)
    try:
        paint(painter, scene, *view, scene.time, progress)
    finally:
        painter.end()
    return bytes(held.data())


def title_of(scene: Scene) -> str:
    """What the project is called."""
    return scene.document.properties.title or "SDx Studio"


def _device() -> tuple[QByteArray, QBuffer]:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return held, buffer
