"""A box to choose from, with the studio's own arrow."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from sdx_studio.ui import icons
from sdx_studio.ui.theme import Theme


class Chooser(QComboBox):
    """As wide as it gets; long words are cut, not the panel."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, and a chevron at its right end."""
        super().paintEvent(event)
        painter = QPainter(self)
        ink = self._look.colours["ink.2"]
        arrow = icons.pixmap("ui-chev_d", 12, ink, ink, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(self.width() - 19.0, (self.height() - 12.0) / 2), arrow)
        painter.end()
