"""A span of a run as GIF, WebP or HTML replay: frames are drawn one after the other while the file is being made."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QSizeF

from sdx_studio.cli import Picture
from sdx_studio.session.filming import Film
from sdx_studio.ui import pictures
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.pictures import Progress, View
from sdx_studio.ui.theme import Theme
from sdx_studio.words import _

MOST_SIDE = 1440.0
"""Px: most drawings then keep the details of their cards."""
MOST_FRAMES = 600
USUAL = 10.0
"""Seconds that an animation plays when nobody says when it ends."""
UNKNOWN = 255
"""Stands for a colour that has not been met yet; so many colours a palette has at most."""
MOST_TRIED = 2000
APART = 4
"""Colours that are more alike than this (0…255) share one."""
SHADES = (0.75, 0.5, 0.25)
DRAWN = 0.95
"""Share of the work after which all frames have been drawn."""


@dataclass(frozen=True, slots=True)
class Span:
    """A span of a run in simulated seconds, and how many frames show it."""

    start: float
    end: float
    count: int

    def times(self) -> Iterator[float]:
        """Moments of the frames; the last one lies a frame before the end, so that it plays in a circle."""
        return (self.start + (self.end - self.start) * index / self.count for index in range(self.count))


def span_of(wish: Picture) -> Span:
    """Which frames a wish asks for; raises ValueError for too many."""
    start = wish.at or 0.0
    end = wish.until if wish.until is not None else start + USUAL * wish.speed
    count = max(2, round((end - start) / wish.speed * wish.fps))
    if count > MOST_FRAMES:
        raise ValueError(
            _("{count} frames are too many for one animation; at most {most}: take a shorter span, fewer frames a "
              "second or a higher speed", count=count, most=MOST_FRAMES)
        )  # fmt: skip
    return Span(start, end, count)


def made(wish: Picture, scene: Scene, film: Film, progress: Progress, view: View | None = None) -> bytes:
    """The span from `at` to `until` (default: ten seconds of it, or the project's duration) as a file's bytes."""
    progress(0.0)
    if wish.target.suffix.lower() == ".html":
        from sdx_studio.ui import replay

        return replay.page(wish, scene, film, view or pictures.frame_of(scene, wish.size), progress).encode()
    if view is None:
        view = pictures.frame_of(scene, wish.size)
        if wish.size is None:
            side = smaller(view[1])
            view = pictures.frame_of(scene, (round(side.width()), round(side.height())))
    pictures.check_pixels(view[1], wish.scale)
    data = _written(wish, Reel(wish, scene, film, view, progress), progress)
    progress(1.0)
    return data


def smaller(size: QSizeF) -> QSizeF:
    """What is left of a picture's size (px) when it moves."""
    return size * min(1.0, MOST_SIDE / max(size.width(), size.height()))


class Reel(Image.Image):
    """All frames as one picture for Pillow: the one that is asked for is drawn then, and no other is kept."""

    def __init__(self, wish: Picture, scene: Scene, film: Film, view: View, progress: Progress) -> None:
        super().__init__()
        self._wish, self._scene, self._film, self._view = wish, scene, film, view
        self._progress, scene.pace = progress, wish.speed
        self._times = list(span_of(wish).times())
        self.n_frames = len(self._times)
        self._palette: Palette | None = None
        self._at = -1
        self.seek(0)

    def index_colours(self) -> None:
        """From now on every frame has the colours of one palette, which is many times faster than one for each."""
        first = self.convert("RGB")
        self._palette = Palette(first, self._scene.look)
        self._take(first)

    def tell(self) -> int:
        """Which frame this is just now."""
        return self._at

    def seek(self, frame: int) -> None:
        """Be the next frame; EOFError after the last one. An earlier one is gone: the run only goes on."""
        if frame >= self.n_frames:
            raise EOFError
        if frame > self._at:
            self._at = frame
            self._tell()
            time = self._times[frame]
            pictures.show(self._scene, self._film, time, self._tell if frame == 0 else None)
            self._take(pictures.pixels(pictures.image(self._scene, *self._view, self._wish.scale, time)))

    def _tell(self) -> None:
        self._progress(DRAWN * self._at / self.n_frames)

    def _take(self, drawn: Image.Image) -> None:
        if self._palette is not None:
            drawn = self._palette.index(drawn)
        self.im, self.palette = drawn.im, drawn.palette
        self._mode, self._size = drawn.mode, drawn.size


class Palette:
    """Colours for all frames: the theme's with their shades, so that later states fit, and what the first has most."""

    def __init__(self, first: Image.Image, look: Theme) -> None:
        keys = [key for key in look.colours if not key.startswith(("surface.", "drop.", "series.", "family."))]
        exact = [look.colour(key) for key in ("surface.canvas", *keys)]
        exact += [look.mixed(key, ground, share) for key in keys if key.startswith(("state.", "ink.1"))
                  for ground in ("card.paper", "surface.canvas") for share in SHADES]  # fmt: skip
        chosen = list(dict.fromkeys((one.red(), one.green(), one.blue()) for one in exact))
        counted = first.getcolors(first.width * first.height) or []
        for _count, colour in sorted(counted, reverse=True)[:MOST_TRIED]:
            if isinstance(colour, tuple) and np.abs(np.array(chosen) - colour[:3]).max(axis=1).min() >= APART:
                chosen.append((colour[0], colour[1], colour[2]))
            if len(chosen) >= UNKNOWN:
                break
        self._colours = np.array(chosen[:UNKNOWN], dtype=np.int32)
        self._nearest = np.full(1 << 24, UNKNOWN, dtype=np.uint8)

    def index(self, drawn: Image.Image) -> Image.Image:
        """A picture with the palette's colours: each pixel has the one that is most like it."""
        parts = np.asarray(drawn, dtype=np.uint32)
        packed = (parts[..., 0] << 16) | (parts[..., 1] << 8) | parts[..., 2]
        indices = self._nearest[packed]
        if (indices == UNKNOWN).any():
            self._learn(np.unique(packed[indices == UNKNOWN]))
            indices = self._nearest[packed]
        made = Image.fromarray(indices)
        made.putpalette(self._colours.astype(np.uint8).tobytes())
        return made

    def _learn(self, packed: NDArray[np.uint32]) -> None:
        """Find what is most like each of these colours."""
        for some in np.array_split(packed, len(packed) // 1000 + 1):
            parts = np.column_stack([some >> 16, some >> 8 & 255, some & 255]).astype(np.int32)
            apart = ((parts[:, None, :] - self._colours[None, :, :]) ** 2).sum(axis=2)
            self._nearest[some] = apart.argmin(axis=1)


def _written(wish: Picture, reel: Reel, progress: Progress) -> bytes:
    held = pictures.Told(lambda: progress(DRAWN))
    how: dict[str, Any] = {"save_all": True, "duration": round(1000 / wish.fps), "loop": 0}
    if wish.target.suffix.lower() == ".webp":
        reel.save(held, "WEBP", lossless=True, quality=0, method=1, **how)
    else:
        reel.index_colours()
        reel.save(held, "GIF", optimize=False, **how)
    return held.getvalue()
