"""Cost, power and CO2 in a window: meters as the run has them, prices changed in place, CSV."""

import csv
import io
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem, QWidget

from sdx_studio.exchange.native import dump
from sdx_studio.ui.views.cost_table import FIELDS, FIRST_FIELD


@pytest.fixture(name="lab")
def _lab(bench) -> Any:
    s = bench.window.session
    site = s.place("site", name="Tokyo")
    rack = s.place("rack", on=site, name="R1")
    host = s.place("host", on=rack, name="esx", power_model="HP ML110 G5")
    s.place("vm", on=host, name="web", vcpus=4)
    bench.trigger("view.show.cost")
    return bench, site, rack, host


def cells(page: Any, id: str) -> list[str]:
    item = page.table._items[id]
    return [item.text(place).replace("\u00a0", " ") for place in range(FIRST_FIELD + len(FIELDS))]


def test_meters_are_those_of_the_run(lab) -> None:
    bench, site, rack, host = lab
    page = bench.window.board.page
    assert cells(page, host)[:4] == ["esx", "–", "–", "–"]
    bench.window.live.speed = 100
    bench.trigger("simulation.play")
    bench.let_pass(2.0)
    bench.trigger("simulation.play")
    bench.let_pass(0.5)
    page.catch_up()
    layout, snapshot = bench.window.live.player.latest()
    value = snapshot.values[layout.index[host, "power"]]
    assert cells(page, host)[1] == f"{value:.3g} W"
    bench.let_pass(0.3)
    totals = bench.window.live.player.world.totals()
    page.catch_up()
    said = dict(page.sums._figures)
    assert said["Cost of electricity"].replace("\u00a0", " ").startswith(f"{totals['cost_jpy']:.3g}"[:4])
    bench.window.canvas.select((rack,))
    assert [item.text(0) for item in page.table.selectedItems()] == ["R1"]
    QGuiApplication.clipboard().clear()
    page.copy.click()
    rows = list(csv.DictReader(io.StringIO(QGuiApplication.clipboard().text())))
    assert [row["Name"] for row in rows] == ["Tokyo", "R1", "esx"]
    assert float(rows[2]["power (W)"]) == value
    bench.trigger("simulation.reset")
    bench.let_pass(0.1)
    assert cells(page, site)[1] == "–"


def test_a_price_is_changed_in_place_and_the_run_takes_it_over(lab) -> None:
    bench, site, _rack, host = lab
    window, page = bench.window, bench.window.board.page
    before = dump(window.session.document)
    bench.trigger("simulation.play")
    bench.let_pass(1.0)
    rate = page.table._found[host].cost / page.table._found[host].energy
    price = FIRST_FIELD + [key for key, _label in FIELDS].index("price")
    page.table._items[site].setText(price, "54 JPY/kWh")
    assert window.session.document.values(site)["price"] == 54
    bench.let_pass(1.0)
    page.catch_up()
    assert page.table._found[host].cost / page.table._found[host].energy == pytest.approx(2 * rate)
    page.table._items[site].setText(price, "a lot")
    assert window.session.document.values(site)["price"] == 54
    assert cells(page, site)[price] == "54 JPY/kWh"
    bench.trigger("simulation.reset")
    window.session.undo()
    assert dump(window.session.document) == before


def test_a_power_model_is_chosen_from_a_list_with_source_and_year(lab) -> None:
    bench, site, _rack, host = lab
    window, page = bench.window, bench.window.board.page
    window.canvas.select((host,))
    assert page.curve.isVisible()
    assert "Xeon 3075" in page.curve.accessibleDescription()
    assert "2011" in page.curve.accessibleDescription()
    column = FIRST_FIELD + [key for key, _label in FIELDS].index("power_model")
    index = page.table.indexFromItem(page.table._items[host], column)
    delegate, parent = page.table.itemDelegate(), QWidget()
    editor = delegate.createEditor(parent, QStyleOptionViewItem(), index)
    assert isinstance(editor, QComboBox)
    delegate.setEditorData(editor, index)
    assert editor.currentText() == "HP ML110 G5"
    editor.setCurrentText("2024")
    delegate.setModelData(editor, page.table.model(), index)
    assert window.session.document.values(host)["power_model"] == "2024"
    assert "2024" in page.curve.accessibleName()
    nothing = page.table.indexFromItem(page.table._items[site], 1)
    assert delegate.createEditor(parent, QStyleOptionViewItem(), nothing) is None
