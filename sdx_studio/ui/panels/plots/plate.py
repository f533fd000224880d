"""One plot as it is seen: what changes seldom is kept as pixels; a button to close it while one is about it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from sdx_studio.ui.icons import ui_icon
from sdx_studio.ui.panels.plots.labels import Frame
from sdx_studio.ui.panels.plots.painting import CLOSE, frame, paint_moving, paint_still
from sdx_studio.ui.panels.plots.strands import Sight
from sdx_studio.ui.theme import Manner, Theme, px
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.panels.plots.area import Plots


class Plate(QWidget):
    """Shows the sight that it was given last; `place` is its number among the kept ones, None follows the selection."""

    def __init__(self, area: "Plots", place: int | None) -> None:
        super().__init__(area.body)
        self.setObjectName("plot" if place is None else f"plot_{place + 1}")
        self.area, self.place = area, place
        self.sight = area.sight(place)
        self.close_button: QToolButton | None = None
        self.lifted: float | None = None
        """The limit while it is being dragged."""
        self._kept: tuple[object, QPixmap] = (None, QPixmap())
        self.welcome: bool | None = None
        """Whether what is dragged over it may be dropped."""
        if place is not None:
            self._add_close()

    def _add_close(self) -> None:
        self.close_button = button = QToolButton(self)
        button.setObjectName("plot_close")
        button.setStyleSheet("QToolButton { padding: 1px; }")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.area.close_plot(self.place))
        button.hide()

    def show_sight(self, sight: Sight) -> None:
        """Show this from now on."""
        self.sight = sight
        if self.lifted is not None:
            sight.limit = self.lifted
        self.update()

    def retell(self, look: Theme) -> None:
        """Words in the language, palette and size in use."""
        self.setAccessibleName(self.sight.title or _("Plot"))
        if self.close_button is not None:
            words = _("Close plot {what}", what=self.sight.title)
            self.close_button.setIcon(ui_icon("ui-x", look, "ink.3"))
            self.close_button.setIconSize(QSize(px(16), px(16)))
            self.close_button.setToolTip(words)
            self.close_button.setAccessibleName(words)
        self._place_close()
        self.update()

    @property
    def frame(self) -> Frame:
        """Where things are (px at scale 1)."""
        return frame(self.sight, self.width() / Manner.scale, self.height() / Manner.scale)

    # painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        look, made = self.area.look, self.frame
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._backdrop(made))
        painter.scale(Manner.scale, Manner.scale)
        wide, high = self.width() / Manner.scale, self.height() / Manner.scale
        paint_moving(painter, self.sight, made, look)
        ring = "accent" if self.hasFocus() else None
        if self.welcome is not None:
            ring = "drop.allow" if self.welcome else "drop.refuse"
        if ring is not None:
            pen = QPen(look.colour(ring), 2)
            if self.welcome is not True:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(2, 2, wide - 4, high - 4), 6, 6)
        painter.end()

    def _backdrop(self, made: Frame) -> QPixmap:
        """What changes seldom, as pixels."""
        look, sight, ratio = self.area.look, self.sight, self.devicePixelRatioF()
        key = (made, sight.title, sight.limits, sight.limit, sight.reading, sight.hint, look.name, Manner.scale, ratio,
               self.size().toTuple())  # fmt: skip
        if self._kept[0] != key:
            pixmap = QPixmap(self.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            painter = QPainter(pixmap)
            painter.scale(Manner.scale, Manner.scale)
            paint_still(painter, sight, made, look, self.width() / Manner.scale, self.height() / Manner.scale)
            painter.end()
            self._kept = (key, pixmap)
        return self._kept[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stays in its corner."""
        super().resizeEvent(event)
        self._place_close()

    def _place_close(self) -> None:
        if self.close_button is not None:
            side = px(CLOSE - 2)
            self.close_button.setGeometry(self.width() - side - px(4), px(2), side, side)

    def show_close(self, shown: bool) -> None:
        """The button to close it is seen while one is about this plot."""
        if self.close_button is not None:
            self.close_button.setVisible(shown)
