"""One plot: read off under the pointer, the wheel zooms time, a drag pans or moves the limit, numbers drop into it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from sdx_studio import units
from sdx_studio.ui.carrying import carried
from sdx_studio.ui.icons import ui_icon
from sdx_studio.ui.panels.plots import menus
from sdx_studio.ui.panels.plots.painting import CLOSE, Frame, frame, paint
from sdx_studio.ui.panels.plots.strands import Sight
from sdx_studio.ui.speaking import announce
from sdx_studio.ui.theme import Manner, Theme, px
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


class PlotView(QWidget):
    """Shows the sight that it was given last; `place` is its number among the kept ones, None follows the selection."""

    def __init__(self, area: "Plots", place: int | None) -> None:
        super().__init__(area.body)
        self.setObjectName("plot" if place is None else f"plot_{place + 1}")
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area, self.place = area, place
        self.sight = area.sight(place)
        self.close_button: QToolButton | None = None
        self._panned: float | None = None
        """The moment that was taken hold of."""
        self._lifted: float | None = None
        """The limit while it is being dragged."""
        self._welcome: bool | None = None
        """Whether what is dragged over it may be dropped."""
        if place is not None:
            self._add_close()

    def _add_close(self) -> None:
        self.close_button = button = QToolButton(self)
        button.setObjectName("plot_close")
        button.setStyleSheet("QToolButton { padding: 1px; }")
        button.clicked.connect(lambda: self._area.close_plot(self.place))

    def show_sight(self, sight: Sight) -> None:
        """Show this from now on."""
        self.sight = sight
        if self._lifted is not None:
            sight.limit = self._lifted
        self.update()

    def retell(self, look: Theme) -> None:
        """Words in the language, palette and size in use."""
        self.setAccessibleName(self.sight.title or _("Plot"))
        if self.close_button is not None:
            words = _("Close plot {what}", what=self.sight.title)
            self.close_button.setIcon(ui_icon("ui-x", look, "ink.3"))
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
        look = self._area.look
        painter = QPainter(self)
        painter.scale(Manner.scale, Manner.scale)
        wide, high = self.width() / Manner.scale, self.height() / Manner.scale
        paint(painter, self.sight, look, wide, high)
        ring = "accent" if self.hasFocus() else None
        if self._welcome is not None:
            ring = "drop.allow" if self._welcome else "drop.refuse"
        if ring is not None:
            pen = QPen(look.colour(ring), 2)
            if self._welcome is not True:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(2, 2, wide - 4, high - 4), 6, 6)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stays in its corner."""
        super().resizeEvent(event)
        self._place_close()

    def _place_close(self) -> None:
        if self.close_button is not None:
            side = px(CLOSE - 2)
            self.close_button.setGeometry(self.width() - side - px(4), px(2), side, side)

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
            self._lifted = self.sight.limit
        elif made.box.contains(at):
            self._panned = made.time(at.x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; otherwise read off."""
        at, made = self._at(event.position()), self.frame
        if self._lifted is not None:
            self._lifted = self.sight.limit = min(made.range.high, max(made.range.low, made.value(at.y())))
            self.update()
        elif self._panned is not None:
            self._area.span.pan(self._panned - made.time(at.x()))
            self._area.follow()
        else:
            inside = made.box.contains(at)
            self.setCursor(Qt.CursorShape.SizeVerCursor if self._on_limit(at, made) else Qt.CursorShape.CrossCursor
                           if inside else Qt.CursorShape.ArrowCursor)  # fmt: skip
            self._area.read_at(made.time(at.x()) if inside else None)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go; a limit that was moved is one step that can be undone."""
        lifted, self._lifted, self._panned = self._lifted, None, None
        if lifted is not None and self.place is not None:
            self._area.set_limit(self.place, lifted)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A limit where one clicks; on an axis the whole run."""
        at, made = self._at(event.position()), self.frame
        if not made.box.contains(at):
            if at.y() > made.box.top():
                self._area.show_all()
        elif self.place is not None:
            self._area.set_limit(self.place, made.value(at.y()))
        else:
            self._area.say(_("keep this plot first (its menu); then it can have a limit"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom time at the pointer; with Shift pan it."""
        delta, made = event.angleDelta().y() or event.angleDelta().x(), self.frame
        span = self._area.span
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            span.pan(-delta / 1200 * (span.end - span.start))
        else:
            span.zoom(made.time(max(made.box.left(), self._at(event.position()).x())), WHEEL**-delta)
        self._area.follow()
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say what one can do here."""
        super().enterEvent(event)
        self._area.hint(self.place)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is read off any more."""
        super().leaveEvent(event)
        self._area.read_at(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What one can do with it."""
        menu = QMenu(self)
        menu.setObjectName("plot_menu")
        menus.fill(menu, self._area, self.place)
        menu.popup(event.globalPos())
        self._area.open_menu = menu

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
        key, area = Qt.Key(event.key()), self._area
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
        if sight.cursor is not None:
            values = (f"{one.words} {units.show(one.at(sight.cursor), sight.unit)}" for one in sight.strands)
            words = f"{units.clock(sight.cursor)}: {', '.join(values)}"
            self.setAccessibleDescription(words)
            announce(self, words, False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    # numbers that are dragged ------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Numbers are welcome, if they have the unit of this plot or the plot is not kept."""
        series = carried(event.mimeData())
        if series:
            self._welcome = self._area.refusal(series, self.place) is None
            event.acceptProposedAction()
            self.update()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The number has left."""
        self._welcome = None
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Plot it here."""
        self._welcome = None
        self._area.take(carried(event.mimeData()), self.place)
        event.acceptProposedAction()
        self.update()
