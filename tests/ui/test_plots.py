"""Plots in a real window: what they show, numbers dragged in, beside another run."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from plots_lab import LEFT, NONE, drop, kept, prepared, press, spot
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from sdx_studio.session.plotting import Series
from sdx_studio.ui import carrying


@pytest.fixture
def lab(bench) -> Iterator[Any]:
    """Two hosts that have run for a while."""
    yield prepared(bench)
    QGuiApplication.clipboard().clear()


# what is shown -------------------------------------------------------------------------------------------------------


def test_the_first_plot_follows_the_selection_with_the_curves_of_the_run(lab) -> None:
    window, plots = lab.window, lab.plots
    assert plots.views[0].sight.hint
    window.canvas.select((lab.hosts[0],))
    sight = plots.views[0].sight
    assert sight.title == "esx-1"
    assert [one.words for one in sight.strands] == ["CPU", "MEM", "NET", "READY"]
    for one in sight.strands:
        times, values = window.live.curves.of(lab.hosts[0], one.series.measure)
        assert np.array_equal(one.times, times)
        assert np.array_equal(one.values, values)
        assert len(times) > 3
    assert sight.strands[0].key == "ink.1"
    window.canvas.select(tuple(lab.hosts))
    assert [one.words for one in plots.views[0].sight.strands] == ["esx-1", "esx-2"]
    assert plots.views[0].sight.title == "CPU use"


def test_a_plot_draws_its_curve_where_its_values_are(lab) -> None:
    lab.window.canvas.select((lab.hosts[0],))
    view = lab.plots.views[0]
    picture = view.grab().toImage()
    strand, ink = view.sight.strands[0], lab.window.look.colour("ink.1")
    hits = 0
    for time, value in list(zip(strand.times, strand.values, strict=True))[2:-2]:
        at = spot(view, time, value)
        near = [QColor(picture.pixel(at.x() + dx, at.y() + dy)) for dx in (-1, 0, 1) for dy in (-2, -1, 0, 1, 2)]
        hits += any(abs(one.lightness() - ink.lightness()) < 90 for one in near)
    assert hits >= 0.9 * (len(strand.times) - 4)


# numbers that are dragged --------------------------------------------------------------------------------------------


def test_numbers_dropped_on_the_area_and_on_a_plot(lab) -> None:
    first, second = lab.hosts
    drop(lab.plots, (Series(first, "power"),))
    assert [one.series for one in kept(lab)] == [(Series(first, "power"),)]
    assert [view.place for view in lab.plots.views] == [None, 0]
    drop(lab.plots.views[1], (Series(second, "power"),))
    assert kept(lab)[0].series == (Series(first, "power"), Series(second, "power"))
    drop(lab.plots.views[1], (Series(second, "cpu.utilisation"),))
    assert len(kept(lab)) == 1
    assert "one unit" in lab.window.statusBar().currentMessage()
    drop(lab.plots.views[0], (Series(second, "cpu.utilisation"),))
    assert kept(lab)[1].series == (Series(second, "cpu.utilisation"),)
    drop(lab.plots, (Series("gone", "power"),))
    assert len(kept(lab)) == 2
    for count in (1, 1, 0):
        lab.trigger("edit.undo")
        assert len(lab.plots.views) == 1 + count
    for _ in range(3):
        lab.trigger("edit.redo")
    assert [len(one.series) for one in kept(lab)] == [2, 1]


@pytest.fixture
def carried(monkeypatch) -> list[tuple[Series, ...]]:
    """What was drawn away instead of a real drag, which needs a screen."""
    found: list[tuple[Series, ...]] = []
    monkeypatch.setattr(carrying, "carry", lambda _source, series, words, _look: found.append((*series, words)))
    return found


def test_a_bar_on_a_card_is_carried_with_alt_and_the_card_without(lab, carried) -> None:
    window, canvas = lab.window, lab.window.canvas
    document = window.session.document
    canvas.fit((lab.hosts[0],))
    assert canvas.camera.zoom >= 0.75
    box = canvas.screen_box(lab.hosts[0])
    bar = (box.topLeft() + QPointF(40, 63) * canvas.camera.zoom).toPoint()
    alt = Qt.KeyboardModifier.AltModifier
    QTest.mousePress(canvas, LEFT, alt, bar)
    for step in (3, 8, 20):
        QTest.mouseMove(canvas, bar + QPoint(step, step))
    QTest.mouseRelease(canvas, LEFT, alt, bar + QPoint(20, 20))
    assert carried == [(Series(lab.hosts[0], "cpu.utilisation"), "esx-1 CPU")]
    assert canvas.tool.gesture is None
    place = (document.element(lab.hosts[0]).x, document.element(lab.hosts[0]).y)
    assert place == (450, 100), "the card has not moved"
    QTest.mousePress(canvas, LEFT, NONE, bar)
    QTest.mouseMove(canvas, bar + QPoint(30, 0))
    assert canvas.tool.gesture is not None
    assert len(carried) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_a_number_of_the_inspector_is_carried(lab, carried) -> None:
    lab.window.canvas.select((lab.hosts[0],))
    heading = lab.window.panels.inspector.heading
    spot = QPoint(20, 80)
    QTest.mousePress(heading, LEFT, NONE, spot)
    QTest.mouseMove(heading, spot + QPoint(0, -40))
    assert [one[0] for one in carried] == [] or carried[0][0] == Series(lab.hosts[0], "cpu.utilisation")
    heading.mouseMoveEvent(_moved(heading, spot + QPoint(0, -60)))
    QTest.mouseRelease(heading, LEFT, NONE, spot)
    assert carried[0][0] == Series(lab.hosts[0], "cpu.utilisation")


def _moved(widget, at: QPoint) -> QMouseEvent:
    place = QPointF(at)
    return QMouseEvent(
        QEvent.Type.MouseMove, place, QPointF(widget.mapToGlobal(at)), Qt.MouseButton.NoButton, LEFT, NONE
    )


def test_the_command_and_the_context_menu_plot_what_is_selected(lab) -> None:
    window = lab.window
    assert not window.actions_by_id["view.plot"].isEnabled()
    window.canvas.select(tuple(lab.hosts))
    lab.trigger("view.plot")
    assert kept(lab)[0].series == tuple(Series(one, "cpu.utilisation") for one in lab.hosts)
    window.desk.menu_for((lab.hosts[0],), QPointF(100, 100))
    sub = window.open_menu.findChild(QMenu, "context.plot")
    assert [one.text() for one in sub.actions()] == ["CPU", "MEM", "NET", "READY"]
    sub.actions()[1].trigger()
    window.open_menu.close()
    assert kept(lab)[1].series == (Series(lab.hosts[0], "memory.utilisation"),)


# beside another run --------------------------------------------------------------------------------------------------


def test_a_beside_b_is_solid_and_dashed_in_every_plot(lab) -> None:
    window = lab.window
    drop(lab.plots, (Series(lab.hosts[0], "cpu.utilisation"),))
    lab.trigger("simulation.compare")
    lab.let_pass(0.5)
    shown = lab.plots.views[1].sight.strands
    assert [(one.words, one.dashed, one.key) for one in shown] == [
        ("A CPU", False, "series.1"), ("B CPU", True, "series.1"),
    ]  # fmt: skip
    for side, one in zip(window.sides, shown, strict=True):
        times, values = side.live.curves.of(lab.hosts[0], "cpu.utilisation")
        assert np.array_equal(one.times, times)
        assert np.array_equal(one.values, values)
    window.comparison.keep_a()
    lab.let_pass(0.3)
    assert [one.words for one in lab.plots.views[1].sight.strands] == ["CPU"]


def test_an_earlier_run_stays_beside_the_next_one(lab) -> None:
    drop(lab.plots, (Series(lab.hosts[0], "cpu.utilisation"),))
    before = lab.window.live.curves.of(lab.hosts[0], "cpu.utilisation")
    press(lab.plots, 0, "run")
    lab.trigger("simulation.reset")
    lab.let_pass(0.2)
    lab.trigger("simulation.play")
    lab.let_pass(0.5)
    now, earlier = lab.plots.views[1].sight.strands
    assert np.array_equal(earlier.values, before[1])
    assert len(now.times) < len(earlier.times)
    press(lab.plots, 0, "forget")
    assert len(lab.plots.views[1].sight.strands) == 1
