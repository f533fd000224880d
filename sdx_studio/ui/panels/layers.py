"""Layers of the drawing: families of parts that can be put out of sight, or out of reach of the mouse."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from sdx_studio.ui.icons import ui_icon
from sdx_studio.ui.theme import Theme
from sdx_studio.words import _, mark

LAYERS = {
    "compute": mark("Machines"), "layer": mark("Layers"), "guest": mark("Guests"), "client": mark("Clients"),
    "storage": mark("Storage"), "network": mark("Network"), "control": mark("Control"), "cable": mark("Cables"),
}  # fmt: skip


class Layers(QWidget):
    """An eye and a lock for each family; `apply` is told which are hidden and which are out of reach.

    It is about looking only: nothing of it belongs to the project.
    """

    def __init__(self, look: Theme, apply: Callable[[frozenset[str], frozenset[str]], None]) -> None:
        super().__init__()
        self.setObjectName("layers")
        self._apply = apply
        self.eyes: dict[str, QToolButton] = {}
        self.locks: dict[str, QToolButton] = {}
        self._names: dict[str, QLabel] = {}
        body = QWidget()
        body.setObjectName("palette_body")
        grid = QGridLayout(body)
        grid.setContentsMargins(12, 12, 8, 12)
        grid.setHorizontalSpacing(2)
        for row, key in enumerate(LAYERS):
            self._names[key] = QLabel()
            self.eyes[key], self.locks[key] = self._button(f"eye.{key}"), self._button(f"lock.{key}")
            grid.addWidget(self._names[key], row, 0)
            grid.addWidget(self.eyes[key], row, 1)
            grid.addWidget(self.locks[key], row, 2)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(len(LAYERS), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.retell(look)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setCheckable(True)
        button.toggled.connect(self._tell)
        return button

    @property
    def hidden(self) -> frozenset[str]:
        """Families out of sight."""
        return frozenset(key for key, button in self.eyes.items() if button.isChecked())

    @property
    def fixed(self) -> frozenset[str]:
        """Families out of reach."""
        return frozenset(key for key, button in self.locks.items() if button.isChecked())

    def _tell(self) -> None:
        self._apply(self.hidden, self.fixed)

    def retell(self, look: Theme) -> None:
        """In another language or palette."""
        for key, label in LAYERS.items():
            name = _(label)
            self._names[key].setText(name)
            for buttons, icon, words in (
                (self.eyes, "ui-eye", _("Hide {name}", name=name)),
                (self.locks, "ui-lock", _("Keep {name} from being clicked", name=name)),
            ):
                buttons[key].setIcon(ui_icon(icon, look))
                buttons[key].setToolTip(words)
                buttons[key].setAccessibleName(words)
