"""The text view of the model: everything by where it sits; selects and follows the selection."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from sdx_studio.session import Session
from sdx_studio.words import _


class Outline(QTreeWidget):
    """A tree of names and kinds."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("outline")
        self.setHeaderHidden(True)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self._session = session
        self._items: dict[str, QTreeWidgetItem] = {}
        self._chosen: tuple[str, ...] = ()
        self._stale = True
        self.retell(session)

    def retell(self, session: Session) -> None:
        """Show the document anew; a hidden outline waits until it is seen."""
        self._session = session
        self._stale = not self.isVisible()
        if not self._stale:
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._fill()
            self.show_ids(self._chosen)

    def _fill(self) -> None:
        session = self._session
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        document = session.document
        stack: list[tuple[str, QTreeWidgetItem | None]] = [(id, None) for id in reversed(document.children(None))]
        while stack:
            id, above = stack.pop()
            words = f"{document.elements[id].name}  ·  {_(document.kind_of(id).label)}"
            item = QTreeWidgetItem([words])
            item.setData(0, Qt.ItemDataRole.UserRole, id)
            if above is None:
                self.addTopLevelItem(item)
            else:
                above.addChild(item)
            self._items[id] = item
            stack.extend((inner, item) for inner in reversed(document.children(id)))
        if len(self._items) < 500:
            self.expandAll()
        self.blockSignals(False)

    def chosen(self) -> tuple[str, ...]:
        """Ids of the selected rows."""
        return tuple(str(item.data(0, Qt.ItemDataRole.UserRole)) for item in self.selectedItems())

    def show_ids(self, ids: tuple[str, ...]) -> None:
        """Select these rows without saying so."""
        self._chosen = ids
        if self._stale:
            return
        self.blockSignals(True)
        chosen = QItemSelection()
        for id in ids:
            if id in self._items:
                index = self.indexFromItem(self._items[id])
                chosen.select(index, index)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if len(ids) == 1 and ids[0] in self._items:
            self.scrollToItem(self._items[ids[0]])
        self.blockSignals(False)
