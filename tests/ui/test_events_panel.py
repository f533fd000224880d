"""The list of events and the table of measures: filters, reasons, marks, sorting by value, copies that read back."""

import csv
import io
import time

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from sdx_studio import assets, units
from sdx_studio.engine.events import Event
from sdx_studio.engine.snapshot import Layout
from sdx_studio.session import Session, deciding, plotting
from sdx_studio.session.plotting import Series
from sdx_studio.ui import carrying
from sdx_studio.ui.panels.events.chronicle import ELEMENT, MARK, TIME, WORDS
from sdx_studio.ui.panels.events.measures import MEAN, PEAK, VALUE, Measures

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def run(bench):
    """The sample in which a host fails, played past the restarts."""
    window = bench.window
    window.files.open_sample(assets.path("samples", "03-high-availability.sdx"))
    window.resize(1600, 1000)
    window.desk.prefer("details", "true")
    window.live.speed = 10
    bench.trigger("simulation.play")
    bench.let_pass(6.0)
    bench.trigger("simulation.play")
    bench.let_pass(0.5)
    bench.events, bench.table = window.panels.events, window.panels.measures
    yield bench
    QGuiApplication.clipboard().clear()


def words(page, column: int) -> list[str]:
    model = page.view.model()
    return [str(model.index(row, column).data() or "") for row in range(model.rowCount())]


def click(page, row: int, column: int, double: bool = False) -> None:
    """Click a cell."""
    view = page.view
    at = view.visualRect(view.model().index(row, column)).center()
    QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    if double:
        QTest.mouseDClick(view.viewport(), LEFT, NONE, at)


# events --------------------------------------------------------------------------------------------------------------


def test_events_have_time_mark_element_and_words(run) -> None:
    window, document = run.window, run.window.session.document
    assert words(run.events, TIME) == [units.clock(one.seconds) for one in window.live.events]
    assert words(run.events, WORDS) == [deciding.explained(one, document) for one in window.live.events]
    failed = next(row for row, one in enumerate(window.live.events) if one.kind == "element.failed")
    assert words(run.events, ELEMENT)[failed] == document.element(window.live.events[failed].element).name
    run.events.view.scrollTo(run.events.model.index(failed, MARK))
    box = run.events.view.visualRect(run.events.model.index(failed, MARK))
    picture = run.events.view.viewport().grab(box).toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert window.look.colour("state.critical").name() in colours
    assert run.events.model.index(failed, MARK).data(Qt.ItemDataRole.AccessibleTextRole) == "failed"


def test_filters_by_kind_and_by_words(run) -> None:
    events, live = run.events, run.window.live
    events.show_only("faults")
    kinds = {events.model.event_at(row).kind for row in range(events.model.rowCount())}
    assert "element.failed" in kinds
    assert all(kind.startswith(deciding.group_of("faults")) for kind in kinds)
    events.show_only("decisions")
    shown = [events.model.event_at(row) for row in range(events.model.rowCount())]
    assert shown == [one for one in live.events if deciding.decides(one)]
    assert any("has most to spare of" in one for one in words(events, WORDS))
    events.show_all_kinds()
    assert events.model.rowCount() == len(live.events)
    events.filter.setText("WILL START")
    assert 0 < events.model.rowCount() < len(live.events)
    assert all("will start" in one for one in words(events, WORDS))
    count = events.model.rowCount()
    again = Event(live.events[-1].time + 1, "ha.placed", "", "nobody will start", {})
    events.add([again, Event(again.time, "element.up", "", "other", {})], run.window.session)
    assert events.model.rowCount() == count + 1
    events.filter.clear()
    assert events.model.rowCount() == len(live.events) + 2


