"""Panning with whatever tool is in the hand: the middle button, or Space held down, drags the picture."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas


class Panner(QObject):
    """Takes from the canvas what belongs to a pan, before its tool hears of it, and keeps keys for a tool.

    Space is a command's key as well: that goes to the command when nothing was dragged until it comes up.
    """

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._held: QPointF | None = None
        self._space = False
        self._used = False
        canvas.installEventFilter(self)

    @property
    def panning(self) -> bool:
        """Whether the picture is being dragged."""
        return self._held is not None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """True for what it has used."""
        if isinstance(event, QKeyEvent):
            return self._key(event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._let_go()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._canvas.tool.wants(event):
            event.accept()
            return True
        if event.key() != Qt.Key.Key_Space or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._space, self._used = True, False
            self._canvas.setCursor(Qt.CursorShape.OpenHandCursor)
        elif event.type() == QEvent.Type.KeyRelease and self._space and not event.isAutoRepeat():
            tapped = not self._used
            self._let_go()
            if tapped:
                self._canvas.host.start_or_pause()
        return True

    def _mouse(self, event: QMouseEvent) -> bool:
        left, middle = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if event.button() != middle and not (self._space and event.button() == left):
                return self.panning
            self._held, self._used = event.position(), True
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
            return True
        if self._held is None:
            return False
        if event.type() == QEvent.Type.MouseMove:
            step, self._held = event.position() - self._held, event.position()
            self._canvas.pan(step.x(), step.y())
        elif event.type() == QEvent.Type.MouseButtonRelease and event.button() in (left, middle):
            self._held = None
            self._canvas.setCursor(Qt.CursorShape.OpenHandCursor if self._space else self._canvas.tool.cursor)
        return True

    def _let_go(self) -> None:
        if self._space or self.panning:
            self._canvas.setCursor(self._canvas.tool.cursor)
        self._space, self._held = False, None
