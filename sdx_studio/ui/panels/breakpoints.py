"""What a run pauses for and slows down at, in a window that stands beside the others."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from sdx_studio.session import watching
from sdx_studio.session.watching import SLOW, USUAL, Breakpoint, WatchError
from sdx_studio.ui.theme import px
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class BreakpointWindow(QDialog):
    """Breakpoints are written in words, switched on and off, deleted; every change is a step that can be undone."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("breakpoints")
        self.field = QLineEdit()
        self.field.setObjectName("breakpoint_field")
        self.field.returnPressed.connect(self.add)
        self.adder, self.remover = QPushButton(), QPushButton()
        for button, name, do in ((self.adder, "add", self.add), (self.remover, "remove", self.remove)):
            button.setObjectName(f"breakpoint_{name}")
            button.setAutoDefault(False)
            button.clicked.connect(do)
        self.problem, self.hint = QLabel(), QLabel()
        for label in (self.problem, self.hint):
            label.setWordWrap(True)
        self.list = QListWidget()
        self.list.setObjectName("breakpoint_list")
        self.list.itemChanged.connect(self._switched)
        self.slow = QCheckBox()
        self.slow.setObjectName("slow")
        self.slow.toggled.connect(lambda on: self._slow_down(USUAL if on else ()))
        self.kinds = {kind: QCheckBox() for kind, _label in SLOW}
        for kind, box in self.kinds.items():
            box.setObjectName(f"slow.{kind}")
            box.toggled.connect(lambda _on: self._slow_down(self._ticked()))
        self._lay_out()
        window.session.history.on_change(self._edited)
        self._listened = window.session

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(px(8))
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.adder)
        column.addLayout(row)
        column.addWidget(self.hint)
        column.addWidget(self.problem)
        column.addWidget(self.list, 1)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.remover)
        column.addLayout(below)
        column.addWidget(self.slow)
        for box in self.kinds.values():
            inner = QHBoxLayout()
            inner.setContentsMargins(px(20), 0, 0, 0)
            inner.addWidget(box)
            column.addLayout(inner)
        self.resize(px(420), px(480))

    def open_for(self) -> None:
        """Show it for the project that is open, ready to write."""
        if self._listened is not self._window.session:
            self._listened = self._window.session
            self._listened.history.on_change(self._edited)
        self.problem.clear()
        self.retell()
        self.show()
        self.raise_()
        self.field.setFocus()

    def retell(self) -> None:
        """Everything anew in the language in use."""
        look = self._window.look
        self.setWindowTitle(_("Breakpoints"))
        self.adder.setText(_("Add"))
        self.remover.setText(_("Delete"))
        self.field.setPlaceholderText("cpu > 90 %")
        self.field.setAccessibleName(_("Pause when"))
        self.list.setAccessibleName(_("Breakpoints"))
        self.hint.setText(_("Pause when: cpu > 90 %, web01 cpu > 90 %, migration.finished, migration"))
        self.hint.setStyleSheet(f"color: {look.colours['ink.2']};")
        self.problem.setStyleSheet(f"color: {look.colours['drop.refuse']};")
        self.slow.setText(_("Slow down to 1× for 3 s at these events"))
        for kind, label in SLOW:
            self.kinds[kind].setText(_(label))
        self.fill()

    def fill(self) -> None:
        """The list as the project has it."""
        document, row = self._window.session.document, self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for one in watching.breakpoints(document):
            item = QListWidgetItem(watching.told(one.watch, document))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.list.blockSignals(False)
        kinds = watching.slow_kinds(document)
        for kind, box in (("", self.slow), *self.kinds.items()):
            box.blockSignals(True)
            box.setChecked(kind in kinds if kind else bool(kinds))
            box.blockSignals(False)
            box.setEnabled(bool(kinds) or not kind)
        self.remover.setEnabled(self.list.count() > 0)

    def add(self) -> None:
        """One more, by words."""
        session = self._window.session
        try:
            watch = watching.read(session.document, self.field.text())
        except WatchError as reason:
            self.problem.setText(str(reason))
            return
        self.problem.clear()
        kept = [one for one in watching.breakpoints(session.document) if one.watch != watch]
        watching.keep(session, [*kept, Breakpoint(watch)], _("Add breakpoint"))
        self.field.clear()
        self.list.setCurrentRow(self.list.count() - 1)

    def remove(self) -> None:
        """Without the one that is chosen, or the last one."""
        kept = list(watching.breakpoints(self._window.session.document))
        if kept:
            del kept[self.list.currentRow() if self.list.currentRow() >= 0 else len(kept) - 1]
            watching.keep(self._window.session, kept, _("Delete breakpoint"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the chosen one away."""
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self.remove()
        else:
            super().keyPressEvent(event)

    def _switched(self, item: QListWidgetItem) -> None:
        session, row = self._window.session, self.list.row(item)
        kept = list(watching.breakpoints(session.document))
        if row < len(kept):
            kept[row] = Breakpoint(kept[row].watch, item.checkState() == Qt.CheckState.Checked)
            watching.keep(session, kept, _("Switch breakpoint"))

    def _ticked(self) -> tuple[str, ...]:
        return tuple(kind for kind, box in self.kinds.items() if box.isChecked())

    def _slow_down(self, kinds: tuple[str, ...]) -> None:
        watching.keep_slow(self._window.session, kinds)

    def _edited(self) -> None:
        if self.isVisible() and self._listened is self._window.session:
            self.fill()
