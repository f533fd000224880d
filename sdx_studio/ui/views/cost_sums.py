"""What the whole project draws, costs and emits: five figures, and how power is split and has gone."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from sdx_studio import units
from sdx_studio.session import accounting
from sdx_studio.session.accounting import Account, amount
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.theme import Manner, px
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

HIGH, BAR = 118.0, 12.0
SEEN = 240
"""Samples of the curve of power at most."""


class Sums(QWidget):
    """Painted as one."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self._window = window
        self._figures: tuple[tuple[str, str], ...] = ()
        self._split = (0.0, 0.0)
        self._watts: list[tuple[float, float]] = []
        self.setObjectName("cost_sums")

    def retell(self) -> None:
        """Another language, palette or size of words."""
        self.setFixedHeight(px(HIGH))
        self.show_accounts({}, {})

    def show_accounts(self, found: dict[str, Account], totals: Mapping[str, float]) -> None:
        """The figures of this moment."""
        document = self._window.session.document
        machines = [id for id in found if "area" not in document.traits(id)]
        self._split = accounting.split(document, {id: found[id] for id in machines})
        tops = [id for id in found if not any(one in found for one in document.above(id))]
        whole = sum(self._split)
        year = sum(found[id].year for id in tops if not math.isnan(found[id].year))
        known = bool(found)
        said = (
            (_("Power now"), units.show(whole, "W") if known else "–"),
            (_("Energy"), _sum(totals, "energy_kwh", "kWh")),
            (_("Cost of electricity"), _sum(totals, "cost_jpy", "JPY")),
            (_("CO₂"), _sum(totals, "co2_kg", "kg")),
            (_("A year like this"), units.show(year, "JPY") if known else "–"),
        )
        self._figures = said
        self._watts = self._curve(machines)
        words = ", ".join(f"{label} {value}" for label, value in said)
        self.setAccessibleName(_("Sums"))
        self.setAccessibleDescription(words)
        self.update()

    def _curve(self, machines: list[str]) -> list[tuple[float, float]]:
        """Time (s) and W of all machines together."""
        curves = self._window.live.curves
        if curves.layout is None or not machines or not curves.times:
            return []
        slots = np.array([curves.layout.index[id, "power"] for id in machines if (id, "power") in curves.layout.index])
        step = max(1, len(curves.times) // SEEN)
        return [
            (time, float(np.nansum(row[slots])))
            for time, row in zip(curves.times[::step], curves.rows[::step], strict=True)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Figures side by side, the bar below them, the curve at the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(Manner.scale, Manner.scale)
        look, wide = self._window.look, self.width() / Manner.scale
        box = QRectF(0.5, 0.5, wide - 1, HIGH - 1)
        brush.panel(painter, box, 8, look.colour("card.paper"), look.colour("line.2"))
        room = (wide - 24) / max(1, len(self._figures))
        for place, (label, value) in enumerate(self._figures):
            x = 16 + place * room
            brush.text(painter, label, QPointF(x, 20), "micro", look.colour("ink.2"), room=room - 8)
            brush.text(painter, value, QPointF(x, 42), "title", look.colour("ink.1"), room=room - 8)
        self._bar(painter, QRectF(16, 64, wide * 0.55 - 16, BAR))
        self._line(painter, QRectF(wide * 0.55 + 24, 60, wide * 0.45 - 40, HIGH - 72))
        painter.end()

    def _bar(self, painter: QPainter, track: QRectF) -> None:
        """Computers and what their buildings add."""
        look = self._window.look
        plain, added = self._split
        brush.panel(painter, track, 3, look.colour("card.track"), look.colour("line.2"))
        whole = plain + added
        if whole > 0:
            part = QRectF(track.left(), track.top(), track.width() * plain / whole, track.height())
            brush.panel(painter, part, 3, look.colour("series.1"), None)
            rest = QRectF(part.right() + 1, track.top(), track.right() - part.right() - 1, track.height())
            brush.panel(painter, rest, 3, look.colour("series.2"), None)
        said = (
            ("series.1", _("Computers {power}", power=units.show(plain, "W"))),
            ("series.2", _("Building (PUE) {power}", power=units.show(added, "W"))),
        )
        x = track.left()
        for key, words in said:
            brush.panel(painter, QRectF(x, track.bottom() + 10, 9, 9), 2, look.colour(key), None)
            at = QPointF(x + 14, track.bottom() + 15)
            brush.text(painter, words, at, "micro", look.colour("ink.2"), room=track.width() / 2 - 20)
            x += track.width() / 2

    def _line(self, painter: QPainter, area: QRectF) -> None:
        """Power over time."""
        look = self._window.look
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), look.colour("plot.grid"))
        if len(self._watts) < 2:
            return
        times, watts = (np.array(column) for column in zip(*self._watts, strict=True))
        most, span = max(1e-9, float(watts.max())), max(1e-9, float(times[-1] - times[0]))
        points = [
            QPointF(
                area.left() + area.width() * (time - times[0]) / span, area.bottom() - (area.height() - 14) * w / most
            )
            for time, w in zip(times, watts, strict=True)
        ]
        painter.setPen(QPen(look.colour("series.1"), 1.75))
        painter.drawPolyline(QPolygonF(points))
        words = _("Computers over time, at most {power}", power=units.show(most, "W"))
        brush.text(
            painter, words, QPointF(area.left(), area.top() + 4), "micro", look.colour("ink.3"), room=area.width()
        )


def _sum(totals: Mapping[str, float], key: str, unit: str) -> str:
    return amount(totals.get(key, math.nan), unit)
