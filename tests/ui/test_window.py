"""The window as a person uses it: mouse, keys, menus."""

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from tests_ui_bench import drag, put

from sdx_studio.exchange.native import dump
from sdx_studio.ui.canvas.columns import State


def test_first_lab_by_mouse_from_palette_to_save_and_reopen(bench, tmp_path: Path) -> None:
    window, canvas = bench.window, bench.window.canvas
    put(bench, "host", QPoint(220, 200))
    put(bench, "host", QPoint(640, 200))
    assert [one.name for one in window.session.document.elements.values()] == ["host-01", "host-02"]
    first = window.session.document.find("host-01")
    put(bench, "vm", canvas.screen_box(first).center().toPoint())
    assert window.session.document.find("vm-01")
    assert window.session.document.ancestor(window.session.document.find("vm-01"), "machine") == first
    put(bench, "switch", QPoint(420, 60))
    switch, second = window.session.document.find("sw-01"), window.session.document.find("host-02")
    for host in (first, second):
        side = canvas.screen_box(host)
        canvas.tool.hovered = host
        drag(bench, QPoint(round(side.center().x()), round(side.top())), canvas.screen_box(switch).center().toPoint())
    assert len(window.session.document.links) == 2
    before = dump(window.session.document)
    path = tmp_path / "lab.sdx"
    window.files.choose_save = lambda *_args: str(path)
    bench.trigger("file.save")
    assert path.read_bytes() == before
    picture = canvas.grab().toImage()
    bench.trigger("file.new")
    assert not window.session.document.elements
    window.files.choose_open = lambda: str(path)
    bench.trigger("file.open")
    assert dump(window.session.document) == before
    window.canvas.camera = canvas.camera.copy()
    window.canvas.selection = ()
    window.canvas.redraw()
    picture_again = window.canvas.grab().toImage()
    assert picture_again.size() == picture.size()


def test_the_same_picture_after_reopening(bench, tmp_path: Path) -> None:
    window = bench.window
    host = window.session.place("host", x=40, y=40)
    window.session.place("vm", on=host)
    window.canvas.fit()
    before = window.canvas.grab().toImage()
    window.session.save(tmp_path / "a.sdx")
    assert window.files.open_path(tmp_path / "a.sdx")
    window.canvas.fit()
    assert window.canvas.grab().toImage() == before


def test_an_illegal_drop_changes_nothing_and_says_why(bench) -> None:
    window = bench.window
    put(bench, "thin_client", QPoint(300, 200))
    before = dump(window.session.document)
    put(bench, "vm", window.canvas.screen_box(window.session.document.find("tc-01")).center().toPoint())
    assert dump(window.session.document) == before
    assert "A thin client cannot hold a VM" in window.statusBar().currentMessage()
    put(bench, "vm", QPoint(700, 400))
    assert dump(window.session.document) == before
    assert "needs a place" in window.statusBar().currentMessage()


