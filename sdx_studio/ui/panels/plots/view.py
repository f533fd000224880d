"""One plot: read off under the pointer, the wheel zooms time, a drag pans or moves the limit, numbers drop into it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu

from sdx_studio import units
from sdx_studio.ui.carrying import carried
from sdx_studio.ui.panels.plots import menus
from sdx_studio.ui.panels.plots.labels import Frame
from sdx_studio.ui.panels.plots.plate import Plate
from sdx_studio.ui.speaking import announce
from sdx_studio.ui.theme import Manner
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.panels.plots.area import Plots

NEAR = 5.0
"""Px within which the pointer is on the limit's line."""
WHEEL = 1.0015
STEP = 1.25
KEYS = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -20, Qt.Key.Key_PageDown: 20,
}  # fmt: skip


class PlotView(Plate):
    """A plate that one can do something with, by mouse and by keys."""

    def __init__(self, area: "Plots", place: int | None) -> None:
        super().__init__(area, place)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._panned: float | None = None
        """The moment that was taken hold of."""

    # pointer -----------------------------------------------------------------------------------------------------

    def _at(self, position: QPointF) -> QPointF:
        return position / Manner.scale

    def _on_limit(self, at: QPointF, made: Frame) -> bool:
        limit = self.sight.limit
        inside = made.box.left() <= at.x() <= made.box.right()
        return self.place is not None and limit is not None and inside and abs(made.y(limit) - at.y()) <= NEAR

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the limit or of time."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at, made = self._at(event.position()), self.frame
        if self._on_limit(at, made):
            self.lifted = self.sight.limit
        elif made.box.contains(at):
            self._panned = made.time(at.x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; otherwise read off."""
        at, made = self._at(event.position()), self.frame
        if self.lifted is not None:
            self.lifted = self.sight.limit = min(made.range.high, max(made.range.low, made.value(at.y())))
            self.update()
        elif self._panned is not None:
            self.area.span.pan(self._panned - made.time(at.x()))
            self.area.follow()
        else:
            inside = made.box.contains(at)
            self.setCursor(Qt.CursorShape.SizeVerCursor if self._on_limit(at, made) else Qt.CursorShape.CrossCursor
                           if inside else Qt.CursorShape.ArrowCursor)  # fmt: skip
            self.area.read_at(made.time(at.x()) if inside else None)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go; a limit that was moved is one step that can be undone."""
        lifted, self.lifted, self._panned = self.lifted, None, None
        if lifted is not None and self.place is not None:
            self.area.set_limit(self.place, lifted)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A limit where one clicks; on an axis the whole run."""
        at, made = self._at(event.position()), self.frame
        if not made.box.contains(at):
            if at.y() > made.box.top():
                self.area.show_all()
        elif self.place is not None:
            self.area.set_limit(self.place, made.value(at.y()))
        else:
            self.area.say(_("keep this plot first (its menu); then it can have a limit"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom time at the pointer; with Shift pan it."""
        delta, made = event.angleDelta().y() or event.angleDelta().x(), self.frame
        span = self.area.span
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            span.pan(-delta / 1200 * (span.end - span.start))
        else:
            span.zoom(made.time(max(made.box.left(), self._at(event.position()).x())), WHEEL**-delta)
        self.area.follow()
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say what one can do here."""
        super().enterEvent(event)
        self.show_close(True)
        self.area.hint(self.place)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is read off any more."""
        super().leaveEvent(event)
        self.show_close(self.hasFocus())
        self.area.read_at(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What one can do with it."""
        menu = QMenu(self)
        menu.setObjectName("plot_menu")
        menus.fill(menu, self.area, self.place)
        menu.popup(event.globalPos())
        self.area.open_menu = menu

    # keys --------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys that are the plot's own are not shortcuts while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        own = (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Home, *KEYS)
        return event.key() in own or (event.key() == Qt.Key.Key_Delete and self.place is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows read off, plus and minus zoom, Home shows the whole run, Delete closes the plot."""
        key, area = Qt.Key(event.key()), self.area
        if key in KEYS:
            area.step(KEYS[key])
            self._say()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            here = area.reading if area.reading is not None else self.sight.now
            area.span.zoom(here, 1 / STEP if key == Qt.Key.Key_Plus else STEP)
            area.follow()
        elif key == Qt.Key.Key_Home:
            area.show_all()
        elif key == Qt.Key.Key_Delete and self.place is not None:
            area.close_plot(self.place)
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        """What is read off, for a screen reader."""
        sight = self.sight
        if sight.reading is not None:
            values = (f"{one.words} {units.show(one.at(sight.reading), sight.unit)}" for one in sight.strands)
            words = f"{units.clock(sight.reading)}: {', '.join(values)}"
            self.setAccessibleDescription(words)
            announce(self, words, False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.show_close(True)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the ring."""
        super().focusOutEvent(event)
        self.show_close(self.underMouse())
        self.update()

    # numbers that are dragged ------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Numbers are welcome, if they have the unit of this plot or the plot is not kept."""
        series = carried(event.mimeData())
        if series:
            self.welcome = self.area.refusal(series, self.place) is None
            event.acceptProposedAction()
            self.update()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The number has left."""
        self.welcome = None
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Plot it here."""
        self.welcome = None
        self.area.take(carried(event.mimeData()), self.place)
        event.acceptProposedAction()
        self.update()
