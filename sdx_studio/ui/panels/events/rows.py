"""What both lists share: a table that is chosen by rows, a filter over it, and rows that are copied as CSV."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QMenu, QTableView, QVBoxLayout, QWidget

from sdx_studio.ui.theme import px
from sdx_studio.words import _

Index = QModelIndex | QPersistentModelIndex
MOST_SHOWN = 24
"""Height of a row, px at font scale 100 %."""


class Lines(Protocol):
    """Rows that can be copied."""

    def headings(self) -> Sequence[str]:
        """What stands over the columns of a CSV, in the language in use."""

    def line(self, row: int) -> Sequence[str]:
        """One row with numbers as numbers."""


class Rows(QAbstractTableModel):
    """A table whose cells are made when they are seen."""

    titles: tuple[str, ...] = ()
    """Headings, to be looked up with `_`."""

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How wide."""
        return 0 if parent.isValid() else len(self.titles)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self.titles[section])
        return None

    def retell(self) -> None:
        """In another language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.titles) - 1)


class Sheet(QTableView):
    """Rows that are chosen as a whole; Ctrl+C copies them as CSV, Enter and a double click take one."""

    taken = Signal(int)
    """A row is wanted by Enter or a double click."""

    def __init__(self, model: Rows, lines: Lines) -> None:
        super().__init__()
        self._lines = lines
        self.setModel(model)
        self.open_menu: QMenu | None = None
        self.more: Callable[[QMenu], None] = lambda _menu: None
        """What else stands in the context menu."""
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.doubleClicked.connect(lambda index: self.taken.emit(index.row()))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)

    def fit(self, widths: Sequence[int], stretch: int) -> None:
        """Columns so wide (px at font scale 100 %), one of them as wide as there is room."""
        self.verticalHeader().setDefaultSectionSize(px(MOST_SHOWN))
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            way = QHeaderView.ResizeMode.Stretch if column == stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(column, way)
            if column != stretch:
                self.setColumnWidth(column, px(width))

    def chosen(self) -> list[int]:
        """Rows that are chosen, from above."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def text(self, rows: Iterable[int]) -> str:
        """Some rows as CSV with a heading."""
        held = io.StringIO()
        writer = csv.writer(held)
        writer.writerow(self._lines.headings())
        writer.writerows(self._lines.line(row) for row in rows)
        return held.getvalue()

    def copy(self, rows: Iterable[int]) -> None:
        """Put rows on the clipboard."""
        QGuiApplication.clipboard().setText(self.text(rows))

    def copy_all(self) -> None:
        """Put everything that passes the filter on the clipboard."""
        self.copy(range(self.model().rowCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, Enter takes."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy(self.chosen())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.taken.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy, and what else there is."""
        menu = QMenu(self)
        menu.setObjectName("sheet_menu")
        self.more(menu)
        chosen = self.chosen()
        one = menu.addAction(_("Copy as CSV"))
        one.setEnabled(bool(chosen))
        one.triggered.connect(lambda _checked=False: self.copy(chosen))
        menu.addAction(_("Copy all as CSV")).triggered.connect(lambda _checked=False: self.copy_all())
        menu.popup(event.globalPos())
        self.open_menu = menu


class Page(QWidget):
    """A row with a filter over a sheet."""

    def __init__(self, name: str, label: str, view: Sheet) -> None:
        super().__init__()
        self.setObjectName(name)
        self._label = label
        self.view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 0)
        column.setSpacing(4)
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.row = QHBoxLayout()
        self.row.setSpacing(2)
        self.row.addWidget(self.filter, 1)
        column.addLayout(self.row)
        column.addWidget(view)

    def tell(self) -> None:
        """The filter's hint and names in the language in use."""
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter"))
        self.view.setAccessibleName(_(self._label))
