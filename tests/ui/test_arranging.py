"""Arranging in a window: menu and keys, guides while dragging, Alt, locks, and the way from old places to new ones."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from tests_ui_bench import drag

from sdx_studio.exchange.native import dump
from sdx_studio.session.actions import commands
from sdx_studio.ui import theme
from sdx_studio.ui.canvas.tools.drag import Drag

LEFT, NONE, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def switches(bench) -> tuple[str, ...]:
    """Three switches on the bare canvas at zoom 1, none on the grid, and a fourth one far below."""
    canvas, session = bench.window.canvas, bench.window.session
    made = tuple(session.place("switch", x=x, y=y) for x, y in ((3, 5), (217, 85), (501, 141), (31, 333)))
    canvas.camera.x, canvas.camera.y, canvas.camera.zoom = -60.0, -60.0, 1.0
    canvas.redraw()
    canvas.setFocus()
    return made


def spot(bench, id: str) -> tuple[float, float]:
    one = bench.window.session.document.element(id)
    return one.x, one.y


def pull(bench, id: str, by: QPoint, held: Qt.KeyboardModifier = NONE, *, drop: bool = True) -> None:
    """Press on an element, move in steps, let go; `held` is held down all the while."""
    canvas = bench.window.canvas
    start = canvas.screen_box(id).center().toPoint()
    events = [(QEvent.Type.MouseButtonPress, start)]
    events += [(QEvent.Type.MouseMove, start + by * step / 4) for step in range(1, 5)]
    events += [(QEvent.Type.MouseButtonRelease, start + by)] if drop else []
    for sort, at in events:
        event = QMouseEvent(sort, QPointF(at), QPointF(canvas.mapToGlobal(at)), LEFT, LEFT, held)
        handler = {QEvent.Type.MouseButtonPress: canvas.mousePressEvent, QEvent.Type.MouseMove: canvas.mouseMoveEvent,
                   QEvent.Type.MouseButtonRelease: canvas.mouseReleaseEvent}[sort]  # fmt: skip
        handler(event)


def test_align_and_distribute_by_their_commands(bench, switches) -> None:
    session, canvas = bench.window.session, bench.window.canvas
    before, steps = dump(session.document), len(session.history.labels)
    canvas.select(switches[:3])
    bench.trigger("arrange.align_top")
    assert [spot(bench, id) for id in switches[:3]] == [(3, 5), (217, 5), (501, 5)]
    bench.trigger("arrange.distribute_gaps_h")
    assert [spot(bench, id)[0] for id in switches[:3]] == [3, 252, 501]
    assert session.history.labels[steps:] == ("Align top", "Distribute gaps across")
    QTest.keyClick(canvas, Qt.Key.Key_A, ALT)
    assert [spot(bench, id)[0] for id in switches[:3]] == [3, 3, 3]
    for _step in range(3):
        bench.trigger("edit.undo")
    assert dump(session.document) == before


def test_what_cannot_be_arranged_says_why(bench, switches) -> None:
    session, canvas = bench.window.session, bench.window.canvas
    machine = session.place("host", x=0, y=600)
    guests = tuple(session.place("vm", on=machine) for _guest in range(2))
    for chosen in ((), switches[:1], guests):
        canvas.select(chosen)
        action = bench.window.actions_by_id["arrange.align_left"]
        assert not action.isEnabled()
        assert "stand free" in action.statusTip()
    canvas.select(switches[:2])
    assert bench.window.actions_by_id["arrange.align_left"].isEnabled()
    assert not bench.window.actions_by_id["arrange.distribute_gaps_h"].isEnabled()


def test_layout_is_one_step_and_glides_there(bench, switches) -> None:
    window, canvas, session = bench.window, bench.window.canvas, bench.window.session
    for id in switches[1:]:
        session.connect(switches[0], id)
    canvas.glider.clock = bench.clock
    before, steps = dump(session.document), len(session.history.labels)
    pictures = [canvas.grab().toImage()]
    bench.trigger("arrange.layout")
    assert len(session.history.labels) == steps + 1
    there = {id: canvas.screen_box(id) for id in switches}
    assert canvas.glider.gliding
    pictures.append(canvas.grab().toImage())
    assert pictures[1] == pictures[0], "at first everything is where it was"
    for share in (0.4, 0.4):
        bench.clock.now += theme.motion("layout") * share
        pictures.append(canvas.grab().toImage())
        assert {id: canvas.screen_box(id) for id in switches} == there, "only the picture is on its way"
    bench.clock.now += theme.motion("layout")
    pictures.append(canvas.grab().toImage())
    assert not canvas.glider.gliding
    assert len({bytes(picture.constBits()) for picture in pictures[1:]}) == 4
    canvas.redraw()
    assert canvas.grab().toImage() == pictures[-1]
    assert len(session.history.labels) == steps + 1
    window.session.undo()
    assert dump(session.document) == before


def test_without_motion_everything_is_there_at_once(bench, switches, monkeypatch) -> None:
    monkeypatch.setitem(theme.MOTION, "layout", 0.0)
    bench.window.canvas.select(switches[:3])
    bench.trigger("arrange.align_left")
    assert not bench.window.canvas.glider.gliding


def test_layout_of_a_selection_leaves_the_rest(bench, switches) -> None:
    canvas = bench.window.canvas
    canvas.select(switches[:2])
    rest = [spot(bench, id) for id in switches[2:]]
    bench.trigger("arrange.layout")
    assert [spot(bench, id) for id in switches[2:]] == rest


def test_a_drag_snaps_to_edges_with_a_line(bench, switches) -> None:
    canvas = bench.window.canvas
    pull(bench, switches[1], QPoint(3, -76), drop=False)
    gesture = canvas.tool.gesture
    assert isinstance(gesture, Drag)
    assert [guide.line[1] for guide in gesture.snapping.guides if guide.gap is None] == [5, 65]
    plain = canvas.grab().toImage()
    gesture.snapping.guides = ()
    assert canvas.grab().toImage() != plain, "the lines are drawn"
    canvas.tool.cancel()
    pull(bench, switches[1], QPoint(3, -76))
    assert spot(bench, switches[1])[1] == 5


def test_a_drag_snaps_to_equal_gaps_and_says_how_wide(bench, switches) -> None:
    canvas = bench.window.canvas
    canvas.select(switches[:3])
    bench.trigger("arrange.align_top")
    canvas.select(())
    pull(bench, switches[1], QPoint(38, 0), drop=False)
    gaps = [guide.gap for guide in canvas.tool.gesture.snapping.guides if guide.gap is not None]
    assert gaps == [101, 101]
    canvas.tool.cancel()
    pull(bench, switches[1], QPoint(38, 0))
    assert spot(bench, switches[1]) == (252, 5)


def test_without_a_guide_it_is_the_grid_and_alt_is_free(bench, switches) -> None:
    canvas, last = bench.window.canvas, switches[3]
    pull(bench, last, QPoint(90, 101))
    assert spot(bench, last) == (120, 432)
    pull(bench, last, QPoint(11, 13), ALT)
    assert spot(bench, last) == (131, 445)
    bench.trigger("view.grid")
    assert not bench.window.actions_by_id["view.grid"].isChecked()
    assert not canvas.scene.grid
    pull(bench, last, QPoint(11, 13))
    assert spot(bench, last) == (142, 458)
    pull(bench, switches[1], QPoint(0, -76))
    assert spot(bench, switches[1])[1] == 5, "guides are there without the grid"
    pull(bench, switches[1], QPoint(0, 5), ALT)
    assert spot(bench, switches[1])[1] == 10
    bench.trigger("view.grid")
    assert bench.window.actions_by_id["view.grid"].isChecked()


def test_the_grid_begins_at_the_corner_of_a_site(bench) -> None:
    canvas, session = bench.window.canvas, bench.window.session
    site = session.place("site", x=13, y=17)
    switch = session.place("switch", on=site, x=40, y=48)
    canvas.camera.x, canvas.camera.y, canvas.camera.zoom = -60.0, -60.0, 1.0
    pull(bench, switch, QPoint(21, 19))
    assert spot(bench, switch) == (64, 64)


def test_a_locked_element_stays_and_says_so(bench, switches) -> None:
    window, canvas, session = bench.window, bench.window.canvas, bench.window.session
    session.rename(switches[0], "web-01")
    canvas.select((switches[0],))
    bench.trigger("edit.lock")
    assert window.actions_by_id["edit.lock"].isChecked()
    before, steps = dump(session.document), session.history.labels
    for attempt in (
        lambda: drag(bench, canvas.screen_box(switches[0]).center().toPoint(), QPoint(600, 400)),
        lambda: QTest.keyClick(canvas, Qt.Key.Key_Right),
        lambda: bench.trigger("edit.delete"),
        lambda: bench.trigger("arrange.grid"),
    ):
        canvas.select((switches[0],))
        window.statusBar().clearMessage()
        attempt()
        told = (window.statusBar().currentMessage(), window.actions_by_id["arrange.grid"].statusTip())
        assert "web-01 is locked" in told
        assert dump(session.document) == before
        assert session.history.labels == steps
    bench.trigger("arrange.layout")
    assert spot(bench, switches[0]) == (3, 5)
    canvas.select((switches[0],))
    bench.trigger("edit.lock")
    assert not window.actions_by_id["edit.lock"].isChecked()
    drag(bench, canvas.screen_box(switches[0]).center().toPoint(), QPoint(400, 300))
    assert spot(bench, switches[0]) != (3, 5)


def test_a_lock_is_seen_when_selected(bench, switches) -> None:
    canvas = bench.window.canvas
    canvas.select((switches[0],))
    free = canvas.grab().toImage()
    bench.trigger("edit.lock")
    assert canvas.grab().toImage() != free
    bench.trigger("edit.lock")
    assert canvas.grab().toImage() == free


def test_the_tool_bar_has_room_at_1366(bench) -> None:
    window = bench.window
    menus = {action.menu().objectName() for action in window.menuBar().actions() if action.menu()}
    assert "menu.Arrange" in menus
    button = window.findChild(object, "align_button")
    assert button.isVisible()
    assert len(button.menu().actions()) == sum(one.under == "Align" for one in commands().values()) == 6
    assert button.geometry().right() < window.panels.transport.geometry().left()
    assert window.bar.widgetForAction(window.actions_by_id["view.theme"]).isVisible()
