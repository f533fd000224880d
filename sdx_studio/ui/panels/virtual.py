"""A line in the inspector: what virtualization makes of the one thing that is selected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from sdx_studio.document import Document
from sdx_studio.session.virtualizing import WAYS, virtual
from sdx_studio.words import _


class VirtualLine(QLabel):
    """Hidden where everything is what it seems."""

    def __init__(self, document: Document, ids: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inspector.virtual")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        made = virtual(document, ids[0]) if len(ids) == 1 and ids[0] in document.elements else None
        self.setText("" if made is None else f"{_(WAYS[made.way])}\n{made.words}")
        self.setVisible(made is not None)
