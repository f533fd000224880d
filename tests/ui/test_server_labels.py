"""Labels of migrations, answers and patches: read from afar, seen whole, one beside the other."""

import pytest
from conftest import Bench
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from sdx_studio import Session, assets
from sdx_studio.session.stacking import Block
from sdx_studio.ui.canvas import extras, move_labels, moves, peeks, typed
from sdx_studio.ui.views import stack_surface


def go(bench: Bench, sample: str, time: float) -> None:
    """A sample at a moment."""
    bench.window.take(Session.open(assets.path("samples", f"{sample}.sdx")))
    bench.window.canvas.fit()
    bench.window.live.run_until(time, paced=False)
    bench.let_pass(1)


@pytest.fixture
def painter() -> object:
    """Something to paint on."""
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    made = QPainter(image)
    yield made
    made.end()


@pytest.mark.parametrize("pixel", [1.0, 1.3, 2.0])
def test_labels_of_migrations_grow_from_afar_and_do_not_hide_each_other(
    bench: Bench, painter: QPainter, pixel: float
) -> None:
    go(bench, "13-maintenance", 12)
    found = moves._under_way(painter, bench.window.canvas.scene, 1.0)
    leaders = [one for one in found if one.leads]
    assert len(leaders) == 2
    labels: list[QRectF] = []
    for one in leaders:
        one.label, one.labels = min(pixel, moves.LARGEST), labels
        one.paint(0.0)
    assert [round(box.width()) for box in labels] == [round(move_labels.WIDE * min(pixel, moves.LARGEST))] * 2
    assert not labels[0].intersects(labels[1])


def test_kernels_that_are_patched_together_have_one_label(bench: Bench) -> None:
    go(bench, "22-hypervisor-or-containers", 120)
    scene, find = bench.window.canvas.scene, bench.window.session.document.find
    assert {id: len(ids) for id, ids in peeks.patched(scene).items()} == {find("hypervisor"): 6}


@pytest.mark.parametrize("start", [-20.0, 10.0, 390.0])
def test_a_label_is_moved_into_what_is_seen(
    bench: Bench, painter: QPainter, monkeypatch: pytest.MonkeyPatch, start: float
) -> None:
    drawn: list[QRectF] = []
    monkeypatch.setattr(peeks.brush, "panel", lambda _painter, box, *_rest: drawn.append(QRectF(box)))
    area = QRectF(0, 0, 400, 200)
    lines = ("somebody reads the files", "the OS under it sees all of them")
    peeks._label(painter, bench.window.canvas.scene, "ui-eye", lines, QPointF(start, 20), (area, 1.0))
    assert area.contains(drawn[0])
    peeks._label(painter, bench.window.canvas.scene, "ui-eye", lines, QPointF(start, 500), (area, 1.0))
    assert drawn[1].left() == start, "what is out of sight stays there"


def test_the_state_of_memory_is_said_with_what_it_is(bench: Bench) -> None:
    go(bench, "07-too-much-memory", 180)
    scene, find = bench.window.canvas.scene, bench.window.session.document.find
    row = scene.columns.row[find("host-03")]
    assert extras.line(scene, row, 1000.0).startswith("memory low · swap 34.5\u00a0GiB")
    assert extras.line(scene, row) == "low · swap 34.5\u00a0GiB"


def test_what_is_not_drawn_from_the_middle_has_no_outline(
    bench: Bench, painter: QPainter, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(bench, "24-three-kinds", 1)
    scene = bench.window.canvas.scene
    scene.types = True
    outlined: list[str] = []
    monkeypatch.setattr(typed, "_outline", lambda _p, _s, _box, one, _pixel: outlined.append(one.id))
    rows = scene.columns.inside(QRectF(-1e5, -1e5, 2e5, 2e5))
    tape = bench.window.session.document.find("disk-as-tape")
    for pixel in (1.0, 1.6):
        outlined.clear()
        typed.paint(painter, scene, rows, pixel)
        assert (tape in outlined) == (pixel == 1.0)
        assert len(outlined) > 2


guests = st.integers(1, 14).map(
    lambda count: tuple(Block(f"g{n}", "guest", f"g{n}", "", (Block(None, "kernel", "os", ""),)) for n in range(count))
)


@given(inside=guests, across=st.integers(1, 14), spare=st.floats(0, 400))
def test_guests_in_rows_stand_apart_and_inside_their_layer(
    inside: tuple[Block, ...], across: int, spare: float
) -> None:
    block = Block("h", "hardware", "h", "", (Block("d", "divider", "d", "", inside),))
    wide = stack_surface.wide(block, across) + spare
    places = stack_surface.lay_out(block, 0.0, stack_surface.high(block, across), wide, across)
    boxes = [one.box for one in places if one.block.role == "guest"]
    assert len(boxes) == len(inside)
    room = QRectF(-0.01, -0.01, wide + 0.02, stack_surface.high(block, across) + 0.02)
    assert all(room.contains(box) for box in boxes)
    assert not any(
        one.adjusted(0.1, 0.1, -0.1, -0.1).intersects(two) for at, one in enumerate(boxes) for two in boxes[:at]
    )
    assert max(map(len, stack_surface.rows_of(block.inside[0], across))) <= across


def test_two_stacks_of_six_guests_are_seen_at_once(bench: Bench) -> None:
    go(bench, "22-hypervisor-or-containers", 1)
    bench.window.desk.show_view("layers")
    bench.let_pass(0.2)
    page = bench.window.board.page
    assert page.view.horizontalScrollBar().maximum() == 0
