"""A small window with one line to write: Enter takes it, Esc leaves it, a refusal is said in it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from sdx_studio.document import EditError
from sdx_studio.ui.theme import px
from sdx_studio.words import _


class LineEditor(QDialog):
    """Asks for a text; `take` does something with it and may refuse it by an EditError."""

    def __init__(self, parent: QWidget, label: str, text: str, take: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("line_editor")
        self.setWindowTitle(label)
        self._take = take
        self.field = QLineEdit(text)
        self.field.setObjectName("line_editor_field")
        self.field.setAccessibleName(label)
        self.field.setMinimumWidth(px(260))
        self.field.selectAll()
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.addWidget(QLabel(label))
        column.addWidget(self.field)
        column.addWidget(self.problem)
        column.addWidget(buttons(self))

    def accept(self) -> None:
        """Take what was written, unless it is refused."""
        try:
            self._take(self.field.text())
        except EditError as reason:
            self.problem.setText(str(reason))
            self.problem.show()
            return
        super().accept()


def buttons(dialog: QDialog) -> QDialogButtonBox:
    """OK and Cancel in the language in use."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    box.button(QDialogButtonBox.StandardButton.Ok).setText(_("OK"))
    box.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
