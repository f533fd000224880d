"""The table of differences between two runs: what A and B come to, how B differs, and which side is better."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from sdx_studio.session.comparing import Row
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _, mark

TITLES = (mark("Figure"), "A", "B", mark("B against A"), mark("Better"))


class Differences(QWidget):
    """One row a figure; the better side is said by its letter and by bold figures, never by colour alone."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.setObjectName("differences")
        self._look = look
        self._rows: list[Row] = []
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.table = QTableWidget(0, len(TITLES))
        self.table.setObjectName("differences_table")
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 0)
        column.addWidget(self.hint)
        column.addWidget(self.table)
        self.retell(look)

    def retell(self, look: Theme) -> None:
        """In another palette or language."""
        self._look = look
        self.table.setHorizontalHeaderLabels([_(title) for title in TITLES])
        for place in range(1, len(TITLES)):
            title = self.table.horizontalHeaderItem(place)
            if title is not None:
                title.setTextAlignment(Qt.AlignmentFlag.AlignRight)
        self.table.setAccessibleName(_("Differences between A and B"))
        self.table.verticalHeader().setDefaultSectionSize(px(24))
        self.hint.setText(_("Play both runs: what they come to is compared here."))
        self.show_rows(self._rows)

    def show_rows(self, rows: list[Row]) -> None:
        """The figures of this moment."""
        self._rows = rows
        self.hint.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            better = row.better.upper() or "–"
            for column, words in enumerate((row.label, row.a, row.b, row.difference, better)):
                self._put(place, column, words, bold=row.better == {1: "a", 2: "b"}.get(column, "none"))

    def _put(self, row: int, column: int, words: str, *, bold: bool) -> None:
        item = self.table.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)
        item.setText(words)
        face = QFont(self.table.font())
        face.setBold(bold)
        item.setFont(face)
        item.setForeground(QColor(self._look.colours["ink.1" if bold or not column else "ink.2"]))

    def as_csv(self) -> str:
        """All rows with their titles, as comma-separated values."""
        lines = [[_(title) for title in TITLES]]
        lines += [[row.label, row.a, row.b, row.difference, row.better.upper()] for row in self._rows]
        return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_csv())
            return
        super().keyPressEvent(event)
