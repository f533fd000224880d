"""A plot out of the window: its numbers as CSV, itself as a picture."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from sdx_studio.document import Document
from sdx_studio.session.measures import words_of
from sdx_studio.session.wording import name_of
from sdx_studio.ui.panels.plots.painting import paint
from sdx_studio.ui.panels.plots.strands import Sight, Strand
from sdx_studio.ui.theme import Manner, Theme
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.panels.plots.area import Plots
    from sdx_studio.ui.window import Window

SCALE = 2.0
"""Pixels of a PNG for each px on the screen."""


class Papers:
    """Copies and saves plots of one area; `place` is None for the plot that follows the selection."""

    def __init__(self, area: "Plots", window: "Window") -> None:
        self._area, self._window = area, window

    def csv(self, place: int | None) -> str:
        """The numbers of a plot."""
        return table(self._area.sight(place), self._area.session.document)

    def copy_csv(self, place: int | None) -> None:
        """Put the numbers on the clipboard."""
        QGuiApplication.clipboard().setText(self.csv(place))

    def save_csv(self, place: int | None) -> None:
        """Put the numbers into a file; spreadsheets need its first three bytes to see that it is UTF-8."""
        self._save(_("Save as CSV"), _("Tables (*.csv)"), (".csv",),
                   lambda _suffix: self.csv(place).encode("utf-8-sig"))  # fmt: skip

    def save_picture(self, place: int | None) -> None:
        """Put the plot into a file as it is seen."""
        self._save(_("Save picture"), _("Pictures (*.png *.svg)"), (".png", ".svg"),
                   lambda suffix: self.picture(place, suffix))  # fmt: skip

    def picture(self, place: int | None, suffix: str) -> bytes:
        """The plot as the bytes of a PNG or an SVG."""
        view = next(one for one in self._area.views if one.place == place)
        sight = self._area.sight(place)
        sight.reading = None
        return drawn(sight, self._area.look, view.width() / Manner.scale, view.height() / Manner.scale, suffix)

    def _save(self, title: str, filters: str, suffixes: tuple[str, ...], make: Callable[[str], bytes]) -> None:
        from sdx_studio.exchange import FileError
        from sdx_studio.ui import pictures

        chosen = self._window.files.choose_save(title, filters)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() not in suffixes:
            path = Path(f"{chosen}{suffixes[0]}")
        try:
            pictures.put(path, make(path.suffix.lower()))
        except (OSError, FileError) as reason:
            self._window.files.complain(title, str(reason))
            return
        self._window.desk.say(_("saved to {file}", file=path.name))


def table(sight: Sight, document: Document) -> str:
    """Seconds and values in base units, a column for each curve; a cell without a value is empty."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow([f"{_('Time')} [s]", *(_heading(one, sight, document) for one in sight.strands)])
    columns = [dict(zip(one.times.tolist(), one.values.tolist(), strict=True)) for one in sight.strands]
    for time in sorted(set().union(*columns)):
        writer.writerow([repr(time), *(_cell(column.get(time)) for column in columns)])
    return held.getvalue()


def _heading(strand: Strand, sight: Sight, document: Document) -> str:
    """What a column is, with its base unit: "A web01 CPU use [1]"."""
    run = strand.words[:2] if strand.words[:2] in ("A ", "B ") and len(sight.strands) > 1 else ""
    name = name_of(strand.series.element, document)
    return f"{run}{name} {words_of(strand.series.measure)} [{sight.unit or '1'}]"


def _cell(value: float | None) -> str:
    return "" if value is None or value != value else repr(value)


def drawn(sight: Sight, look: Theme, wide: float, high: float, suffix: str) -> bytes:
    """The plot as the bytes of a PNG or an SVG."""
    from sdx_studio.ui import pictures

    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if suffix == ".svg":
        made = QSvgGenerator()
        made.setOutputDevice(buffer)
        made.setResolution(pictures.DPI)
        made.setSize(QSize(round(wide), round(high)))
        made.setViewBox(QRectF(0, 0, wide, high))
        made.setTitle(sight.title)
        painter = QPainter(made)
        paint(painter, sight, look, wide, high)
        painter.end()
        return pictures.lean(held.toStdString()).encode()
    image = QImage(round(wide * SCALE), round(high * SCALE), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    painter = QPainter(image)
    paint(painter, sight, look, wide, high)
    painter.end()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())