def test_drag_moves_and_undo_brings_back(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    rack = window.session.place("rack", x=0, y=0)
    host = window.session.place("host", x=600, y=40)
    canvas.fit()
    start = canvas.screen_box(host).topLeft().toPoint() + QPoint(100, 12)
    drag(bench, start, canvas.screen_box(rack).center().toPoint())
    assert window.session.document.element(host).parent == rack
    bench.trigger("edit.undo")
    assert window.session.document.element(host).parent is None
    bench.trigger("edit.redo")
    assert window.session.document.element(host).parent == rack


def test_rubber_band_delete_and_undo(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    for index in range(3):
        window.session.place("switch", x=200 * index, y=100)
    before = dump(window.session.document)
    canvas.fit()
    drag(bench, QPoint(5, 5), QPoint(canvas.width() - 5, canvas.height() - 5))
    assert len(canvas.selection) == 3
    bench.trigger("edit.delete")
    assert not window.session.document.elements
    bench.trigger("edit.undo")
    assert dump(window.session.document) == before


def test_rename_in_place(bench) -> None:
    window = bench.window
    id = window.session.place("host", x=0, y=0)
    window.canvas.fit()
    window.canvas.select((id,))
    bench.trigger("edit.rename")
    editor = window.canvas.findChild(object, "rename")
    editor.setText("東京-01")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert window.session.document.element(id).name == "東京-01"


def test_inspector_reads_units_and_refuses_nonsense(bench) -> None:
    window = bench.window
    ids = tuple(window.session.place("host", x=500 * index, y=0) for index in range(2))
    window.canvas.select(ids)
    field = window.panels.inspector.findChild(object, "field.memory")
    assert field.text() == "64\u00a0GiB"
    field.setText("4g")
    field.editingFinished.emit()
    assert [window.session.document.values(id)["memory"] for id in ids] == [4 * 2**30] * 2
    assert window.session.history.labels[-1] == "Change Memory"
    field = window.panels.inspector.findChild(object, "field.memory")
    field.setText("4 parsec")
    field.editingFinished.emit()
    assert "4 GiB" in window.statusBar().currentMessage()
    bench.trigger("edit.undo")
    assert window.session.document.values(ids[0])["memory"] == 64 * 2**30


def test_play_pause_step_reset(bench) -> None:
    window = bench.window
    host = window.session.place("host", x=0, y=0)
    vm = window.session.place("vm", on=host, load=0.5)
    window.session.do("fail", host, at="5 s")
    bench.trigger("simulation.play")
    bench.let_pass(2.0)
    columns = window.canvas.scene.columns
    assert window.live.playing
    assert columns.lead[columns.row[vm]] == 0.5
    assert columns.state[columns.row[vm]] == State.OK
    bench.trigger("simulation.play")
    held = window.live.time
    bench.let_pass(1.0)
    assert window.live.time == held
    bench.trigger("simulation.step")
    bench.let_pass(0.1)
    bench.trigger("simulation.play")
    bench.let_pass(5.0)
    assert columns.state[columns.row[host]] == State.FAILED
    assert columns.state[columns.row[vm]] == State.OFF
    assert any(event.kind == "guest.stopped" for event in window.live.events)
    assert window.panels.events.model.rowCount() == len(window.live.events)
    bench.trigger("simulation.reset")
    bench.let_pass(0.1)
    assert not window.live.started
    assert columns.state[columns.row[host]] == State.NONE


def test_a_vm_is_migrated_by_dragging_it_while_it_runs(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    session = window.session
    a, b = session.place("host", x=0, y=100), session.place("host", x=600, y=100)
    switch = session.place("switch", x=420, y=0)
    session.connect(a, switch)
    session.connect(b, switch)
    vm = session.place("vm", on=a, memory="1 GiB")
    session.place("vm", on=b)
    canvas.fit()
    before = dump(session.document)
    bench.trigger("simulation.play")
    bench.let_pass(0.2)
    drag(bench, canvas.screen_box(vm).center().toPoint(), canvas.screen_box(b).center().toPoint())
    assert dump(session.document) == before
    bench.let_pass(5.0)
    columns = canvas.scene.columns
    assert columns.state[columns.row[vm]] == State.MOVING
    assert len(canvas.scene.moves) == 1
    canvas.grab()
    window.live.speed = 10
    bench.let_pass(3.0)
    finished = [event for event in window.live.events if event.kind == "migration.finished"]
    assert len(finished) == 1
    above = session.document.ancestor(columns.holder(vm) or "", "machine") or columns.holder(vm)
    assert above == b
    assert session.document.ancestor(vm, "machine") == a


def test_themes_and_languages_switch_while_running(bench) -> None:
    window = bench.window
    window.session.place("host", x=0, y=0)
    bench.trigger("simulation.play")
    bench.let_pass(0.5)
    colours = set()
    for _ in range(3):
        colours.add(window.canvas.grab().toImage().pixelColor(2, 2).name())
        bench.trigger("view.theme")
    assert len(colours) >= 2
    bench.trigger("view.language")
    try:
        assert window.actions_by_id["file.save"].text() != "Save"
    finally:
        bench.trigger("view.language")
    assert window.actions_by_id["file.save"].text() == "Save"


def test_wheel_zooms_at_the_cursor_and_middle_drag_pans(bench) -> None:
    canvas = bench.window.canvas
    bench.window.session.place("host", x=0, y=0)
    canvas.fit()
    point = QPointF(300, 200)
    held = canvas.camera.to_canvas(point)
    canvas.zoom(1.5, point)
    assert (canvas.camera.to_screen(held) - point).manhattanLength() < 1e-6
    x = canvas.camera.x
    drag(bench, QPoint(200, 200), QPoint(260, 200), Qt.MouseButton.MiddleButton)
    assert canvas.camera.x < x


def test_a_broken_file_is_said_and_changes_nothing(bench, tmp_path: Path) -> None:
    window = bench.window
    window.session.place("host", x=0, y=0)
    said: list[str] = []
    window.files.complain = lambda _title, words: said.append(words)
    (tmp_path / "bad.sdx").write_text('{"format": "sdx-project", "version": 99}')
    assert not window.files.open_path(tmp_path / "bad.sdx")
    assert "needs format 99" in said[0]
    assert len(window.session.document.elements) == 1


def test_samples_are_in_the_file_menu_and_saving_one_asks_where(bench, tmp_path: Path) -> None:
    window = bench.window
    menu = window.menuBar().findChild(object, "menu.samples")
    titles = [action.text() for action in menu.actions()]
    assert titles[0] == "Live migration"
    menu.actions()[0].trigger()
    assert window.session.document.find("web03")
    assert window.session.path is None
    window.files.choose_save = lambda *_args: str(tmp_path / "mine")
    bench.trigger("file.save")
    assert (tmp_path / "mine.sdx").exists()


def test_events_already_listed_follow_the_language(bench) -> None:
    window = bench.window
    host = window.session.place("host", x=0, y=0)
    window.session.do("fail", host, at="1 s")
    bench.trigger("simulation.play")
    bench.let_pass(1.5)
    rows = window.panels.events.model.rows
    assert len(rows) == len(window.live.events)
    english = rows[0][3]
    bench.trigger("view.language")
    japanese = window.panels.events.model.rows[0][3]
    bench.trigger("view.language")
    assert japanese != english
    assert window.panels.events.model.rows[0][3] == english


def test_a_reference_is_chosen_from_a_list_made_when_it_is_opened(bench) -> None:
    session, window = bench.window.session, bench.window
    array = session.place("storage_array", x=500, y=0)
    session.place("disk", on=array)
    volumes = [session.place("volume", on=array) for _ in range(3)]
    vm = session.place("vm", on=session.place("host", x=0, y=0), disk=volumes[1])
    window.canvas.select((vm,))
    combo = window.panels.inspector.findChild(QComboBox, "field.disk")
    assert (combo.count(), combo.currentText()) == (1, session.document.elements[volumes[1]].name)
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert session.document.element(vm).fields["disk"] == volumes[2]
    combo.showPopup()
    assert {combo.itemData(at) for at in range(combo.count())} == {None, *volumes}
    combo.hidePopup()
    session.rename(volumes[2], "renamed")
    assert window.panels.inspector.findChild(QComboBox, "field.disk").currentText() == "renamed"
