"""Plots in a real window: numbers dragged in, read off, limited, kept with the project, beside another run."""

import csv
import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from sdx_studio.session import Session, plotting, watching
from sdx_studio.session.plotting import Series
from sdx_studio.ui import carrying
from sdx_studio.ui.panels.plots import menus
from sdx_studio.ui.panels.plots.labels import spread
from sdx_studio.ui.panels.plots.scale import Span, fitting, moment, unit_for
from sdx_studio.ui.theme import Manner

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def lab(bench):
    """Two hosts with a VM each, details shown, played to about 20 s."""
    s = bench.window.session
    hosts = [s.place("host", name=f"esx-{at}", x=450 * at, y=100) for at in (1, 2)]
    for at, host in enumerate(hosts):
        s.place("vm", on=host, name=f"vm-{at}", load=0.5, pattern="wave")
    window = bench.window
    window.resize(1600, 1000)
    window.desk.prefer("details", "true")
    window.canvas.fit()
    window.live.speed = 10
    bench.hosts, bench.plots = hosts, window.panels.plots
    bench.trigger("simulation.play")
    bench.let_pass(2.0)
    bench.trigger("simulation.play")
    bench.let_pass(0.5)
    yield bench
    QGuiApplication.clipboard().clear()


def drop(target, series: tuple[Series, ...], at: QPoint = QPoint(20, 20)) -> None:  # noqa: B008
    """Carry numbers over a widget and let them go, as Qt tells it."""
    held = carrying.packed(series)
    copy = Qt.DropAction.CopyAction
    target.dragEnterEvent(QDragEnterEvent(at, copy, held, LEFT, NONE))
    target.dragMoveEvent(QDragMoveEvent(at, copy, held, LEFT, NONE))
    target.grab()
    target.dropEvent(QDropEvent(QPointF(at), copy, held, LEFT, NONE))


def kept(bench) -> tuple[plotting.Plot, ...]:
    return plotting.plots(bench.window.session.document)


def press(plots, place: int | None, name: str) -> None:
    """Use an entry of a plot's menu."""
    menu = QMenu()
    menus.fill(menu, plots, place)
    entries = [*menu.actions(), *(one for sub in menu.findChildren(QMenu) for one in sub.actions())]
    next(one for one in entries if one.objectName() == f"plot.{name}").trigger()


def spot(view, time: float, value: float) -> QPoint:
    """Where a moment and a value are on a plot's widget."""
    made = view.frame
    return (QPointF(made.x(time), made.y(value)) * Manner.scale).toPoint()


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


def _moved(widget, at: QPoint):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    place = QPointF(at)
    return QMouseEvent(QEvent.Type.MouseMove, place, QPointF(widget.mapToGlobal(at)), Qt.MouseButton.NoButton, LEFT, NONE)


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


# out of the window, and with it --------------------------------------------------------------------------------------


def test_the_csv_of_a_plot_reads_back_as_the_same_numbers(lab, tmp_path) -> None:
    drop(lab.plots, (Series(lab.hosts[0], "power"), Series(lab.hosts[1], "power")))
    press(lab.plots, 0, "copy")
    copied = QGuiApplication.clipboard().text()
    head, *rows = list(csv.reader(io.StringIO(copied)))
    assert head == ["Time [s]", "esx-1 Power [W]", "esx-2 Power [W]"]
    for column, host in enumerate(lab.hosts, 1):
        times, values = lab.window.live.curves.of(host, "power")
        assert [float(row[0]) for row in rows] == times.tolist()
        assert [float(row[column]) for row in rows] == values.tolist()
    lab.window.files.choose_save = lambda *_args: str(tmp_path / "plot")
    press(lab.plots, 0, "csv")
    assert (tmp_path / "plot.csv").read_bytes().decode("utf-8-sig") == copied


