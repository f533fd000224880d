"""The table of measures: those of the world, sorted by value, plotted, copied as they are."""

import csv
import io
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from sdx_studio import assets, units
from sdx_studio.engine.snapshot import Layout
from sdx_studio.session import Session, plotting
from sdx_studio.session.plotting import Series
from sdx_studio.ui import carrying
from sdx_studio.ui.panels.events.chronicle import WORDS
from sdx_studio.ui.panels.events.measures import MEAN, PEAK, VALUE, Measures

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def run(bench) -> Iterator[Any]:
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


def many(count: int) -> Layout:
    elements = tuple(f"e{at:05d}" for at in range(count // 8))
    return Layout(7, elements, tuple((row, f"m{name}") for row in range(count // 8) for name in range(8)), ())


def test_the_model_of_the_table_keeps_the_rules_of_models() -> None:
    model = Measures(Session())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    values = np.linspace(0, 1, 80)
    model.show_figures(many(80), values, None)
    model.sort(VALUE, Qt.SortOrder.DescendingOrder)
    model.filter("e00003", ())
    model.show_figures(many(80), values[::-1].copy(), None)
    model.clear()
    del tester


def test_twenty_thousand_rows_are_shown_whole_and_quick() -> None:
    layout, model = many(20_000), Measures(Session())
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
