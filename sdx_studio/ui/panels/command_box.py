"""The box at the end of the menu bar that opens the list of all commands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from sdx_studio.ui.canvas.brush import fitted
from sdx_studio.ui.chrome import keys_of
from sdx_studio.ui.icons import ui_icon
from sdx_studio.ui.theme import Manner, px
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

ROOM = 170
"""Px for the words."""


class CommandBox(QToolButton):
    """Looks like a field to search in."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("command_box")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def retell(self, window: "Window") -> None:
        """Another language, look or size of words."""
        look, words = window.look, _("Search or run a command")
        self.setFixedHeight(px(28))
        colours = look.colours
        self.setIcon(ui_icon("ui-search", look, "ink.3"))
        shown = fitted(words, "body", Manner.scale, px(ROOM))
        self.setText(f" {shown}    {keys_of(window.actions_by_id['view.commands'])}")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setStyleSheet(
            f"QToolButton {{ background: {colours['surface.field']}; border: 1px solid {colours['line.2']};"
            f" padding: 2px 8px; margin: 0 8px; color: {colours['ink.3']}; }}"
            f" QToolButton:hover {{ border-color: {colours['line.3']}; }}"
        )