def test_pictures_of_a_plot(lab, tmp_path) -> None:
    lab.window.canvas.select((lab.hosts[0],))
    for suffix in (".png", ".svg"):
        lab.window.files.choose_save = lambda *_args, end=suffix: str(tmp_path / f"plot{end}")
        press(lab.plots, None, "picture")
    image = QImage(str(tmp_path / "plot.png"))
    assert image.width() == 2 * round(lab.plots.views[0].width() / Manner.scale)
    root = ElementTree.fromstring((tmp_path / "plot.svg").read_text(encoding="utf-8"))  # noqa: S314 - our own
    assert root.tag.endswith("svg")
    assert "<text" not in (tmp_path / "plot.svg").read_text(encoding="utf-8")
    told: list[str] = []
    lab.window.files.complain = lambda _title, words: told.append(words)
    lab.window.files.choose_save = lambda *_args: str(tmp_path / "no" / "plot.png")
    press(lab.plots, None, "picture")
    assert told


def test_plots_follow_language_palette_size_and_project(lab, tmp_path) -> None:
    window = lab.window
    drop(lab.plots, (Series(lab.hosts[0], "power"),))
    close = lab.plots.views[1].close_button
    assert "esx-1" in close.accessibleName()
    first = lab.plots.views[1].grab().toImage()
    lab.trigger("view.theme")
    assert lab.plots.views[1].grab().toImage() != first
    window.desk.prefer("scale", "2.0")
    lab.plots.views[1].grab()
    assert lab.plots.views[1].height() >= 224
    window.desk.prefer("scale", "1.0")
    window.session.save(tmp_path / "kept.sdx")
    assert window.files.open_path(tmp_path / "kept.sdx")
    assert [view.place for view in lab.plots.views] == [None, 0]
    assert lab.plots.views[1].sight.strands[0].series.measure == "power"
    window.take(Session())
    assert [view.place for view in lab.plots.views] == [None]


def test_a_plot_is_closed_by_its_button_and_by_delete(lab) -> None:
    drop(lab.plots, (Series(lab.hosts[0], "power"),))
    drop(lab.plots, (Series(lab.hosts[1], "power"),))
    lab.plots.views[1].close_button.click()
    assert [one.series[0].element for one in kept(lab)] == [lab.hosts[1]]
    lab.plots.views[1].setFocus()
    QTest.keyClick(lab.plots.views[1], Qt.Key.Key_Delete)
    assert kept(lab) == ()
    assert lab.window.session.document.elements


# scales --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("top", "unit", "factor", "name"),
    [(0.5, "1", 0.01, "%"), (3e9, "bit/s", 1e9, "Gbit/s"), (5 * 2**30, "B", 2**30, "GiB"), (0.02, "s", 1e-3, "ms"),
     (250.0, "W", 1.0, "W"), (40.0, "1/s", 1.0, "/s")],
)  # fmt: skip
def test_units_of_an_axis(top: float, unit: str, factor: float, name: str) -> None:
    assert unit_for(top, unit) == (factor, name)


@pytest.mark.parametrize("unit", ["1", "B", "bit/s", "s", "W", ""])
@pytest.mark.parametrize("high", [0.0, 1e-7, 0.3, 1.0, 7.7, 1234.5, 8e9])
@pytest.mark.parametrize("from_zero", [True, False])
def test_an_axis_holds_its_values_and_has_few_ticks(unit: str, high: float, from_zero: bool) -> None:
    axis = fitting([(high / 3, high)], unit, from_zero=from_zero, rows=4)
    assert axis.low <= high / 3 * (1 + 1e-9)
    assert axis.high >= high * (1 - 1e-9)
    ticks = axis.ticks()
    assert 2 <= len(ticks) <= 7
    assert len({words for _value, words in ticks}) == len(ticks)


def test_moments_of_the_time_axis() -> None:
    words = [moment(time, step).replace("\u00a0", " ") for time, step in ((20, 10), (0.5, 0.5), (120, 60), (7200, 3600))]
    assert words == ["20 s", "0.5 s", "2 min", "2 h"]
    span = Span()
    for reached in (5.0, 21.0, 4000.0):
        span.follow(reached, reached)
        assert span.start == 0
        assert span.end >= reached
        assert 2 <= len(span.ticks(300.0)) <= 8
    span.zoom(1000.0, 1e-9)
    assert span.end - span.start == pytest.approx(1e-3)


def test_labels_never_stand_upon_another() -> None:
    ys = spread([10.0, 11.0, 11.5, 60.0, 61.0], 0.0, 70.0, 14.0)
    assert ys == sorted(ys)
    assert min(after - before for before, after in zip(ys, ys[1:], strict=False)) >= 14 - 1e-9
    assert max(ys) <= 70
