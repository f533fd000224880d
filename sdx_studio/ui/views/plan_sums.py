"""What a consolidation changes: machines, racks, use, power, rent, energy, money and CO₂ before and after, in large."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from sdx_studio import units
from sdx_studio.session.floor import Figures
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.theme import Manner, px
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

HIGH, GAP = 70.0, 8.0
NARROW = 150.0
"""Px that one figure needs."""
COUNT = 8


def tiles(before: Figures, after: Figures) -> list[tuple[str, str, str, str]]:
    """Words, value before, value after, and the change of each figure."""
    rows = (
        (_("Machines that run"), before.machines, after.machines, ""),
        (_("Racks in use"), before.racks, after.racks, ""),
        (_("Use of their cores"), before.use, after.use, "1"),
        (_("Power with PUE"), before.power, after.power, "W"),
        (_("Rent a month"), before.rent_month, after.rent_month, "JPY"),
        (_("Electricity a year"), before.cost_year, after.cost_year, "JPY"),
        (_("Energy a year"), before.energy_year, after.energy_year, "kWh"),
        (_("CO₂ a year"), before.co2_year, after.co2_year, "kg"),
    )
    return [(label, said(a, unit), said(b, unit), change(a, b, unit)) for label, a, b, unit in rows]


def said(value: float, unit: str) -> str:
    """A figure as people read it: shares without decimals, counts as they are."""
    return units.show(round(value, 2) if unit == "1" else value, unit) if unit else f"{value:,.0f}"


def change(before: float, after: float, unit: str) -> str:
    """By how much it goes up or down; shares by how many times."""
    if before <= 0 or abs(after - before) < 1e-9 * before:
        return "="
    if unit == "1":
        return f"× {after / before:.1f}"
    sign = "+" if after > before else "\u2212"
    return f"{sign}{abs(after - before) / before * 100:.0f}\u00a0%"


class PlanSums(QWidget):
    """Painted as tiles in one row, or in two or four where they have no room."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self._window = window
        self._tiles: list[tuple[str, str, str, str]] = []
        self.setObjectName("plan_sums")

    def retell(self) -> None:
        """Another language, palette or size of words."""
        self._fit()
        self.setAccessibleName(_("Before and after"))
        self.update()

    def _across(self) -> int:
        """Tiles in a row: all, or half of them, or a quarter."""
        room = int(self.width() / Manner.scale / NARROW)
        return next((count for count in (COUNT, COUNT // 2, COUNT // 4) if count <= room), 1)

    def _fit(self) -> None:
        rows = -(-COUNT // self._across())
        self.setFixedHeight(px(rows * (HIGH + GAP) - GAP))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Another width may need another height."""
        self._fit()

    def show_figures(self, before: Figures, after: Figures) -> None:
        """Before nothing was done, and after what is chosen."""
        self._tiles = tiles(before, after)
        self.setAccessibleDescription(", ".join(f"{label} {a} → {b} ({by})" for label, a, b, by in self._tiles))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One tile beside the other."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(Manner.scale, Manner.scale)
        look, wide = self._window.look, self.width() / Manner.scale
        across = self._across()
        room = (wide + GAP) / across
        for place, (label, before, after, by) in enumerate(self._tiles):
            row, column = divmod(place, across)
            box = QRectF(column * room + 0.5, row * (HIGH + GAP) + 0.5, room - GAP - 1, HIGH - 1)
            brush.panel(painter, box, 8, look.colour("card.paper"), look.colour("line.2"))
            x, y, inner = box.left() + 12, box.top(), box.width() - 20
            brush.text(painter, label, QPointF(x, y + 14), "micro", look.colour("ink.2"), room=inner)
            brush.text(painter, after, QPointF(x, y + 35), "title", look.colour("ink.1"), room=inner)
            words = f"{_('before {figure}', figure=before)}  {by}"
            brush.text(painter, words, QPointF(x, y + 56), "micro", look.colour("ink.3"), room=inner)
        painter.end()
