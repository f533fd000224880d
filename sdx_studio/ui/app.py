"""Starts the window: application, fonts, palette, and the model's process when it is needed."""

import os
import signal
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from sdx_studio.session import Session
from sdx_studio.session.players import Player
from sdx_studio.ui import quiet, theme
from sdx_studio.ui.appearance import spoken
from sdx_studio.ui.preferences import Preferences
from sdx_studio.ui.window import Window
from sdx_studio.words import dictionary

LARGEST = (1840, 1040)
"""Size of a new window in px on a screen that has room for it."""


SETTLED = 1000
"""Milliseconds after which a window has painted all that it begins with."""


def has_display() -> bool:
    """Whether a window can be shown to somebody here."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or sys.platform in ("darwin", "win32")


def application() -> QApplication:
    """The one application, with its fonts; made when first asked for."""
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QApplication.instance()
    if not isinstance(made, QApplication):
        made = QApplication(["sdx-studio"])
        made.setApplicationName("SDx Studio")
        made.setStyle("Fusion")
    theme.load_fonts()
    made.setFont(theme.ui_font("body"))
    return made


def spawned_player() -> Player:
    """A player whose model runs in a process of its own."""
    from sdx_studio.session.players.spawned import SpawnedPlayer

    return SpawnedPlayer(time.monotonic)


def place(window: Window) -> None:
    """Where it stood last time; or most of the screen, all of it where that is small."""
    if window.restore():
        return
    room = window.screen().availableGeometry()
    wide, high = (min(most, side) for most, side in zip(LARGEST, (room.width(), room.height()), strict=True))
    left, top = room.left() + (room.width() - wide) // 2, room.top() + (room.height() - high) // 2
    window.setGeometry(left, top, wide, high)


def open_window(file: Path | None, play: bool = False, another: bool = False) -> int:
    """Show the window, with a file if one is given and running if `play`; returns when it is closed.

    Where a window is open already it takes the file over, unless `another` one is wanted.
    """
    app = application()
    if has_display() and not another:
        from sdx_studio.ui import single

        if single.hand_over(single.name_of_person(), file, play):
            return 0
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    preferences = Preferences.of_person()
    if not dictionary.settled:
        dictionary.use(spoken(preferences))
    window = Window(Session(), spawned_player, None, preferences)
    place(window)
    window.show()
    QTimer.singleShot(SETTLED, quiet.release)
    QTimer.singleShot(100, window.live.prepare)
    if file is not None and not window.files.open_path(file):
        window.take(Session())
    QTimer.singleShot(0, window.canvas.fit)
    if play:
        QTimer.singleShot(200, window.actions_by_id["simulation.play"].trigger)
    from sdx_studio.ui.household import Household

    household = Household(window, welcome=file is None and not play, listen=has_display() and not another)
    code = int(app.exec())
    household.end()
    return code
