"""Typing a new name where the old one stands on the canvas."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from sdx_studio.document import EditError
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class NameEditor:
    """At most one line is open; Enter takes the name, Esc and anything else leaves it."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self._line: QLineEdit | None = None

    def open(self, id: str) -> None:
        """Let the name of an element be typed."""
        window, canvas = self._window, self._window.canvas
        box = canvas.screen_box(id)
        if box.isEmpty():
            return
        self._close()
        line = QLineEdit(window.session.document.element(id).name, canvas)
        line.setObjectName("rename")
        line.setAccessibleName(_("Name"))
        line.setGeometry(round(box.left()), round(box.top()), max(140, min(round(box.width()), 260)), 28)
        line.selectAll()
        line.show()
        line.setFocus()
        line.returnPressed.connect(lambda: self._take(id, line.text()))
        line.editingFinished.connect(self._close)
        line.destroyed.connect(lambda: self._forget(line))
        self._line = line

    def _take(self, id: str, name: str) -> None:
        try:
            self._window.session.rename(id, name)
        except EditError as reason:
            self._window.desk.say(str(reason))
        self._window.canvas.setFocus()

    def _forget(self, line: QLineEdit) -> None:
        """It went with the canvas on which it was open."""
        if self._line is line:
            self._line = None

    def _close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.hide()
            line.deleteLater()
