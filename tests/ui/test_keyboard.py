"""The canvas, the parts and the panels by keys alone."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from sdx_studio.exchange.native import dump
from sdx_studio.ui.canvas.reading import reading_order


def press(bench, *chords: str) -> None:
    """Keys as the window system sends them, to whatever has them."""
    for chord in chords:
        pressed = QKeySequence(chord)[0]
        QTest.keyClick(bench.window.windowHandle(), pressed.key(), pressed.keyboardModifiers())


@pytest.fixture
def lab(bench) -> object:
    """Two hosts beside each other with VMs, a switch under them, a client far below."""
    session = bench.window.session
    bench.ids = {
        "b": session.place("host", name="b", x=560, y=10),
        "a": session.place("host", name="a", x=0, y=0),
        "sw": session.place("switch", name="sw", x=300, y=300),
        "far": session.place("client_pc", name="far", x=300, y=5000),
    }
    for host in "ab":
        for number in (1, 2):
            name = f"{host}{number}"
            bench.ids[name] = session.place("vm", on=bench.ids[host], name=name)
        bench.ids[f"{host}-sw"] = session.connect(bench.ids[host], bench.ids["sw"])
    bench.ids["hyp"] = session.document.find("hypervisor-01")
    bench.ids["hyp2"] = session.document.find("hypervisor-02")
    bench.names = {id: name for name, id in bench.ids.items()}
    bench.window.activateWindow()
    bench.window.canvas.setFocus()
    return bench


def chosen(bench) -> str:
    return " ".join(bench.names[id] for id in bench.window.canvas.selection)


def test_tab_reads_lines_from_the_top_and_what_holds_before_what_is_in_it(lab) -> None:
    canvas, seen = lab.window.canvas, []
    for _ in range(len(lab.window.session.document.elements)):
        press(lab, "Tab")
        seen.append(chosen(lab))
    assert seen == ["a", "hyp", "a1", "a2", "b", "hyp2", "b1", "b2", "sw", "far"]
    assert [lab.names[id] for id in reading_order(canvas.scene.columns)] == seen
    assert canvas.rect().contains(canvas.screen_box(lab.ids["far"]).toRect())
    press(lab, "Shift+Tab")
    assert chosen(lab) == "sw"
    press(lab, "Home")
    assert chosen(lab) == "a"
    press(lab, "End")
    assert chosen(lab) == "far"


def test_tab_beyond_the_last_leaves_the_canvas_and_esc_selects_nothing(lab) -> None:
    canvas = lab.window.canvas
    press(lab, "End", "Tab")
    assert not canvas.hasFocus()
    canvas.setFocus()
    press(lab, "Home", "Shift+Tab")
    assert not canvas.hasFocus()
    canvas.setFocus()
    press(lab, "Escape")
    assert canvas.selection == ()
    press(lab, "Tab")
    assert chosen(lab) == "a"


def test_ctrl_and_arrows_follow_cables(lab) -> None:
    canvas = lab.window.canvas
    canvas.select((lab.ids["a1"],))
    press(lab, "Ctrl+Down")
    assert chosen(lab) == "sw"
    press(lab, "Ctrl+Right")
    assert chosen(lab) == "b"
    press(lab, "Ctrl+Right")
    assert chosen(lab) == "b"
    assert "leads that way" in lab.window.statusBar().currentMessage()
    press(lab, "Ctrl+Left", "Ctrl+Shift+Left")
    assert chosen(lab) == "sw a"
    canvas.select((lab.ids["sw"],))
    press(lab, "Alt+Right")
    assert chosen(lab) == "a-sw"
    press(lab, "Alt+Right")
    assert chosen(lab) == "b-sw"
    press(lab, "Ctrl+Right")
    assert chosen(lab) == "b"


def test_in_and_out(lab) -> None:
    lab.window.canvas.select((lab.ids["a2"],))
    press(lab, "Alt+Up")
    assert chosen(lab) == "hyp"
    press(lab, "Alt+Up", "Alt+Up")
    assert chosen(lab) == "a"
    press(lab, "Alt+Down", "Alt+Down")
    assert chosen(lab) == "a1"


def test_marked_ones_stay_selected_and_are_connected(lab) -> None:
    document = lab.window.session.document
    count = len(document.links)
    lab.window.canvas.select((lab.ids["far"],))
    press(lab, "Ctrl+Space", "Shift+Tab")
    assert chosen(lab) == "far sw"
    press(lab, "Shift+C")
    assert len(document.links) == count + 1
    assert chosen(lab) == "far sw"
    press(lab, "Shift+C")
    assert len(document.links) == count + 1
    assert lab.window.actions_by_id["edit.connect_selected"].statusTip() == "these are connected already"
    lab.window.canvas.select((lab.ids["a"], lab.ids["a1"]))
    assert lab.window.actions_by_id["edit.connect_selected"].statusTip()


def test_one_step_connects_several_and_refuses_all_or_nothing(lab) -> None:
    session = lab.window.session
    before = dump(session.document)
    lab.window.canvas.select(tuple(lab.ids[one] for one in ("far", "a", "b")))
    press(lab, "Shift+C")
    assert len(session.document.links) == 4
    session.undo()
    assert dump(session.document) == before


def test_a_cable_by_keys(lab) -> None:
    session, canvas = lab.window.session, lab.window.canvas
    before = dump(session.document)
    canvas.select((lab.ids["far"],))
    press(lab, "C", "Tab")
    canvas.grab()
    assert canvas.tool.pull is not None
    press(lab, "Escape")
    assert dump(session.document) == before
    assert chosen(lab) == "far"
    press(lab, "C", "Tab", "Tab", "Return")
    link = session.document.links_of(lab.ids["far"])
    assert [(one.a, one.b) for one in link] == [(lab.ids["far"], lab.ids["b"])]
    assert chosen(lab) == "far"
    press(lab, "Tab", "Return", "Escape")
    assert {one.b for one in session.document.links_of(lab.ids["far"])} == {lab.ids["b"], lab.ids["sw"]}
    assert canvas.tool.id == "tool.select"


def test_arrows_tell_why_a_cable_does_not_go_there(lab) -> None:
    session, canvas = lab.window.session, lab.window.canvas
    sdn = session.place("sdn_controller", name="sdn", x=300, y=420)
    canvas.select((lab.ids["a"],))
    press(lab, "C")
    told = set()
    for _ in range(4):
        press(lab, "Down")
        told.add(lab.window.statusBar().currentMessage())
    before = len(session.document.links)
    assert any("no port of the same type" in one for one in told)
    while canvas.tool.pull.ends.target != sdn:
        press(lab, "Down")
    press(lab, "Return")
    assert len(session.document.links) == before


def test_keys_show_a_ring_and_the_pointer_takes_it_away(lab) -> None:
    canvas = lab.window.canvas
    press(lab, "Tab")
    assert canvas.walker.shown
    ringed = canvas.grab().toImage()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
    canvas.select((lab.ids["a"],))
    assert not canvas.walker.shown
    assert canvas.grab().toImage() != ringed


def test_enter_goes_to_the_properties_and_esc_comes_back_without_entering(lab) -> None:
    canvas, session = lab.window.canvas, lab.window.session
    canvas.select((lab.ids["a"],))
    press(lab, "Return")
    field = QApplication.focusWidget()
    assert lab.window.panels.inspector.isAncestorOf(field)
    assert isinstance(field, QLineEdit)
    was, before = field.text(), dump(session.document)
    field.selectAll()
    QTest.keyClicks(field, "3")
    press(lab, "Escape")
    assert canvas.hasFocus()
    assert field.text() == was
    assert dump(session.document) == before
    press(lab, "Return")
    field = QApplication.focusWidget()
    field.selectAll()
    QTest.keyClicks(field, "3")
    press(lab, "Return")
    assert dump(session.document) != before


def test_f6_goes_round_all_areas_and_back(lab) -> None:
    window, panels = lab.window, lab.window.panels
    window.resize(1600, 1000)
    panels.show_details(True)
    areas = [window.stage, panels.parts_tabs, panels.side_tabs, panels.timeline, panels.run_tabs]

    def here() -> int:
        at = QApplication.focusWidget()
        return next(n for n, area in enumerate(areas) if area is at or area.isAncestorOf(at))

    window.canvas.select((lab.ids["a"],))
    seen = []
    for _ in range(5):
        press(lab, "F6")
        seen.append(here())
    assert seen == [1, 2, 3, 4, 0]
    press(lab, "Shift+F6")
    assert here() == 4
    press(lab, "Escape")
    assert window.canvas.hasFocus()


def test_parts_by_keys(lab) -> None:
    window, palette = lab.window, lab.window.panels.palette
    document = window.session.document
    window.canvas.select(())
    press(lab, "F6", "Down")
    first = QApplication.focusWidget()
    press(lab, "Right")
    assert QApplication.focusWidget() is not first
    assert QApplication.focusWidget().geometry().top() == first.geometry().top()
    press(lab, "Left", "Down")
    assert QApplication.focusWidget().geometry().top() > first.geometry().top()
    count = len(document.elements)
    palette.findChild(QWidget, "part.switch").setFocus()
    press(lab, "Return")
    assert len(document.elements) == count + 1
    new = window.canvas.selection[0]
    assert document.element(new).kind == "switch"
    assert window.canvas.rect().contains(window.canvas.screen_box(new).toRect())
    window.canvas.select((lab.ids["b"],))
    palette.filter.setFocus()
    QTest.keyClicks(palette.filter, "vm")
    press(lab, "Return")
    assert document.ancestor(window.canvas.selection[0], "machine") == lab.ids["b"]


def test_an_armed_part_and_the_context_menu(lab) -> None:
    window = lab.window
    window.canvas.select((lab.ids["a"],))
    QTest.mouseClick(window.panels.palette.findChild(QWidget, "part.vm"), Qt.MouseButton.LeftButton)
    press(lab, "2", "Return")
    document = window.session.document
    assert [document.ancestor(id, "machine") for id in window.canvas.selection] == [lab.ids["a"]] * 2
    window.canvas.select((lab.ids["sw"],))
    press(lab, "Shift+F10")
    menu = window.open_menu
    assert menu.isVisible()
    box = window.canvas.screen_box(lab.ids["sw"]).toRect()
    assert abs(menu.pos().y() - window.canvas.mapToGlobal(box.center()).y()) < 5
    assert "edit.delete" in {one.objectName() for one in menu.actions()}
    menu.close()


def test_the_timeline_by_keys(lab) -> None:
    window = lab.window
    lab.trigger("simulation.play")
    lab.let_pass(0.5)
    window.live.act("fail", lab.ids["a"])
    lab.let_pass(1.0)
    assert window.live.events
    window.panels.timeline.setFocus()
    press(lab, "End")
    last = window.live.events[-1]
    assert window.canvas.selection == (last.element,)
    assert window.panels.timeline.accessibleDescription()
