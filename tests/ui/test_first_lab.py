"""A student's first lab in the real window, by the mouse alone and by keys alone: two hosts, a switch, an array with
a disk and a volume, four VMs, all connected, playing. Gestures are counted; time is that of the keystroke-level model
(Card, Moran, Newell 1980): what a practised person needs without mistakes."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

KEY, POINT, CLICK, HOME, THINK = 0.28, 1.1, 0.2, 0.4, 1.35
"""Seconds of the model: one key, pointing, pressing and releasing, hand to another device, deciding on a part."""
MOST_GESTURES, MOST_SECONDS = 40, 60.0
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Student:
    """Does things to the window as a person does, and keeps count."""

    bench: object
    gestures: int = 0
    seconds: float = 0.0
    device: str = ""

    def _with(self, device: str) -> None:
        if self.device not in ("", device):
            self.seconds += HOME
        self.device = device

    def decide(self) -> None:
        """Think of the next part or cable."""
        self.seconds += THINK

    def chord(self, keys: str) -> None:
        """A key, or several at once, wherever the keys go."""
        self._with("keys")
        self.gestures += 1
        self.seconds += KEY * (keys.count("+") + 1)
        pressed = QKeySequence(keys)[0]
        QTest.keyClick(self.bench.window.windowHandle(), pressed.key(), pressed.keyboardModifiers())

    def write(self, word: str) -> None:
        """A word, typed where the keys go."""
        self._with("keys")
        self.gestures += 1
        self.seconds += KEY * len(word)
        QTest.keyClicks(QApplication.focusWidget(), word)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Point at something and press."""
        self._with("mouse")
        self.gestures += 1
        self.seconds += POINT + CLICK
        spot = at or widget.rect().center()
        QTest.mouseMove(widget, spot)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, spot)

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Point, press, point elsewhere, release."""
        self._with("mouse")
        self.gestures += 1
        self.seconds += 2 * POINT + CLICK
        QTest.mouseMove(widget, start)
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, NONE, start)
        for step in range(1, 9):
            QTest.mouseMove(widget, start + (end - start) * step / 8)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, NONE, end)


def check(bench, student: Student) -> None:
    """The lab is what was asked for, it runs, and it was quick."""
    document = bench.window.session.document
    of = {
        key: [id for id, one in document.elements.items() if one.kind == key]
        for key in ("host", "switch", "storage_array", "disk", "volume", "vm")
    }
    assert {key: len(ids) for key, ids in of.items()} == {
        "host": 2, "switch": 1, "storage_array": 1, "disk": 1, "volume": 1, "vm": 4,
    }  # fmt: skip
    assert sorted(document.ancestor(id, "machine") for id in of["vm"]) == sorted(of["host"] * 2)
    assert {document.element(id).parent for key in ("disk", "volume") for id in of[key]} == set(of["storage_array"])
    ends = {frozenset((link.a, link.b)) for link in document.links.values()}
    assert ends == {frozenset((host, other)) for host in of["host"] for other in (*of["switch"], *of["storage_array"])}
    assert bench.window.live.playing
    bench.let_pass(3.0)
    layout, snapshot = bench.window.live.latest()
    slots = layout.index
    assert all(snapshot.values[slots[host, "cpu.utilisation"]] > 0 for host in of["host"])
    assert bench.window.live.time > 0
    assert student.gestures < MOST_GESTURES, student
    assert student.seconds < MOST_SECONDS, student


def test_by_mouse(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    document = window.session.document
    student = Student(bench)

    def put(key: str, at: QPoint, count: str = "") -> None:
        student.decide()
        student.click(window.panels.palette.findChild(QWidget, f"part.{key}"))
        if count:
            student.chord(count)
        student.click(canvas, at)

    def middle(address: str) -> QPoint:
        return canvas.screen_box(document.find(address)).center().toPoint()

    def connect(a: str, b: str) -> None:
        """From the middle of the side that looks at the other one."""
        student.decide()
        box, end = canvas.screen_box(document.find(a)).toRect(), middle(b)
        side = box.left() if end.x() < box.left() + box.width() / 2 else box.right()
        student.drag(canvas, QPoint(side, box.center().y()), end)

    put("host", QPoint(230, 60))
    put("host", QPoint(680, 60))
    put("vm", middle("host-01"), "2")
    put("vm", middle("host-02"), "2")
    put("switch", QPoint(120, 420))
    put("storage_array", QPoint(560, 400))
    put("disk", middle("array-01"))
    put("volume", middle("array-01"))
    for host in ("host-01", "host-02"):
        connect(host, "sw-01")
        connect(host, "array-01")
    student.click(window.panels.transport.findChild(QWidget, "simulation_play"))
    check(bench, student)


def test_by_keys(bench, monkeypatch: pytest.MonkeyPatch) -> None:
    window = bench.window
    window.activateWindow()
    window.canvas.setFocus()
    student = Student(bench)
    for name in ("mousePressEvent", "mouseMoveEvent", "mouseReleaseEvent"):
        monkeypatch.setattr(type(window.canvas), name, lambda *_: pytest.fail("no mouse here"))

    def add(words: str) -> None:
        student.decide()
        student.chord("Ctrl+Return")
        student.write(words)
        student.chord("Return")

    def walk(*keys: str) -> None:
        for one in keys:
            student.chord(one)

    add("host 2")
    add("array")
    student.decide()
    walk("Ctrl+Space", "Shift+Tab", "Ctrl+Space", "Shift+Tab", "Shift+C")
    add("disk")
    add("volume")
    add("switch")
    student.decide()
    walk("Ctrl+Space", "Tab", "Ctrl+Space", "Tab", "Shift+C")
    add("vm 2")
    walk("Tab")
    add("vm 2")
    student.chord("Space")
    check(bench, student)
