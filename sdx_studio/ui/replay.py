"""The HTML replay: one file without any outside reference that plays a run back in a browser, in every language."""

import functools
import html
import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from sdx_studio import assets, units
from sdx_studio.cli import Picture
from sdx_studio.kinds import Kind
from sdx_studio.session.build import MICROSECONDS
from sdx_studio.session.filming import Film
from sdx_studio.session.wording import name_of, sentence
from sdx_studio.ui.canvas import labels, moves, picture
from sdx_studio.ui.canvas.bars import meter_boxes, sign_spot
from sdx_studio.ui.canvas.columns import COLOUR_OF, METERS, SHAPES, State
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.panels.heading import STATE_WORDS
from sdx_studio.ui.pictures import Progress, View, lean, title_of
from sdx_studio.words import LANGUAGES, _, dictionary

MOST_FRAMES = 480
MOST_FIGURES = 400_000
"""Rows of elements and links over all frames: a large project gets fewer frames."""
A_SECOND = 4.0
"""Frames of a simulated second in a short replay."""
LONGEST = 60.0
"""Seconds that a replay plays at most."""
Words = dict[str, str]


def said(words: Callable[[], str]) -> Words:
    """What is said in each language."""
    found = {}
    for language in LANGUAGES:
        with dictionary.speaking(language):
            found[language] = words()
    return found


class Recorder:
    """Collects what the page needs: a standing picture for every placement, and one frame a moment."""

    def __init__(self, scene: Scene, view: View) -> None:
        self.scene = scene
        self.camera, self.size = view
        self.layers: list[dict[str, Any]] = []
        self.frames: list[dict[str, Any]] = []
        self.kinds: list[dict[str, Any]] = []
        self._kinds: dict[str, int] = {}
        self._placed: dict[tuple[tuple[str, str], ...], int] = {}

    def frame(self) -> None:
        """Record the scene as it is now."""
        columns = self.scene.columns
        key = tuple(sorted(columns.moved.items()))
        if key not in self._placed:
            self._placed[key] = len(self.layers)
            self.layers.append(self._layer())
        self.frames.append(
            {
                "t": round(self.scene.time, 3),
                "l": self._placed[key],
                "s": [int(state) for state in columns.state],
                "v": [_plain(value) for value in columns.lead],
                "m": [
                    [_plain(value) for value in row[: len(kind.meters)]]
                    for row, kind in zip(columns.meters[:, :METERS], columns.kind, strict=True)
                ],
                "u": self._use(),
                "c": np.flatnonzero(self.scene.cut).tolist(),
                "b": np.flatnonzero(self.scene.blocked).tolist(),
                "k": self._chips(),
                "w": [self._way(one) for one in moves.ways(self.scene)],
            }
        )

    def _use(self) -> list[float]:
        """Use of each link by its fuller direction, negative for b to a; 0 for none or cut."""
        use = np.nan_to_num(self.scene.use, nan=0.0)
        signed = np.where(use[:, 0] >= use[:, 1], use[:, 0], -use[:, 1]) if len(use) else np.zeros(0)
        return [round(float(value), 5) for value in np.where(self.scene.cut, 0.0, signed)]

    def _chips(self) -> list[list[Any]]:
        """Middle, words and state of what links have to say."""
        scene = self.scene
        rows = [row for row in range(len(scene.routes.ids)) if labels.said(scene, row)]
        told = {row: said(functools.partial(labels.said, scene, row)) for row in rows}
        first = next(iter(LANGUAGES))
        spots = labels.spots(scene, {row: words[first] for row, words in told.items()}, 1.0)
        return [[*self._spot(spots[row]), told[row], int(scene.link_state(row))] for row in rows if row in spots]

    def _way(self, way: moves.Way) -> dict[str, Any]:
        """A migration: name, the slot it will take, the ends of its tube, how far it is, and that in words."""
        name = self.scene.document.elements[way.guest].name
        share = f"{way.done * 100:.0f}\u00a0%"

        def words() -> str:
            beat = _("Pause") if way.pausing else f"{_('Round {number}', number=way.number)} · {share}"
            left = units.show(round(way.left, 1), "s")
            return f"{beat} · {_('{time} left', time=left)}" if math.isfinite(way.left) and not way.pausing else beat

        return {
            "name": name,
            "box": _corners(self.camera.rect_to_screen(way.ghost)),
            "tube": [*self._spot(way.start), *self._spot(way.end)],
            "done": 1.0 if way.number > 1 else round(way.done, 3),
            "still": way.pausing,
            "say": said(words),
        }

    def _spot(self, point: QPointF) -> list[float]:
        at = self.camera.to_screen(point)
        return [round(at.x(), 1), round(at.y(), 1)]

    def _layer(self) -> dict[str, Any]:
        links = []
        for path in self.scene.routes.paths:
            points = [self.camera.to_screen(QPointF(x, y)) for x, y in path]
            links.append("M" + "L".join(f"{point.x():.1f} {point.y():.1f}" for point in points))
        document = self.scene.document
        return {
            "svg": self._drawings(),
            "links": links,
            "ends": [name_of(id, document) for id in self.scene.routes.ids],
            "items": [self._item(row) for row in range(len(self.scene.columns.ids))],
        }

    def _drawings(self) -> Words:
        """The standing picture in each language; where nothing differs, once."""
        found = {}
        for language in LANGUAGES:
            with dictionary.speaking(language):
                self.scene.columns.touch()
                found[language] = self._svg()
        self.scene.columns.touch()
        first, *others = found.values()
        return found if any(one != first for one in others) else {"en": first}

    def _svg(self) -> str:
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        made = QSvgGenerator()
        made.setOutputDevice(buffer)
        made.setSize(QSize(round(self.size.width()), round(self.size.height())))
        made.setViewBox(QRectF(0, 0, self.size.width(), self.size.height()))
        painter = QPainter(made)
        picture.background(painter, self.scene, self.camera, self.size)
        picture.standing(painter, self.scene, self.camera, self.size)
        painter.end()
        text = lean(held.toStdString())
        return text[text.index("<svg") :]

    def _item(self, row: int) -> dict[str, Any]:
        columns = self.scene.columns
        kind, shape, box = columns.kind[row], SHAPES[columns.shape[row]], columns.box(row)
        loose = columns.parent[row] < 0
        bars = [] if self.camera.zoom < 0.4 else meter_boxes(shape, len(kind.meters), box)[: len(kind.meters)]
        if shape == "slot" and not loose:
            bars = [box.adjusted(2, 2, -2, -2)]
        spot = (box.left() + 11, box.center().y(), False) if shape == "chip" else sign_spot(shape, box)
        at = self.camera.to_screen(QPointF(spot[0], spot[1])) if spot else None
        return {
            "name": self.scene.document.elements[columns.ids[row]].name,
            "kind": self._kind(kind),
            "box": _corners(self.camera.rect_to_screen(box)),
            "bars": [_corners(self.camera.rect_to_screen(bar)) for bar in bars],
            "told": shape in ("machine", "array"),
            "moving": shape == "guest",
            "upright": shape == "slot",
            "plain": shape == "chip",
            "sign": [round(at.x(), 1), round(at.y(), 1), spot[2]] if at is not None and spot is not None else None,
        }

    def _kind(self, kind: Kind) -> int:
        """Place of a kind among those of the page: its name and its meters' in each language."""
        if kind.key not in self._kinds:
            self._kinds[kind.key] = len(self.kinds)
            meters = [said(functools.partial(_, meter.label)) for meter in kind.meters]
            calm = [not meter.alarming for meter in kind.meters]
            self.kinds.append({"name": said(lambda: _(kind.label)), "meters": meters, "calm": calm})
        return self._kinds[kind.key]


