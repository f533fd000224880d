"""Gestures for window tests."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest


def put(bench, key: str, at: QPoint) -> None:
    """Arm a part in the palette and click it down on the canvas."""
    button = bench.window.panels.palette.findChild(object, f"part.{key}")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseMove(bench.window.canvas, at)
    QTest.mouseClick(bench.window.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def drag(bench, start: QPoint, end: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    """Press, move in steps, release."""
    canvas = bench.window.canvas
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas, button, none, start)
    for step in range(1, 9):
        QTest.mouseMove(canvas, start + (end - start) * step / 8)
    QTest.mouseRelease(canvas, button, none, end)
