"""The table of accounts: a tree of sites, racks and machines; PUE, prices and power models are changed in place."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from sdx_studio.document import EditError
from sdx_studio.kinds import FieldError
from sdx_studio.session.accounting import Account, amount
from sdx_studio.ui.theme import px
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

FIGURES = (
    ("power", mark("Power"), "W"), ("energy", mark("Energy"), "kWh"), ("cost", mark("Electricity"), "JPY"),
    ("carbon", mark("CO₂"), "kg"), ("rent", mark("Rent"), "JPY"), ("year", mark("A year"), "JPY"),
)  # fmt: skip
FIELDS = (
    ("pue", "PUE"),
    ("price", mark("Price")),
    ("carbon", mark("CO2 intensity")),
    ("power_model", mark("Power model")),
)
FIRST_FIELD = 1 + len(FIGURES)
ID = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class CostTable(QTreeWidget):
    """One row an element with a meter; a figure column for each account, a column for each field."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self._window = window
        self._items: dict[str, QTreeWidgetItem] = {}
        self._known: tuple[str, ...] = ()
        self._found: dict[str, Account] = {}
        self._filling = False
        self.setObjectName("cost_table")
        self.setColumnCount(FIRST_FIELD + len(FIELDS))
        self.setUniformRowHeights(True)
        self.setItemDelegate(FieldEditor(window, self))
        self.setEditTriggers(QTreeWidget.EditTrigger.DoubleClicked | QTreeWidget.EditTrigger.EditKeyPressed)
        self.itemSelectionChanged.connect(self._choose)
        self.itemChanged.connect(self._changed)

    def retell(self) -> None:
        """Everything anew in the language and size in use."""
        titles = [_("Name"), *(_(label) for _key, label, _unit in FIGURES), *(_(label) for _key, label in FIELDS)]
        self.setHeaderLabels(titles)
        self.setAccessibleName(_("Cost and power"))
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        head = self.headerItem()
        for column in range(1, FIRST_FIELD):
            head.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(px(56))
        self.fill()

    def fill(self) -> None:
        """The rows of the drawing: what may draw power, and what holds it."""
        document = self._window.session.document
        self._filling = True
        self.clear()
        self._items.clear()
        stack: list[tuple[str, QTreeWidgetItem | None]] = [(id, None) for id in reversed(document.children(None))]
        while stack:
            id, above = stack.pop()
            item = above
            if {"area", "machine", "store"} & document.traits(id):
                item = self._row(id, above)
            stack.extend((inner, item) for inner in reversed(document.children(id)))
        self.expandAll()
        self._filling = False
        self.show_accounts(self._found)

    def _row(self, id: str, above: QTreeWidgetItem | None) -> QTreeWidgetItem:
        document = self._window.session.document
        item = QTreeWidgetItem([document.elements[id].name])
        item.setData(0, ID, id)
        known, values = document.kind_of(id).by_key, document.values(id)
        for place, (key, _label) in enumerate(FIELDS, FIRST_FIELD):
            if key in known:
                item.setText(place, known[key].show(values[key]))
                item.setToolTip(place, f"{_(known[key].help)} ({_('double click to change')})")
        for place in range(1, FIRST_FIELD):
            item.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if any(key in known for key, _label in FIELDS):
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        if above is None:
            self.addTopLevelItem(item)
        else:
            above.addChild(item)
        self._items[id] = item
        return item

    def show_accounts(self, found: dict[str, Account]) -> None:
        """The meters of this moment."""
        self._found = found
        self._filling = True
        for id, item in self._items.items():
            account = found.get(id, Account())
            for place, (key, _label, unit) in enumerate(FIGURES, 1):
                value = getattr(account, key)
                words = amount(value, unit)
                if item.text(place) != words:
                    item.setText(place, words)
        self._filling = False

    def show_selection(self) -> None:
        """The same rows as on the canvas."""
        self._filling = True
        self.clearSelection()
        for id in self._window.canvas.selection:
            if id in self._items:
                self._items[id].setSelected(True)
                self.scrollToItem(self._items[id])
        self._filling = False

    def field_at(self, index: Index) -> tuple[str, str] | None:
        """Element and field of a cell; None where nothing is to be changed."""
        id, place = str(index.sibling(index.row(), 0).data(ID)), index.column() - FIRST_FIELD
        key = FIELDS[place][0] if place >= 0 else ""
        return (id, key) if key in self._window.session.document.kind_of(id).by_key else None

    def _choose(self) -> None:
        if not self._filling:
            self._window.canvas.select(tuple(str(item.data(0, ID)) for item in self.selectedItems()))

    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        cell = None if self._filling else self.field_at(self.indexFromItem(item, column))
        if cell is None:
            return
        id, key = cell
        try:
            self._window.session.set(id, **{key: item.text(column)})
        except (EditError, FieldError) as reason:
            self._window.desk.say(str(reason))
            self.fill()

    def as_csv(self) -> str:
        """All rows with plain numbers in the units of the headings."""
        titles = ["Name", *(f"{key} ({unit})" for key, _label, unit in FIGURES)]
        lines = [",".join(titles)]
        for id, item in self._items.items():
            account = self._found.get(id, Account())
            figures = (getattr(account, key) for key, _label, _unit in FIGURES)
            name = item.text(0).replace('"', '""')
            lines.append(",".join([f'"{name}"', *("" if math.isnan(one) else repr(float(one)) for one in figures)]))
        return "\n".join(lines)


class FieldEditor(QStyledItemDelegate):
    """A line for a quantity, a list for a choice; nothing for a figure."""

    def __init__(self, window: "Window", table: CostTable) -> None:
        super().__init__(table)
        self._window = window
        self._table = table

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of a field's cell; other cells have none."""
        cell = self._table.field_at(index)
        if cell is None:
            return None  # type: ignore[return-value]
        field = self._window.session.document.kind_of(cell[0]).by_key[cell[1]]
        if not field.choices:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.addItems(list(field.choices))
        box.activated.connect(lambda: self.commitData.emit(box))
        box.activated.connect(lambda: self.closeEditor.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands there."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data()))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Take over what was chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())  # type: ignore[attr-defined]
        else:
            super().setModelData(editor, model, index)  # type: ignore[arg-type]
