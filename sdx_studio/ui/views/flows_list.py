"""All flows as a list, beside it the way of the chosen one."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from sdx_studio.engine.network.reading import Way
from sdx_studio.session import routing
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.theme import Manner, px
from sdx_studio.ui.views.flows_sheet import Lines, sheet, spread
from sdx_studio.ui.views.flows_way import WayPicture
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

COURSES = {
    "flows": State.OK, "limited": State.BUSY, "idle": State.IDLE, "blocked": State.CRITICAL, "asks": State.MOVING,
    "waits": State.IDLE, "done": State.OFF,
}  # fmt: skip
"""The mark before the state of a flow."""
WIDE, WAY = 500, 420
"""Px of the list and of the way at font scale 100 %, where there is room."""
NARROW = 480
"""Px below which the way is under the list."""


class FlowsPane(QSplitter):
    """`chosen` is the key of the flow whose way is drawn; `wanted` is called when another one is."""

    def __init__(self, owner: "Window", wanted: Callable[[], None]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.owner = owner
        self._wanted = wanted
        self.chosen = ""
        self._free = True
        """Whether nobody has moved the border between list and way."""
        self.busy = False
        """Whether rows change without anybody choosing one."""
        self.lines = Lines(owner.session.document, lambda line: str(line.key))
        self.lines.sign = lambda line: COURSES[line.course]
        self.list = sheet(self.lines, "flow_list")
        self.list.setSelectionMode(self.list.SelectionMode.SingleSelection)
        self.list.selectionModel().currentRowChanged.connect(self._choose)
        self.list.taken.connect(lambda _row: owner.desk.inspect())
        self.filter = QLineEdit()
        self.filter.setObjectName("flow_filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._sift)
        self.none = QLabel()
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setChildrenCollapsible(False)
        self.addWidget(_stacked(self.filter, self.list, self.none))
        self.addWidget(self._right())
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._dragged)

    def _right(self) -> QWidget:
        """The way, and the button that shows it on the canvas."""
        self.way = WayPicture(self.owner)
        self.way.walked.connect(self._show_focus)
        self.view = QScrollArea()
        self.view.setWidgetResizable(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setWidget(self.way)
        self.show_button = QPushButton()
        self.show_button.setObjectName("show_way")
        self.show_button.clicked.connect(self._show_on_canvas)
        return _stacked(self.view, self.show_button)

    def retell(self) -> None:
        """Everything anew in the language, palette and size in use."""
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter"))
        self.list.setAccessibleName(_("All flows"))
        self.show_button.setText(_("Show on the canvas"))
        self.none.setStyleSheet(f"color: {self.owner.look.colours['ink.2']};")
        self.lines.columns, self.lines.look = (), self.owner.look
        self.turn()

    def show_figures(self, figures: Mapping[str, Any]) -> None:
        """Newer figures; the way only when it is that of the chosen flow."""
        fresh = not self.lines.columns
        self.busy = True
        self.lines.show_rows(self.owner.session.document, routing.FLOWS, figures["flows"])
        if fresh:
            spread(self.list, routing.FLOWS)
        if self.chosen not in {line.key for line in figures["flows"]}:
            self.chosen = figures["chosen"]
        self._mark_row()
        self.busy = False
        self._tell_none()
        if figures["chosen"] == self.chosen:
            self._draw(figures["way"])

    def say_instead(self, words: str) -> None:
        """One sentence in place of the list."""
        self.show_figures({"flows": (), "chosen": "", "way": None})
        self.none.setText(words)

    def _draw(self, way: Way | None) -> None:
        place = self.lines.place(self.chosen)
        self.way.show_way(None if place is None else self.lines.rows[place], way)
        self.show_button.setEnabled(bool(self.way.links()))

    def _tell_none(self) -> None:
        """The sentence in place of an empty list."""
        self.list.setVisible(bool(self.lines.rows))
        self.none.setVisible(not self.lines.rows)
        sifted = bool(self.filter.text().strip())
        self.none.setText(
            _("No flow has these words.") if sifted else _("Nothing flows: draw a flow, or give a VM a volume.")
        )

    # choosing ----------------------------------------------------------------------------------------------------

    def meet(self, id: str) -> None:
        """An element is selected elsewhere: choose a flow of it, if there is one."""
        own = [line.key for line in self.lines.rows if line.id == id]
        if own and self.chosen not in own:
            self._aim(own[0])

    def _mark_row(self) -> None:
        place = self.lines.place(self.chosen)
        if place is None:
            self.list.clearSelection()
        elif self.list.currentIndex().row() != place:
            self.list.setCurrentIndex(self.lines.index(place, 0))

    def _choose(self, now: Any, _before: Any = None) -> None:
        """A row of the list: its way is drawn, what it is of is selected."""
        if self.busy or not now.isValid():
            return
        line = self.lines.rows[now.row()]
        self._aim(line.key)
        if line.id in self.owner.session.document.elements:
            self.busy = True
            self.owner.canvas.select((line.id,))
            self.busy = False

    def _aim(self, key: str) -> None:
        """Draw the way of another flow."""
        self.chosen = key
        self.busy = True
        self._mark_row()
        self.busy = False
        self._wanted()

    def _sift(self, words: str) -> None:
        self.busy = True
        self.lines.filter(words)
        self._mark_row()
        self.busy = False
        self._tell_none()

    def _show_on_canvas(self) -> None:
        """The canvas with the way selected on it."""
        ids, owner = self.way.links(), self.owner
        owner.desk.show_view("topology")
        owner.canvas.select(ids)
        owner.canvas.fit(tuple(id for id in ids if id in owner.session.document.elements))

    # placing -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or below each other where that is too narrow; the way fits into the new size."""
        super().resizeEvent(event)
        if self._free or (self.width() < px(NARROW)) != (self.orientation() == Qt.Orientation.Vertical):
            self.turn()
        self.lay_out()

    def _dragged(self) -> None:
        """Somebody has shared the room otherwise."""
        self._free = False
        self.lay_out()

    def turn(self) -> None:
        """Share the room: the list gets what its columns need, as long as there is room for the way."""
        narrow = self.width() < px(NARROW)
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        needed = max(px(WIDE), self.list.horizontalHeader().length() + px(16))
        wide = self.height() // 2 if narrow else min(needed, max(self.width() * 11 // 20, self.width() - px(WAY)))
        self.setSizes([wide, max(1, (self.height() if narrow else self.width()) - wide)])
        self.lay_out()

    def lay_out(self) -> None:
        """Place the way in the room that it has."""
        room = self.view.maximumViewportSize().width() - self.view.verticalScrollBar().sizeHint().width()
        self.way.lay_out(room / Manner.scale)

    def _show_focus(self) -> None:
        box, scale = self.way.box(self.way.focus or ""), Manner.scale
        if not box.isEmpty():
            middle = box.center() * scale
            self.view.ensureVisible(round(middle.x()), round(middle.y()), 60, round(box.height() * scale / 2) + 12)


def _stacked(*parts: QWidget) -> QWidget:
    """Widgets below each other."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for part in parts:
        column.addWidget(part, 0 if isinstance(part, QLineEdit | QPushButton) else 1)
    return made
