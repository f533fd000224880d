"""What a screen reader finds on the canvas."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible


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
    assert web.text(QAccessible.Text.Description) == "VM in hypervisor-01"
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
