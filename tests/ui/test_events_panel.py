"""The list of events: filters, reasons, marks, what is copied."""

import csv
import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from sdx_studio import assets, units
from sdx_studio.engine.events import Event
from sdx_studio.session import deciding
from sdx_studio.ui.panels.events.chronicle import ELEMENT, MARK, TIME, WORDS

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
