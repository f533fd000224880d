"""A field for a whole number of per cent: typed with or without the sign, or stepped with the arrow keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

STEP = 5


class PercentField(QLineEdit):
    """Holds a number from `least` to `most`; what is none is put back, what is beyond is taken to the end."""

    value_changed = Signal(int)

    def __init__(self, value: int, least: int, most: int) -> None:
        super().__init__()
        self._value, self._least, self._most = value, least, most
        self.editingFinished.connect(self._take)
        self._show()

    def value(self) -> int:
        """The number."""
        return self._value

    def set_value(self, value: int) -> None:
        """Another number, within the limits."""
        kept = min(self._most, max(self._least, value))
        changed, self._value = kept != self._value, kept
        self._show()
        if changed:
            self.value_changed.emit(kept)

    def _show(self) -> None:
        self.setText(f"{self._value}\u00a0%")

    def _take(self) -> None:
        words = self.text().replace("%", "").replace("\u00a0", "").strip()
        try:
            self.set_value(round(float(words)))
        except (ValueError, OverflowError):
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go a step; the rest is typing."""
        steps = {Qt.Key.Key_Up: STEP, Qt.Key.Key_Down: -STEP}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
            return
        self._take()
        self.set_value(self._value + steps)
