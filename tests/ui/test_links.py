"""Cables under the pointer: way-points, other ends, styles, names of ports, quick add at a loose end."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests_ui_bench import drag

from sdx_studio.document import EditError
from sdx_studio.exchange.native import dump
from sdx_studio.session import Session, cabling

NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def pair(session: Session) -> tuple[str, str, str]:
    a, b = session.place("switch", x=0, y=0), session.place("switch", x=480, y=240)
    return a, b, session.connect(a, b)


def shown(bench, *, select: bool = True) -> tuple[str, str, str]:
    """Two switches with a cable, selected, at zoom 1."""
    ends = pair(bench.window.session)
    canvas = bench.window.canvas
    canvas.camera.x, canvas.camera.y, canvas.camera.zoom = -100.0, -80.0, 1.0
    canvas.setFocus()
    if select:
        canvas.select((ends[2],))
    return ends


def handles(bench, sort: str) -> list[QPoint]:
    return [one.at.toPoint() for one in bench.window.canvas.tool.handles.all() if one.sort == sort]


def square(path) -> bool:
    return bool((np.abs(np.diff(path, axis=0)).min(axis=1) < 0.01).all())


def points(bench, link: str) -> tuple[tuple[float, float], ...]:
    return bench.window.session.document.links[link].points


def pull(bench, start: QPoint, end: QPoint, keys=NONE) -> None:
    """Press, move and release with keys held."""
    canvas = bench.window.canvas
    QTest.mousePress(canvas, LEFT, keys, start)
    for step in range(1, 5):
        move(canvas, start + (end - start) * step / 4, keys)
    QTest.mouseRelease(canvas, LEFT, keys, end)


def move(canvas, at: QPoint, keys) -> None:
    """QTest moves the pointer without keys; this one holds them."""
    spot = QPointF(at)
    QApplication.sendEvent(canvas, QMouseEvent(QEvent.Type.MouseMove, spot, canvas.mapToGlobal(spot), LEFT, LEFT, keys))


def test_a_pale_handle_becomes_a_way_point_on_the_grid(bench) -> None:
    _a, _b, link = shown(bench)
    before = dump(bench.window.session.document)
    start = handles(bench, "middle")[1]
    pull(bench, start, start + QPoint(53, 37))
    (made,) = points(bench, link)
    spot = bench.window.canvas.camera.to_canvas(QPointF(start + QPoint(53, 37)))
    assert made == (round(spot.x() / 8) * 8, round(spot.y() / 8) * 8)
    assert square(bench.window.canvas.scene.routes.paths[0])
    assert bench.window.session.history.labels[-1] == "Add a way-point"
    bench.trigger("edit.undo")
    assert dump(bench.window.session.document) == before


def test_way_points_move_level_with_neighbours_and_freely_with_alt(bench) -> None:
    _a, _b, link = shown(bench)
    cabling.lead(bench.window.session, link, [(200.0, 80.0), (320.0, 160.0)])
    first = handles(bench, "point")[0]
    pull(bench, first, first + QPoint(3, 77))
    assert points(bench, link)[0] == (200.0, 160.0), "level with the second way-point, on the grid across"
    first = handles(bench, "point")[0]
    pull(bench, first, first + QPoint(3, 5), ALT)
    assert points(bench, link)[0] == (203.0, 165.0)
    assert len(bench.window.session.history.labels) == 6


@pytest.mark.parametrize("how", ["alt", "double", "delete"])
def test_a_way_point_is_removed(bench, how: str) -> None:
    _a, _b, link = shown(bench)
    cabling.lead(bench.window.session, link, [(200.0, 80.0), (320.0, 160.0)])
    canvas, at = bench.window.canvas, handles(bench, "point")[0]
    if how == "alt":
        QTest.mouseClick(canvas, LEFT, ALT, at)
    elif how == "double":
        QTest.mouseDClick(canvas, LEFT, NONE, at)
        QTest.mouseRelease(canvas, LEFT, NONE, at)
    else:
        QTest.mouseClick(canvas, LEFT, NONE, at)
        QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert points(bench, link) == ((320.0, 160.0),)
    assert link in bench.window.session.document.links
    bench.trigger("edit.undo")
    assert len(points(bench, link)) == 2


def test_delete_removes_the_cable_when_no_way_point_is_chosen(bench) -> None:
    _a, _b, link = shown(bench)
    QTest.keyClick(bench.window.canvas, Qt.Key.Key_Delete)
    assert link not in bench.window.session.document.links


def test_way_points_inside_what_is_moved_come_along(bench) -> None:
    a, b, link = shown(bench)
    session, canvas = bench.window.session, bench.window.canvas
    cabling.lead(session, link, [(200.0, 80.0)])
    canvas.select((a, b))
    before = dump(session.document)
    box = canvas.screen_box(a).toRect()
    pull(bench, box.center(), box.center() + QPoint(64, 32), ALT)
    assert points(bench, link) == ((264.0, 112.0),)
    assert (session.document.element(a).x, session.document.element(b).y) == (64.0, 272.0)
    bench.trigger("edit.undo")
    assert dump(session.document) == before
    session.move(a, x=8.0, y=8.0)
    assert points(bench, link) == ((200.0, 80.0),), "one end alone leaves them"


def test_way_points_follow_a_site_and_the_arrows(bench) -> None:
    session, canvas = bench.window.session, bench.window.canvas
    site = session.place("site", x=0, y=0)
    a, b = session.place("switch", on=site, x=20, y=60), session.place("switch", on=site, x=400, y=60)
    link = session.connect(a, b)
    cabling.lead(session, link, [(250.0, 200.0)])
    session.move(site, x=100.0, y=50.0)
    assert points(bench, link) == ((350.0, 250.0),)
    canvas.select((site,))
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert points(bench, link) == ((352.0, 250.0),)
    bench.trigger("edit.undo")
    assert points(bench, link) == ((350.0, 250.0),)


def test_an_end_is_plugged_into_something_else(bench) -> None:
    a, _b, link = shown(bench)
    session, canvas = bench.window.session, bench.window.canvas
    host = session.place("host", x=0, y=240)
    vlan = session.place("vlan", x=240, y=360)
    steps, before = len(session.history.labels), dump(session.document)
    end = handles(bench, "end")[1]
    drag(bench, end, canvas.screen_box(vlan).center().toPoint())
    assert dump(session.document) == before
    assert "no port for a cable" in bench.window.statusBar().currentMessage()
    drag(bench, handles(bench, "end")[1], canvas.screen_box(a).center().toPoint())
    assert dump(session.document) == before
    assert bench.window.statusBar().currentMessage() == "a cable needs two different ends"
    drag(bench, handles(bench, "end")[1], QPoint(600, 40))
    assert dump(session.document) == before
    drag(bench, handles(bench, "end")[1], canvas.screen_box(host).center().toPoint())
    assert (session.document.links[link].a, session.document.links[link].b) == (a, host)
    assert len(session.history.labels) == steps + 1
    assert canvas.scene.routes.lifted == frozenset()
    bench.trigger("edit.undo")
    assert dump(session.document) == before


def test_plugging_keeps_the_medium_where_it_fits() -> None:
    session = Session()
    host, array, switch = (session.place(key) for key in ("host", "storage_array", "switch"))
    router = session.place("router")
    link = session.connect(host, array)
    assert session.document.links[link].fields["medium"] == "storage"
    cabling.plug(session, link, 1, switch)
    assert session.document.links[link].fields["medium"] == "storage"
    cabling.plug(session, link, 1, router)
    assert "medium" not in session.document.links[link].fields
    with pytest.raises(EditError):
        cabling.plug(session, link, 0, router)


def test_styles_are_commands_for_all_selected_cables(bench) -> None:
    _a, _b, link = shown(bench)
    session, canvas = bench.window.session, bench.window.canvas
    other = session.connect(_a, _b)
    assert not bench.window.actions_by_id["link.reset_way"].isEnabled()
    canvas.select((link, other))
    steps = len(session.history.labels)
    for style in ("straight", "curved", "orthogonal", "curved"):
        bench.trigger(f"link.{style}")
        assert {one.route for one in session.document.links.values()} == {style}
        assert bench.window.actions_by_id[f"link.{style}"].isChecked()
    assert len(session.history.labels) == steps + 4
    canvas.select((link,))
    bench.trigger("link.straight")
    canvas.select((link, other))
    assert not any(bench.window.actions_by_id[f"link.{style}"].isChecked() for style in ("straight", "curved"))
    cabling.lead(session, link, [(100.0, 200.0)])
    bench.trigger("link.reset_way")
    assert points(bench, link) == ()
    bench.window.desk.menu_for((link,), QPointF(10, 10))
    assert bench.window.actions_by_id["link.curved"] in bench.window.open_menu.actions()
    bench.window.open_menu.close()


def test_a_cable_on_an_empty_spot_offers_what_it_could_go_to(bench) -> None:
    a, _b, _link = shown(bench, select=False)
    window, canvas = bench.window, bench.window.canvas
    session = window.session
    controller = session.place("sdn_controller", x=0, y=300)
    before, steps = dump(session.document), len(session.history.labels)
    bench.trigger("tool.connect")
    adder = window.ways.adder
    start = canvas.screen_box(controller).center().toPoint()
    drag(bench, start, QPoint(520, 480))
    assert adder.isVisible()
    assert {row.key for row in adder.model.rows} == {"openflow_switch", "sdn_controller"}
    QTest.keyClick(adder.field, Qt.Key.Key_Escape)
    assert not adder.isVisible()
    assert dump(session.document) == before
    window.ways.quick_add()
    assert len(adder.model.rows) > 5, "nothing is left of the cable"
    adder.close_up()
    canvas.setFocus()
    drag(bench, canvas.screen_box(a).center().toPoint(), QPoint(520, 480))
    QTest.keyClicks(adder.field, "host web")
    QTest.keyClick(adder.field, Qt.Key.Key_Return)
    assert len(session.history.labels) == steps + 1
    made = session.document.find("web")
    assert {session.document.links_of(made)[0].a, session.document.links_of(made)[0].b} == {a, made}
    spot = canvas.camera.to_canvas(QPointF(520, 480))
    assert canvas.scene.columns.box(canvas.scene.columns.row[made]).contains(spot)
    bench.trigger("edit.undo")
    assert dump(session.document) == before


def test_a_cable_is_hit_with_a_forgiving_reach(bench) -> None:
    _a, _b, link = shown(bench, select=False)
    canvas = bench.window.canvas
    path = canvas.scene.routes.paths[0]
    spot = canvas.camera.to_screen(QPointF(*((path[1] + path[2]) / 2))).toPoint()
    QTest.mouseClick(canvas, LEFT, NONE, spot + QPoint(7, 0))
    assert canvas.selection == (link,)
    QTest.mouseClick(canvas, LEFT, NONE, spot + QPoint(60, 0))
    assert canvas.selection == ()
