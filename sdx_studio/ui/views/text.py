"""The model as text: every element by where it sits, with its figures, what it is connected to, its load and state."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from sdx_studio import units
from sdx_studio.document import EditError
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session import describing
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.heading import STATE_WORDS
from sdx_studio.ui.theme import px
from sdx_studio.ui.views.page import Page
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

TITLES = (mark("Name"), mark("Kind"), mark("Size"), mark("Connected to"), mark("Load"), mark("State"))
NAME, LOAD, STATE = 0, 4, 5
WIDTHS = (260, 130, 170, 200, 70, 90)
ID = Qt.ItemDataRole.UserRole


class TextPage(Page):
    """A tree of six columns; names are changed in place, the whole of it can be copied as plain text."""

    name = "outline"

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._filling = False
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._sift)
        self.copy = QPushButton()
        self.copy.setObjectName("copy_outline")
        self.copy.clicked.connect(self._copy)
        self.tree = QTreeWidget()
        self.tree.setObjectName("text_outline")
        self.tree.setColumnCount(len(TITLES))
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QTreeWidget.EditTrigger.EditKeyPressed)
        self.tree.itemSelectionChanged.connect(self._choose)
        self.tree.itemChanged.connect(self._renamed)
        self.tree.itemDoubleClicked.connect(self._double)
        self.setFocusProxy(self.tree)
        top = QHBoxLayout()
        top.addWidget(self.filter, 1)
        top.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.tree, 1)

    def retell(self) -> None:
        """Everything anew."""
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter"))
        self.copy.setText(_("Copy as text"))
        self.tree.setAccessibleName(_("Text outline"))
        self.tree.setHeaderLabels([_(title) for title in TITLES])
        header = self.tree.header()
        for column, wide in enumerate(WIDTHS):
            self.tree.setColumnWidth(column, px(wide))
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        self._fill()

    def edited(self) -> None:
        """The drawing has changed: the rows anew, folded and chosen as they were."""
        folded = {id for id, item in self._items.items() if item.childCount() and not item.isExpanded()}
        self._fill()
        for id in folded & self._items.keys():
            self._items[id].setExpanded(False)
        self.selected()
        self.catch_up()

    def _fill(self) -> None:
        document = self.owner.session.document
        self._filling = True
        self.tree.clear()
        self._items.clear()
        stack: list[tuple[str, QTreeWidgetItem | None]] = [(id, None) for id in reversed(document.children(None))]
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        while stack:
            id, above = stack.pop()
            words = [document.elements[id].name, _(document.kind_of(id).label), describing.sizes(document, id)]
            item = QTreeWidgetItem([*words, describing.neighbours(document, id), "", ""])
            item.setData(NAME, ID, id)
            item.setTextAlignment(LOAD, right)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            if above is None:
                self.tree.addTopLevelItem(item)
            else:
                above.addChild(item)
            self._items[id] = item
            stack.extend((inner, item) for inner in reversed(document.children(id)))
        self.tree.expandAll()
        self._filling = False
        self._sift(self.filter.text())

    def selected(self) -> None:
        """The same rows are chosen as on the canvas."""
        self._filling = True
        chosen = QItemSelection()
        ids = [id for id in self.owner.canvas.selection if id in self._items]
        for id in ids:
            index = self.tree.indexFromItem(self._items[id])
            chosen.select(index, index.siblingAtColumn(STATE))
        self.tree.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if len(ids) == 1:
            self.tree.scrollToItem(self._items[ids[0]])
        self._filling = False

    def follow(self, layout: Layout, snapshot: Snapshot) -> None:
        """Load and state of the rows that are seen."""
        columns = self.owner.canvas.scene.columns
        slots, values, document = layout.index, snapshot.values, self.owner.session.document
        self._filling = True
        for item in self._seen():
            id = str(item.data(NAME, ID))
            lead = document.kind_of(id).lead
            slot = None if lead is None else slots.get((id, lead))
            value = math.nan if slot is None else float(values[slot])
            row = columns.row.get(id)
            state = STATE_WORDS[State(int(columns.state[row]))] if row is not None else ""
            for column, words in ((LOAD, units.show(value, "1") if value == value else ""), (STATE, _(state))):
                if item.text(column) != words:
                    item.setText(column, words)
        self._filling = False

    def at_rest(self) -> None:
        """No loads, no states."""
        self._filling = True
        for item in self._items.values():
            item.setText(LOAD, "")
            item.setText(STATE, "")
        self._filling = False

    def _seen(self) -> Iterator[QTreeWidgetItem]:
        """Rows within the viewport."""
        item, bottom = self.tree.itemAt(1, 1), self.tree.viewport().height()
        while item is not None and self.tree.visualItemRect(item).top() < bottom:
            yield item
            item = self.tree.itemBelow(item)

    def _sift(self, wanted: str) -> None:
        """Only rows with the words, and what they are in."""
        needle = wanted.strip().casefold()
        kept: set[str] = set()
        document = self.owner.session.document
        for id, item in self._items.items():
            if any(needle in item.text(column).casefold() for column in range(len(TITLES))):
                kept.update((id, *document.above(id)))
        for id, item in self._items.items():
            item.setHidden(id not in kept)

    def _choose(self) -> None:
        if not self._filling:
            self.owner.canvas.select(tuple(str(item.data(NAME, ID)) for item in self.tree.selectedItems()))

    def _double(self, item: QTreeWidgetItem, column: int) -> None:
        """A double click renames in the first column."""
        if column == NAME:
            self.tree.editItem(item, NAME)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != NAME:
            return
        id = str(item.data(NAME, ID))
        try:
            self.owner.session.rename(id, item.text(NAME))
        except EditError as reason:
            self.owner.desk.say(str(reason))
            self.edited()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(describing.outlined(self.owner.session.document)))
        self.owner.desk.say(_("the outline is on the clipboard"))
