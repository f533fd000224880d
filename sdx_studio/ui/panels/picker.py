"""A field over a list that floats above the window: type, walk with the arrows, take with Enter, leave with Esc."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from sdx_studio.ui.canvas import brush
from sdx_studio.ui.panels.rows import RowPainter
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _

Index = QModelIndex | QPersistentModelIndex
SHADOW = 14
"""Room around the box for its shadow, px."""
MOST_ROWS = 9
WALK = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST_ROWS - 1, Qt.Key.Key_PageUp: 1 - MOST_ROWS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its key, words, a second line, words at the right end, and its icon."""

    key: str
    title: str
    note: str = ""
    right: str = ""
    icon: str = ""
    """File name of a drawing."""
    family: str = ""
    """Family whose tint the icon's tile has; empty draws the icon alone."""
    enabled: bool = True
    keys: bool = False
    """Whether the words at the right are keys, drawn as such."""


class Entries(QAbstractListModel):
    """Rows of a picker; a screen reader hears all words of a row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Entry, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The entry itself for the painter, its words for everybody else."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(one for one in (row.title, row.right, row.note) if one)
        return None

    def replace(self, rows: tuple[Entry, ...]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class Picker(QFrame):
    """Asks `find` for rows whenever the text changes; `take` gets the row one has chosen."""

    closed = Signal()

    def __init__(
        self, parent: QWidget, name: str, look: Theme, find: Callable[[str], tuple[Entry, ...]],
        take: Callable[[Entry], None], width: int = 560, row: int = 36,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName(name)
        self._look, self._find, self._take = look, find, take
        self._width = width
        self.field = QLineEdit()
        self.field.setObjectName(f"{name}_field")
        self.field.textChanged.connect(self.refresh)
        self.field.installEventFilter(self)
        self.model = Entries()
        self.list = QListView()
        self.list.setObjectName(f"{name}_list")
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowPainter(self.list, look, row))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(True)
        self.list.selectionModel().currentChanged.connect(self._say_row)
        self.list.clicked.connect(lambda index: self.take(index.row()))
        self.foot = QLabel()
        self.foot.setWordWrap(True)
        self._row = row
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 10, SHADOW + 10, SHADOW + 10, SHADOW + 10)
        column.setSpacing(6)
        for widget in (self.field, self.list, self.foot):
            column.addWidget(widget)
        self.hide()

    def retell(self, look: Theme, hint: str, label: str) -> None:
        """In another language or palette; `hint` stands in the empty field, `label` is said to screen readers."""
        self._look = look
        self.setFixedWidth(px(self._width) + 2 * SHADOW)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(label)
        self.setAccessibleName(label)
        self.list.setAccessibleName(_("Results"))
        self.list.setItemDelegate(RowPainter(self.list, look, self._row))
        colours = look.colours
        self.list.setStyleSheet("background: transparent;")
        self.foot.setStyleSheet(f"color: {colours['ink.2']}; font-size: {px(11)}px; padding: 2px 4px;")
        if self.isVisible():
            self.refresh()

    def open(self, text: str | None = None) -> None:
        """Show it with the field ready to type; `text` replaces what was typed last."""
        if text is not None:
            self.field.setText(text)
        self.field.selectAll()
        self.show()
        self.raise_()
        self.refresh()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_up(self) -> None:
        """Away with it."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def tell(self, words: str) -> None:
        """Words under the list; empty takes the line away."""
        self.foot.setText(words)
        self.foot.setVisible(bool(words))

    def refresh(self) -> None:
        """Ask for the rows anew."""
        self.model.replace(self._find(self.field.text()))
        count = len(self.model.rows)
        self.list.setVisible(bool(count))
        self.list.setFixedHeight(px(self._row) * max(1, min(MOST_ROWS, count)) + 4)
        if count:
            self.list.setCurrentIndex(self.model.index(0))
            self.list.scrollToTop()
        self._column.activate()
        self.adjustSize()

    def _say_row(self, index: QModelIndex) -> None:
        """The keys stay in the field, so that is where a screen reader hears the row one is on."""
        words = self.model.data(index, Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else ""
        self.field.setAccessibleDescription(str(words))

    @property
    def current(self) -> int:
        """The row one is on; −1 for none."""
        return self.list.currentIndex().row()

    def take(self, row: int) -> None:
        """Choose a row."""
        if 0 <= row < len(self.model.rows):
            self._take(self.model.rows[row])

    def walk(self, step: int) -> None:
        """Go down (or up) by rows; single steps go round."""
        count = len(self.model.rows)
        if count:
            wanted = self.current + step
            row = wanted % count if abs(step) == 1 else min(count - 1, max(0, wanted))
            self.list.setCurrentIndex(self.model.index(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that the field leaves to the list; other windows' focus closes nothing."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in WALK:
                self.walk(WALK[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take(self.current)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_up()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised box with its shadow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        brush.shadow(painter, box, 8, self._look, 2)
        brush.panel(painter, box, 8, self._look.colour("surface.raised"), self._look.colour("line.2"))
        painter.end()

    def stand(self, area: QRect, top: int, right: bool = False) -> None:
        """Stand in the middle of `area` (or at its right end), `top` px under its upper edge."""
        left = area.right() - self.width() if right else area.center().x() - self.width() // 2
        self.move(QPoint(max(0, left), area.top() + top - SHADOW))