def _corners(box: QRectF) -> list[float]:
    return [round(value, 1) for value in (box.x(), box.y(), box.width(), box.height())]


def _plain(value: float) -> float | None:
    return round(float(value), 3) if math.isfinite(value) else None


def moments(start: float, end: float, rows: int) -> list[float]:
    """Simulated seconds of the frames; both ends are among them."""
    count = round((end - start) * A_SECOND) + 1
    count = max(2, min(count, MOST_FRAMES, MOST_FIGURES // max(1, rows)))
    return [start + (end - start) * index / (count - 1) for index in range(count)]


def page(wish: Picture, scene: Scene, film: Film, view: View, progress: Progress) -> str:
    """The whole page as text."""
    end = wish.until if wish.until is not None else wish.session.document.properties.duration
    start = wish.at or 0.0
    times = moments(start, end, len(scene.columns.ids) + len(scene.routes.ids))
    recorder = Recorder(scene, view)
    film.at(round(start * MICROSECONDS), lambda: progress(0.0))
    for index, time in enumerate(times):
        progress(index / len(times))
        scene.show(*film.at(round(time * MICROSECONDS)))
        recorder.frame()
    document = wish.session.document
    data = {
        "fps": (len(times) - 1) / max(1.0, min(LONGEST, (end - start) / wish.speed)),
        "colours": [scene.look.colours.get(COLOUR_OF[State(code)], "none") for code in range(len(State))],
        "words": _interface(),
        "kinds": recorder.kinds,
        "layers": recorder.layers,
        "frames": recorder.frames,
        "events": [
            [event.time / MICROSECONDS, said(functools.partial(sentence, event, document))]
            for event in film.world.events
        ],
    }
    progress(1.0)
    return _filled(title_of(scene), scene, data)


def _interface() -> dict[str, Any]:
    """The page's own words."""
    return {
        "name": LANGUAGES,
        "play": said(lambda: _("Play")),
        "pause": said(lambda: _("Pause")),
        "time": said(lambda: _("Time")),
        "events": said(lambda: _("Events")),
        "none": said(lambda: _("at rest")),
        "link": said(lambda: _("Link")),
        "cut": said(lambda: _("cut")),
        "keys": said(lambda: _("Space: play or pause · ← →: one step · wheel: zoom · 0: all of it")),
        "states": {
            language: [_in(language, STATE_WORDS[State(code)]) for code in range(len(State))] for language in LANGUAGES
        },
    }


def _in(language: str, words: str) -> str:
    with dictionary.speaking(language):
        return _(words)


def _filled(title: str, scene: Scene, data: dict[str, Any]) -> str:
    colours = scene.look.colours
    text = assets.path("replay", "replay.html").read_text(encoding="utf-8")
    places = {
        "LANG": dictionary.language, "TITLE": html.escape(title), "INK": colours["ink.1"],
        "PAPER": colours["card.paper"], "SCHEME": "dark" if scene.look.dark else "light",
        "CHROME": colours["surface.chrome"], "LINE": colours["line.2"], "ACCENT": colours["accent"],
        "ACCENTINK": colours["accent.ink"], "CANVAS": colours["surface.canvas"], "TIP": colours["tip.paper"],
        "TIPINK": colours["tip.ink"], "HINT": colours["ink.3"], "HOVER": colours["surface.hover"],
        "DATA": json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/"),
    }  # fmt: skip
    for name, value in places.items():
        text = text.replace(f"@{name}@", value, 2 if name == "TITLE" else 1)
    return text
