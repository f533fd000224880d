"""Plots out of the window as numbers and pictures, and kept with the project; their axes."""

import csv
import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from plots_lab import drop, kept, prepared, press
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
)
from PySide6.QtTest import QTest

from sdx_studio.session import Session
from sdx_studio.session.plotting import Series
from sdx_studio.ui.panels.plots.labels import spread
from sdx_studio.ui.panels.plots.scale import Span, fitting, moment, unit_for
from sdx_studio.ui.theme import Manner


@pytest.fixture
def lab(bench) -> Iterator[Any]:
    """Two hosts that have run for a while."""
    yield prepared(bench)
    QGuiApplication.clipboard().clear()


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
    root = ET.fromstring((tmp_path / "plot.svg").read_text(encoding="utf-8"))  # noqa: S314 - our own
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
    words = [
        moment(time, step).replace("\u00a0", " ") for time, step in ((20, 10), (0.5, 0.5), (120, 60), (7200, 3600))
    ]
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
    assert min(after - before for before, after in pairwise(ys)) >= 14 - 1e-9
    assert max(ys) <= 70
