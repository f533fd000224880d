"""The rack view: every rack from the front, its machines in their height units, and what stands in no rack."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.ui.theme import Manner
from sdx_studio.ui.views.page import Page
from sdx_studio.ui.views.rack_floor import Floor
from sdx_studio.ui.views.rack_plan import LEAST, MOST, UNIT

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class RackPage(Page):
    """Racks side by side in a window that scrolls; they fit in until somebody zooms."""

    name = "racks"

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self.zoom: float | None = None
        """None: as large as they fit in."""
        self.floor = Floor(window)
        self.view = QScrollArea()
        self.view.setWidgetResizable(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setWidget(self.floor)
        self.setFocusProxy(self.floor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.floor.walked.connect(self._show_focus)
        self.floor.zoomed.connect(self._zoom)

    def retell(self) -> None:
        """Everything anew."""
        self._lay_out()

    def edited(self) -> None:
        """The drawing has changed."""
        self._lay_out()

    def selected(self) -> None:
        """The same is selected as on the canvas; the keys go on from there."""
        chosen = self.owner.canvas.selection
        if len(chosen) == 1 and chosen[0] in self.floor.plan.berths and chosen[0] != self.floor.focus:
            self.floor.focus = chosen[0]
            self._show_focus()
        self.floor.tell()
        self.floor.update()

    def follow(self, layout: Layout, snapshot: Snapshot) -> None:
        """Loads, states and power."""
        self.floor.readings.take(layout, snapshot)
        self.floor.tell()
        self.floor.update()

    def at_rest(self) -> None:
        """No loads, no states."""
        self.floor.readings.forget()
        self.floor.tell()
        self.floor.update()

    def catch_up(self) -> None:
        """The newest picture of the running model, or none."""
        self.floor.readings.forget()
        super().catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Racks fit into the new size."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room = self.view.maximumViewportSize()
        down, across = self.view.verticalScrollBar().sizeHint(), self.view.horizontalScrollBar().sizeHint()
        room -= QSize(down.width(), across.height())
        self.floor.lay_out(room, self.zoom)

    def _show_focus(self) -> None:
        box = self.floor.plan.box(self.floor.focus or "")
        if not box.isEmpty():
            middle, scale = box.center() * Manner.scale, Manner.scale
            self.view.ensureVisible(
                round(middle.x()), round(middle.y()),
                round(box.width() * scale / 2) + 12, round(box.height() * scale / 2) + 12,
            )  # fmt: skip

    def _zoom(self, factor: float, at: QPointF) -> None:
        """Another size, with what is at `at` staying there."""
        old = self.zoom or self.floor.plan.unit / UNIT
        self.zoom = min(MOST, max(LEAST, old * factor))
        across, down = self.view.horizontalScrollBar(), self.view.verticalScrollBar()
        before = QPointF(across.value(), down.value())
        self._lay_out()
        self.floor.resize(self.floor.sizeHint().expandedTo(self.view.viewport().size()))
        moved = at * (self.zoom / old) - (at - before)
        across.setValue(round(moved.x()))
        down.setValue(round(moved.y()))
