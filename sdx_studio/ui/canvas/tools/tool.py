"""What every tool answers to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas


class Tool:
    """A tool at rest: ignores everything. Subclasses are one gesture each and hold its state."""

    id = ""
    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, canvas: "Canvas") -> None:
        self.canvas = canvas

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved."""

    def release(self, event: QMouseEvent) -> None:
        """A button came up."""

    def double_click(self, event: QMouseEvent) -> None:
        """A second click in the same place."""

    def key(self, event: QKeyEvent) -> bool:
        """A key; True when the tool has used it. Esc leaves every tool without a trace."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
            self.canvas.use(None)
            return True
        return False

    def wants(self, _event: QKeyEvent) -> bool:
        """Whether a key is for the tool and not for the command that it is a shortcut of."""
        return False

    def drag_enter(self, key: str) -> None:
        """A part of kind `key` is dragged in from the palette."""

    def drag_move(self, point: QPointF) -> None:
        """That part moves over the canvas."""

    def drop(self, key: str, point: QPointF, again: bool = False) -> None:
        """That part is let go; `again` keeps another one in the hand."""

    def overtaken(self) -> None:
        """The document has changed while the tool was in the hand: give up what rests on how it was."""

    def paint(self, painter: QPainter) -> None:
        """Draw on top of everything, in widget px."""

    def cancel(self) -> None:
        """Leave no trace."""
