"""All keyboard shortcuts in one window, made from the commands: grouped, searchable, to be copied as text."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from sdx_studio.session.actions import commands
from sdx_studio.session.fuzzy import SCATTERED, score
from sdx_studio.ui.canvas.walker import KEYS
from sdx_studio.ui.chrome import MENUS, keys_of
from sdx_studio.ui.theme import px
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

Groups = Mapping[str, tuple[tuple[str, str], ...]]


class ShortcutWindow(QDialog):
    """Stands beside the window; what one does meanwhile goes on."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("shortcuts")
        self.resize(px(460), px(620))
        self.field = QLineEdit()
        self.field.setObjectName("shortcuts_field")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _text: self.fill())
        self.tree = QTreeWidget()
        self.tree.setObjectName("shortcuts_list")
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(12)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.copied = QLabel()
        self.copy_button = QPushButton()
        self.copy_button.setObjectName("shortcuts_copy")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        self._lay_out()
        self.retell()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.copied, 1)
        row.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.tree, 1)
        column.addLayout(row)

    def retell(self) -> None:
        """In the language in use."""
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.field.setPlaceholderText(_("Find a command or a key"))
        self.field.setAccessibleName(_("Find a command or a key"))
        self.tree.setHeaderLabels([_("Command"), _("Keys")])
        self.tree.setAccessibleName(_("Keyboard shortcuts"))
        self.copy_button.setText(_("Copy as text"))
        self.fill()

    def groups(self) -> Groups:
        """Titles of menus with their commands and keys, those that answer what was typed."""
        wanted = self.field.text().strip()
        found = {}
        for menu, title in MENUS:
            rows = tuple(
                (_(one.label), keys_of(self._window.actions_by_id[one.id]))
                for one in commands().values()
                if one.menu == menu and one.shortcut
            )
            shown = tuple(row for row in rows if not wanted or _answers(wanted, *row))
            if shown:
                found[_(title)] = shown
        walking = tuple((_(label), keys) for label, keys in KEYS if not wanted or _answers(wanted, _(label), keys))
        return {**found, _("On the canvas"): walking} if walking else found

    def fill(self) -> None:
        """Show them."""
        self.tree.clear()
        self.copied.clear()
        for title, rows in self.groups().items():
            group = QTreeWidgetItem([title])
            bold = group.font(0)
            bold.setBold(True)
            group.setFont(0, bold)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.addTopLevelItem(group)
            group.addChildren([QTreeWidgetItem(list(row)) for row in rows])
        self.tree.expandAll()

    def copy(self) -> None:
        """All that is shown, as plain text on the clipboard."""
        QGuiApplication.clipboard().setText(printable(self.groups()))
        self.copied.setText(_("copied"))


def _answers(wanted: str, label: str, keys: str) -> bool:
    """Whether a row answers: its label, or all the keys that were typed."""
    typed = wanted.casefold().replace("+", " ").split()
    return score(wanted, label) > SCATTERED + 5 or set(typed) <= set(keys.casefold().split("+"))


def printable(groups: Groups) -> str:
    """Plain text in two columns under headings, to be printed or pasted."""
    wide = max((len(keys) for rows in groups.values() for _label, keys in rows), default=0)
    parts = [
        "\n".join([title, *(f"  {keys:<{wide}}  {label}" for label, keys in rows)]) for title, rows in groups.items()
    ]
    return "\n\n".join(parts) + "\n"