def test_a_click_centres_and_a_double_click_goes_to_the_moment(run) -> None:
    window = run.window
    failed = next(row for row, one in enumerate(window.live.events) if one.kind == "element.failed")
    event = window.live.events[failed]
    window.canvas.pan(-5000, 0)
    run.events.view.scrollTo(run.events.model.index(failed, WORDS))
    click(run.events, failed, WORDS)
    assert window.canvas.selection == (event.element,)
    box = window.canvas.screen_box(event.element)
    assert window.canvas.rect().contains(box.center().toPoint())
    click(run.events, failed, WORDS, double=True)
    run.let_pass(0.3)
    assert window.live.time == pytest.approx(event.seconds)
    assert run.events.model.rowCount() == len(window.live.events) < len(words(run.events, TIME)) + 1


def test_the_list_follows_the_newest_unless_somebody_reads_further_up(run) -> None:
    events, session = run.events, run.window.session
    events.view.setFixedHeight(120)
    more = [Event(90_000_000 + at, "element.up", "", "It works again.", {}) for at in range(60)]
    events.add(more, session)
    bar = events.view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(0)
    events.add([Event(99_000_000, "element.up", "", "It works again.", {})], session)
    assert bar.value() == 0
    bar.setValue(bar.maximum())
    events.add([Event(99_000_001, "element.up", "", "It works again.", {})], session)
    assert bar.value() == bar.maximum()


def test_events_copied_as_csv_read_back(run) -> None:
    window, view = run.window, run.events.view
    view.selectAll()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, *rows = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
    assert head == ["Time [s]", "Kind", "Element", "What happened"]
    assert [round(1e6 * float(row[0])) for row in rows] == [one.time for one in window.live.events]
    assert [row[1] for row in rows] == [one.kind for one in window.live.events]
    view.clearSelection()
    view.selectRow(0)
    assert len(list(csv.reader(io.StringIO(view.text(view.chosen()))))) == 2


def test_ten_thousand_events_stay_quick(run) -> None:
    events = run.events
    host = run.window.session.document.having("machine")[0]
    many = [Event(60_000_000 + at, "element.up", host, "It works again.", {}) for at in range(10_000)]
    began = time.process_time()
    for at in range(0, len(many), 100):
        events.add(many[at : at + 100], run.window.session)
    events.view.grab()
    assert time.process_time() - began < 1.0
    began = time.process_time()
    events.filter.setText("works")
    events.filter.setText("works again")
    assert time.process_time() - began < 1.5
    assert events.model.rowCount() >= 10_000


# the table -----------------------------------------------------------------------------------------------------------


def test_values_means_and_maxima_are_those_of_the_world(run) -> None:
    window, table = run.window, run.table
    window.panels.run_tabs.setCurrentWidget(table)
    table.ask_every = 0
    run.let_pass(1.5)
    world = window.live.player.world
    measures = world.measures()
    assert table.model.rowCount() > 50
    for row in range(table.model.rowCount()):
        series = table.model.series(row)
        slot = int(table.model.order[row])
        told = measures[series.element][series.measure]
        assert table.model.figures[0, slot] == pytest.approx(told.last, nan_ok=True)
        assert table.model.figures[1, slot] == pytest.approx(told.mean, nan_ok=True)
        assert table.model.figures[2, slot] == pytest.approx(told.max, nan_ok=True)


def test_nothing_is_asked_while_the_table_is_not_seen(run) -> None:
    run.let_pass(1.0)
    assert run.window.live.measured is None


def test_numbers_are_sorted_by_value_and_words_by_words(run) -> None:
    window, table = run.window, run.table
    window.panels.run_tabs.setCurrentWidget(table)
    run.let_pass(1.0)
    for column in (VALUE, MEAN, PEAK):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            table.view.sortByColumn(column, order)
            shown = table.model.figures[column - VALUE, table.model.order]
            shown = shown[~np.isnan(shown)]
            assert len(shown) > 50
            steps = np.diff(shown) if order == Qt.SortOrder.AscendingOrder else -np.diff(shown)
            assert (steps >= 0).all()
    table.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    names = [one.casefold() for one in words(table, 0)]
    assert names == sorted(names)


