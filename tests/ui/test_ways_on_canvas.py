"""Finding one's way on the canvas: minimap, path, bookmarks, and what screen readers hear of them."""

import json

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from test_walk import small_lab
from test_ways import middle

from sdx_studio.exchange.native import dump


def test_the_minimap_centres_where_one_clicks_and_its_frame_is_dragged(bench) -> None:
    window = bench.window
    for number in range(6):
        window.session.place("switch", x=1500 * number, y=900 * number)
    canvas, minimap = window.canvas, window.ways.map
    minimap.grab()
    canvas.fit(("e0001",))
    spot = minimap.box.center().toPoint() + QPoint(20, 10)
    wanted = minimap.to_canvas(QPointF(spot))
    QTest.mouseClick(minimap, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert (middle(canvas) - wanted).manhattanLength() * canvas.camera.zoom < 4
    start = minimap.frame().center().toPoint()
    before = middle(canvas)
    QTest.mousePress(minimap, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(minimap, start + QPoint(-12, 0))
    QTest.mouseRelease(minimap, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start + QPoint(-12, 0))
    scale = (minimap.to_canvas(QPointF(1, 0)) - minimap.to_canvas(QPointF(0, 0))).x()
    assert middle(canvas).x() - before.x() == pytest.approx(-12 * scale, abs=2 / canvas.camera.zoom)
    QTest.keyClick(minimap, Qt.Key.Key_Right)
    assert middle(canvas).x() > before.x() - 12 * scale


def test_the_minimap_is_drawn_anew_only_for_another_drawing_or_palette(bench) -> None:
    window, minimap = bench.window, bench.window.ways.map
    window.session.place("host", x=0, y=0)
    minimap.grab()
    drawn = minimap._blocks
    window.canvas.pan(40, 40)
    minimap.grab()
    assert minimap._blocks is drawn
    window.session.place("host", x=900, y=0)
    minimap.grab()
    assert minimap._blocks is not drawn
    light = minimap.grab().toImage()
    bench.trigger("view.theme")
    assert minimap.grab().toImage() != light


def test_the_minimap_folds(bench) -> None:
    minimap = bench.window.ways.map
    wide = minimap.width()
    bench.trigger("view.minimap")
    assert minimap.width() < wide / 2
    assert minimap.button.accessibleName() == "Open the minimap"
    minimap.button.click()
    assert minimap.width() == wide
    stage = bench.window.stage
    assert stage.rect().contains(minimap.geometry())


def test_the_path_selects_what_holds(bench) -> None:
    window = bench.window
    window.resize(1800, 900)
    site = window.session.place("site", name="Tokyo", x=0, y=0)
    rack = window.session.place("rack", on=site, name="R & D")
    host = window.session.place("host", on=rack, name="h1")
    vm = window.session.place("vm", on=host, name="v1")
    crumbs = window.ways.crumbs
    assert not crumbs.isVisible()
    window.canvas.select((vm,))
    assert crumbs.isVisible()
    assert [step.toolTip() for step in crumbs.steps] == ["Untitled", "Tokyo", "R & D", "h1", "v1"]
    crumbs.steps[2].click()
    assert window.canvas.selection == (rack,)
    assert [step.toolTip() for step in crumbs.steps] == ["Untitled", "Tokyo", "R & D"]
    window.session.rename(site, "Osaka")
    assert crumbs.steps[1].toolTip() == "Osaka"
    crumbs.steps[0].click()
    assert window.canvas.selection == ()
    assert not crumbs.isVisible()


def test_bookmarks_bring_the_same_view_back_and_are_undone(bench, tmp_path) -> None:
    window = bench.window
    window.session.place("host", x=300, y=200)
    window.canvas.fit()
    assert not window.actions_by_id["view.bookmark.4"].isEnabled()
    before, view = dump(window.session.document), window.canvas.camera.copy()
    bench.trigger("view.keep.4")
    assert window.actions_by_id["view.bookmark.4"].isEnabled()
    window.canvas.pan(700, 300)
    window.canvas.zoom(0.3)
    bench.trigger("view.bookmark.4")
    camera = window.canvas.camera
    assert (camera.x, camera.y, camera.zoom) == pytest.approx((view.x, view.y, view.zoom), abs=0.3)
    bench.trigger("edit.undo")
    assert dump(window.session.document) == before
    assert not window.actions_by_id["view.bookmark.4"].isEnabled()
    bench.trigger("edit.redo")
    path = window.session.save(tmp_path / "a.sdx")
    assert json.loads(path.read_bytes())["fields"]["views"][0].startswith("4 ")
    window.files.open_path(path)
    assert window.actions_by_id["view.bookmark.4"].isEnabled()
    menu = window.menuBar().findChild(object, "menu.bookmarks")
    assert len(menu.actions()) == 18


def test_everything_has_a_name_for_screen_readers_in_every_language(bench) -> None:
    window, ways = bench.window, bench.window.ways
    small_lab(window.session)
    window.canvas.select((window.session.document.find("vm-01"),))
    for _ in range(2):
        parts = [ways.map, ways.map.button, ways.crumbs, ways.box, *ways.crumbs.steps]
        parts += [part for picker in ways.pickers for part in (picker, picker.field, picker.list)]
        assert all(part.accessibleName() for part in parts)
        bench.trigger("view.language")
    bench.trigger("view.commands")
    model = ways.command_picker.model
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "New, Ctrl+N, File"
    assert ways.command_picker.field.accessibleDescription() == spoken
    QTest.keyClick(ways.command_picker.field, Qt.Key.Key_Down)
    assert ways.command_picker.field.accessibleDescription().startswith("Open")
    assert QAccessible.queryAccessibleInterface(ways.map).text(QAccessible.Text.Name) == "Minimap"


def test_another_project_has_its_own_map_and_path(bench) -> None:
    window = bench.window
    small_lab(window.session)
    bench.trigger("edit.find")
    bench.trigger("file.new")
    ways = window.ways
    assert ways.map.canvas is window.canvas
    assert not ways.find_panel.isVisible()
    assert not ways.crumbs.isVisible()
    host = window.session.place("host", x=0, y=0)
    ways.map.grab()
    window.canvas.select((host,))
    assert ways.crumbs.isVisible()
