"""Finding one's way in the window: find, command palette, quick add, shortcuts."""

import pytest
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from test_walk import small_lab

from sdx_studio.exchange.native import dump
from sdx_studio.session.actions import commands
from sdx_studio.ui.canvas.walker import KEYS
from sdx_studio.ui.panels.quick_add import free_spot

DOWN, UP, ENTER, ESC = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape


def keys(picker, *pressed: Qt.Key) -> None:
    for one in pressed:
        QTest.keyClick(picker.field, one)


def titles(picker) -> list[str]:
    return [row.title for row in picker.model.rows]


def close_group(session, id: str) -> None:
    with session.history.edit("Close") as edit:
        edit.update(session.document.element(id).but(closed=True))


def middle(canvas) -> QPointF:
    return canvas.camera.visible(QSizeF(canvas.size())).center()


# find --------------------------------------------------------------------------------------------------------------


def test_find_selects_and_centres_and_walks(bench) -> None:
    window = bench.window
    ids = [window.session.place("switch", x=4000 * number, y=0) for number in range(3)]
    bench.trigger("edit.find")
    find = window.ways.find_panel
    assert find.isVisible()
    QTest.keyClicks(find.field, "sw-")
    assert titles(find) == ["sw-01", "sw-02", "sw-03"]
    assert window.canvas.selection == (), "typing alone selects nothing"
    keys(find, ENTER)
    for id in (ids[0], ids[1], ids[2], ids[0]):
        assert window.canvas.selection == (id,)
        box = window.canvas.scene.columns.bounds([id])
        away = (middle(window.canvas) - box.center()) * window.canvas.camera.zoom
        assert away.manhattanLength() < 4
        keys(find, DOWN)
    keys(find, UP)
    assert window.canvas.selection == (ids[0],)
    keys(find, ENTER)
    assert window.canvas.selection == (ids[1],), "Enter goes on to the next one"
    keys(find, ESC)
    assert not find.isVisible()
    assert window.canvas.hasFocus()


def test_what_a_closed_group_hides_is_found_and_its_group_shown(bench) -> None:
    window = bench.window
    host = window.session.place("host", x=5000, y=3000)
    vm = window.session.place("vm", on=host, name="deep")
    close_group(window.session, host)
    assert vm not in window.canvas.scene.columns.row
    bench.trigger("edit.find")
    find = window.ways.find_panel
    find.field.setText("deep")
    keys(find, ENTER)
    assert window.canvas.selection == (vm,)
    assert window.canvas.scene.columns.bounds([host]).contains(middle(window.canvas))


def test_find_by_value_follows_the_run(bench) -> None:
    window = bench.window
    host = window.session.place("host", x=0, y=0, cores=4)
    for name, load in (("calm", 0.1), ("busy1", 0.9)):
        window.session.place("vm", on=host, name=name, load=load)
    find = window.ways.find_panel
    bench.trigger("edit.find")
    find.field.setText("cpu > 80 %")
    assert "press play first" in find.foot.text()
    bench.trigger("simulation.play")
    bench.let_pass(1.0)
    find.refresh()
    assert titles(find) == ["busy1"]
    assert find.model.rows[0].right.startswith("90")
    assert find.foot.text() == "CPU > 80\u00a0%: 1 found"
    find.field.setText("state = critical")
    bench.let_pass(0.2)
    assert "host-01" not in titles(find)
    find.field.setText("vcpus = 400 parsec")
    assert titles(find) == []
    assert find.foot.text()


def test_links_are_found(bench) -> None:
    window = bench.window
    small_lab(window.session)
    link = min(window.session.document.links)
    bench.trigger("edit.find")
    window.ways.find_panel.field.setText(window.session.document.address(link))
    keys(window.ways.find_panel, ENTER)
    assert window.canvas.selection == (link,)


# commands ----------------------------------------------------------------------------------------------------------


def test_every_command_is_in_the_palette_with_keys_and_reason(bench) -> None:
    window = bench.window
    bench.trigger("view.commands")
    rows = {row.key: row for row in window.ways.command_picker.model.rows}
    assert set(rows) == set(commands())
    for id, command in commands().items():
        reason = command.why_not(window.desk)
        assert rows[id].enabled == (reason is None) == window.actions_by_id[id].isEnabled()
        assert reason is None or rows[id].note == reason
        assert bool(rows[id].right) == bool(command.shortcut)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    ("text", "id"),
    [("next theme", "view.theme"), ("undo", "edit.undo"), ("zoom in", "view.zoom_in"), ("edit.rename", "edit.rename"),
     ("sim play", "simulation.play")],
)  # fmt: skip
def test_fuzzy_in_both_languages(bench, language: str, text: str, id: str) -> None:
    window = bench.window
    if language == "ja":
        bench.trigger("view.language")
    bench.trigger("view.commands")
    picker = window.ways.command_picker
    picker.field.setText(text)
    assert picker.model.rows[0].key == id
    if language == "ja":
        picker.field.setText("元に戻す")
        assert picker.model.rows[0].key == "edit.undo"


