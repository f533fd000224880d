"""What is drawn, out of the window: pictures and spans of the run as it was lived, and paper."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF

from sdx_studio.cli import Picture
from sdx_studio.session.filming import Film
from sdx_studio.ui import pictures, theme
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.pictures import Progress, View
from sdx_studio.words import LANGUAGES, dictionary

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

ALL, SEEN, SELECTION = PARTS = ("all", "seen", "selection")
FORMATS = {".png": "PNG", ".svg": "SVG", ".pdf": "PDF", ".gif": "GIF", ".webp": "WebP", ".html": "HTML"}
ENLARGED = (".png", ".gif", ".webp")
"""Formats of pixels, which can be made finer."""
SPEEDS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
USUAL = 20.0
"""Seconds that an animation of the whole run should not play longer than."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wants to have: format (its ending), part of the drawing, and for what moves the span (s)."""

    format: str = ".png"
    part: str = ALL
    scale: float = 1.0
    theme: str = "light"
    language: str = "en"
    start: float = 0.0
    end: float = 10.0
    fps: float = 12.0
    speed: float = 1.0

    @property
    def moving(self) -> bool:
        """Whether a span of the run is wanted."""
        return self.format in pictures.MOVING


def remembered(text: str, fallback: Choice) -> Choice:
    """The choice of last time, as far as `text` still makes sense; spans belong to a run and are not remembered."""
    try:
        kept = json.loads(text)
        found = replace(fallback, **{key: kept[key] for key in ("format", "part", "scale", "theme", "language", "fps")})
        sound = (
            found.format in FORMATS and found.part in PARTS and found.theme in theme.THEMES
            and found.language in LANGUAGES and 1.0 <= float(found.scale) <= 4.0 and 1.0 <= float(found.fps) <= 60.0
        )  # fmt: skip
    except (ValueError, TypeError, KeyError):
        return fallback
    return found if sound else fallback


def speed_for(span: float) -> float:
    """Simulated seconds per second at which a span (s) plays in a bearable time."""
    return next((speed for speed in SPEEDS if speed >= 1.0 and span / speed <= USUAL), SPEEDS[-1])


class Exports:
    """Makes pictures of what one window shows."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def first(self) -> Choice:
        """What to offer: the last choice, with the span that has been lived so far, or the project's duration."""
        live = self._window.live
        lived = max(live.time, live.events[-1].time / 1e6 if live.events else 0.0) if live.started else 0.0
        end = lived or self._window.session.document.properties.duration
        plain = Choice(theme=self._window.look.name, language=dictionary.language)
        kept = remembered(self._window.appearance.preferences.export, plain)
        if kept.part == SELECTION and not self._window.canvas.selection:
            kept = replace(kept, part=ALL)
        return replace(kept, start=0.0, end=end, speed=speed_for(end))

    def remember(self, choice: Choice) -> None:
        """Offer this the next time."""
        self._window.appearance.preferences.export = json.dumps(asdict(choice))

    def scene(self, look: str, part: str = ALL) -> Scene:
        """The window's drawing in another palette, as it is just now in its run."""
        canvas, live = self._window.canvas, self._window.live
        made = Scene(self._window.session.document, theme.theme(look))
        made.grid = False
        made.columns.hidden = canvas.scene.columns.hidden
        made.columns.only = self._chosen() if part == SELECTION else None
        made.rebuild()
        latest = live.player.latest() if live.player is not None else None
        if latest is not None:
            made.show(*latest)
            made.doings = canvas.scene.doings
        return made

    def _chosen(self) -> frozenset[str]:
        """The selected elements, and the ends of selected links."""
        links = self._window.session.document.links
        found: set[str] = set()
        for id in self._window.canvas.selection:
            found |= {links[id].a, links[id].b} if id in links else {id}
        return frozenset(found)

    def view(self, choice: Choice, scene: Scene) -> View | None:
        """Where the picture looks; None where the format says so itself."""
        canvas = self._window.canvas
        if choice.part == SEEN:
            return canvas.camera.copy(), QSizeF(canvas.size())
        if choice.part == SELECTION and not choice.moving:
            return pictures.frame_of(scene, None, (0, 0), pictures.longest(scene, choice.format))
        return None

    def wish(self, choice: Choice, target: Path) -> Picture:
        """The choice as the picture makers want it."""
        start, end = (choice.start, choice.end) if choice.moving else (None, None)
        scale = choice.scale if choice.format in ENLARGED else 1.0
        return Picture(self._window.session, target, start, end, choice.fps, scale, choice.theme, speed=choice.speed)

    def make(self, choice: Choice, target: Path, progress: Progress) -> None:
        """Make the picture and put it into its file; raises ValueError, MemoryError or FileError with a message."""
        player, session = self._window.live.player, self._window.session
        with _speaking(choice.language, progress) as told:
            scene = self.scene(choice.theme, choice.part)
            view = self.view(choice, scene)
            film = None
            if choice.moving:
                scene.clear_run()
                film = Film(session.document, None if player is None else player.journal())
            data = pictures.made(self.wish(choice, target), scene, film, told, view)
        pictures.put(target, data)

    def paper(self) -> Scene:
        """What goes on paper: the same in light colours."""
        return self.scene("light")


@contextmanager
def _speaking(language: str, progress: Progress) -> Iterator[Callable[[float], None]]:
    """Speak a language while drawing; the window, which lives on while it is told how far that is, keeps its own."""
    own = dictionary.language

    def told(share: float) -> None:
        with dictionary.speaking(own):
            progress(share)

    with dictionary.speaking(language):
        yield told