def test_the_filter_the_selection_and_what_stays_chosen(run) -> None:
    window, table = run.window, run.table
    window.panels.run_tabs.setCurrentWidget(table)
    run.let_pass(1.0)
    whole = table.model.rowCount()
    table.filter.setText("memory use")
    assert 0 < table.model.rowCount() < whole
    assert all("Memory use" in one for one in words(table, 2))
    table.filter.setText("cpu.ready")
    assert set(words(table, 2)) == {"Ready time"}
    table.filter.clear()
    host = window.session.document.having("machine")[0]
    window.canvas.select((host,))
    table.only.setChecked(True)
    run.let_pass(0.5)
    assert {table.model.series(row).element for row in range(table.model.rowCount())} == {host}
    table.view.selectRow(3)
    (chosen,) = table.view.held()
    table.view.sortByColumn(VALUE, Qt.SortOrder.DescendingOrder)
    table.only.setChecked(False)
    assert table.view.held() == [chosen]


def test_a_row_is_plotted_by_enter_by_menu_and_by_drag(run, monkeypatch) -> None:
    window, table = run.window, run.table
    window.panels.run_tabs.setCurrentWidget(table)
    run.let_pass(1.0)
    table.view.setCurrentIndex(table.model.index(2, 0))
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert plotting.plots(window.session.document)[0].series == (table.model.series(2),)
    table.view.selectRow(4)
    found: list[tuple[Series, ...]] = []
    monkeypatch.setattr(carrying, "carry", lambda _source, series, _words, _look: found.append(tuple(series)))
    at = table.view.visualRect(table.model.index(1, 2)).center()
    QTest.mousePress(table.view.viewport(), LEFT, NONE, at)
    QTest.mouseMove(table.view.viewport(), at + QPoint(2, 0))
    for step in (4, 12):
        QTest.mouseMove(table.view.viewport(), at + QPoint(step, step))
    QTest.mouseRelease(table.view.viewport(), LEFT, NONE, at)
    assert found == [(table.model.series(1),)]


def test_the_table_copied_as_csv_reads_back_as_the_same_numbers(run) -> None:
    window, table = run.window, run.table
    window.panels.run_tabs.setCurrentWidget(table)
    run.let_pass(1.0)
    table.view.copy_all()
    head, *rows = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
    assert head == ["Element", "Kind", "Measure", "Value", "Mean", "Maximum", "Unit"]
    assert len(rows) == table.model.rowCount()
    for number, row in enumerate(rows):
        assert float(row[3]) == table.model.figures[0, int(table.model.order[number])]


def test_twenty_thousand_rows_are_shown_whole_and_quick(run) -> None:
    elements = tuple(f"e{at:05d}" for at in range(2500))
    layout = Layout(7, elements, tuple((row, f"m{name}") for row in range(2500) for name in range(8)), ())
    model = Measures(Session())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    values = np.random.default_rng(1).uniform(0, 1, 20_000)
    model.show_figures(layout, values, None)
    assert model.rowCount() == 20_000
    model.sort(VALUE)
    began = time.process_time()
    model.show_figures(layout, values[::-1].copy(), None)
    assert time.process_time() - began < 0.5
    first = model.index(0, VALUE).data()
    assert first == units.show(float(values.min()), "")
    model.filter("e00042", ())
    assert model.rowCount() == 8
    assert not model.rowCount(model.index(0, 0))
    del tester


def test_both_follow_language_palette_and_another_project(run) -> None:
    window = run.window
    english = words(run.events, WORDS)
    picture = run.events.view.grab().toImage()
    run.trigger("view.theme")
    assert run.events.view.grab().toImage() != picture
    run.trigger("view.language")
    assert words(run.events, WORDS) != english
    assert window.panels.measures.model.headerData(0, Qt.Orientation.Horizontal) != "Element"
    run.trigger("view.language")
    assert words(run.events, WORDS) == english
    window.take(Session())
    assert run.events.model.rowCount() == 0
    assert run.table.model.rowCount() == 0
    assert run.events.model.index(0, 0, QModelIndex()).isValid() is False
    assert run.events.view.sizeHint() != QSize()
