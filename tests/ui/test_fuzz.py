"""Hands that know nothing: random clicks, drags, keys, wheels and words all over the window raise nothing.

Everything that they have done to the project can be undone to the very bytes.
"""

import random
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from test_walk import small_lab

from sdx_studio import Session
from sdx_studio.exchange.native import dump
from sdx_studio.ui.files import Files

MODIFIERS = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip
BUTTONS = (Qt.MouseButton.LeftButton,) * 6 + (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
KEYS = [
    *(getattr(Qt.Key, f"Key_{letter}") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
    Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Delete,
    Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_F2, Qt.Key.Key_F6,
    Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F11, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Period,
    Qt.Key.Key_Comma, Qt.Key.Key_Slash, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Menu,
]  # fmt: skip
WORDS = (
    "host", "vm 3", "8 GiB", "cpu > 80 %", "0", "-1", "ホスト１２", "esx-01", "sw", "\u200b", "a" * 300, "nan",
    "[10, 20]",
)  # fmt: skip


class Hands:
    """One person who tries everything, by chance."""

    def __init__(self, bench, seed: int) -> None:
        self.bench, self.window = bench, bench.window
        self.chance = random.Random(seed)
        self.did: list[str] = []

    def act(self) -> None:
        """One gesture, and a little time."""
        act = self.chance.choice((self.click, self.click, self.drag, self.drag, self.key, self.key, self.wheel,
                                  self.double, self.type, self.part))  # fmt: skip
        act()
        if self.chance.random() < 0.2:
            self.bench.let_pass(0.1)
        QApplication.processEvents()
        popup = QApplication.activePopupWidget()
        if popup is not None and self.chance.random() < 0.8:
            popup.close()
        for other in QApplication.topLevelWidgets():
            if other is not self.window and other.isVisible() and other.isModal():
                other.close()

    def spot(self, widget: QWidget) -> QPoint:
        """A point on a widget; on the canvas often one where something is."""
        canvas = self.window.canvas
        if widget is canvas and canvas.scene.columns.ids and self.chance.random() < 0.8:
            box = canvas.screen_box(self.chance.choice(canvas.scene.columns.ids))
            x, y = self.chance.uniform(box.left(), box.right()), self.chance.uniform(box.top(), box.bottom())
            return QPoint(round(min(max(x, 0), canvas.width())), round(min(max(y, 0), canvas.height())))
        return QPoint(self.chance.randrange(max(1, widget.width())), self.chance.randrange(max(1, widget.height())))

    def widget(self) -> QWidget:
        """Mostly the canvas, else anything that is seen."""
        if self.chance.random() < 0.7:
            return self.window.canvas
        seen = [one for one in self.window.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
        return self.chance.choice([one for one in seen if not waits(one)])

    def note(self, *what: object) -> None:
        self.did.append(" ".join(map(str, what)))

    def click(self) -> None:
        widget, button, keys = self.widget(), self.chance.choice(BUTTONS), self.chance.choice(MODIFIERS)
        self.note("click", widget.objectName() or type(widget).__name__, button, keys)
        QTest.mouseClick(widget, button, keys, self.spot(widget))

    def double(self) -> None:
        widget = self.widget()
        self.note("double", widget.objectName())
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.spot(widget))

    def drag(self) -> None:
        canvas, button, keys = self.window.canvas, self.chance.choice(BUTTONS[:-2]), self.chance.choice(MODIFIERS)
        start, end = self.spot(canvas), self.spot(canvas)
        self.note("drag", start, end, keys)
        QTest.mousePress(canvas, button, keys, start)
        for step in range(1, 4):
            QTest.mouseMove(canvas, start + (end - start) * step / 3)
        if self.chance.random() < 0.15:
            QTest.keyClick(canvas, Qt.Key.Key_Escape)
        QTest.mouseRelease(canvas, button, keys, end)

    def key(self) -> None:
        target = self.window.focusWidget() or self.window.canvas
        key, keys = self.chance.choice(KEYS), self.chance.choice(MODIFIERS)
        self.note("key", key, keys, target.objectName())
        QTest.keyClick(target, key, keys)

    def type(self) -> None:
        target, words = self.window.focusWidget() or self.window.canvas, self.chance.choice(WORDS)
        self.note("type", repr(words), target.objectName())
        if words.isascii():
            QTest.keyClicks(target, words)
        else:
            typed = QInputMethodEvent()
            typed.setCommitString(words)
            QApplication.sendEvent(target, typed)

    def part(self) -> None:
        parts = [one for one in self.window.panels.palette.findChildren(QWidget) if one.objectName()[:5] == "part."]
        if parts and self.window.panels.palette.isVisible():
            part = self.chance.choice(parts)
            self.note("part", part.objectName())
            QTest.mouseClick(part, Qt.MouseButton.LeftButton)
            self.click()

    def wheel(self) -> None:
        canvas = self.window.canvas
        turn, keys = self.chance.choice((-480, -120, 120, 480)), self.chance.choice(MODIFIERS)
        self.note("wheel", turn, keys)
        at = QPointF(self.spot(canvas))
        QApplication.sendEvent(canvas, QWheelEvent(
            at, canvas.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        ))  # fmt: skip


def waits(widget: QWidget) -> bool:
    """Whether a click would open a menu that holds the program up until it is closed."""
    return isinstance(widget, QToolButton) and widget.menu() is not None


def harmless(bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """No dialog waits, nothing is written, the window stays open with its project."""
    monkeypatch.setattr(Files, "may_leave", lambda _files: False)
    monkeypatch.setattr(Files, "choose_save", lambda *_given: "")
    monkeypatch.setattr(Files, "choose_open", lambda *_given: "")
    monkeypatch.setattr(Files, "complain", lambda *_given: None)
    monkeypatch.setattr(bench.window.comparison, "may_drop", lambda: True)
    monkeypatch.setattr(type(bench.window.switches), "about", lambda _switches: None)


def play_around(bench, monkeypatch: pytest.MonkeyPatch, seed: int, gestures: int) -> None:
    """The lab is opened from its file, so that nothing before it can be undone."""
    harmless(bench, monkeypatch)
    drawn = Session()
    small_lab(drawn)
    with tempfile.TemporaryDirectory() as folder:
        drawn.save(Path(folder) / "lab.sdx")
        session = Session.open(Path(folder) / "lab.sdx")
    session.path = None
    bench.window.take(session)
    bench.window.canvas.fit()
    start = dump(session.document)
    assert not session.history.labels
    hands = Hands(bench, seed)
    try:
        for _ in range(gestures):
            hands.act()
    except BaseException:
        print("\n".join(hands.did[-12:]))
        raise
    bench.window.comparison.end()
    assert bench.window.session is session
    QTest.keyClick(bench.window.canvas, Qt.Key.Key_Escape)
    while session.history.labels:
        session.undo()
    assert dump(session.document) == start, "\n".join(hands.did[-30:])


@pytest.mark.parametrize("seed", range(5))
def test_random_gestures(bench, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    play_around(bench, monkeypatch, seed, 80)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_two_thousand_random_gestures(bench, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    play_around(bench, monkeypatch, seed, 200)
