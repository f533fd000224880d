"""Numbers that are dragged: a measure of an element, from wherever it is shown into a plot."""

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from sdx_studio.session.plotting import Series
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.theme import Manner, Theme, px

MIME = "application/x-sdx-measure"
START_DISTANCE = 6
"""Px that a number must be drawn before it is carried."""


def packed(series: Iterable[Series], words: str = "") -> QMimeData:
    """Measures as what a drag holds; other programs get `words`."""
    held = QMimeData()
    text = "\n".join(f"{one.element}/{one.measure}" for one in series)
    held.setData(MIME, QByteArray(text.encode()))
    held.setText(words)
    return held


def carried(held: QMimeData) -> tuple[Series, ...]:
    """The measures that a drag holds; none when it holds something else."""
    if not held.hasFormat(MIME):
        return ()
    lines = held.data(MIME).toStdString().splitlines()
    return tuple(Series(*line.split("/", 1)) for line in lines if "/" in line)


def carry(source: QWidget, series: Iterable[Series], words: str, look: Theme) -> None:
    """Drag measures out of a widget until they are dropped somewhere; they are written beside the pointer."""
    drag = QDrag(source)
    drag.setMimeData(packed(series, words))
    drag.setPixmap(_label(words, look, source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(-px(10), -px(6)))
    drag.exec(Qt.DropAction.CopyAction)


def _label(words: str, look: Theme, ratio: float) -> QPixmap:
    """The chip that goes with the pointer."""
    scale = Manner.scale
    wide, high = brush.width_of(words, "label", scale) + 12 * scale, 18 * scale
    made = QPixmap(round(wide * ratio) + 1, round(high * ratio) + 1)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    brush.chip(painter, words, QPoint(round(wide / 2), round(high / 2)).toPointF(), look, scale=scale)
    painter.end()
    return made
