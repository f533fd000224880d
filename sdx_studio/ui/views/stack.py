"""The layers view: chosen machines as stacks, from the hardware up, with what their layers mean."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout

from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.ui.theme import px
from sdx_studio.ui.views import stack_marks
from sdx_studio.ui.views.page import Page
from sdx_studio.ui.views.stack_surface import StackSurface
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

HINT = mark("Select machines to see their layers, up to six beside each other.")
MARGIN = 16
MOST = 6
"""Machines beside each other at most."""


class StackPage(Page):
    """What is selected decides which machines are seen; without a selection the first ones."""

    name = "layers"

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self.surface = StackSurface(window)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.view = QScrollArea()
        self.view.setObjectName("stack_room")
        self.view.setWidgetResizable(True)
        self.view.setFrameShape(QScrollArea.Shape.NoFrame)
        self.view.setWidget(self.surface)
        self.setFocusProxy(self.surface)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, 12)
        column.setSpacing(10)
        column.addWidget(self.hint)
        column.addWidget(self.view, 1)

    def machines(self) -> tuple[str, ...]:
        """The machines that are seen: those of the selection, or the first ones that hold anything."""
        document = self.owner.session.document
        found = []
        for id in self.owner.canvas.selection:
            if id in document.elements:
                around = [one for one in (id, *document.above(id)) if "machine" in document.traits(one)]
                inside = [one for one in document.below(id) if "machine" in document.traits(one)]
                found += around or inside
        if not found:
            all_ = document.having("machine")
            found = [one for one in all_ if document.children(one)] or list(all_)
            found = found[:2]
        return tuple(dict.fromkeys(found))[:MOST]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many guests beside each other as there is room for."""
        super().resizeEvent(event)
        self.surface.fit(self.width() - 2 * MARGIN)

    def retell(self) -> None:
        """Everything anew."""
        self.hint.setText(_(HINT))
        self.hint.setStyleSheet(f"color: {self.owner.look.colours['ink.3']}; font-size: {px(12)}px;")
        self.surface.show_machines(self.machines())

    def edited(self) -> None:
        """The drawing has changed."""
        self.surface.show_machines(self.machines())

    def selected(self) -> None:
        """Other machines, or something else on them."""
        self.surface.show_machines(self.machines())

    def follow(self, layout: Layout, snapshot: Snapshot) -> None:
        """States and loads, and what came of it when somebody tried to read files."""
        self.hint.setText(stack_marks.newest(self.owner) or _(HINT))
        self.surface.readings.take(layout, snapshot)
        self.surface.update()

    def at_rest(self) -> None:
        """Nothing runs any more."""
        self.hint.setText(_(HINT))
        self.surface.readings.forget()
        self.surface.update()

    def catch_up(self) -> None:
        """The newest picture of the running model, or none."""
        self.surface.readings.forget()
        super().catch_up()
