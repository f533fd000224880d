"""Gestures one by one: dragging parts in, candidates and their answers, cables, keys."""

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from tests_ui_bench import drag

from sdx_studio.exchange.native import dump
from sdx_studio.kinds import catalogue
from sdx_studio.ui.canvas.canvas import KIND_MIME
from sdx_studio.ui.canvas.tools.targets import Targets


def drop(bench, key: str, at: QPoint) -> None:
    """Drag a part from the palette over the canvas and let it go, as Qt tells it."""
    canvas = bench.window.canvas
    held = QMimeData()
    held.setData(KIND_MIME, QByteArray(key.encode()))
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    canvas.dragEnterEvent(QDragEnterEvent(at, copy, held, left, none))
    canvas.dragMoveEvent(QDragMoveEvent(at, copy, held, left, none))
    canvas.grab()
    canvas.dropEvent(QDropEvent(QPointF(at), copy, held, left, none))


def test_every_part_of_the_palette_can_be_dragged_in(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    document = window.session.document
    drop(bench, "site", QPoint(300, 150))
    canvas.camera.zoom = 0.5
    drop(bench, "rack", QPoint(560, 40))
    drop(bench, "host", canvas.screen_box(document.find("rack-01")).center().toPoint())
    assert document.element(document.find("host-01")).parent == document.find("rack-01")
    host = canvas.screen_box(document.find("host-01")).center().toPoint()
    drop(bench, "vm", host)
    drop(bench, "vm", canvas.screen_box(document.find("host-01")).center().toPoint())
    drop(bench, "container", canvas.screen_box(document.find("vm-01")).center().toPoint())
    assert [document.kind_of(id).key for id in document.above(document.find("container-01"))][:4] == [
        "container_engine", "os", "vm", "hypervisor",
    ]  # fmt: skip
    drop(bench, "storage_array", QPoint(120, 330))
    array = canvas.screen_box(document.find("array-01")).center().toPoint()
    drop(bench, "disk", array)
    drop(bench, "volume", canvas.screen_box(document.find("array-01")).center().toPoint())
    assert len(document.children(document.find("array-01"))) == 2
    for key in (
        "thin_client", "client_pc", "user_group", "switch", "router", "openflow_switch", "sdn_controller", "vlan",
        "flow", "streamed_package", "cluster", "consolidation", "replication", "sprawl", "lease_rule", "policy_group",
        "terminal", "mainframe",
    ):  # fmt: skip
        drop(bench, key, QPoint(60 + 15 * len(document.elements), 250))
    canvas.fit()
    drop(bench, "batch_job", canvas.screen_box(document.find("mainframe-01")).center().toPoint())
    drop(bench, "app", canvas.screen_box(document.find("pc-01")).center().toPoint())
    assert {one.kind for one in document.elements.values()} == set(catalogue())
    before = dump(document)
    while window.session.undo():
        pass
    assert not document.elements
    while window.session.redo():
        pass
    assert dump(document) == before


def test_candidates_answer_while_dragging(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    small = window.session.place("host", x=0, y=0, memory="5 GiB")
    large = window.session.place("host", x=500, y=0)
    vm = window.session.place("vm", on=large, memory="8 GiB")
    client = window.session.place("thin_client", x=0, y=300)
    canvas.fit()
    targets = Targets(canvas, window.session.document.element(vm))
    assert targets.ask(large).allowed
    window.session.place("vm", on=small, memory="1 GiB")
    targets = Targets(canvas, window.session.document.element(vm))
    assert targets.ask(small).reason == "Needs 8 GiB, 3 GiB free"
    assert targets.ask(client).reason == "A thin client cannot hold a VM"
    tool = canvas.tool
    start, end = canvas.screen_box(vm).center().toPoint(), canvas.screen_box(small).center().toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 9):
        QTest.mouseMove(canvas, start + (end - start) * step / 8)
    assert window.statusBar().currentMessage() == "Needs 8 GiB, 3 GiB free"
    during = canvas.grab().toImage()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert tool.gesture is None
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert canvas.grab().toImage() != during
    assert window.session.document.ancestor(vm, "machine") == large


def test_a_cable_needs_ports_that_fit(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    host = window.session.place("host", x=0, y=0)
    site = window.session.place("vlan", x=600, y=0)
    canvas.fit()
    bench.trigger("tool.connect")
    drag(bench, canvas.screen_box(host).center().toPoint(), canvas.screen_box(site).center().toPoint())
    assert not window.session.document.links
    assert "no port for a cable" in window.statusBar().currentMessage()
    array = window.session.place("storage_array", x=600, y=300)
    canvas.fit()
    drag(bench, canvas.screen_box(host).center().toPoint(), canvas.screen_box(array).center().toPoint())
    assert [link.fields["medium"] for link in window.session.document.links.values()] == ["storage"]


def test_arrows_nudge_as_one_step(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    host = window.session.place("host", x=80, y=80)
    canvas.fit()
    canvas.select((host,))
    canvas.setFocus()
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    one = window.session.document.element(host)
    assert (one.x, one.y) == (83, 90)
    bench.trigger("edit.undo")
    assert window.session.document.element(host).x == 80


def test_context_menu_offers_faults_only_in_a_running_model(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    a, b = (window.session.place("host", x=500 * index, y=0) for index in range(2))
    vm = window.session.place("vm", on=a)
    canvas.select((vm,))
    window.desk.menu_for((vm,), QPointF(10, 10))
    menus = [action.menu() for action in window.open_menu.actions() if action.menu()]
    offered = [action.text() for action in menus[0].actions() if action.isEnabled()]
    assert offered == [window.session.document.element(b).name]
    window.open_menu.close()
    assert not window.actions_by_id["simulation.fail"].isEnabled()
    bench.trigger("simulation.play")
    bench.let_pass(0.2)
    canvas.select((a,))
    assert window.actions_by_id["simulation.fail"].isEnabled()
    bench.trigger("simulation.fail")
    bench.let_pass(0.3)
    assert any(event.kind == "element.failed" for event in window.live.events)
