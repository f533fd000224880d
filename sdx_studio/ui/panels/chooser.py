"""A box to choose from, with the studio's own arrow."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from sdx_studio.ui import icons
from sdx_studio.ui.theme import Theme


class Chooser(QComboBox):
    """As wide as it gets; long words are cut, not the panel."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._fill: Callable[[], None] | None = None

    def fill_later(self, fill: Callable[[], None] | None) -> None:
        """Call `fill` before the list is opened or walked through for the first time."""
        self._fill = fill

    def _filled(self) -> None:
        fill, self._fill = self._fill, None
        if fill is not None:
            fill()

    def showPopup(self) -> None:
        """Open the list."""
        self._filled()
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and letters walk through the list."""
        self._filled()
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """So does the wheel."""
        self._filled()
        super().wheelEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box, and a chevron at its right end."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - 4
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        ink = self._look.colours["ink.2"]
        arrow = icons.pixmap("ui-chev_d", 12, ink, ink, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(self.width() - 19.0, (self.height() - 12.0) / 2), arrow)
        painter.end()
