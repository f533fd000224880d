"""What the inspector, the canvas and the layers view show of the moment."""

import pytest
from conftest import Bench
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QLabel, QPushButton

from sdx_studio import Session, assets
from sdx_studio.ui.canvas import peeks, readouts
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.just_now import JustNow
from sdx_studio.ui.views import stack_marks
from sdx_studio.ui.views.stack import StackPage


def go(bench: Bench, sample: str, until: float) -> None:
    bench.window.take(Session.open(assets.path("samples", f"{sample}.sdx")))
    bench.window.live.run_until(until, paced=False)
    for _ in range(200):
        bench.let_pass(0.05)
        if bench.window.live.time >= until:
            break
    assert bench.window.live.time >= until
    bench.let_pass(0.5)


def now(bench: Bench, name: str) -> JustNow:
    id = bench.window.session.document.find(name)
    bench.window.desk.select((id,))
    bench.let_pass(0.5)
    found = bench.window.panels.inspector.now
    assert found is not None
    return found


def words(panel: JustNow) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.text() and not label.isHidden()]


def test_the_inspector_says_how_a_hosts_memory_is(bench: Bench) -> None:
    go(bench, "07-too-much-memory", 177)
    panel = now(bench, "host-03")
    assert panel.isVisible()
    assert {"Memory state", "low – no further guest is taken", "Swapped memory"} <= set(words(panel))
    assert [label for label in panel.findChildren(QLabel) if not label.pixmap().isNull()], "never by colour alone"
    pressed = readouts.pressure(bench.window.canvas.scene, bench.window.session.document.find("host-03"))
    assert pressed is not None
    assert (pressed.state, pressed.words[0].split(" · ")[0]) == (State.FAILED, "memory low")
    assert not now(bench, "sw-01").isVisible()
    bench.trigger("simulation.reset")
    bench.let_pass(0.5)
    assert not now(bench, "host-03").isVisible()


def test_recommendations_are_applied_by_the_button(bench: Bench) -> None:
    s = Session()
    switch = s.place("switch", x=300, y=0)
    hosts = [s.place("host", name=f"h{n}", cores=8, memory="32 GiB", x=400 * n, y=100) for n in range(2)]
    for host in hosts:
        s.connect(host, switch)
    for n in range(3):
        s.place("vm", on=hosts[0], name=f"v{n}", memory="1 GiB", load=0.9, dirty_rate=0)
    s.place("cluster", members=hosts, balancing="manual", every="10 s", threshold=5, x=0, y=-80)
    bench.window.take(s)
    bench.window.live.run_until(12.0, paced=False)
    bench.let_pass(2)
    panel = now(bench, "cluster-01")
    assert "v0: h0 → h1" in panel.advice.text()
    button = panel.findChild(QPushButton, "inspector.apply")
    assert button.isVisible()
    button.click()
    bench.let_pass(0.5)
    assert "balancing.move" in [event.kind for event in bench.window.live.events]
    assert not button.isVisible()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_answers_about_files_and_patches_are_drawn(bench: Bench, look: str) -> None:
    bench.window.desk.prefer("look", look)
    go(bench, "22-hypervisor-or-containers", 10)
    scene = bench.window.canvas.scene
    before = bench.window.canvas.grab().toImage()
    assert [one.read for _id, one in peeks.shown(scene)] == [False, True]
    scene.doings.peeks.clear()
    bench.window.canvas.redraw()
    assert bench.window.canvas.grab().toImage() != before
    go(bench, "22-hypervisor-or-containers", 90)
    assert list(bench.window.canvas.scene.doings.patching)
    assert not peeks.shown(bench.window.canvas.scene), "an answer stays for half a minute"


def test_the_layers_view_ticks_patched_kernels(bench: Bench) -> None:
    go(bench, "22-hypervisor-or-containers", 199)
    bench.window.desk.show_view("layers")
    find = bench.window.session.document.find
    bench.window.desk.select((find("hypervisor"), find("containers")))
    bench.let_pass(0.5)
    page = bench.window.board.page
    assert stack_marks.newest(bench.window).startswith("hypervisor does not see the files of vm-1: ")
    assert isinstance(page, StackPage)
    stacks = [block for block, _facts in page.surface._stacks]
    assert [stack_marks.patches(page.surface.readings, one) for one in stacks] == [
        [("Patched kernels", "6 of 7")], [("Patched kernels", "1 of 1")],
    ]  # fmt: skip
    assert page.hint.text() == stack_marks.newest(bench.window)


@given(x=st.floats(-500, 500), y=st.floats(-500, 500))
def test_a_line_begins_at_the_edge_of_a_card(x: float, y: float) -> None:
    box = QRectF(-50, -20, 100, 40)
    at = peeks.edge(box, QPointF(x, y))
    assert abs(at.x()) <= 50 + 1e-6
    assert abs(at.y()) <= 20 + 1e-6
    if abs(x) > 50 or abs(y) > 20:
        assert abs(at.x()) == pytest.approx(50) or abs(at.y()) == pytest.approx(20)
