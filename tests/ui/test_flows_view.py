"""The view of network flows: what it lists and draws is what the engine does; choosing, keys, looks and sizes."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sdx_studio import assets
from sdx_studio.session import Session
from sdx_studio.ui.theme import Manner
from sdx_studio.words import dictionary

LEFT, NO = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def shown(bench: Any, sample: str = "04-hop-by-hop-or-central") -> Any:
    """The page over a sample; the engine is asked as often as somebody looks."""
    bench.window.take(Session.open(assets.path("samples", f"{sample}.sdx")))
    bench.trigger("view.show.flows")
    QApplication.processEvents()
    page = bench.window.board.page
    page.asking.every = 0
    return page


def run(bench: Any, seconds: float) -> None:
    if not bench.window.live.playing:
        bench.trigger("simulation.play")
    bench.let_pass(seconds)


def named(bench: Any, name: str) -> str:
    return next(id for id, one in bench.window.session.document.elements.items() if one.name == name)


def row(page: Any, words: str) -> int:
    model = page.flows.lines
    return next(at for at in range(model.rowCount()) if model.index(at, 0).data() == words)


def choose(page: Any, words: str) -> None:
    page.flows.list.setCurrentIndex(page.flows.lines.index(row(page, words), 0))


def cells(model: Any) -> list[list[str]]:
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[str(model.index(at, column).data()).replace("\u00a0", " ") for column in columns] for at in rows]


def test_before_a_run_it_shows_what_would_be(bench) -> None:
    page = shown(bench)
    assert [line[0] for line in cells(page.flows.lines)] == [
        "hop by hop 1", "hop by hop 2", "hop by hop 3", "central 1", "central 2", "central 3",
    ]  # fmt: skip
    assert cells(page.flows.lines)[0][3] == "begins at 2 s"
    assert "1\u00a0s after" in page.note.text()
    assert page.flows.way.titles()[0].startswith("Would go this way")


def test_the_way_that_is_drawn_is_the_engines(bench) -> None:
    page = shown(bench)
    run(bench, 10)
    choose(page, "central 2")
    run(bench, 1)
    flow = bench.window.live.player.world.fabric.flows["traffic", named(bench, "central 2")]
    lane, other = page.flows.way.plan.lanes
    assert tuple(one.id for one in lane.stretches) == flow.cables
    assert len(other.stretches) == 3
    assert len(lane.stretches) == 4
    assert [one.id for one in lane.stretches if one.limits] == [page.flows.way.line.limit]
    assert page.flows.way.titles()[0].startswith("Chosen by controller")
    assert page.note.text() == ""
    assert bench.window.canvas.selection == (named(bench, "central 2"),)
    rate = next(line[2] for line in cells(page.flows.lines) if line[0] == "central 2")
    assert rate == "1 Gbit/s"
    choose(page, "hop by hop 1")
    run(bench, 1)
    (only,) = page.flows.way.plan.lanes
    assert len(only.stretches) == 3


def test_rules_appear_with_the_packet_in(bench) -> None:
    page = shown(bench)
    page.tabs.setCurrentIndex(1)
    page.nodes.choose(named(bench, "s2"))
    run(bench, 1)
    assert page.nodes.table.rules == ()
    assert page.nodes.none.text() == "No rule: no flow goes through here."
    assert not page.nodes.rows_view.isVisible()
    run(bench, 9)
    listed = cells(page.nodes.rows)
    assert [line[:4] for line in listed] == [
        ["central 1", "from-2 → to-2", "→ from-2", "→ t2"], ["central 2", "from-2 → to-2", "→ from-2", "→ u2"],
    ]  # fmt: skip
    assert page.nodes.rows_view.isVisible()
    assert "programmed by controller" in page.nodes.facts.text()
    assert len(cells(page.nodes.ports)) == 5
    page.nodes.list.setCurrentItem(page.nodes.list.topLevelItem(5))
    run(bench, 0.5)
    assert page.nodes.chosen == named(bench, "s1")
    assert page.nodes.rows.headings()[1] == "Next hop"
    assert bench.window.canvas.selection == (named(bench, "s1"),)


def test_selecting_elsewhere_chooses_here_and_clicks_on_the_way_select(bench) -> None:
    page = shown(bench)
    run(bench, 3)
    bench.window.canvas.select((named(bench, "hop by hop 1"),))
    run(bench, 1)
    assert page.flows.way.line.id == named(bench, "hop by hop 1")
    way = page.flows.way
    (lane,) = way.plan.lanes
    QTest.mouseClick(way, LEFT, NO, (lane.stops[1].box.center() * Manner.scale).toPoint())
    assert bench.window.canvas.selection == (named(bench, "s1"),)
    QTest.mouseClick(way, LEFT, NO, (lane.stretches[1].box.center() * Manner.scale).toPoint())
    assert bench.window.canvas.selection == (lane.stretches[1].id,)
    way.setFocus()
    seen = []
    way.focus = None
    for _ in range(3):
        QTest.keyClick(way, Qt.Key.Key_Down)
        seen.extend(bench.window.canvas.selection)
    assert seen == [named(bench, "from-1"), lane.stretches[0].id, named(bench, "s1")]
    heard = QAccessible.queryAccessibleInterface(way)
    assert heard.text(QAccessible.Text.Name) == "Way of the flow"
    assert heard.text(QAccessible.Text.Description) == "s1, Router"


def test_the_way_is_shown_on_the_canvas(bench) -> None:
    page = shown(bench)
    run(bench, 16)
    choose(page, "central 3")
    run(bench, 1)
    page.flows.show_button.click()
    assert bench.window.board.view == "topology"
    flow = bench.window.live.player.world.fabric.flows["traffic", named(bench, "central 3")]
    assert set(flow.cables) <= set(bench.window.canvas.selection)
    assert named(bench, "w2") in bench.window.canvas.selection


def test_sorting_filtering_and_csv(bench) -> None:
    page = shown(bench)
    run(bench, 9)
    page.flows.lines.sort(2, Qt.SortOrder.DescendingOrder)
    rates = [line.rate for line in page.flows.lines.rows]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == pytest.approx(1e9)
    choose(page, "central 1")
    page.flows.filter.setText("CENTRAL")
    assert len(page.flows.lines.rows) == 3
    assert page.flows.list.currentIndex().data() == "central 1"
    csv = page.flows.list.text(range(3)).splitlines()
    assert csv[0].startswith("Name,From → to,Rate")
    assert any(line.startswith("central 1,from-2 → to-2,1000000000,limited by ") for line in csv)
    page.flows.filter.setText("nothing like this")
    assert page.flows.none.isVisible()
    assert page.flows.none.text() == "No flow has these words."
    page.flows.filter.clear()
    run(bench, 6)
    assert page.flows.list.isVisible()
    assert page.flows.list.currentIndex().data() == "central 1"


def test_a_cable_that_is_pulled_while_time_stands_is_seen(bench) -> None:
    page = shown(bench, "06-two-sites")
    run(bench, 5)
    bench.trigger("simulation.play")
    choose(page, "every minute")
    bench.let_pass(1)
    (wan,) = [id for id, one in bench.window.session.document.links.items() if one.fields.get("medium") == "wan"]
    assert page.flows.way.line.limit == wan
    bench.window.live.act("cut", wan)
    bench.let_pass(1)
    assert page.flows.way.line.course == "blocked"
    assert "blocked" in cells(page.flows.lines)[row(page, "every minute")][3]
    page.tabs.setCurrentIndex(1)
    page.nodes.choose(named(bench, "sw-tokyo"))
    bench.let_pass(1)
    assert "unplugged" in [line[1] for line in cells(page.nodes.ports)]


def test_edits_and_the_end_of_a_run_are_followed(bench) -> None:
    page = shown(bench)
    run(bench, 4)
    bench.trigger("simulation.reset")
    bench.let_pass(0.2)
    assert "after the start" in page.note.text()
    session = bench.window.session
    session.place("flow", name="mine", source=named(bench, "from-1"), target=named(bench, "to-1"), rate="5 Mbit/s")
    assert cells(page.flows.lines)[row(page, "mine")][2:4] == ["5 Mbit/s", "flows"]
    session.undo()
    assert "mine" not in [line[0] for line in cells(page.flows.lines)]


def test_what_is_empty_or_too_large_says_so(bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.trigger("view.show.flows")
    page = bench.window.board.page
    assert page.flows.none.text().startswith("Nothing flows")
    page.tabs.setCurrentIndex(1)
    assert page.nodes.none.text() == "No switch and no router in this project."
    monkeypatch.setattr("sdx_studio.session.routing.LARGEST", 3)
    page = shown(bench)
    page.tabs.setCurrentIndex(0)
    assert page.flows.none.text() == "This project is large: press play to see what flows."
    run(bench, 3)
    assert len(page.flows.lines.rows) == 6


@pytest.fixture(params=["en", "ja"])
def language(request) -> Iterator[str]:
    dictionary.use(request.param)
    yield request.param
    dictionary.use("en")


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
@pytest.mark.parametrize("scale", ["0.8", "1", "2"])
def test_it_is_drawn_in_every_look_size_and_language(bench, language: str, look: str, scale: str) -> None:
    window = bench.window
    window.appearance.choose("scale", scale)
    window.appearance.choose("look", look)
    try:
        page = shown(bench)
        run(bench, 9)
        choose(page, "central 2")
        run(bench, 0.5)
        QApplication.processEvents()
        assert window.height() == 768
        plan = page.flows.way.plan
        assert not any(
            a.box.intersects(b.box.adjusted(1, 1, -1, -1))
            for lane in plan.lanes for at, a in enumerate(lane.stops) for b in (*lane.stops[at + 1 :], *lane.stretches)
        )  # fmt: skip
        ground = page.flows.view.viewport().grab().toImage().pixelColor(QPoint(2, 2))
        assert ground == window.look.colour("surface.canvas")
        page.tabs.setCurrentIndex(1)
        window.grab()
        keyed = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert [
            one.objectName() for one in (page, *keyed) if not (one.accessibleName() or getattr(one, "text", str)())
        ] == []
        assert page.nodes.list.accessibleName() == dictionary.text("Switches and routers")
        assert language == dictionary.language
    finally:
        window.appearance.choose("scale", "1")
        window.appearance.choose("look", "light")
