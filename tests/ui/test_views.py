"""The views on one model: tabs and keys, the text outline, and templates among the parts."""

from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sdx_studio import units
from sdx_studio.exchange.native import dump
from sdx_studio.session import templates
from sdx_studio.session.views import VIEWS
from sdx_studio.ui.canvas.canvas import KIND_MIME
from sdx_studio.ui.canvas.tools.place import PlaceTool
from sdx_studio.ui.panels.palette import PartButton


@pytest.fixture(name="lab")
def _lab(bench) -> Any:
    """Two hosts, one with a VM; returns the bench and ids."""
    session = bench.window.session
    host, other = session.place("host", name="esx-1"), session.place("host", name="esx-2", x=500)
    vm = session.place("vm", on=host, name="web", vcpus=2)
    session.connect(host, session.place("switch", name="sw", x=300, y=300))
    bench.window.canvas.fit()
    return bench, host, other, vm


def test_keys_and_tabs_lead_to_every_view_and_back(lab) -> None:
    bench, host, _other, _vm = lab
    window = bench.window
    window.canvas.select((host,))
    for number, name in enumerate(VIEWS, 1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.board.view == name
        assert window.board.tabs.currentIndex() == number - 1
        assert window.actions_by_id[f"view.show.{name}"].isChecked()
        assert window.ways.map.isVisible() == (name == "topology")
        assert window.canvas.selection == (host,)
    window.board.tabs.setCurrentIndex(0)
    assert window.board.view == "topology"


def test_every_page_survives_a_run_another_project_and_every_look(lab) -> None:
    bench, host, _other, vm = lab
    window = bench.window
    for name in VIEWS:
        bench.trigger(f"view.show.{name}")
        bench.trigger("simulation.play")
        bench.let_pass(1.0)
        window.canvas.select((vm, host))
        window.session.rename(host, f"esx {name}")
        bench.trigger("view.theme")
        bench.trigger("view.language")
        bench.trigger("simulation.reset")
        bench.let_pass(0.1)
        assert window.board.view == name
        assert not window.grab().isNull()
    bench.trigger("view.language") if len(VIEWS) % 2 else None
    bench.trigger("view.show.outline")
    window.files.new()
    assert window.board.view == "topology"


def test_one_button_stands_for_tabs_without_room(lab) -> None:
    bench = lab[0]
    board = bench.window.board
    bench.window.switches.panels()
    assert board.tabs.isVisible()
    assert not board.chooser.isVisible()
    for index in range(board.tabs.count()):
        board.tabs.setTabText(index, board.tabs.tabText(index) * 9)
    board._fit()
    assert board.chooser.isVisible()
    assert not board.tabs.isVisible()
    board.chooser.menu().actions()[-1].trigger()
    assert (board.view, board.chooser.text()) == tuple(VIEWS.items())[-1]


def rows(page) -> dict[str, list[str]]:
    return {
        item.text(0): [item.text(column) for column in range(1, 6)]
        for item in page._items.values()
        if not item.isHidden()
    }


def test_the_outline_tells_everything_and_follows(lab) -> None:
    bench, host, _other, vm = lab
    window = bench.window
    bench.trigger("view.show.outline")
    page = window.board.page
    assert [one.replace("\u00a0", " ") for one in rows(page)["esx-1"][:3]] == ["Host", "16 cores · 64 GiB", "sw"]
    page._items[vm].setSelected(True)
    assert window.canvas.selection == (vm,)
    window.canvas.select((host,))
    assert page.tree.selectedItems() == [page._items[host]]
    page.filter.setText("web")
    assert set(rows(page)) == {"esx-1", "hypervisor-01", "web"}
    page.filter.clear()
    bench.trigger("simulation.play")
    bench.let_pass(2.0)
    page.catch_up()
    player = window.live.player
    layout, snapshot = player.latest()
    shown = snapshot.values[layout.index[host, "cpu.utilisation"]]
    assert rows(page)["esx-1"][3] == units.show(float(shown), "1")
    assert rows(page)["esx-1"][4]
    bench.trigger("simulation.reset")
    bench.let_pass(0.1)
    assert rows(page)["esx-1"][3:] == ["", ""]


def test_names_are_changed_in_the_outline_as_one_step(lab) -> None:
    bench, host, _other, _vm = lab
    window = bench.window
    before = dump(window.session.document)
    bench.trigger("view.show.outline")
    page = window.board.page
    page._items[host].setText(0, "kvm")
    assert window.session.document.element(host).name == "kvm"
    page._items[host].setText(0, "  ")
    assert window.session.document.element(host).name == "kvm"
    assert rows(page)["kvm"][0] == "Host"
    window.session.undo()
    assert dump(window.session.document) == before
    page.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].replace("\u00a0", " ") == "esx-1 · Host · 16 cores · 64 GiB · → sw"
    assert lines[2].startswith("    web · VM")


def test_a_template_is_a_part_that_can_be_dragged_and_clicked(lab) -> None:
    bench, host, other, vm = lab
    window, canvas = bench.window, bench.window.canvas
    canvas.select((vm,))
    before = dump(window.session.document)
    bench.trigger("edit.template")
    QApplication.processEvents()
    part = window.panels.palette.findChild(PartButton, f"part.template:{vm}")
    assert part.accessibleName() == "web"
    part.click()
    assert isinstance(canvas.tool, PlaceTool)
    spot = canvas.screen_box(other).center().toPoint()
    QTest.mouseMove(canvas, spot)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    (copy,) = canvas.selection
    assert other in window.session.document.above(copy)
    assert window.session.document.values(copy)["template"] == vm
    held = QMimeData()
    held.setData(KIND_MIME, QByteArray(f"template:{vm}".encode()))
    copying, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    at = canvas.screen_box(host).center()
    enter = QDragEnterEvent(at.toPoint(), copying, held, Qt.MouseButton.LeftButton, none)
    canvas.dragEnterEvent(enter)
    canvas.dropEvent(QDropEvent(QPointF(at), copying, held, Qt.MouseButton.LeftButton, none))
    (second,) = canvas.selection
    assert host in window.session.document.above(second)
    assert second != vm
    while window.session.undo() and templates.templates(window.session.document):
        pass
    assert dump(window.session.document) == before


def test_guides_and_the_outline_of_what_is_placed(lab) -> None:
    bench, host, *_ = lab
    canvas = bench.window.canvas
    canvas.use(PlaceTool(canvas, "host"))
    incoming = canvas.tool.incoming
    box = canvas.scene.columns.box(canvas.scene.columns.row[host])
    level = canvas.camera.to_screen(QPointF(box.center().x() + 1000, box.top() + 40 + 3)).toPoint()
    inside = QPoint(min(level.x(), canvas.width() - 30), level.y())
    QTest.mouseMove(canvas, inside)
    assert incoming.snapping.guides, "its top edge is drawn to the other host's"
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside)
    (placed,) = canvas.selection
    columns = canvas.scene.columns
    assert columns.box(columns.row[placed]).top() == pytest.approx(box.top(), abs=0.01)
