"""The steps that can be undone, newest last; a click jumps there."""

from PySide6.QtWidgets import QListWidget, QListWidgetItem

from sdx_studio.session import Session


class HistoryPanel(QListWidget):
    """Mirrors the history of a session."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("history")
        self._session = session
        self.itemClicked.connect(self._jump)
        self.retell(session)

    def retell(self, session: Session) -> None:
        """Show the steps anew."""
        self._session = session
        history = session.history
        self.clear()
        for label in history.labels:
            self.addItem(QListWidgetItem(label))
        for label in history.undone_labels:
            item = QListWidgetItem(label)
            item.setForeground(self.palette().placeholderText())
            self.addItem(item)
        self.setCurrentRow(len(history.labels) - 1)

    def _jump(self, item: QListWidgetItem) -> None:
        wanted = self.row(item) + 1
        while len(self._session.history.labels) > wanted and self._session.undo():
            pass
        while len(self._session.history.labels) < wanted and self._session.redo():
            pass
