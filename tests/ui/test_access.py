"""What a screen reader finds on the canvas."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from sdx_studio.engine.events import Event
from sdx_studio.session import Session, many
from sdx_studio.ui.canvas import access
from sdx_studio.ui.speaking import Speaker
from sdx_studio.words import dictionary


def test_every_element_is_a_child_with_name_state_place_and_container(bench) -> None:
    window, canvas = bench.window, bench.window.canvas
    host = window.session.place("host", name="esx-01", x=0, y=0)
    vm = window.session.place("vm", on=host, name="web01", load=0.9)
    canvas.fit()
    bench.trigger("simulation.play")
    bench.let_pass(0.5)
    face = QAccessible.queryAccessibleInterface(canvas)
    assert face.role() == QAccessible.Role.List
    children = {face.child(index).text(QAccessible.Text.Name): face.child(index) for index in range(face.childCount())}
    assert set(children) == {"esx-01", "hypervisor-01", "web01"}
    web = children["web01"]
    assert web.role() == QAccessible.Role.ListItem
    assert web.text(QAccessible.Text.Value) == "busy, 90\u00a0%"
    assert web.text(QAccessible.Text.Description) == "VM in hypervisor-01, busy, 90\u00a0%"
    box = canvas.screen_box(vm).toRect()
    assert web.rect().topLeft() == canvas.mapToGlobal(box.topLeft())
    centre = canvas.mapToGlobal(QPoint(box.center()))
    assert face.childAt(centre.x(), centre.y()).text(QAccessible.Text.Name) == "web01"
    canvas.select((vm,))
    assert web.state().selected
    window.session.remove(vm)
    assert not web.isValid()
    assert face.childCount() == 2


def test_names_for_buttons_and_panels(bench) -> None:
    window = bench.window
    names = ("canvas", "palette", "inspector", "timeline", "events", "plots", "history", "outline", "measures")
    for name in names:
        assert window.findChild(object, name) is not None, name
    for id, action in window.actions_by_id.items():
        assert action.objectName() == id
        assert action.text()
    part = window.panels.palette.findChild(object, "part.host")
    assert part.accessibleName() == "Host"


def items(canvas) -> dict[str, object]:
    """Children of the canvas by name."""
    face = QAccessible.queryAccessibleInterface(canvas)
    return {face.child(index).text(QAccessible.Text.Name): face.child(index) for index in range(face.childCount())}


def test_cables_are_children_and_ends_are_told(bench) -> None:
    session, canvas = bench.window.session, bench.window.canvas
    a, b = session.place("host", name="a"), session.place("host", name="b", x=600)
    sw = session.place("switch", name="sw", x=300, y=300)
    session.connect(a, sw)
    session.connect(b, sw)
    session.place("flow", name="f", source=a, target=b, rate="250 Mbit/s")
    found = items(canvas)
    assert list(found)[-2:] == ["cable a – sw", "cable b – sw"]
    assert found["sw"].text(QAccessible.Text.Description) == "Switch, connected to a, b"
    assert found["cable a – sw"].text(QAccessible.Text.Value) == "at rest"
    bench.trigger("simulation.play")
    bench.let_pass(0.5)
    value = items(canvas)["cable a – sw"].text(QAccessible.Text.Value)
    assert value.endswith("\u00a0% full")
    assert 0 < float(value.split("\u00a0")[0]) <= 100
    cable = session.document.links_of(a)[0].id
    bench.window.live.act("cut", cable)
    bench.let_pass(0.5)
    assert items(canvas)["cable a – sw"].text(QAccessible.Text.Value) == "cut"
    canvas.select((sw,))
    bench.trigger("edit.lock")
    face = items(canvas)["sw"]
    assert "locked" in face.text(QAccessible.Text.Description)
    assert face.state().readOnly
    assert face.state().selected


def test_the_keys_are_told_and_order_is_that_of_reading(bench) -> None:
    session, canvas = bench.window.session, bench.window.canvas
    low, high = session.place("host", name="low", y=400), session.place("host", name="high", y=0)
    face = QAccessible.queryAccessibleInterface(canvas)
    assert [face.child(index).text(QAccessible.Text.Name) for index in range(2)] == ["high", "low"]
    bench.window.activateWindow()
    canvas.setFocus()
    canvas.walker.go(low)
    assert face.focusChild().text(QAccessible.Text.Name) == "low"
    assert items(canvas)["low"].state().focused
    assert not items(canvas)["high"].state().focused
    assert face.indexOfChild(face.focusChild()) == 1
    session.remove(high)
    assert face.indexOfChild(face.focusChild()) == 0


def test_a_screen_reader_may_act(bench) -> None:
    session, canvas = bench.window.session, bench.window.canvas
    host = session.place("host", name="a")
    other = session.place("host", name="b", x=600)
    session.connect(host, other)
    found = items(canvas)
    actions = found["a"].actionInterface()
    assert actions.actionNames() == ["Press", "ShowMenu", "Rename", "Properties"]
    assert "Rename" not in found["cable a – b"].actionInterface().actionNames()
    actions.doAction("Press")
    assert canvas.selection == (host,)
    found["b"].actionInterface().doAction("Rename")
    assert canvas.selection == (other,)
    assert canvas.findChild(object, "rename").text() == "b"
    found["a"].actionInterface().doAction("ShowMenu")
    assert bench.window.open_menu.isVisible()
    bench.window.open_menu.close()
    dictionary.use("ja")
    assert all(actions.localizedActionName(one) for one in actions.actionNames())
    assert found["a"].valueInterface() is None


class Heard:
    """Stands for a screen reader, on a clock of its own."""

    def __init__(self) -> None:
        self.now, self.said = 0.0, []
        self.speaker = Speaker(lambda words, urgent: self.said.append((words, urgent)), lambda: self.now, lambda: True)

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.speaker.tick()


def test_at_most_one_announcement_a_second_the_important_first() -> None:
    heard, session = Heard(), Session()
    a = session.place("host", name="a")

    def event(kind: str, words: str) -> Event:
        return Event(0, kind, a, words, {})

    heard.speaker.hear([event("host.awake", "awake")], session.document)
    assert heard.said == [("a: awake", False)]
    heard.speaker.hear([event("element.failed", "failed"), event("element.repaired", "repaired")], session.document)
    heard.speaker.hear([event("migration.round", "a round")], session.document)
    assert len(heard.said) == 1
    heard.wait(0.9)
    assert len(heard.said) == 1
    heard.wait(0.2)
    assert heard.said[1:] == [("a: failed (and 1 more)", True)]
    heard.wait(5.0)
    assert len(heard.said) == 2


def test_refusals_are_said_once() -> None:
    heard = Heard()
    for words in ("no room", "no room", "", "no room"):
        heard.speaker.say(words)
        heard.wait(2.0)
    assert heard.said == [("no room", False), ("no room", False)]


def test_the_window_tells_faults_of_its_model(bench) -> None:
    heard, window = Heard(), bench.window
    window.desk.speaker = heard.speaker
    host = window.session.place("host", name="esx-01")
    window.session.place("vm", on=host, name="web01")
    bench.trigger("simulation.play")
    bench.let_pass(0.5)
    window.live.act("fail", host)
    for _ in range(30):
        heard.now += 0.1
        bench.let_pass(0.05)
    assert any(urgent and "esx-01" in words for words, urgent in heard.said), heard.said


@pytest.mark.parametrize("language", ["en", "ja"])
def test_whatever_takes_the_keys_has_a_name(bench, language: str) -> None:
    window = bench.window
    host = window.session.place("host", name="a")
    vm = window.session.place("vm", on=host)
    other = window.session.place("storage_array", x=700)
    link = window.session.connect(host, other)
    window.resize(1700, 1100)
    window.panels.show_details(True)
    if dictionary.language != language:
        window.appearance.choose("language", language)
    for chosen in ((), (host,), (vm,), (host, vm), (link,), (other,)):
        window.canvas.select(chosen)
        for id in ("edit.find", "view.commands", "edit.quick_add", "help.shortcuts"):
            bench.trigger(id)
        nameless = [
            (type(one).__name__, one.objectName(), type(one.parentWidget()).__name__)
            for top in QApplication.topLevelWidgets()
            for one in (top, *top.findChildren(QWidget))
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled() and not spoken(one)
        ]
        assert nameless == []
    window.ways.shortcut_window.close()


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget; a line inside a spin box or a chooser is called like that."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_what_comes_and_goes_is_told(bench, monkeypatch) -> None:
    """One event for each new element and cable with its place; one for the whole list after a large edit."""
    told = []
    monkeypatch.setattr(access, "_tell", lambda _canvas, what, item: told.append((what.name, item)))
    monkeypatch.setattr(access.QAccessible, "isActive", staticmethod(lambda: True))
    session = bench.window.session
    host = session.place("host")
    switch = session.place("switch", x=600)
    link = session.connect(host, switch)
    assert [one for one in told if one[0] == "ObjectCreated"] == [
        ("ObjectCreated", host), ("ObjectCreated", switch), ("ObjectCreated", link),
    ]  # fmt: skip
    told.clear()
    many.place_many(session, "switch", access.MOST_TOLD + 1, x=900)
    assert [one for one in told if one[0] == "ObjectCreated"] == []
    session.remove(host)


def test_f6_goes_to_the_first_tile_of_the_welcome_page(bench) -> None:
    window = bench.window
    window.reception.welcome()
    window.setFocus()
    bench.trigger("view.next_area")
    assert window.focusWidget() is window.reception.page.tiles[0]
