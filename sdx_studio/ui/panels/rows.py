"""How a row of a picker looks: icon, words, a second line, and a place or keys at the right end."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.theme import Manner, Theme, px

if TYPE_CHECKING:
    from sdx_studio.ui.panels.picker import Entry

TILE = 24.0


class RowPainter(QStyledItemDelegate):
    """Paints entries, `high` px each."""

    def __init__(self, parent: QWidget, look: Theme, high: int) -> None:
        super().__init__(parent)
        self._look, self._high = look, high

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as the list."""
        return QSize(option.rect.width(), px(self._high))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        from PySide6.QtWidgets import QStyle  # its 600 names take 10 ms, which the start can do without

        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.translate(option.rect.topLeft())
        painter.scale(Manner.scale, Manner.scale)
        box = QRectF(0, 0, option.rect.width() / Manner.scale, option.rect.height() / Manner.scale)
        look, middle = self._look, box.center().y()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            brush.panel(painter, box.adjusted(1, 1, -1, -1), 6, look.colour("accent.soft"), None)
        left = box.left() + 8
        self._icon(painter, entry, QRectF(left, middle - TILE / 2, TILE, TILE))
        left += TILE + 10
        end = self._right(painter, entry, box.right() - 10, middle, (box.right() - left) * 0.5)
        room = max(20.0, end - left - 12)
        ink = look.colour("ink.1" if entry.enabled else "ink.3")
        if entry.note:
            brush.text(painter, entry.title, QPointF(left, middle - 8), "guest", ink, room=room)
            brush.text(painter, entry.note, QPointF(left, middle + 9), "micro", look.colour("ink.2"), room=room)
        else:
            brush.text(painter, entry.title, QPointF(left, middle), "guest", ink, room=room)
        painter.restore()

    def _icon(self, painter: QPainter, entry: "Entry", box: QRectF) -> None:
        if not entry.icon:
            return
        look = self._look
        key = f"family.{entry.family}.ink" if entry.family else "ink.1" if entry.enabled else "ink.3"
        if entry.family:
            brush.panel(painter, box, 6, look.colour(f"family.{entry.family}.tint"), None)
        icons.paint(painter, entry.icon, box.adjusted(4, 4, -4, -4), look.colour(key))

    def _right(self, painter: QPainter, entry: "Entry", right: float, middle: float, room: float) -> float:
        """Draws what stands at the right end; returns where it begins."""
        if not entry.right:
            return right
        look = self._look
        if not entry.keys:
            shown = brush.fitted(entry.right, "micro", 1.0, round(room, 1))
            brush.text(painter, shown, QPointF(right, middle), "micro", look.colour("ink.2"), align=brush.RIGHT)
            return right - brush.width_of(shown, "micro")
        for key in reversed(split_keys(entry.right)):
            wide = max(20.0, brush.width_of(key, "label") + 10)
            cap = QRectF(right - wide, middle - 9, wide, 18)
            brush.panel(painter, cap, 4, look.colour("surface.field"), look.colour("line.2"))
            ink = look.colour("ink.1" if entry.enabled else "ink.3")
            brush.text(painter, key, cap.center(), "label", ink, align=brush.CENTRE)
            right -= wide + 4
        return right


def split_keys(shortcut: str) -> tuple[str, ...]:
    """The keys of a shortcut one by one: Ctrl++ is Ctrl and +."""
    parts = shortcut.split("+")
    keys = [part for part in parts if part]
    return (*keys, "+") if shortcut.endswith("+") else tuple(keys)
