"""The forwarding tables: switches and routers at the left, at the right what the chosen one knows, and its ports."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QSizePolicy,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sdx_studio.engine.network.tables import Entry, Rule, Table
from sdx_studio.session import routing
from sdx_studio.session.wording import name_of
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.events.rows import Sheet
from sdx_studio.ui.theme import px, ui_font
from sdx_studio.ui.views.flows_sheet import Lines, sheet, spread
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

GATES = {
    "forwards": State.OK, "blocks": State.IDLE, "blocked": State.IDLE, "listens": State.BUSY, "cut": State.FAILED,
    "dark": State.OFF,
}  # fmt: skip
"""The mark before the state of a port."""
LIST, NARROW = 210, 480
"""Px of the list of nodes at font scale 100 %, and px below which the tables are under it."""
ID = Qt.ItemDataRole.UserRole


def _key(row: Rule | Entry) -> str:
    return f"{row.sort}/{row.id}" if isinstance(row, Rule) else f"{row.target}/{row.out}"


class NodesPane(QSplitter):
    """`chosen` is the node whose table is shown; `wanted` is called when another one is."""

    def __init__(self, owner: "Window", wanted: Callable[[], None]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.owner = owner
        self._wanted = wanted
        self.chosen = ""
        self.table: Table | None = None
        self.busy = False
        """Whether what is selected was chosen in one of the lists."""
        self.list = QTreeWidget()
        self.list.setObjectName("flow_nodes")
        self.list.setColumnCount(2)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.currentItemChanged.connect(self._choose)
        document = owner.session.document
        self.rows, self.ports = Lines(document, _key), Lines(document, lambda port: str(port.cable))
        self.ports.sign = lambda port: GATES[port.gate]
        self.rows_view, self.ports_view = sheet(self.rows, "flow_table"), sheet(self.ports, "flow_ports")
        self.rows_view.clicked.connect(lambda index: self._pick_row(index.row()))
        self.ports_view.clicked.connect(lambda index: self._pick_port(index.row()))
        self.facts, self.rows_title, self.ports_title, self.none = (self._label() for _place in range(4))
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(self.list)
        self.addWidget(self._right())
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)

    def _label(self) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _right(self) -> QWidget:
        """Facts over the table, the table over the ports."""
        tall = self.tall = QSplitter(Qt.Orientation.Vertical)
        tall.setChildrenCollapsible(False)
        for words, views in ((self.rows_title, (self.rows_view, self.none)), (self.ports_title, (self.ports_view,))):
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 4, 0, 0)
            column.setSpacing(2)
            column.addWidget(words)
            for view in views:
                column.addWidget(view, 1)
            tall.addWidget(part)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.facts)
        column.addWidget(tall, 1)
        return right

    # telling -----------------------------------------------------------------------------------------------------

    def retell(self) -> None:
        """Everything anew in the language, palette and size in use."""
        self.list.setHeaderLabels([_("Node"), _("Kind")])
        self.list.setAccessibleName(_("Switches and routers"))
        for column, way in enumerate((QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.ResizeToContents)):
            self.list.header().setSectionResizeMode(column, way)
        self.list.header().setStretchLastSection(False)
        self.tall.setSizes([300, 220])
        self.turn()
        colours = self.owner.look.colours
        for label in (self.rows_title, self.ports_title):
            label.setFont(ui_font("label"))
            label.setStyleSheet(f"color: {colours['ink.2']};")
        self.none.setStyleSheet(f"color: {colours['ink.2']};")
        self.ports_title.setText(_("Its ports"))
        self.rows_view.setAccessibleName(_("Forwarding table"))
        self.ports_view.setAccessibleName(_("Its ports"))
        for view, model in ((self.rows_view, self.rows), (self.ports_view, self.ports)):
            model.columns = ()
            model.look = self.owner.look
            spread(view, ())
        self.fill()

    def fill(self) -> None:
        """The list of nodes anew; the chosen one stays so while it is there."""
        document = self.owner.session.document
        ids = routing.nodes(document)
        self.busy = True
        self.list.clear()
        for id in ids:
            item = QTreeWidgetItem([name_of(id, document), _(document.kind_of(id).label)])
            item.setData(0, ID, id)
            self.list.addTopLevelItem(item)
        self.busy = False
        self.choose(self.chosen if self.chosen in ids else next(iter(ids), ""))
        self._tell()

    def choose(self, id: str) -> bool:
        """Show this node's table; False when it forwards nothing."""
        items = [self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount())]
        found = [one for one in items if one is not None and self._id(one) == id]
        if not found and id:
            return False
        if id != self.chosen:
            self.chosen, self.table = id, None
        self.busy = True
        for item in found:
            self.list.setCurrentItem(item)
        self.busy = False
        return bool(found)

    def _id(self, item: QTreeWidgetItem | None) -> str:
        return "" if item is None else str(item.data(0, ID))

    def show_table(self, table: Table | None) -> None:
        """What the chosen node knows."""
        self.table = table
        self._tell()

    def _tell(self) -> None:
        document, table = self.owner.session.document, self.table
        self.ports_title.setVisible(table is not None)
        self.ports_view.setVisible(table is not None)
        self.rows_view.setVisible(table is not None)
        self.none.setVisible(table is None)
        if table is None:
            self.facts.setText("")
            self.rows_title.setText("")
            self.none.setText("" if self.chosen else _("No switch and no router in this project."))
            return
        title, columns, rows = routing.listing(table)
        self._show(self.rows, self.rows_view, columns, rows)
        self._show(self.ports, self.ports_view, routing.ports(table.device), table.ports)
        self.facts.setText(f"<b>{_escaped(name_of(table.device, document))}</b> · "
                           f"{_escaped(routing.facts(document, table))}")  # fmt: skip
        more = _("and {count} more", count=table.more) if table.more else ""
        self.rows_title.setText(" · ".join(one for one in (_(title), more) if one))
        self.rows_view.setAccessibleName(_(title))
        self.none.setText(routing.empty(table))
        self.none.setVisible(not rows)
        self.rows_view.setVisible(bool(rows))

    def _show(self, model: Lines, view: Sheet, columns: tuple[routing.Column, ...], rows: tuple[object, ...]) -> None:
        fresh = [one.title for one in columns] != [one.title for one in model.columns]
        model.show_rows(self.owner.session.document, columns, rows)
        if fresh:
            spread(view, columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or below each other where that is too narrow."""
        super().resizeEvent(event)
        if (self.width() < px(NARROW)) != (self.orientation() == Qt.Orientation.Vertical):
            self.turn()

    def turn(self) -> None:
        """Share the room as it is for the first time."""
        narrow = self.width() < px(NARROW)
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        wide = self.height() // 4 if narrow else px(LIST)
        self.setSizes([wide, max(1, (self.height() if narrow else self.width()) - wide)])

    # choosing ----------------------------------------------------------------------------------------------------

    def _choose(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None = None) -> None:
        if not self.busy and item is not None:
            self.chosen, self.table = self._id(item), None
            self._select(self.chosen)
            self._wanted()

    def _pick_row(self, row: int) -> None:
        one = self.rows.rows[row]
        self._select(one.id if isinstance(one, Rule) else one.target)

    def _pick_port(self, row: int) -> None:
        self._select(self.ports.rows[row].cable)

    def _select(self, id: str) -> None:
        """Select it on all views, but keep this table."""
        document = self.owner.session.document
        if id in document.elements or id in document.links:
            self.busy = True
            self.owner.canvas.select((id,))
            self.busy = False


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")
