"""The hand: drags the picture."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from sdx_studio.ui.canvas.tools.tool import Tool


class HandTool(Tool):
    """Press and drag moves the picture; stays in the hand until Esc."""

    id = "tool.hand"
    cursor = Qt.CursorShape.OpenHandCursor
    _held: QPointF | None = None

    def press(self, event: QMouseEvent) -> None:
        """Takes hold."""
        self._held = event.position()

    def move(self, event: QMouseEvent) -> None:
        """Moves the picture along."""
        if self._held is not None:
            delta = event.position() - self._held
            self._held = event.position()
            self.canvas.pan(delta.x(), delta.y())

    def release(self, _event: QMouseEvent) -> None:
        """Lets go."""
        self._held = None

    def cancel(self) -> None:
        """Lets go."""
        self._held = None
