"""Where plots stand: equal ones in rows that are scrolled to; numbers may be dropped between them, too."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from sdx_studio.session.plotting import Series
from sdx_studio.ui.carrying import carried
from sdx_studio.ui.theme import Theme, px

if TYPE_CHECKING:
    from sdx_studio.ui.panels.plots.view import PlotView

WIDE, HIGH = 236, 112
"""Px that a plot needs at least."""


class Shelf(QWidget):
    """Lays plots out; what they show says whoever builds on it."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.look = look
        self.views: list[PlotView] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.holder = QScrollArea()
        self.body = QWidget()
        self.body.setObjectName("panel")
        self.holder.setWidget(self.body)
        self.holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.holder.viewport().installEventFilter(self)
        column.addWidget(self.holder)

    def take(self, series: tuple[Series, ...], place: int | None) -> None:
        """Plot numbers in the plot at `place`, or in one of their own."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Rows of equal plots; more of them than fit are scrolled to."""
        room, count = self.holder.viewport().size(), max(1, len(self.views))
        columns = max(1, min(count, room.width() // px(WIDE)))
        rows = -(-count // columns)
        high = max(px(HIGH), room.height() // rows)
        self.body.resize(room.width(), max(room.height(), rows * high))
        wide = room.width() // columns
        for number, view in enumerate(self.views):
            row, column = divmod(number, columns)
            view.setGeometry(column * wide, row * high, wide, high)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Rows by the room there is."""
        if event.type() == QEvent.Type.Resize:
            self.arrange()
        return False

    # numbers that are dragged ------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Numbers are welcome where no plot is, too."""
        if carried(event.mimeData()):
            self._ring("drop.allow")
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The number has left."""
        self._ring(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Plot it in a plot of its own."""
        self._ring(None)
        self.take(carried(event.mimeData()), None)
        event.acceptProposedAction()

    def _ring(self, key: str | None) -> None:
        edge = f"border: 2px solid {self.look.colours[key]};" if key is not None else ""
        self.body.setStyleSheet(f"QWidget#panel {{ {edge} }}" if edge else "")
