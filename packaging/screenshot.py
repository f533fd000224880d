"""Draws docs/studio.png, the window with the first sample running: `python packaging/screenshot.py`."""

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sdx_studio import Session, assets
from sdx_studio.ui.app import application, spawned_player
from sdx_studio.ui.window import Window

OUT = Path(__file__).resolve().parent.parent / "docs" / "studio.png"
WINDOW, PICTURE = (1920, 1080), (1600, 900)
MOMENT, SPEED, PATIENCE = 49.0, 10.0, 60.0
SELECTED = "web03"


def settle(app: QApplication, seconds: float) -> None:
    """Let the window do what it has to do."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.005)


def main() -> int:
    """Select the VM that moves, play until its migration is well under way, and save what is seen."""
    app = application()
    window = Window(Session(), spawned_player, "light")
    window.resize(*WINDOW)
    window.show()
    window.files.open_path(assets.listing("samples", ".sdx")[0])
    settle(app, 0.2)
    window.canvas.fit()
    window.actions_by_id["simulation.play"].trigger()
    window.live.speed = SPEED
    settle(app, 1.0)
    element = window.session.document.find(SELECTED)
    if element is not None:
        window.canvas.select((element,))
    began = time.monotonic()
    while window.live.time < MOMENT and time.monotonic() - began < PATIENCE:
        settle(app, 0.02)
    window.live.speed = 1.0
    settle(app, 0.5)
    seen = window.grab().toImage()
    window.live.close()
    OUT.parent.mkdir(exist_ok=True)
    smooth = Qt.TransformationMode.SmoothTransformation
    return int(not seen.scaled(*PICTURE, Qt.AspectRatioMode.KeepAspectRatio, smooth).save(str(OUT)))


if __name__ == "__main__":
    sys.exit(main())
