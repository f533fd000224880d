"""What a window on a person's own desk has and one in a test has not: folders of its own, a doorbell, error reports."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QTimer

from sdx_studio.ui.aftercare import Aftercare
from sdx_studio.ui.single import Doorbell, name_of_person

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

LATER = 300
"""Milliseconds after which the window begins to listen: it is to be seen first."""


class Household(QObject):
    """For the one window of a process; `welcome` shows the welcome page, `listen` lets others hand files over."""

    def __init__(self, window: "Window", welcome: bool, listen: bool) -> None:
        super().__init__(window)
        self._window = window
        place, kind = QStandardPaths.writableLocation, QStandardPaths.StandardLocation
        self.aftercare = Aftercare(window, Path(place(kind.AppDataLocation)))
        self.aftercare.reports.install()
        window.reception.pictures = Path(place(kind.CacheLocation)) / "thumbnails"
        if welcome:
            window.reception.welcome()
        QTimer.singleShot(0, self.aftercare, self.aftercare.greet)
        self.doorbell = Doorbell(name_of_person(), self)
        self.doorbell.rung.connect(self.open)
        if listen:
            QTimer.singleShot(LATER, self.doorbell, self.doorbell.listen)

    def open(self, file: str, play: bool) -> None:
        """Somebody has started the studio again: come to the front, and open what they wanted."""
        window = self._window
        window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
        window.raise_()
        window.activateWindow()
        if file and window.files.open_kept(Path(file)) and play:
            QTimer.singleShot(LATER, window, window.actions_by_id["simulation.play"].trigger)

    def end(self) -> None:
        """The window has been closed."""
        self.doorbell.close()
        self.aftercare.end()
