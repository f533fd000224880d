"""What happened and what is measured: two tables that follow the run. A click selects the element."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from sdx_studio import units
from sdx_studio.engine.events import Event
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session import Session
from sdx_studio.session.measures import unit_of
from sdx_studio.session.wording import name_of, sentence
from sdx_studio.words import _, mark

Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractTableModel):
    """Rows of texts; a row's first member is the element's id."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = titles
        self.rows: list[tuple[str, ...]] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How wide."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words; the id as user data."""
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row[index.column() + 1]
        return row[0] if role == Qt.ItemDataRole.UserRole else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self._titles[section])
        return None

    def append(self, rows: list[tuple[str, ...]]) -> None:
        """More rows at the end."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def replace(self, rows: list[tuple[str, ...]]) -> None:
        """Other rows; only the values when there are as many."""
        if len(rows) == len(self.rows):
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._titles) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class _Table(QWidget):
    """A filter over a sortable table."""

    def __init__(self, name: str, label: str, titles: Sequence[str], select: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.model = _Rows(titles)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setFilterKeyColumn(-1)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 0)
        column.setSpacing(4)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._proxy.setFilterFixedString)
        column.addWidget(self.filter)
        self.view = QTableView()
        self.view.setModel(self._proxy)
        self._dress(len(titles))
        self._titles, self._label = titles, label
        self.view.clicked.connect(lambda index: select(str(index.data(Qt.ItemDataRole.UserRole))))
        self.view.activated.connect(lambda index: select(str(index.data(Qt.ItemDataRole.UserRole))))
        column.addWidget(self.view)

    def _dress(self, columns: int) -> None:
        """Rows that are chosen as a whole, the last column as wide as there is room."""
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(24)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.view.setWordWrap(False)
        header = self.view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(columns - 1, QHeaderView.ResizeMode.Stretch)

    def retell(self) -> None:
        """In another language: the filter's hint and the headings."""
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter"))
        self.view.setAccessibleName(_(self._label))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._titles) - 1)


class EventList(_Table):
    """Events with time, element and words; follows the newest unless one has scrolled back."""

    def __init__(self, select: Callable[[str], None]) -> None:
        super().__init__("events", mark("Events"), (mark("Time"), mark("Element"), mark("What happened")), select)
        self.view.setColumnWidth(0, 84)
        self.view.setColumnWidth(1, 110)

    def add(self, events: list[Event], session: Session) -> None:
        """New events, oldest first."""
        bar = self.view.verticalScrollBar()
        newest = bar.value() >= bar.maximum() - 2
        document = session.document
        self.model.append(
            [
                (one.element, units.clock(one.time / 1e6), name_of(one.element, document), sentence(one, document))
                for one in events
            ]
        )
        if newest:
            self.view.scrollToBottom()

    def cut(self, count: int) -> None:
        """The first `count` of them stay."""
        self.model.replace(self.model.rows[:count])

    def clear(self) -> None:
        """No events yet."""
        self.model.replace([])


class MeasureTable(_Table):
    """Every measure of every element, or of what is selected."""

    def __init__(self, select: Callable[[str], None]) -> None:
        super().__init__("measures", mark("Table"), (mark("Element"), mark("Measure"), mark("Value")), select)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.view.setColumnWidth(0, 96)
        self.view.setColumnWidth(1, 132)

    def show_measures(self, layout: Layout, snapshot: Snapshot, session: Session, only: tuple[str, ...]) -> None:
        """Values of one snapshot; `only` restricts them to some ids when it is not empty."""
        rows: list[tuple[str, ...]] = []
        document, wanted = session.document, set(only)
        for (row, measure), value in zip(layout.slots, snapshot.values, strict=True):
            id = layout.elements[row]
            if (wanted and id not in wanted) or value != value:
                continue
            rows.append((id, name_of(id, document), measure, units.show(float(value), unit_of(measure))))
            if len(rows) >= 2000:
                break
        self.model.replace(rows)
