"""A side of the window: a session with its running model and its canvas. There is one, or two are compared (A | B)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sdx_studio.session import Session
from sdx_studio.session.live import Live
from sdx_studio.ui.canvas.canvas import Canvas
from sdx_studio.ui.canvas.tools.select import SelectTool
from sdx_studio.ui.theme import Theme, px

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

COMING = (QEvent.Type.MouseButtonPress, QEvent.Type.FocusIn, QEvent.Type.DragEnter, QEvent.Type.ContextMenu)
"""What of a canvas's events says that its side is meant from now on."""


class Side(QWidget):
    """The canvas, under a heading while two sides are compared."""

    meant = Signal()
    """Somebody has turned to this side."""

    def __init__(self, window: "Window", session: Session, live: Live) -> None:
        super().__init__()
        self.session = session
        self.live = live
        self.canvas = Canvas(session, window.look, window.desk, SelectTool)
        self.canvas.installEventFilter(self)
        self.heading = QWidget()
        self.heading.setObjectName("side_heading")
        self.heading.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.letter, self.words = QLabel(), QLabel()
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.row = QHBoxLayout(self.heading)
        self.row.setContentsMargins(12, 0, 8, 0)
        self.row.setSpacing(8)
        self.row.addWidget(self.letter)
        self.row.addWidget(self.words, 1)
        self.heading.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.canvas, 1)
        self.setFocusProxy(self.canvas)

    def head(self, letter: str, words: str, look: Theme, active: bool) -> None:
        """Show the heading; the side that is meant has a foot in the accent's colour."""
        colours = look.colours
        self.heading.setFixedHeight(px(34))
        foot = colours["accent"] if active else colours["line.1"]
        self.heading.setStyleSheet(
            f"QWidget#side_heading {{ background: {colours['surface.panel']}; border-bottom: 2px solid {foot}; }}"
            f" QLabel {{ color: {colours['ink.1' if active else 'ink.2']}; }}"
        )
        self.letter.setText(letter)
        self.letter.setStyleSheet(f"font-size: {px(13)}px; font-weight: 600;")
        self.words.setText(words)
        self.words.setToolTip(words)
        self.heading.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click, the keys or a part that is dragged in turn to this side."""
        if event.type() in COMING:
            self.meant.emit()
        return super().eventFilter(watched, event)

    def close_up(self) -> None:
        """End the model and let go of the session."""
        self.live.close()
        self.canvas.release()
