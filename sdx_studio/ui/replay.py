"""The HTML replay: one file without any outside reference that plays a run back in a browser."""

import html
import json
import math
from typing import Any

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from sdx_studio import assets
from sdx_studio.cli import Picture
from sdx_studio.session.build import MICROSECONDS
from sdx_studio.session.filming import Film
from sdx_studio.session.wording import sentence
from sdx_studio.ui.canvas import picture
from sdx_studio.ui.canvas.bars import meter_boxes, sign_spot
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.columns import COLOUR_OF, METERS, SHAPES, State
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.words import _, dictionary

MOST_FRAMES = 240


class Recorder:
    """Collects what the page needs: a standing picture for every placement, and one frame a moment."""

    def __init__(self, scene: Scene, camera: Camera, size: QSizeF) -> None:
        self.scene, self.camera, self.size = scene, camera, size
        self.layers: list[dict[str, Any]] = []
        self.frames: list[dict[str, Any]] = []
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
            }
        )

    def _use(self) -> list[float]:
        """Use of each link by its fuller direction, negative for b to a; 0 for none or cut."""
        use = np.nan_to_num(self.scene.use, nan=0.0)
        signed = np.where(use[:, 0] >= use[:, 1], use[:, 0], -use[:, 1]) if len(use) else np.zeros(0)
        return [round(float(value), 5) for value in np.where(self.scene.cut, 0.0, signed)]

    def _layer(self) -> dict[str, Any]:
        links = []
        for path in self.scene.routes.paths:
            points = [self.camera.to_screen(QPointF(x, y)) for x, y in path]
            links.append("M" + "L".join(f"{point.x():.1f} {point.y():.1f}" for point in points))
        return {
            "svg": self._svg(),
            "links": links,
            "items": [self._item(row) for row in range(len(self.scene.columns.ids))],
        }

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
        text = held.toStdString()
        return text[text.index("<svg") :]

    def _item(self, row: int) -> dict[str, Any]:
        columns = self.scene.columns
        kind, shape, box = columns.kind[row], SHAPES[columns.shape[row]], columns.box(row)
        loose = columns.parent[row] < 0
        bars = [] if self.camera.zoom < 0.4 else meter_boxes(shape, len(kind.meters), box)[: len(kind.meters)]
        if shape == "slot" and not loose:
            bars = [box.adjusted(2, 2, -2, -2)]
        spot = sign_spot(shape, box)
        at = self.camera.to_screen(QPointF(spot[0], spot[1])) if spot else None
        return {
            "name": self.scene.document.elements[columns.ids[row]].name,
            "box": _corners(self.camera.rect_to_screen(box)),
            "bars": [_corners(self.camera.rect_to_screen(bar)) for bar in bars],
            "calm": [not meter.alarming for meter in kind.meters],
            "meters": [_(meter.label) for meter in kind.meters],
            "upright": shape == "slot",
            "sign": [round(at.x(), 1), round(at.y(), 1), spot[2]] if at is not None and spot is not None else None,
        }


def _corners(box: QRectF) -> list[float]:
    return [round(value, 1) for value in (box.x(), box.y(), box.width(), box.height())]


def _plain(value: float) -> float | None:
    return round(float(value), 3) if math.isfinite(value) else None


def page(wish: Picture, scene: Scene, film: Film, camera: Camera, size: QSizeF) -> str:
    """The whole page as text."""
    end = wish.until if wish.until is not None else wish.session.document.properties.duration
    start = wish.at or 0.0
    count = max(2, min(MOST_FRAMES, round((end - start) * 2) + 1))
    recorder = Recorder(scene, camera, size)
    for index in range(count):
        scene.show(*film.at(round((start + (end - start) * index / (count - 1)) * MICROSECONDS)))
        recorder.frame()
    document = wish.session.document
    data = {
        "fps": (count - 1) / max(1.0, min(60.0, end - start)),
        "colours": [scene.look.colours.get(COLOUR_OF[State(code)], "none") for code in range(9)],
        "layers": recorder.layers,
        "frames": recorder.frames,
        "events": [[event.time / 1e6, sentence(event, document)] for event in film.world.events],
    }
    return _filled(document.properties.title or "SDx Studio", scene, data)


def _filled(title: str, scene: Scene, data: dict[str, Any]) -> str:
    colours = scene.look.colours
    text = assets.path("replay", "replay.html").read_text(encoding="utf-8")
    places = {
        "LANG": dictionary.language, "TITLE": html.escape(title), "INK": colours["ink.1"],
        "PAPER": colours["card.paper"],
        "CHROME": colours["surface.chrome"], "LINE": colours["line.2"], "ACCENT": colours["accent"],
        "ACCENTINK": colours["accent.ink"], "CANVAS": colours["surface.canvas"], "TIP": colours["tip.paper"],
        "TIPINK": colours["tip.ink"], "HINT": colours["ink.3"],
        "DATA": json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/"),
    }  # fmt: skip
    for name, value in places.items():
        text = text.replace(f"@{name}@", value, 2 if name == "TITLE" else 1)
    return text
