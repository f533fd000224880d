"""Copy, cut, paste, duplicate and links to a template by their keys; between windows and processes; text fields."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from sdx_studio.exchange.native import dump
from sdx_studio.session import Session
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.ui import clipboard
from sdx_studio.ui.clipboard import ELEMENTS
from sdx_studio.ui.panels.origins import ResetDot
from sdx_studio.ui.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def nothing_there(application) -> Iterator[None]:
    application.clipboard().clear()
    yield
    application.clipboard().clear()


def keys(bench, key: Qt.Key, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    bench.window.activateWindow()
    bench.window.canvas.setFocus()
    QTest.keyClick(bench.window.canvas, key, modifiers)


def away(bench) -> None:
    """The pointer leaves the canvas."""
    QTest.mouseMove(bench.window.panels.palette, QPoint(20, 300))


def middle(bench, id: str) -> QPoint:
    return bench.window.canvas.screen_box(id).center().toPoint()


def chosen(bench) -> list[str]:
    return [bench.window.session.document.element(id).name for id in bench.window.canvas.selection]


def wired_pair(session: Session) -> tuple[str, str]:
    a, b = session.place("host", name="a", x=0, y=0), session.place("switch", name="sw", x=500, y=0)
    session.place("vm", on=a, name="web01")
    session.connect(a, b)
    return a, b


def test_copy_and_paste_by_keys(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    document = window.session.document
    pair = wired_pair(window.session)
    canvas.fit()
    away(bench)
    before = dump(document)
    canvas.select(pair)
    keys(bench, Qt.Key.Key_C)
    assert dump(document) == before
    for _ in range(2):
        keys(bench, Qt.Key.Key_V)
    assert chosen(bench) == ["a-03", "sw-03"]
    spots = [(document.element(id).x, document.element(id).y) for id in canvas.selection]
    assert spots == [(48, 48), (548, 48)]
    assert len(document.links) == 3
    keys(bench, Qt.Key.Key_D)
    assert chosen(bench) == ["a-04", "sw-04"]
    for _ in range(3):
        keys(bench, Qt.Key.Key_Z)
    assert dump(document) == before


def test_paste_at_the_pointer(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    document = window.session.document
    switch = window.session.place("switch", x=0, y=0)
    b = window.session.place("host", name="b", x=400, y=300)
    c = window.session.place("host", name="c", x=900, y=300)
    vm = window.session.place("vm", on=b)
    canvas.fit()
    canvas.select((switch,))
    keys(bench, Qt.Key.Key_C)
    spot = QPoint(canvas.width() // 2, 60)
    QTest.mouseMove(canvas, spot)
    keys(bench, Qt.Key.Key_V)
    assert (middle(bench, canvas.selection[0]) - spot).manhattanLength() < 12
    canvas.select((vm,))
    keys(bench, Qt.Key.Key_C)
    QTest.mouseMove(canvas, middle(bench, c))
    keys(bench, Qt.Key.Key_V)
    assert document.ancestor(canvas.selection[0], "machine") == c
    QTest.mouseMove(canvas, spot)
    canvas.select((c,))
    keys(bench, Qt.Key.Key_V)
    assert document.ancestor(canvas.selection[0], "machine") == c
    canvas.select((switch,))
    before = dump(document)
    keys(bench, Qt.Key.Key_V)
    assert dump(document) == before
    assert window.statusBar().currentMessage() == "A switch cannot hold a VM"


def test_cut_takes_away_and_brings_back(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    document = window.session.document
    pair = wired_pair(window.session)
    away(bench)
    canvas.select(pair)
    keys(bench, Qt.Key.Key_X)
    assert not document.elements
    assert window.session.history.labels[-1] == "Cut 2"
    keys(bench, Qt.Key.Key_V)
    assert chosen(bench) == ["a", "sw"]
    assert [document.element(id).x for id in canvas.selection] == [0, 500]
    held = window.session.place("switch", name="held")
    with window.session.history.edit("Lock") as edit:
        edit.update(document.element(held).but(locked=True))
    canvas.select((held,))
    assert not window.actions_by_id["edit.cut"].isEnabled()
    assert window.actions_by_id["edit.cut"].statusTip() == "held is locked"


def test_what_lies_on_the_clipboard(bench) -> None:
    window = bench.window
    pair = wired_pair(window.session)
    window.canvas.select(pair)
    bench.trigger("edit.copy")
    held = QGuiApplication.clipboard().mimeData()
    assert {ELEMENTS, "image/svg+xml", "image/png", "text/plain"} <= set(held.formats())
    assert held.text() == "host:a\nswitch:sw"
    assert json.loads(bytes(held.data(ELEMENTS).data()))["format"] == "sdx-elements"
    image = QImage.fromData(held.data("image/png"))
    assert image.width() > image.height() > 100
    assert len({image.pixel(x, image.height() // 4) for x in range(0, image.width(), 3)}) > 5
    drawing = QSvgRenderer(held.data("image/svg+xml"))
    assert drawing.isValid()
    assert abs(drawing.viewBox().width() * 2 - image.width()) <= 2
    assert held.data("image/svg+xml").data().count(b"<path") > 20


def test_pictures_wait_until_somebody_asks(bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    made = clipboard.picture
    monkeypatch.setattr(clipboard, "picture", lambda *wanted: (asked.append(wanted[2]), made(*wanted))[1])
    bench.window.canvas.select(wired_pair(bench.window.session))
    bench.trigger("edit.copy")
    bench.trigger("edit.paste")
    assert asked == []
    QGuiApplication.clipboard().mimeData().data("image/png")
    assert asked == ["image/png"]


def test_between_windows(bench, qtbot) -> None:
    other = Window(Session(), lambda: InlinePlayer(bench.clock))
    other.follower.stop()
    other.files.ask_unsaved = lambda: "discard"
    qtbot.addWidget(other)
    assert not other.actions_by_id["edit.paste"].isEnabled()
    assert other.actions_by_id["edit.paste"].statusTip() == "the clipboard holds no parts of a drawing"
    bench.window.canvas.select(wired_pair(bench.window.session))
    bench.trigger("edit.copy")
    assert other.actions_by_id["edit.paste"].isEnabled()
    other.actions_by_id["edit.paste"].trigger()
    document = other.session.document
    assert sorted(one.name for one in document.elements.values()) == ["a", "hypervisor-01", "sw", "web01"]
    assert len(document.links) == 1
    other.live.close()


ELSEWHERE = """
from sdx_studio.ui.app import application
application()
from PySide6.QtGui import QGuiApplication
from sdx_studio.session import Session
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.ui.window import Window
s = Session()
host = s.place("host", name="far")
s.place("vm", on=host, name="away01")
window = Window(s, lambda: InlinePlayer(lambda: 0.0))
window.canvas.select((host,))
window.actions_by_id["edit.copy"].trigger()
held = QGuiApplication.clipboard().mimeData()
print(held.data("application/x-sdx-elements+json").toHex().toStdString())
"""


def test_from_another_process_as_bytes_and_as_text(bench) -> None:
    found = subprocess.run([sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, check=True, timeout=120)
    data = bytes.fromhex(found.stdout.split()[-1])
    held = QMimeData()
    held.setData(ELEMENTS, data)
    QGuiApplication.clipboard().setMimeData(held)
    away(bench)
    keys(bench, Qt.Key.Key_V)
    assert chosen(bench) == ["far"]
    QGuiApplication.clipboard().setText("  " + data.decode())
    bench.window.canvas.select(())
    keys(bench, Qt.Key.Key_V)
    assert chosen(bench) == ["far-02"]
    before = dump(bench.window.session.document)
    for text in ("a shopping list", data.decode()[:-9]):
        QGuiApplication.clipboard().setText(text)
        keys(bench, Qt.Key.Key_V)
        assert dump(bench.window.session.document) == before
        assert "clipboard" in bench.window.statusBar().currentMessage()


def test_a_text_field_keeps_its_keys(bench) -> None:
    window = bench.window
    a, _b = wired_pair(window.session)
    window.canvas.select((a,))
    bench.trigger("edit.copy")
    before = dump(window.session.document)
    window.activateWindow()
    name = window.panels.inspector.findChild(QLineEdit, "field.name")
    name.setFocus()
    name.selectAll()
    QTest.keyClick(name, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "a"
    QTest.keyClick(name, Qt.Key.Key_X, CONTROL)
    assert name.text() == ""
    QTest.keyClick(name, Qt.Key.Key_V, CONTROL)
    QTest.keyClick(name, Qt.Key.Key_V, CONTROL)
    assert name.text() == "aa"
    QTest.keyClick(name, Qt.Key.Key_Z, CONTROL)
    assert name.text() == "a"
    assert dump(window.session.document) == before


def test_context_menu_pastes_where_it_was_opened(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    switch = window.session.place("switch", x=0, y=0)
    canvas.select((switch,))
    bench.trigger("edit.copy")
    away(bench)
    spot = QPoint(600, 300)
    QTest.mouseClick(canvas, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, spot)
    menu = window.open_menu
    paste = window.actions_by_id["edit.paste"]
    assert paste in menu.actions()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                     menu.actionGeometry(paste).center())  # fmt: skip
    assert (middle(bench, canvas.selection[0]) - spot).manhattanLength() < 12
    bench.qtbot.waitUntil(lambda: window.clipboard.point() is None)


def test_linked_to_a_template(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    session, document = window.session, window.session.document
    host = session.place("host", memory="256 GiB")
    gold = session.place("vm", on=host, name="gold", memory="8 GiB")
    away(bench)
    canvas.select((gold,))
    assert not window.actions_by_id["edit.unlink"].isEnabled()
    bench.trigger("edit.copy")
    for _ in range(2):
        keys(bench, Qt.Key.Key_V, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    copy = canvas.selection[0]
    inspector = window.panels.inspector
    memory = inspector.findChild(QLineEdit, "field.memory")
    assert memory.text() == document.kind_of(copy).by_key["memory"].show(8 * 2**30)
    assert memory.toolTip().splitlines()[-1] == "from the template gold"
    dots = [dot.toolTip() for dot in inspector.findChildren(ResetDot) if dot.isVisibleTo(inspector)]
    assert dots == ["differs from the default; click to reset"], "the template alone is set"
    session.set(copy, memory="3 GiB")
    shown = [dot for dot in inspector.findChildren(ResetDot) if dot.isVisibleTo(inspector)]
    tips = [dot for dot in shown if "template" in dot.toolTip()]
    assert len(tips) == 1
    tips[0].click()
    assert document.values(copy)["memory"] == 8 * 2**30
    session.set(gold, memory="2 GiB")
    assert inspector.findChild(QLineEdit, "field.memory").text().startswith("2")
    bench.trigger("edit.unlink")
    assert "template" not in document.element(copy).fields
    assert document.element(copy).fields["memory"] == 2 * 2**30
