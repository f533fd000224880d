"""The consolidation page: steps, figures before and after, refusing a step, and the three ways to carry it out."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sdx_studio.exchange.native import dump


@pytest.fixture(name="page")
def _page(bench) -> Any:
    session = bench.window.session
    switch, array = session.place("switch", name="sw"), session.place("storage_array", name="array")
    volume = session.place("volume", on=array, size="10 GiB")
    for row in range(2):
        rack = session.place("rack", name=f"rack-{row}")
        for place in range(2):
            host = session.place("host", on=rack, name=f"h{row}{place}", cores=10, memory="64 GiB")
            session.connect(host, switch)
            session.connect(host, array)
            session.place("vm", on=host, name=f"vm{row}{place}", vcpus=10, load=0.1, memory="1 GiB", disk=volume)
    bench.trigger("view.show.plan")
    return bench.window.board.page


def words(page: Any) -> list[str]:
    return [page.steps.item(row).text() for row in range(page.steps.count())]


def test_steps_and_figures_follow_the_chosen_step(page: Any) -> None:
    assert words(page) == ["Empty h11: 1 to h00", "Empty h10: 1 to h00", "Empty h01: 1 to h00"]
    assert page.steps.currentRow() == 2
    assert "Machines that run 4 → 1" in page.sums.accessibleDescription()
    assert "Racks in use 2 → 1" in page.sums.accessibleDescription()
    assert page.floor.accessibleDescription() == "3 machines off, 1 racks dark"
    page.steps.setCurrentRow(0)
    assert "Machines that run 4 → 3" in page.sums.accessibleDescription()
    assert page.floor.accessibleDescription() == "1 machines off, 0 racks dark"
    assert "No plan can do with fewer than 1 machines" in page.summary.text()
    typed(page.limit, "15 %")
    assert words(page) == []
    assert "4 stay: the processors of the others have no room for all its guests below the limit" in page.summary.text()
    assert not page.buttons["draw"].isEnabled()


def typed(field: Any, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_limit_is_seen_and_takes_what_it_can(page: Any) -> None:
    field = page.limit
    assert field.displayText() == "80\u00a0%"
    assert field.fontMetrics().horizontalAdvance(field.displayText()) < field.width() - 12
    for text, value in (("55", 55), ("60.4 %", 60), ("5", 10), ("900 %", 100), ("much", 100), ("nan", 100), ("", 100)):
        typed(field, text)
        assert (field.value(), field.displayText()) == (value, f"{value}\u00a0%")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == 95


def test_a_step_that_is_unticked_is_planned_around(page: Any) -> None:
    page.steps.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert words(page)[-1] == "h11 stays"
    assert words(page)[0] == "Empty h10: 1 to h11", "now the others go there"
    row = page.steps.count() - 1
    page.steps.item(row).setCheckState(Qt.CheckState.Checked)
    assert "h11 stays" not in words(page)


def test_drawn_so_it_is_one_step(bench, page: Any) -> None:
    session = bench.window.session
    before = dump(session.document)
    page.buttons["draw"].click()
    assert session.document.ancestor(session.document.find("vm11"), "machine") == session.document.find("h00")
    assert words(page) == []
    bench.trigger("edit.undo")
    assert dump(session.document) == before


def test_into_the_scenario(bench, page: Any) -> None:
    page.steps.setCurrentRow(0)
    page.buttons["later"].click()
    verbs = sorted(act.verb for act in bench.window.session.document.scenario.values())
    assert verbs == ["migrate", "power_off"]


def test_carried_out_in_a_running_model(bench, page: Any) -> None:
    assert not page.buttons["now"].isEnabled()
    bench.trigger("simulation.play")
    bench.let_pass(1)
    page.propose()
    page.buttons["now"].click()
    bench.let_pass(120)
    events = [event.kind for event in bench.window.live.events]
    assert events.count("migration.finished") == 3
    assert events.count("element.off") == 3
    assert events.count("consolidation.planned") == 1, "the model plans as the page has shown it"
    page.propose()
    assert words(page) == []
    assert "Machines that run 1 → 1" in page.sums.accessibleDescription()


@pytest.mark.parametrize("unticked", [False, True])
def test_carried_out_up_to_the_chosen_step(bench, page: Any, unticked: bool) -> None:
    bench.trigger("simulation.play")
    bench.let_pass(1)
    page.propose()
    if unticked:
        page.steps.item(0).setCheckState(Qt.CheckState.Unchecked)
    page.steps.setCurrentRow(0)
    step = page.proposal.steps[0]
    page.buttons["now"].click()
    bench.let_pass(120)
    events = bench.window.live.events
    assert [event.element for event in events if event.kind == "element.off"] == [step.machine]
    done = [(str(one.figures["vm"]), str(one.figures["to"])) for one in events if one.kind == "migration.finished"]
    assert tuple(done) == step.moves


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_it_is_painted_in_every_palette_and_language(bench, page: Any, look: str) -> None:
    bench.window.appearance.choose("look", look)
    first = page.grab().toImage()
    bench.trigger("view.language.ja")
    assert page.grab().toImage() != first
