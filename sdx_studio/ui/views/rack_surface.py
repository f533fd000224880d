"""What painted views have in common: selecting, the menu, double clicks, tooltips, words for screen readers.

A surface paints in px at font scale 100 %; `spot` takes a point of the widget there.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from sdx_studio.document import Document
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.theme import Manner
from sdx_studio.ui.views.rack_readings import Readings
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Surface(QWidget):
    """The page of one view; `walked` says that the keys are on something else."""

    walked = Signal()
    title = ""
    """Its accessible name, to be looked up with `_`."""

    def __init__(self, owner: "Window") -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.owner = owner
        self.readings = Readings()
        self.focus: str | None = None
        self.hovered: str | None = None
        self._size = QSize(1, 1)

    @property
    def document(self) -> Document:
        """The drawing."""
        return self.owner.session.document

    def thing_at(self, spot: QPointF) -> str | None:
        """The element at a spot."""
        raise NotImplementedError

    def box(self, id: str) -> QRectF:
        """Where an element is; empty when it is not here."""
        raise NotImplementedError

    def told(self, id: str) -> list[str]:
        """Lines about an element."""
        raise NotImplementedError

    def spot(self, point: QPointF) -> QPointF:
        """A point of the widget in px at font scale 100 %."""
        return point / Manner.scale

    def area(self, rect: QRectF) -> QRectF:
        """A rectangle of the widget in px at font scale 100 %."""
        scale = Manner.scale
        return QRectF(rect.x() / scale, rect.y() / scale, rect.width() / scale, rect.height() / scale)

    def grow(self, width: float, height: float) -> None:
        """Be as large as this, or larger where the window is."""
        scale = Manner.scale
        self._size = QSize(max(1, round(width * scale)), max(1, round(height * scale)))
        self.setMinimumSize(self._size)

    def sizeHint(self) -> QSize:
        """As large as what stands on it."""
        return self._size

    def nothing(self, painter: QPainter, words: str) -> None:
        """One quiet sentence in the middle, in place of a picture."""
        middle, room = QPointF(self.rect().center()), self.width() - 32.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self.owner.look.colour("ink.2")
        brush.text(painter, words, middle, "body", ink, room=room, align=brush.CENTRE, scale=Manner.scale)

    # selecting ---------------------------------------------------------------------------------------------------

    def choose(self, ids: tuple[str, ...], focus: str | None) -> None:
        """Select these, on all views; the keys go on from `focus`."""
        if focus is not None and not self.box(focus).isEmpty():
            self.focus = focus
        self.owner.canvas.select(ids)
        self.tell()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Left selects, right opens the menu."""
        id, chosen = self.thing_at(self.spot(event.position())), self.owner.canvas.selection
        toggling = event.button() == Qt.MouseButton.LeftButton and event.modifiers() & (CONTROL | SHIFT)
        if toggling and id is not None:
            rest = tuple(one for one in chosen if one != id)
            self.choose(rest if id in chosen else (*chosen, id), id)
        elif not toggling and (id is None or id not in chosen):
            self.choose(() if id is None else (id,), id)
        if event.button() == Qt.MouseButton.RightButton:
            self.owner.desk.menu_for(self.owner.canvas.selection, event.globalPosition())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer."""
        self.hovered = self.thing_at(self.spot(event.position()))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """To where it is in the topology."""
        id = self.thing_at(self.spot(event.position()))
        if id is not None:
            self.owner.desk.show_view("topology")
            self.owner.canvas.fit((id,))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self.hovered = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the properties, the space bar starts and holds the model."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focus is not None:
            self.choose((self.focus,), self.focus)
            self.owner.desk.inspect()
        elif event.key() == Qt.Key.Key_Space:
            self.owner.desk.start_or_pause()
        elif event.key() == Qt.Key.Key_Menu and self.focus is not None:
            middle = (self.box(self.focus).center() * Manner.scale).toPoint()
            self.owner.desk.menu_for((self.focus,), QPointF(self.mapToGlobal(middle)))
        else:
            super().keyPressEvent(event)

    def walk_to(self, id: str | None) -> None:
        """Have the keys on this, and select it."""
        if id is not None:
            self.choose((id,), id)
            self.walked.emit()

    # telling -----------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what the keys are on."""
        super().focusInEvent(event)
        self.tell()
        self.update()

    def tell(self) -> None:
        """Name of the page, and as its description what the keys are on, for those who hear it."""
        self.setAccessibleName(_(self.title))
        words = "" if self.focus is None or self.box(self.focus).isEmpty() else ", ".join(self.told(self.focus))
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def event(self, event: QEvent) -> bool:
        """What is under the pointer, in words."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            id = self.thing_at(self.spot(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), "\n".join(self.told(id)) if id is not None else "", self)
            return True
        return super().event(event)
