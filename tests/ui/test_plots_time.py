"""Time and limits of plots: zoomed and panned together, read off, limits that hold a run."""

from collections.abc import Iterator
from typing import Any

import pytest
from plots_lab import LEFT, NONE, drop, kept, prepared, press, spot
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QWheelEvent,
)
from PySide6.QtTest import QTest

from sdx_studio.session import watching
from sdx_studio.session.plotting import Series
from sdx_studio.ui.theme import Manner


@pytest.fixture
def lab(bench) -> Iterator[Any]:
    """Two hosts that have run for a while."""
    yield prepared(bench)
    QGuiApplication.clipboard().clear()


# time and limits -----------------------------------------------------------------------------------------------------


def test_the_wheel_and_a_drag_change_the_time_of_all_plots(lab) -> None:
    drop(lab.plots, (Series(lab.hosts[0], "power"),))
    view, other = lab.plots.views[1], lab.plots.views[0]
    whole = (lab.plots.span.start, lab.plots.span.end)
    at = spot(view, 10.0, 0.0)
    delta = QWheelEvent(QPointF(at), QPointF(view.mapToGlobal(at)), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
                        NONE, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    view.wheelEvent(delta)
    assert view.frame.end - view.frame.start < whole[1] - whole[0]
    assert abs(view.frame.time(at.x() / Manner.scale) - 10.0) < 0.2
    lab.window.canvas.select((lab.hosts[0],))
    assert (other.frame.start, other.frame.end) == (view.frame.start, view.frame.end)
    start = view.frame.start
    QTest.mousePress(view, LEFT, NONE, at - QPoint(0, 20))
    QTest.mouseMove(view, at - QPoint(20, 20))
    QTest.mouseRelease(view, LEFT, NONE, at - QPoint(20, 20))
    assert view.frame.start > start
    foot = QPoint(view.width() // 2, view.height() - 4)
    QTest.mouseDClick(view, LEFT, NONE, foot)
    assert (view.frame.start, view.frame.end) == whole


def test_values_are_read_off_under_the_pointer_in_all_plots(lab) -> None:
    lab.window.canvas.select((lab.hosts[0],))
    drop(lab.plots, (Series(lab.hosts[0], "power"),))
    view = lab.plots.views[0]
    strand = view.sight.strands[0]
    place = len(strand.times) // 2
    QTest.mouseMove(view, spot(view, float(strand.times[place]), 0.5))
    assert lab.plots.reading == strand.times[place]
    assert strand.at(lab.plots.reading) == strand.values[place]
    assert lab.plots.views[1].sight.reading == lab.plots.reading
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert lab.plots.reading == strand.times[place + 1]
    assert "CPU" in view.accessibleDescription()


def test_a_double_click_draws_a_limit_a_drag_moves_it_and_a_run_pauses_at_it(lab) -> None:
    drop(lab.plots, (Series(lab.hosts[0], "cpu.utilisation"),))
    view = lab.plots.views[1]
    QTest.mouseDClick(view, LEFT, NONE, spot(view, 10.0, 0.3))
    QTest.mouseRelease(view, LEFT, NONE, spot(view, 10.0, 0.3))
    assert abs(kept(lab)[0].limit - 0.3) < 0.02
    begin = spot(view, 5.0, kept(lab)[0].limit)
    QTest.mousePress(view, LEFT, NONE, begin)
    QTest.mouseMove(view, spot(view, 5.0, 0.62))
    QTest.mouseRelease(view, LEFT, NONE, spot(view, 5.0, 0.62))
    assert abs(kept(lab)[0].limit - 0.62) < 0.02
    lab.trigger("edit.undo")
    assert abs(kept(lab)[0].limit - 0.3) < 0.02
    press(lab.plots, 0, "pause")
    (watch,) = watching.watches(lab.window.session.document)
    assert (watch.element, watch.measures, watch.limit) == (lab.hosts[0], ("cpu.utilisation",), kept(lab)[0].limit)
    press(lab.plots, 0, "no_limit")
    assert kept(lab)[0].limit is None
    press(lab.plots, 0, "zero")
    assert not kept(lab)[0].from_zero


def test_scrubbing_back_leaves_what_comes_after_pale(lab) -> None:
    lab.window.canvas.select((lab.hosts[0],))
    count = len(lab.plots.views[0].sight.strands[0].times)
    lab.window.live.seek(5)
    lab.let_pass(0.5)
    strand = lab.plots.views[0].sight.strands[0]
    assert 0 < len(strand.times) < count
    assert len(strand.later_times) > 0
    assert strand.later_times[0] > 5 >= strand.times[-1]
    assert lab.plots.views[0].sight.now == 5
