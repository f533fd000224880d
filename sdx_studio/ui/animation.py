"""A span of a run as GIF, WebP or HTML replay."""

from PIL import Image
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from sdx_studio.cli import Picture
from sdx_studio.session.build import MICROSECONDS
from sdx_studio.session.filming import Film
from sdx_studio.ui import pictures
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.scene import Scene

MOST_SIDE = 1280.0
MOST_FRAMES = 600


def write(wish: Picture, scene: Scene, film: Film) -> None:
    """Draw the span from `at` to `until` (default: the project's duration) into the target file."""
    camera, size = pictures.frame_of(scene, wish.size)
    if wish.target.suffix.lower() == ".html":
        from sdx_studio.ui import replay

        wish.target.write_text(replay.page(wish, scene, film, camera, size), encoding="utf-8")
        return
    if wish.size is None:
        camera, size = _smaller(scene, size)
    frames = [_pillow(frame) for frame in _frames(wish, scene, film, camera, size)]
    _save(wish, frames)


def _smaller(scene: Scene, size: QSizeF) -> tuple[Camera, QSizeF]:
    share = min(1.0, MOST_SIDE / max(size.width(), size.height()))
    return pictures.frame_of(scene, (round(size.width() * share), round(size.height() * share)))


def _frames(wish: Picture, scene: Scene, film: Film, camera: Camera, size: QSizeF) -> list[QImage]:
    start = wish.at or 0.0
    end = wish.until if wish.until is not None else start + 10.0
    count = max(2, round((end - start) * wish.fps))
    if count > MOST_FRAMES:
        raise ValueError(
            f"{count} frames are too many for one animation; at most {MOST_FRAMES}: shorten --until or lower --fps"
        )
    made = []
    for index in range(count):
        time = start + (end - start) * index / count
        scene.show(*film.at(round(time * MICROSECONDS)))
        scene.rounds.update(film.rounds)
        made.append(pictures.image(scene, camera, size, wish.scale, time))
    return made


def _pillow(frame: QImage) -> Image.Image:
    size = (frame.width(), frame.height())
    return Image.frombytes("RGB", size, bytes(frame.constBits()), "raw", "BGRX", frame.bytesPerLine(), 1)


def _save(wish: Picture, frames: list[Image.Image]) -> None:
    """All frames share the palette of the last one, which is 20 times faster than one for each."""
    pause = round(1000 / wish.fps)
    if wish.target.suffix.lower() == ".webp":
        frames[0].save(
            wish.target, save_all=True, append_images=frames[1:], duration=pause, loop=0, method=2, quality=80
        )
        return
    palette = frames[-1].quantize(255, dither=Image.Dither.NONE)
    indexed = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    indexed[0].save(wish.target, save_all=True, append_images=indexed[1:], duration=pause, loop=0, optimize=False)
