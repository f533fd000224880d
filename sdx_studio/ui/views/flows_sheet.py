"""A list with columns of `session.routing`: cells are made when they are seen; what is chosen stays so."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPixmap

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.session.routing import Column
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.canvas.sprites import mark_sprite
from sdx_studio.ui.panels.events.rows import Index, Rows, Sheet
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _

STATE = "State"
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Lines(Rows):
    """Rows are whatever the columns know how to tell; `key` names one, so that it is found again in newer rows."""

    def __init__(self, document: Document, key: Callable[[Any], str]) -> None:
        super().__init__()
        self.document = document
        self._key = key
        self.columns: tuple[Column, ...] = ()
        self._told: tuple[Any, ...] = ()
        self.rows: list[Any] = []
        """Those that pass the filter, in the order in which they are shown."""
        self.sign: Callable[[Any], State] | None = None
        """The mark that stands before the words of the column "State"."""
        self.look: Theme | None = None
        self._needle = ""
        self._sorted: tuple[int, bool] | None = None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How wide."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns; numbers are at the right."""
        if way != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].title)
        numeric = role == Qt.ItemDataRole.TextAlignmentRole and self.columns[section].order is not None
        return RIGHT if numeric else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; the row's key as user data."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.words(self.document, row)
        if role == Qt.ItemDataRole.DecorationRole and column.title == STATE and self.sign is not None:
            return self._mark(self.sign(row))
        if role == Qt.ItemDataRole.TextAlignmentRole and column.order is not None:
            return RIGHT
        return self._key(row) if role == Qt.ItemDataRole.UserRole else None

    def _mark(self, state: State) -> QPixmap | None:
        return None if self.look is None else mark_sprite(state, self.look.name, float(px(9)), 2.0)

    def place(self, key: str) -> int | None:
        """The row with this key."""
        return next((at for at, row in enumerate(self.rows) if self._key(row) == key), None)

    def show_rows(self, document: Document, columns: tuple[Column, ...], rows: Sequence[Any]) -> None:
        """Newer rows; other columns, or another document, begin anew."""
        self._told = tuple(rows)
        titles = [one.title for one in columns]
        if document is not self.document or titles != [one.title for one in self.columns]:
            self.beginResetModel()
            self.document, self.columns, self._sorted = document, columns, None
            self.rows = self._wanted()
            self.endResetModel()
            return
        self.columns = columns
        self._rearrange()

    def filter(self, text: str) -> None:
        """Only rows with these words."""
        self._needle = text.strip().casefold()
        self._rearrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; numbers by their value, what has none last."""
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._rearrange()

    def _wanted(self) -> list[Any]:
        rows = [row for row in self._told if self._passes(row)]
        if self._sorted is None or self._sorted[0] >= len(self.columns):
            return rows
        column, down = self.columns[self._sorted[0]], self._sorted[1]
        if column.order is None:
            return sorted(rows, key=lambda row: column.words(self.document, row).casefold(), reverse=down)
        value = column.order
        known = [(row, float(value(self.document, row))) for row in rows]
        numbers = sorted((one for one in known if not math.isnan(one[1])), key=lambda one: one[1], reverse=down)
        return [row for row, _number in numbers] + [row for row, number in known if math.isnan(number)]

    def _passes(self, row: Any) -> bool:
        return not self._needle or any(
            self._needle in column.words(self.document, row).casefold() for column in self.columns
        )

    def _rearrange(self) -> None:
        """Filter and sort anew; what is chosen stays chosen."""
        before, after = [self._key(row) for row in self.rows], self._wanted()
        keys = [self._key(row) for row in after]
        if before == keys:
            self.rows = after
            if after and self.columns:
                self.dataChanged.emit(self.index(0, 0), self.index(len(after) - 1, len(self.columns) - 1))
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        place = {key: at for at, key in enumerate(keys)}
        self.rows = after
        moved = [self.index(place[before[one.row()]], one.column()) if before[one.row()] in place else QModelIndex()
                 for one in held]  # fmt: skip
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    # copying -----------------------------------------------------------------------------------------------------

    def headings(self) -> list[str]:
        """The first line of a CSV."""
        return [_(one.title) for one in self.columns]

    def line(self, row: int) -> list[str]:
        """One row, numbers as numbers in base units."""
        return [self._plain(column, self.rows[row]) for column in self.columns]

    def _plain(self, column: Column, row: Any) -> str:
        value = None if column.order is None else column.order(self.document, row)
        if not isinstance(value, int | float):
            return column.words(self.document, row).replace(units.NBSP, " ")
        return f"{value:.12g}" if math.isfinite(value) else ""


def sheet(model: Lines, name: str) -> Sheet:
    """A table over such rows, sorted by a click on a heading."""
    made = Sheet(model, model)
    made.setObjectName(name)
    made.setSortingEnabled(True)
    made.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    made.horizontalHeader().setStretchLastSection(False)
    return made


def spread(view: Sheet, columns: Sequence[Column]) -> None:
    """Columns as wide as they ask for, and as their headings need."""
    view.verticalHeader().setDefaultSectionSize(px(24))
    header = view.horizontalHeader()
    for place, column in enumerate(columns):
        view.setColumnWidth(place, max(px(column.wide), header.sectionSizeHint(place)))
