"""Placing many: a number typed before a click or in quick add, Shift to keep the part in the hand."""

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest

from sdx_studio.exchange.native import dump
from sdx_studio.ui.canvas.canvas import KIND_MIME
from sdx_studio.ui.canvas.tools.place import PlaceTool

LEFT, NONE, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def arm(bench, key: str) -> None:
    bench.window.activateWindow()
    QTest.mouseClick(bench.window.panels.palette.findChild(object, f"part.{key}"), LEFT)
    assert isinstance(bench.window.canvas.tool, PlaceTool)


def boxes_apart(bench, ids: tuple[str, ...]) -> bool:
    columns = bench.window.canvas.scene.columns
    boxes = [columns.bounds([id]) for id in ids]
    return not any(a.intersects(b) for index, a in enumerate(boxes) for b in boxes[:index])


def test_a_number_before_the_click(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    document = window.session.document
    before = dump(document)
    arm(bench, "switch")
    QTest.keyClicks(canvas, "137")
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    QTest.keyClicks(canvas, "2")
    assert window.statusBar().currentMessage() == "a click places 12"
    canvas.grab()
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(100, 100))
    assert len(canvas.selection) == len(document.elements) == 12
    assert boxes_apart(bench, canvas.selection)
    assert sorted(one.name for one in document.elements.values()) == [f"sw-{n:02d}" for n in range(1, 13)]
    bench.trigger("edit.undo")
    assert dump(document) == before


def test_shift_keeps_the_part_in_the_hand(bench) -> None:
    canvas = bench.window.canvas
    arm(bench, "switch")
    QTest.keyClicks(canvas, "2")
    for y in (60, 300):
        QTest.mouseClick(canvas, LEFT, SHIFT, QPoint(100, y))
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(500, 60))
    assert not isinstance(canvas.tool, PlaceTool)
    assert len(bench.window.session.document.elements) == 6


def test_a_shift_drop_goes_on(bench) -> None:
    canvas = bench.window.canvas
    held = QMimeData()
    held.setData(KIND_MIME, QByteArray(b"switch"))
    copy, at = Qt.DropAction.CopyAction, QPoint(100, 100)
    canvas.dragEnterEvent(QDragEnterEvent(at, copy, held, LEFT, NONE))
    canvas.dropEvent(QDropEvent(QPointF(at), copy, held, LEFT, SHIFT))
    QTest.mouseClick(canvas, LEFT, SHIFT, QPoint(400, 100))
    assert len(bench.window.session.document.elements) == 2
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(400, 300))
    assert len(bench.window.session.document.elements) == 2


def test_five_by_quick_add(bench) -> None:
    window = bench.window
    document = window.session.document
    host = window.session.place("host")
    window.canvas.select((host,))
    before = dump(document)
    bench.trigger("edit.quick_add")
    adder = window.ways.adder
    QTest.keyClicks(adder.field, "vm web01 x5")
    assert adder.model.rows[0].title == "VM · web01 × 5"
    QTest.keyClick(adder.field, Qt.Key.Key_Return)
    names = [document.element(id).name for id in window.canvas.selection]
    assert names == ["web01", "web02", "web03", "web04", "web05"]
    assert {document.ancestor(id, "machine") for id in window.canvas.selection} == {host}
    bench.trigger("edit.undo")
    assert dump(document) == before


def test_too_many_is_refused_as_a_whole(bench) -> None:
    window = bench.window
    host = window.session.place("host", memory="9 GiB")
    before = dump(window.session.document)
    window.canvas.select((host,))
    bench.trigger("edit.quick_add")
    adder = window.ways.adder
    QTest.keyClicks(adder.field, "vm 3")
    QTest.keyClick(adder.field, Qt.Key.Key_Return)
    assert dump(window.session.document) == before
    assert adder.isVisible()
    assert adder.foot.text().startswith("Needs 4 GiB")
