"""The view of storage as blocks: for every array its disks as wells of squares, its volumes, and what was promised."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.ui.theme import Manner
from sdx_studio.ui.views.blocks_wells import Wells
from sdx_studio.ui.views.page import Page

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class BlocksPage(Page):
    """Arrays below each other in a window that scrolls."""

    name = "blocks"

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self.wells = Wells(window)
        self.view = QScrollArea()
        self.view.setWidgetResizable(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setWidget(self.wells)
        self.setFocusProxy(self.wells)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.wells.walked.connect(self._show_focus)

    def retell(self) -> None:
        """Everything anew."""
        self.wells.read()
        self._lay_out()

    def edited(self) -> None:
        """The drawing has changed."""
        self.wells.read()
        self._lay_out()
        super().catch_up()

    def selected(self) -> None:
        """The same is selected as on the canvas."""
        self.wells.tell()
        self.wells.update()

    def follow(self, layout: Layout, snapshot: Snapshot) -> None:
        """Squares and figures."""
        self.wells.follow(layout, snapshot)

    def at_rest(self) -> None:
        """What lies where before anything runs."""
        self.wells.rest()

    def catch_up(self) -> None:
        """The newest picture of the running model, or none."""
        self.wells.rest()
        super().catch_up()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.wells.hold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wells beside each other as the new width allows."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room = self.view.maximumViewportSize()
        room.setWidth(room.width() - self.view.verticalScrollBar().sizeHint().width())
        self.wells.lay_out(room)

    def _show_focus(self) -> None:
        box = self.wells.box(self.wells.focus or "")
        if not box.isEmpty():
            scale = Manner.scale
            high = min(round(box.height() * scale / 2) + 16, self.view.viewport().height() // 2)
            self.view.ensureVisible(round(box.center().x() * scale), round(box.center().y() * scale), 60, high)
