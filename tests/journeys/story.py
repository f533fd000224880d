"""One story in a real window with a model in a process of its own: `python story.py SAMPLE PICTURE`.

Prints a JSON line of what was seen. Run by tests, offscreen and on a virtual screen.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sdx_studio.session import Session
from sdx_studio.ui.app import application, spawned_player
from sdx_studio.ui.window import Window

PATIENCE = 60.0


def wait_for(app: QApplication, condition) -> None:
    """Handle events until a condition holds; gives up after a minute."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def opened(app: QApplication, sample: Path) -> Window:
    """A window with the sample, ready for keys."""
    window = Window(Session(), spawned_player)
    window.resize(1366, 768)
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    wait_for(app, window.isActiveWindow)
    window.files.open_path(sample)
    window.canvas.fit()
    return window


def play_until_moved(app: QApplication, window: Window) -> str:
    """Play by key, see it animated, go on fast until the migration is over, hold; returns the VM's id."""
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    wait_for(app, lambda: window.canvas.scene.running and window.live.time > 0.5)
    before = window.canvas.frames.phase
    wait_for(app, lambda: window.canvas.frames.phase > before + 0.2)
    window.live.speed = 50.0
    wait_for(app, lambda: any(event.kind == "migration.finished" for event in window.live.events))
    vm = next(event.element for event in window.live.events if event.kind == "migration.finished")
    wait_for(app, lambda: vm in window.canvas.scene.columns.moved)
    window.live.pause()
    wait_for(app, lambda: not window.live.playing)
    return vm


def main(sample: Path, picture: Path) -> None:
    """Open, play, select by mouse where the VM is now, reset, close."""
    app = application()
    window = opened(app, sample)
    vm = play_until_moved(app, window)
    centre = window.canvas.screen_box(vm).center().toPoint()
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre)
    chosen = window.canvas.selection
    app.processEvents()
    window.grab().save(str(picture))
    seen = {
        "platform": app.platformName(),
        "selected": [window.session.document.element(id).name for id in chosen],
        "machine": window.session.document.element(window.canvas.scene.columns.moved[vm]).parent,
        "events": [event.kind for event in window.live.events],
    }
    QTest.keyClick(window.canvas, Qt.Key.Key_R)
    wait_for(app, lambda: not window.canvas.scene.running)
    window.files.ask_unsaved = lambda: "discard"
    window.close()
    print(json.dumps(seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
