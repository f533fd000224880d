"""Tools: answers of every candidate, cables that follow, panning, the laser, and Esc without a trace."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from tests_ui_bench import drag

from sdx_studio.exchange.native import dump
from sdx_studio.session import cabling
from sdx_studio.ui import theme
from sdx_studio.ui.canvas import verdicts
from sdx_studio.ui.canvas.tools.connect import Pull
from sdx_studio.ui.canvas.tools.drag import Drag
from sdx_studio.ui.canvas.tools.laser import LASTS
from sdx_studio.ui.canvas.tools.place import Incoming, PlaceTool
from sdx_studio.ui.canvas.tools.targets import Targets

NONE, LEFT, MIDDLE = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


def scenery(bench) -> dict[str, str]:
    """Two hosts with a VM, a thin client, a switch between them, all in view at zoom 0.8."""
    session, canvas = bench.window.session, bench.window.canvas
    made = {"host": session.place("host", x=0, y=0), "full": session.place("host", x=560, y=0, memory="4 GiB")}
    made["vm"] = session.place("vm", on=made["host"], memory="8 GiB")
    made["client"] = session.place("thin_client", x=0, y=360)
    made["switch"] = session.place("switch", x=320, y=360)
    made["link"] = session.connect(made["host"], made["switch"])
    cabling.lead(session, made["link"], [(440.0, 240.0)])
    canvas.camera.x, canvas.camera.y, canvas.camera.zoom = -40.0, -40.0, 0.8
    canvas.redraw()
    canvas.setFocus()
    return made


def middle(bench, id: str) -> QPoint:
    return bench.window.canvas.screen_box(id).center().toPoint()


def seen(monkeypatch) -> list[tuple[int, int]]:
    """How many candidates said yes and no at each painting."""
    counts: list[tuple[int, int]] = []
    paint = verdicts.paint

    def counting(painter, rects, allowed, look) -> None:
        counts.append((int(allowed.sum()), int((~allowed).sum())))
        paint(painter, rects, allowed, look)

    monkeypatch.setattr(verdicts, "paint", counting)
    return counts


def begin(bench, start: QPoint, end: QPoint, button=LEFT) -> None:
    """Press and move, without letting go."""
    canvas = bench.window.canvas
    QTest.mousePress(canvas, button, NONE, start)
    for step in range(1, 6):
        QTest.mouseMove(canvas, start + (end - start) * step / 5)


def test_every_candidate_answers_while_a_guest_is_dragged(bench, monkeypatch) -> None:
    made = scenery(bench)
    canvas, counts = bench.window.canvas, seen(monkeypatch)
    begin(bench, middle(bench, made["vm"]), QPoint(700, 400))
    canvas.grab()
    gesture = canvas.tool.gesture
    assert isinstance(gesture, Drag)
    rows = {canvas.scene.columns.ids[row] for row in gesture.targets.candidates()}
    assert rows == {made["host"], made["full"], made["client"]}
    assert counts[-1] == (1, 2)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_a_part_from_the_palette_and_a_cable_ask_everyone_too(bench, monkeypatch) -> None:
    made = scenery(bench)
    session, canvas = bench.window.session, bench.window.canvas
    vlan = session.place("vlan", x=640, y=360)
    counts = seen(monkeypatch)
    canvas.tool.drag_enter("vm")
    canvas.tool.drag_move(QPointF(900, 500))
    canvas.grab()
    assert counts[-1] == (1, 2), "the small host has no room beside its hypervisor"
    canvas.tool.cancel()
    bench.trigger("tool.connect")
    begin(bench, middle(bench, made["switch"]), QPoint(700, 450))
    canvas.grab()
    assert counts[-1] == (3, 0), "both hosts and the client; what has no port is no candidate"
    QTest.mouseMove(canvas, middle(bench, vlan))
    assert "no port for a cable" in bench.window.statusBar().currentMessage()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_many_candidates_are_answered_over_several_frames(bench, monkeypatch) -> None:
    session, canvas = bench.window.session, bench.window.canvas
    with session.history.edit("many"):
        for index in range(200):
            session.place("host", x=420 * (index % 20), y=200 * (index // 20), memory=f"{1 + index % 7} GiB")
        vm = session.place("vm", on=session.document.children(None)[6], memory="4 GiB")
    canvas.fit()
    counts = seen(monkeypatch)
    monkeypatch.setattr("sdx_studio.ui.canvas.tools.targets.BUDGET", 0.0)
    targets = Targets(canvas, session.document.element(vm))
    assert len(targets.candidates()) == 200
    monkeypatch.setattr("sdx_studio.ui.canvas.tools.targets.BUDGET", 60.0)
    canvas.tool.gesture = incoming = Incoming(canvas, "vm")
    asked = []
    answer = incoming.targets._answer
    monkeypatch.setattr(Targets, "_answer", lambda _self, one: asked.append(one) or answer(one))
    canvas.grab()
    assert sum(counts[-1]) == 200
    canvas.grab()
    assert len(asked) == 200, "each is asked once"
    canvas.tool.cancel()


def test_a_full_rack_refuses_and_the_canvas_beside_it_does_not(bench) -> None:
    session, canvas = bench.window.session, bench.window.canvas
    rack = session.place("rack", x=0, y=0, units=2)
    session.place("host", on=rack)
    host = session.place("host", x=600, y=0)
    canvas.fit()
    before = dump(session.document)
    drag(bench, middle(bench, host), middle(bench, rack))
    assert dump(session.document) == before
    assert bench.window.statusBar().currentMessage()


def test_cables_follow_what_is_dragged(bench) -> None:
    made = scenery(bench)
    canvas = bench.window.canvas
    begin(bench, canvas.screen_box(made["host"]).topLeft().toPoint() + QPoint(60, 8), QPoint(500, 300))
    gesture = canvas.tool.gesture
    assert isinstance(gesture, Drag)
    assert canvas.scene.routes.lifted == {made["link"]}
    moved = canvas.screen_box(made["host"]).translated(gesture.offset).adjusted(-1, -1, 1, 1)
    (line,) = gesture.trailing.lines(gesture.offset)
    assert moved.contains(QPointF(*line[:2]))
    assert canvas.screen_box(made["switch"]).adjusted(-1, -1, 1, 1).contains(QPointF(*line[2:]))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.scene.routes.lifted == frozenset()


def gestures(bench, made: dict[str, str]) -> dict[str, Callable[[], object]]:
    """Every tool with a gesture under way, by name."""
    canvas = bench.window.canvas
    empty = QPoint(850, 480)

    def selected_link() -> None:
        canvas.select((made["link"],))

    def handle(sort: str) -> QPoint:
        selected_link()
        return next(one.at.toPoint() for one in canvas.tool.handles.all() if one.sort == sort)

    return {
        "drag": lambda: begin(bench, middle(bench, made["vm"]), middle(bench, made["full"])),
        "band": lambda: begin(bench, empty, QPoint(10, 10)),
        "way-point": lambda: begin(bench, handle("point"), QPoint(600, 420)),
        "new way-point": lambda: begin(bench, handle("middle"), QPoint(600, 420)),
        "end": lambda: begin(bench, handle("end"), middle(bench, made["client"])),
        "part": lambda: (canvas.tool.drag_enter("vm"), canvas.tool.drag_move(QPointF(middle(bench, made["host"])))),
        "connect": lambda: (
            bench.trigger("tool.connect"), begin(bench, middle(bench, made["switch"]), middle(bench, made["client"])),
        ),
        "hand": lambda: (bench.trigger("tool.hand"), begin(bench, empty, QPoint(400, 400))),
        "place": lambda: (canvas.use(PlaceTool(canvas, "host")), QTest.mouseMove(canvas, empty)),
        "laser": lambda: (bench.trigger("tool.laser"), begin(bench, empty, QPoint(200, 200))),
    }  # fmt: skip


@pytest.mark.parametrize(
    "which",
    ["drag", "band", "way-point", "new way-point", "end", "part", "connect", "hand", "place", "laser"],
)
def test_esc_leaves_no_trace(bench, which: str) -> None:
    made = scenery(bench)
    session, canvas = bench.window.session, bench.window.canvas
    chosen = (made["link"],) if which in ("way-point", "new way-point", "end") else (made["client"],)
    canvas.select(chosen)
    before, steps = dump(session.document), session.history.labels
    gestures(bench, made)[which]()
    canvas.grab()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(420, 420))
    canvas.grab()
    assert dump(session.document) == before
    assert session.history.labels == steps
    assert canvas.selection == chosen
    assert canvas.tool.id == "tool.select"
    assert canvas.tool.gesture is None
    assert canvas.scene.routes.lifted == frozenset()


@pytest.mark.parametrize("tool", ["tool.select", "tool.hand", "tool.connect", "tool.laser", "tool.place"])
@pytest.mark.parametrize("how", ["middle", "space"])
def test_the_picture_is_panned_with_any_tool(bench, tool: str, how: str) -> None:
    made = scenery(bench)
    session, canvas = bench.window.session, bench.window.canvas
    canvas.use(PlaceTool(canvas, "host")) if tool == "tool.place" else bench.trigger(tool)
    before, start = dump(session.document), (canvas.camera.x, canvas.camera.y)
    at = middle(bench, made["switch"])
    if how == "space":
        QTest.keyPress(canvas, Qt.Key.Key_Space)
    begin(bench, at, at + QPoint(80, -40), LEFT if how == "space" else MIDDLE)
    QTest.mouseRelease(canvas, LEFT if how == "space" else MIDDLE, NONE, at + QPoint(80, -40))
    if how == "space":
        QTest.keyRelease(canvas, Qt.Key.Key_Space)
    moved = (start[0] - canvas.camera.x) * 0.8, (start[1] - canvas.camera.y) * 0.8
    assert moved == pytest.approx((80, -40))
    assert dump(session.document) == before
    assert canvas.tool.id == tool
    assert not bench.window.live.started, "Space was not a tap"


def test_a_tap_on_space_still_plays(bench) -> None:
    scenery(bench)
    QTest.keyClick(bench.window.canvas, Qt.Key.Key_Space)
    assert bench.window.live.started


def test_shift_keeps_a_part_armed(bench) -> None:
    session, canvas = bench.window.session, bench.window.canvas
    canvas.use(PlaceTool(canvas, "switch"))
    for index in range(3):
        QTest.mouseMove(canvas, QPoint(120 + 200 * index, 200))
        QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ShiftModifier, QPoint(120 + 200 * index, 200))
        assert isinstance(canvas.tool, PlaceTool)
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(120, 420))
    assert canvas.tool.id == "tool.select"
    assert len(session.document.elements) == 4
    assert len(session.history.labels) == 4


def test_the_laser_leaves_a_trail_that_fades(bench, monkeypatch) -> None:
    canvas = bench.window.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_L)
    laser = canvas.tool
    assert laser.id == "tool.laser"
    now = [10.0]
    laser.clock = lambda: now[0]
    bare = canvas.grab().toImage()
    for index in range(5):
        QTest.mouseMove(canvas, QPoint(200 + 40 * index, 200))
    assert len(laser.trail) == 5
    assert canvas.grab().toImage() != bare
    now[0] += LASTS + 0.01
    laser._fade()
    assert not laser.trail
    assert not laser._timer.isActive()
    monkeypatch.setattr(theme.Manner, "still", True)
    QTest.mouseMove(canvas, QPoint(420, 260))
    assert not laser.trail, "reduced motion: only the dot"
    assert laser.point is not None


def test_the_picture_shows_answers_with_a_shape_beside_the_colour() -> None:
    look = theme.theme("light")
    for size in (9, 18):
        yes, no = (verdicts.badge(one, size, look.name, 1.0).toImage() for one in (True, False))
        grey = [np.array([[image.pixelColor(x, y).lightness() for x in range(size)] for y in range(size)])
                for image in (yes, no)]  # fmt: skip
        assert (np.abs(grey[0] - grey[1]) > 40).sum() > size / 2


@pytest.mark.parametrize("which", ["drag", "way-point", "new way-point", "end", "connect"])
def test_an_undo_in_the_middle_of_a_gesture_ends_it(bench, which: str) -> None:
    made = scenery(bench)
    session, canvas = bench.window.session, bench.window.canvas
    gestures(bench, made)[which]()
    while session.undo():
        pass
    empty = dump(session.document)
    QTest.mouseMove(canvas, QPoint(500, 300))
    canvas.grab()
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(500, 300))
    canvas.grab()
    assert dump(session.document) == empty
    assert canvas.scene.routes.lifted == frozenset()


def test_a_cable_dropped_on_its_own_card_does_nothing(bench) -> None:
    made = scenery(bench)
    canvas, session = bench.window.canvas, bench.window.session
    before = dump(session.document)
    bench.trigger("tool.connect")
    at = middle(bench, made["switch"])
    begin(bench, at, at + QPoint(10, 5))
    assert isinstance(canvas.tool.pull, Pull)
    QTest.mouseRelease(canvas, LEFT, NONE, at + QPoint(10, 5))
    assert dump(session.document) == before
    assert not bench.window.ways.adder.isVisible()
