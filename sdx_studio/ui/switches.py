"""Commands that change the window only: panels, palette, language, grid, help."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from sdx_studio import __version__
from sdx_studio.ui.panels.help import HelpWindow
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class Switches:
    """One method for each, by the name that `Desk.toggle` is given."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def panels(self) -> None:
        """Hide all docks, or show them again."""
        docks = self._window.docks
        shown = any(dock.isVisible() for dock in docks)
        for dock in docks:
            dock.setVisible(not shown)

    def theme(self) -> None:
        """The next palette."""
        self._window.appearance.next_look()

    def language(self) -> None:
        """The next language."""
        self._window.appearance.next_language()

    def grid(self) -> None:
        """Corners snap to the grid, which is seen, or neither."""
        for side in self._window.sides:
            side.canvas.scene.grid = not side.canvas.scene.grid
            side.canvas.redraw()

    def types(self) -> None:
        """Outlines around what virtualization makes of something, or none."""
        for side in self._window.sides:
            side.canvas.scene.types = not side.canvas.scene.types
            side.canvas.redraw()

    def help(self) -> None:
        """Pages about what the studio computes."""
        HelpWindow(self._window, self._window.look).show()

    def about(self) -> None:
        """What this is."""
        QMessageBox.about(self._window, _("About SDx Studio"), f"SDx Studio {__version__}\nApache-2.0")
