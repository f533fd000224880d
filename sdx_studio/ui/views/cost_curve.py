"""What the chosen machine draws by load: its power table as a curve, with where it stands now and where it is from."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from sdx_studio import units
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.kinds.power_tables import POWER_TABLES, PowerTable
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.theme import Manner, px
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

HIGH = 132.0
MODEL = "power_model"


class PowerCurve(QWidget):
    """Hidden as long as no machine with a power table is chosen."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self._window = window
        self._id: str | None = None
        self._load: float | None = None
        self.setObjectName("power_curve")

    @property
    def table(self) -> PowerTable | None:
        """The table of the chosen machine."""
        elements = self._window.session.document.elements
        if self._id is None or self._id not in elements:
            return None
        return POWER_TABLES.get(str(self._window.session.document.values(self._id).get(MODEL)))

    def retell(self) -> None:
        """Another language, palette or size of words."""
        self.setFixedHeight(px(HIGH))
        self.show_chosen()

    def show_chosen(self) -> None:
        """The first machine among what is selected; without one the first that is drawn."""
        document = self._window.session.document
        chosen = (*self._window.canvas.selection, *document.having("machine"))
        able = (id for id in chosen if id in document.elements and MODEL in document.kind_of(id).by_key)
        self._id = next(able, None)
        self._load = None
        table = self.table
        self.setVisible(table is not None)
        if table is not None:
            self.setAccessibleName(self._title())
            self.setAccessibleDescription(self._source(table))
        self.update()

    def show_load(self, layout: Layout, snapshot: Snapshot) -> None:
        """Where the machine stands now."""
        slot = layout.index.get((self._id or "", "cpu.utilisation"))
        self._load = None if slot is None else float(snapshot.values[slot])
        self.update()

    def _title(self) -> str:
        document = self._window.session.document
        model = str(document.values(self._id or "")[MODEL])
        return _("{name}: power by load, {model}", name=document.element(self._id or "").name, model=model)

    def _source(self, table: PowerTable) -> str:
        said = [table.machine, f"{_(table.source)}, {table.year}", table.report]
        return " · ".join(one for one in said if one)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title and source, then the curve with its points."""
        table = self.table
        if table is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(Manner.scale, Manner.scale)
        look, wide = self._window.look, self.width() / Manner.scale
        brush.panel(painter, QRectF(0.5, 0.5, wide - 1, HIGH - 1), 8, look.colour("card.paper"), look.colour("line.2"))
        brush.text(painter, self._title(), QPointF(16, 18), "guest", look.colour("ink.1"), room=wide - 32)
        brush.text(painter, self._source(table), QPointF(16, 36), "micro", look.colour("ink.2"), room=wide - 32)
        self._curve(painter, QRectF(64, 54, min(wide - 160, 640), HIGH - 76), table)
        painter.end()

    def _curve(self, painter: QPainter, area: QRectF, table: PowerTable) -> None:
        look, most = self._window.look, max(table.watts)
        for share in (0.0, 0.5, 1.0):
            x = area.left() + area.width() * share
            painter.fillRect(QRectF(x, area.top(), 1, area.height()), look.colour("plot.grid"))
            words = units.show(share, "1")
            at = QPointF(x, area.bottom() + 11)
            brush.text(painter, words, at, "micro", look.colour("ink.3"), align=brush.CENTRE)
        for watts in (0.0, most):
            y = area.bottom() - area.height() * watts / most
            painter.fillRect(QRectF(area.left(), y, area.width(), 1), look.colour("plot.grid"))
            at = QPointF(16, y)
            brush.text(painter, units.show(watts, "W"), at, "micro", look.colour("ink.3"), room=44)
        points = [
            QPointF(area.left() + area.width() * step / 10, area.bottom() - area.height() * watts / most)
            for step, watts in enumerate(table.watts)
        ]
        painter.setPen(QPen(look.colour("series.1"), 1.75))
        painter.drawPolyline(QPolygonF(points))
        brush.solid(painter, look.colour("series.1"))
        for point in points:
            painter.drawEllipse(point, 2.2, 2.2)
        if self._load is not None:
            self._now(painter, area, points)

    def _now(self, painter: QPainter, area: QRectF, points: list[QPointF]) -> None:
        look, load = self._window.look, min(1.0, max(0.0, self._load or 0.0))
        step = min(9, int(load * 10))
        part = load * 10 - step
        spot = points[step] + (points[step + 1] - points[step]) * part
        painter.fillRect(QRectF(spot.x() - 0.75, area.top(), 1.5, area.height()), look.colour("accent"))
        brush.solid(painter, look.colour("accent"))
        painter.drawEllipse(spot, 4, 4)
        words = _("now {load}", load=units.show(load, "1"))
        brush.text(painter, words, QPointF(spot.x() + 8, area.top() + 6), "micro", look.colour("ink.1"))
