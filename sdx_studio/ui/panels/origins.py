"""Where a value in the inspector comes from, and the dot that puts back what would be there without it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from sdx_studio.document import Document
from sdx_studio.document.inheriting import inherited, template_of
from sdx_studio.kinds import Field
from sdx_studio.ui.theme import Theme
from sdx_studio.words import _


class ResetDot(QToolButton):
    """An 8 px dot where a value is set; a click puts the template's or the default back."""

    def __init__(self, parent: QWidget, look: Theme, reset: Callable[[], None]) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(16, 24)
        self.clicked.connect(reset)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent"))
        painter.drawEllipse(QRectF(4, 8, 8, 8))
        painter.end()


def tip(document: Document, ids: Iterable[str], field: Field) -> str:
    """What the field is; and whose value it shows, when that comes from a template."""
    elements = [document.elements[id] for id in ids if id in document.elements]
    givers = {inherited(document, one).get(field.key, (None, ""))[1] for one in elements}
    names = sorted(document.elements[id].name for id in givers if id)
    if not names:
        return _(field.help)
    return "\n".join((_(field.help), _("from the template {name}", name=", ".join(names))))


def back(document: Document, ids: Iterable[str], field: Field) -> str:
    """What a click on the dot brings back."""
    elements = [document.elements[id] for id in ids if id in document.elements]
    if not field.inherits and any(template_of(document, one) is not None for one in elements):
        return _("differs from the template; click to reset")
    return _("differs from the default; click to reset")
