"""The rack view: what stands where, mouse and keys, live numbers, drag and its undo."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sdx_studio import assets
from sdx_studio.exchange.native import dump
from sdx_studio.session import Session
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.theme import Manner

LEFT, NO = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def lab(bench) -> tuple[Any, ...]:
    """Two racks of 12 units in one site, a host beside them, and the page."""
    session = bench.window.session
    site = session.place("site", name="dc")
    racks = [session.place("rack", on=site, name=f"R{n}", units=12, x=300 * n) for n in (1, 2)]
    hosts = [session.place("host", on=racks[0], name=f"h{n}") for n in (1, 2)]
    session.place("vm", on=hosts[0], load=1, vcpus=8)
    switch = session.place("switch", on=racks[1], name="tor")
    session.connect(hosts[0], switch)
    tower = session.place("host", on=site, name="tower", x=700)
    bench.trigger("view.show.racks")
    QApplication.processEvents()
    return bench, bench.window.board.page, racks, hosts, switch, tower


def middle(page, id: str) -> QPoint:
    return (page.floor.box(id).center() * Manner.scale).toPoint()


def drag(page, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(page.floor, LEFT, NO, start)
    for part in (0.2, 0.6, 1.0):
        QTest.mouseMove(page.floor, start + (end - start) * part)
    assert page.floor.lift is not None
    page.floor.grab()
    QTest.mouseRelease(page.floor, LEFT, NO, end)


def test_everything_stands_where_it_is_said_to(lab) -> None:
    _bench, page, racks, hosts, switch, tower = lab
    plan = page.floor.plan
    assert {id: berth.rack for id, berth in plan.berths.items()} == {
        hosts[0]: racks[0], hosts[1]: racks[0], switch: racks[1], tower: None,
    }  # fmt: skip
    first, second = plan.berths[hosts[0]], plan.berths[hosts[1]]
    assert (first.slot.words, second.slot.words) == ("U 11–12", "U 9–10")
    assert first.box.top() == plan.frames[racks[0]].opening.top()
    assert first.box.height() == 2 * plan.unit == 2 * plan.berths[switch].box.height()
    boxes = [berth.box for berth in plan.berths.values()]
    assert not any(a.intersects(b) for at, a in enumerate(boxes) for b in boxes[:at])
    for frame in plan.frames.values():
        for unit in range(1, frame.rack.units + 1):
            assert frame.unit_at(frame.slot(unit, 1).center().y()) == unit


def test_a_click_selects_and_a_double_click_goes_to_the_topology(lab) -> None:
    bench, page, racks, hosts, _switch, tower = lab
    canvas = bench.window.canvas
    QTest.mouseClick(page.floor, LEFT, NO, middle(page, hosts[1]))
    assert canvas.selection == (hosts[1],)
    QTest.mouseClick(page.floor, LEFT, Qt.KeyboardModifier.ControlModifier, middle(page, tower))
    assert canvas.selection == (hosts[1], tower)
    head = page.floor.box(racks[1]).topLeft() + QPointF(30, 12)
    QTest.mouseClick(page.floor, LEFT, NO, (head * Manner.scale).toPoint())
    assert canvas.selection == (racks[1],)
    QTest.mouseClick(page.floor, Qt.MouseButton.RightButton, NO, middle(page, hosts[0]))
    assert canvas.selection == (hosts[0],)
    assert "simulation.load" not in {one.objectName() for one in bench.window.open_menu.actions()}
    assert "edit.rename" in {one.objectName() for one in bench.window.open_menu.actions()}
    bench.window.open_menu.close()
    QTest.mouseDClick(page.floor, LEFT, NO, middle(page, hosts[0]))
    assert bench.window.board.view == "topology"
    assert canvas.rect().contains(canvas.screen_box(hosts[0]).toRect())


def test_a_machine_is_dragged_to_other_units_and_to_another_rack_and_back_by_undo(lab) -> None:
    bench, page, racks, hosts, _switch, tower = lab
    session = bench.window.session
    before = dump(session.document)
    frame = page.floor.plan.frames[racks[0]]
    aim = frame.slot(2, 2).center() * Manner.scale
    drag(page, middle(page, hosts[0]), aim.toPoint())
    assert page.floor.plan.berths[hosts[0]].slot.words == "U 2–3"
    assert page.floor.plan.berths[hosts[1]].slot.words == "U 9–10"
    aim = page.floor.plan.frames[racks[1]].slot(5, 2).center() * Manner.scale
    drag(page, middle(page, tower), aim.toPoint())
    assert session.document.element(tower).parent == racks[1]
    assert page.floor.plan.berths[tower].slot.words == "U 5–6"
    session.undo()
    session.undo()
    assert dump(session.document) == before
    assert page.floor.plan.berths[hosts[0]].slot.words == "U 11–12"


def test_where_there_is_no_room_nothing_changes_and_the_reason_is_shown(lab) -> None:
    _bench, page, racks, _hosts, _switch, tower = lab
    document = page.floor.document
    before = dump(document)
    over = page.floor.plan.frames[racks[0]].slot(9, 2).center() * Manner.scale
    start = middle(page, tower)
    QTest.mousePress(page.floor, LEFT, NO, start)
    QTest.mouseMove(page.floor, start + QPoint(9, 9))
    QTest.mouseMove(page.floor, over.toPoint())
    assert page.floor.lift.reason == "U 9–10 is taken by h2"
    QTest.mouseRelease(page.floor, LEFT, NO, over.toPoint())
    assert dump(document) == before
    QTest.mousePress(page.floor, LEFT, NO, start)
    QTest.mouseMove(page.floor, start + QPoint(9, 9))
    QTest.keyClick(page.floor, Qt.Key.Key_Escape)
    assert page.floor.lift is None
    QTest.mouseRelease(page.floor, LEFT, NO, start)
    assert dump(document) == before


def test_the_keys_walk_move_and_tell(lab) -> None:
    bench, page, _racks, hosts, switch, tower = lab
    floor, canvas = page.floor, bench.window.canvas
    floor.setFocus()
    canvas.select((hosts[0],))
    QTest.keyClick(floor, Qt.Key.Key_Down)
    assert canvas.selection == (hosts[1],)
    QTest.keyClick(floor, Qt.Key.Key_Right)
    assert canvas.selection == (switch,)
    QTest.keyClick(floor, Qt.Key.Key_Right)
    assert canvas.selection == (tower,)
    QTest.keyClick(floor, Qt.Key.Key_Left)
    QTest.keyClick(floor, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert floor.plan.berths[switch].slot.words == "U 11"
    heard = QAccessible.queryAccessibleInterface(floor)
    assert heard.text(QAccessible.Text.Name) == "Racks"
    assert heard.text(QAccessible.Text.Description).startswith("tor, Switch")
    assert "R2, U 11" in heard.text(QAccessible.Text.Description)


def test_numbers_are_those_of_the_snapshot(lab) -> None:
    bench, page, racks, hosts, _switch, _tower = lab
    bench.trigger("simulation.play")
    bench.let_pass(2.0)
    page.catch_up()
    layout, snapshot = bench.window.live.player.latest()
    reading = page.floor.readings.of(page.floor.document, hosts[0])
    assert reading.lead == snapshot.values[layout.index[hosts[0], "cpu.utilisation"]] > 0.3
    assert reading.watts == snapshot.values[layout.index[hosts[0], "power"]] > 50
    assert page.floor.readings.value(racks[0], "power") == snapshot.values[layout.index[racks[0], "power"]]
    assert "W" in page.floor.told(hosts[0])[3]
    bench.window.live.act("fail", hosts[1])
    bench.let_pass(1.0)
    page.catch_up()
    assert page.floor.readings.of(page.floor.document, hosts[1]).state == State.FAILED
    bench.trigger("simulation.reset")
    bench.let_pass(0.1)
    assert page.floor.readings.of(page.floor.document, hosts[0]).state == State.NONE


def test_the_wheel_with_control_zooms_at_the_pointer(lab) -> None:
    _bench, page, _racks, hosts, _switch, _tower = lab
    before = page.floor.plan.unit
    at = QPointF(middle(page, hosts[0]))
    control = Qt.KeyboardModifier.ControlModifier
    event = QWheelEvent(at, page.floor.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, control,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    page.floor.wheelEvent(event)
    assert page.floor.plan.unit == pytest.approx(before * 1.0015**240)


@pytest.mark.parametrize("scale", ["0.8", "1", "2"])
def test_ten_racks_and_no_rack_at_every_size_of_words(bench, scale: str) -> None:
    window = bench.window
    window.appearance.choose("scale", scale)
    try:
        bench.trigger("view.show.racks")
        assert not window.board.page.floor.plan.frames
        window.grab()
        window.take(Session.open(assets.path("samples", "09-ten-racks.sdx")))
        bench.trigger("view.show.racks")
        plan = window.board.page.floor.plan
        assert len(plan.frames) == 10
        boxes = [frame.box for frame in plan.frames.values()]
        assert not any(a.intersects(b) for at, a in enumerate(boxes) for b in boxes[:at])
        assert window.board.page.floor.height() >= plan.height * Manner.scale - 1
        window.grab()
    finally:
        window.appearance.choose("scale", "1")
