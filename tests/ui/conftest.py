"""A real window offscreen, with a model that runs in-line on a clock that tests turn by hand."""

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sdx_studio.session import Session
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.ui import app
from sdx_studio.ui.window import Window


class HandClock:
    """Wall-clock seconds that only a test moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Bench:
    """A window and what a test does to it."""

    def __init__(self, window: Window, clock: HandClock, qtbot: QtBot) -> None:
        self.window, self.clock, self.qtbot = window, clock, qtbot

    def let_pass(self, seconds: float) -> None:
        """Let wall-clock time pass and the window follow."""
        for _ in range(max(1, round(seconds / 0.05))):
            self.clock.now += 0.05
            player = self.window.live.player
            if player is not None:
                player.tick()
            self.window.follower.follow()

    def trigger(self, id: str) -> None:
        """Use a command as its menu entry would."""
        self.window.actions_by_id[id].trigger()


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> Iterator[QApplication]:
    """Pixels need an application: every test here has one. What a test has closed is gone before the next one."""
    yield app.application() or qapp
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    app.application()
    clock = HandClock()
    window = Window(Session(), lambda: InlinePlayer(clock))
    window.follower.stop()
    window.files.ask_unsaved = lambda: "discard"
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield Bench(window, clock, qtbot)
    window.live.close()
