"""Small pictures of samples, drawn from the samples themselves, one step at a time while nothing else is to be done."""

import hashlib
from collections.abc import Generator, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QSizeF, QTimer, Signal
from PySide6.QtGui import QImage

import sdx_studio
from sdx_studio.session import Session
from sdx_studio.ui.theme import Theme

LARGER = 3.0
"""A thumbnail is a picture so many times as large, made small: more can be told from it."""
PAUSE = 4
"""Milliseconds between two steps, so that the window stays quick."""


class Thumbnails(QObject):
    """Draws what is asked for; `made` carries a path and its picture. With a `folder` they are kept there."""

    made = Signal(str, QImage)

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._work: Iterator[None] = iter(())
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self.step)

    def ask(self, paths: tuple[Path, ...], look: Theme, size: tuple[int, int], ratio: float) -> None:
        """Begin with these, `size` px at a pixel ratio; what was asked for before is dropped."""
        self._work = self._all(paths, look, size, ratio)
        self._timer.start()

    def step(self) -> bool:
        """One step of work; False when all is done."""
        try:
            next(self._work)
        except StopIteration:
            self._timer.stop()
            return False
        return True

    def stop(self) -> None:
        """Nobody is looking any more."""
        self._timer.stop()

    def _all(self, paths: tuple[Path, ...], look: Theme, size: tuple[int, int], ratio: float) -> Iterator[None]:
        for path in paths:
            try:
                data = path.read_bytes()
            except OSError:
                continue
            kept = self._place(data, look, size, ratio)
            image = QImage(str(kept)) if kept is not None and kept.is_file() else QImage()
            if image.isNull():
                image = yield from _drawn(path, look, size, ratio)
                if image.isNull():
                    continue
                _keep(image, kept)
            image.setDevicePixelRatio(ratio)
            self.made.emit(str(path), image)
            yield

    def _place(self, data: bytes, look: Theme, size: tuple[int, int], ratio: float) -> Path | None:
        if self._folder is None:
            return None
        key = f"{sdx_studio.__version__} {look.name} {size} {ratio}".encode()
        return self._folder / f"{hashlib.sha256(key + data).hexdigest()[:32]}.png"


def _keep(image: QImage, place: Path | None) -> None:
    """Keep it for the next time; where that cannot be it is drawn again then."""
    if place is not None:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        image.save(str(place))


def _drawn(path: Path, look: Theme, size: tuple[int, int], ratio: float) -> Generator[None, None, QImage]:
    """The picture in some steps; an empty one for a file that cannot be read."""
    from sdx_studio.exchange import FileError  # a step of its own: reading files is not needed to show a window

    yield
    try:
        session = Session.open(path)
    except (FileError, OSError):
        return QImage()
    yield
    from sdx_studio.ui import pictures
    from sdx_studio.ui.canvas.scene import Scene

    scene = Scene(session.document, look)
    yield
    wide, high = (round(side * LARGER) for side in size)
    camera, room = pictures.frame_of(scene, (wide, high))
    return pictures.image(scene, camera, QSizeF(room), ratio / LARGER)