def test_enter_runs_and_a_disabled_one_says_why(bench) -> None:
    window = bench.window
    host = window.session.place("host", x=0, y=0)
    bench.trigger("view.commands")
    picker = window.ways.command_picker
    picker.field.setText("redo")
    keys(picker, ENTER)
    assert picker.isVisible()
    assert "nothing to redo" in picker.foot.text()
    picker.field.setText("select all")
    keys(picker, ENTER)
    assert not picker.isVisible()
    assert window.canvas.selection == (host,)
    picker.open("qqqqq")
    assert titles(picker) == []
    assert picker.foot.text() == "no command is called so"


def test_one_at_a_time(bench) -> None:
    ways = bench.window.ways
    bench.trigger("edit.find")
    bench.trigger("view.commands")
    assert [one for one in ways.pickers if one.isVisible()] == [ways.command_picker]
    bench.trigger("edit.quick_add")
    assert [one for one in ways.pickers if one.isVisible()] == [ways.adder]
    bench.window.canvas.setFocus()
    assert not ways.adder.isVisible()


def test_samples_stand_in_one_menu_only(bench) -> None:
    menus = [entry.menu() for entry in bench.window.menuBar().actions()]
    holding = [menu.objectName() for menu in menus if menu.findChild(object, "menu.samples") is not None]
    assert holding == ["menu.File"]


def test_the_box_in_the_menu_bar_opens_it(bench) -> None:
    box = bench.window.menuBar().findChild(object, "command_box")
    assert "Ctrl+K" in box.text()
    box.click()
    assert bench.window.ways.command_picker.isVisible()


# quick add ---------------------------------------------------------------------------------------------------------


def test_quick_add_places_at_the_middle_and_into_the_selection(bench) -> None:
    window, document = bench.window, bench.window.session.document
    before = dump(document)
    for text in ("ho", "vm web01", "vm", "switch core"):
        bench.trigger("edit.quick_add")
        QTest.keyClicks(window.ways.adder.field, text)
        keys(window.ways.adder, ENTER)
        assert not window.ways.adder.isVisible()
    host = document.find("host-01")
    assert document.ancestor(document.find("web01"), "machine") == host
    assert document.ancestor(document.find("vm-01"), "machine") == host
    switch = document.find("core")
    assert document.element(switch).parent is None
    assert window.canvas.selection == (switch,)
    columns = window.canvas.scene.columns
    assert not columns.bounds([switch]).intersects(columns.bounds([host])), "beside what stands there already"
    for _ in range(4):
        bench.trigger("edit.undo")
    assert dump(document) == before


def test_quick_add_refuses_with_its_reason(bench) -> None:
    window = bench.window
    client = window.session.place("thin_client", x=0, y=0)
    window.canvas.select((client,))
    before = dump(window.session.document)
    bench.trigger("edit.quick_add")
    adder = window.ways.adder
    adder.field.setText("vm")
    assert adder.model.rows[0].note == "A thin client cannot hold a VM"
    keys(adder, ENTER)
    assert adder.isVisible()
    assert adder.foot.text() == "A thin client cannot hold a VM"
    assert dump(window.session.document) == before
    adder.field.setText("qqqq")
    keys(adder, ENTER)
    assert dump(window.session.document) == before


def test_free_spot_is_free_and_near() -> None:
    from PySide6.QtCore import QRectF

    wanted = QRectF(0, 0, 100, 50)
    assert free_spot(wanted, []) == (0, 0)
    taken = [QRectF(-50, -50, 200, 200)]
    x, y = free_spot(wanted, taken)
    assert not QRectF(x, y, 100, 50).intersects(taken[0])
    assert abs(x) + abs(y) < 500
    assert free_spot(wanted, [QRectF(-1e6, -1e6, 2e6, 2e6)]) == (0, 0)


# shortcuts ---------------------------------------------------------------------------------------------------------


def test_all_shortcuts_are_listed_found_and_copied(bench) -> None:
    bench.trigger("help.shortcuts")
    shown = bench.window.ways.shortcut_window
    listed = {label: keys for rows in shown.groups().values() for label, keys in rows}
    walking = {label for label, _keys in KEYS}
    assert set(listed) == walking | {one.label for one in commands().values() if one.shortcut}
    assert listed["Search commands"] == "Ctrl+K"
    shown.field.setText("ctrl k")
    assert shown.groups() == {"View": (("Kinds of virtualization", "Ctrl+Shift+K"), ("Search commands", "Ctrl+K"))}
    shown.field.setText("rename")
    assert list(shown.groups()) == ["Edit"]
    shown.copy_button.click()
    assert QGuiApplication.clipboard().text() == "Edit\n  F2  Rename\n"
    bench.trigger("view.language")
    assert shown.copy_button.text() == bench.window.ways.shortcut_window.copy_button.text()
    shown.close()
