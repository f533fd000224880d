"""Closed groups, layers out of sight or out of reach, and all of a kind at once."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sdx_studio.exchange.native import dump
from sdx_studio.ui.panels.layers import LAYERS


@pytest.fixture
def lab(bench) -> dict[str, str]:
    """A rack with a host and a VM, an array beside it, a switch; cables between."""
    s = bench.window.session
    rack = s.place("rack", name="rack", x=0, y=0)
    host = s.place("host", name="host", on=rack)
    vm = s.place("vm", name="vm", on=host)
    switch, array = s.place("switch", name="sw", x=600, y=0), s.place("storage_array", name="array", x=600, y=200)
    links = {"net": s.connect(host, switch), "san": s.connect(host, array)}
    bench.window.canvas.fit()
    return {"rack": rack, "host": host, "vm": vm, "switch": switch, "array": array, **links}


def test_a_closed_rack_is_one_card_and_keeps_its_cables(bench, lab) -> None:
    window, scene = bench.window, bench.window.canvas.scene
    before = dump(window.session.document)
    window.canvas.select((lab["rack"],))
    bench.trigger("edit.group")
    assert set(scene.columns.ids) == {lab["rack"], lab["switch"], lab["array"]}
    assert set(scene.routes.ids) == {lab["net"], lab["san"]}
    box = scene.columns.box(scene.columns.row[lab["rack"]])
    for link in (lab["net"], lab["san"]):
        start = scene.routes.paths[scene.routes.row[link]][0]
        assert box.adjusted(-1, -1, 1, 1).contains(*start)
    assert window.actions_by_id["edit.group"].isChecked()
    window.canvas.grab()
    bench.trigger("edit.group")
    assert lab["vm"] in scene.columns.row
    bench.trigger("edit.undo")
    bench.trigger("edit.undo")
    assert dump(window.session.document) == before


def test_a_cable_inside_a_closed_group_is_not_drawn(bench, lab) -> None:
    window = bench.window
    other = window.session.place("host", on=lab["rack"])
    inner = window.session.connect(lab["host"], other)
    window.canvas.select((lab["rack"],))
    bench.trigger("edit.group")
    assert inner not in window.canvas.scene.routes.row


def test_what_holds_nothing_cannot_be_closed(bench, lab) -> None:
    bench.window.canvas.select((lab["switch"],))
    assert not bench.window.actions_by_id["edit.group"].isEnabled()


def test_a_running_model_goes_on_under_a_closed_group(bench, lab) -> None:
    window = bench.window
    window.canvas.select((lab["host"],))
    bench.trigger("edit.group")
    bench.trigger("simulation.play")
    bench.let_pass(1.0)
    columns = window.canvas.scene.columns
    assert columns.lead[columns.row[lab["host"]]] > 0
    window.canvas.grab()


@pytest.mark.parametrize("family", LAYERS)
def test_an_eye_hides_a_family_and_shows_it_again(bench, lab, family: str) -> None:
    window, scene = bench.window, bench.window.canvas.scene
    document = window.session.document
    elements, links = set(scene.columns.ids), set(scene.routes.ids)
    window.canvas.select(tuple(elements))
    window.panels.layers.eyes[family].click()
    shown = set(scene.columns.ids)
    assert not any(document.kind_of(id).family == family for id in shown)
    assert all(end in shown for id in scene.routes.ids for end in (document.links[id].a, document.links[id].b))
    assert set(window.canvas.selection) <= shown
    assert (set(scene.routes.ids) == links) == (family in ("guest", "layer", "client", "control"))
    window.canvas.grab()
    window.session.move(lab["switch"], x=620.0, y=30.0)
    window.panels.layers.eyes[family].click()
    assert set(scene.columns.ids) == elements
    assert set(scene.routes.ids) == links


def test_a_lock_lets_the_mouse_through(bench, lab) -> None:
    window, canvas = bench.window, bench.window.canvas
    window.panels.parts_tabs.setCurrentWidget(window.panels.layers)
    QApplication.processEvents()
    middle = canvas.screen_box(lab["switch"]).center().toPoint()
    window.panels.layers.locks["network"].click()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert canvas.selection == ()
    corner = QPoint(canvas.width() - 1, canvas.height() - 60)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(1, 1))
    QTest.mouseMove(canvas, corner)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner)
    assert lab["switch"] not in canvas.selection
    assert lab["array"] in canvas.selection
    window.panels.layers.locks["network"].click()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert canvas.selection == (lab["switch"],)


@pytest.mark.usefixtures("lab")
def test_layers_stay_for_the_next_project(bench) -> None:
    window = bench.window
    window.panels.layers.eyes["storage"].click()
    other = type(window.session)()
    other.place("storage_array", x=0, y=0)
    host = other.place("host", x=0, y=200)
    window.take(other)
    assert window.canvas.scene.columns.ids == [host]


def test_all_of_a_kind(bench, lab) -> None:
    window = bench.window
    more = [window.session.place("vm", on=lab["host"]) for _ in range(3)]
    window.canvas.select((lab["vm"],))
    bench.trigger("edit.select_alike")
    assert set(window.canvas.selection) == {lab["vm"], *more}
    window.canvas.select((lab["net"],))
    bench.trigger("edit.select_alike")
    assert set(window.canvas.selection) == {lab["net"], lab["san"]}
