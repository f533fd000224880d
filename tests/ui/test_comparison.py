"""A beside B in a real window: fork, change, run both, read the table, keep one or both."""

from copy import copy
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from sdx_studio.exchange.native import dump
from sdx_studio.session import Session


@pytest.fixture(name="lab")
def _lab(bench) -> Any:
    """Two hosts in a cluster with two VMs, played to 20 s."""
    s = bench.window.session
    switch, array = s.place("switch", name="sw", x=300), s.place("storage_array", name="array", x=300, y=500)
    for _ in range(4):
        s.place("disk", on=array)
    hosts = [s.place("host", name=f"esx-{at}", x=450 * at, y=150) for at in (1, 2)]
    for host in hosts:
        s.connect(host, switch)
        s.connect(host, array)
    for at in (1, 2):
        s.place("vm", on=hosts[0], name=f"vm-{at}", disk=s.place("volume", on=array, size="20 GiB"))
    s.place("cluster", name="ha", x=900, members=hosts)
    bench.window.canvas.fit()
    bench.window.live.speed = 10
    bench.trigger("simulation.play")
    bench.let_pass(2.0)
    bench.trigger("simulation.play")
    bench.let_pass(0.1)
    return bench


def both(bench, seconds: float) -> None:
    """Let wall-clock time pass for both runs."""
    for _ in range(max(1, round(seconds / 0.05))):
        bench.clock.now += 0.05
        for side in bench.window.sides:
            if side.live.player is not None:
                side.live.player.tick()
        bench.window.follower.follow()


def test_a_fork_stands_beside_the_first_at_the_same_moment(lab) -> None:
    window = lab.window
    moment = window.live.time
    assert moment > 15
    lab.trigger("simulation.compare")
    first, second = window.sides
    assert window.comparison.on
    assert window.side is second
    assert window.actions_by_id["simulation.compare"].isChecked()
    assert second.live.time == first.live.time == moment
    assert second.live.player.state_hash() == first.live.player.state_hash()
    assert first.canvas.isVisible()
    assert second.canvas.isVisible()
    assert abs(first.canvas.width() - second.canvas.width()) < 12
    assert first.letter.text() == "A"
    assert second.letter.text() == "B"
    lab.trigger("simulation.play")
    both(lab, 1.0)
    assert first.live.playing
    assert second.live.playing
    lab.trigger("simulation.play")
    both(lab, 0.2)
    assert not first.live.playing
    assert not second.live.playing
    assert first.live.time == second.live.time > moment
    window.live.seek(12)
    both(lab, 0.2)
    assert first.live.time == second.live.time == 12
    for moment in (9.0, 14.0, 5.5):
        window.live.scrub(moment)
    both(lab, 0.3)
    assert first.live.time == second.live.time == 5.5


def test_a_step_and_the_speed_hold_for_both(lab) -> None:
    window = lab.window
    lab.trigger("simulation.compare")
    first, second = window.sides
    window.session.do("fail", window.session.document.find("esx-2"), at=40)
    both(lab, 0.1)
    lab.trigger("simulation.step")
    both(lab, 0.2)
    assert first.live.time == second.live.time == 40
    assert [event.kind for event in second.live.events][-1] == "element.failed"
    assert not any(event.kind == "element.failed" for event in first.live.events)
    window.live.speed = 100
    assert first.live.speed == second.live.speed == first.live.player.speed == 100


def test_a_click_turns_to_a_side_and_panels_are_about_it(lab) -> None:
    window = lab.window
    lab.trigger("simulation.compare")
    first, second = window.sides
    second.session.rename("esx-2", "spare")
    host = first.session.document.find("esx-2")
    spot = first.canvas.screen_box(host).center().toPoint()
    QTest.mouseClick(first.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert window.side is first
    assert window.canvas.selection == (host,)
    assert window.panels.outline._session is first.session
    assert first.session.document.element(host).name == "esx-2"
    camera = first.canvas.camera
    first.canvas.zoom(1.3, QPointF(50, 60))
    assert (second.canvas.camera.x, second.canvas.camera.zoom) == (camera.x, camera.zoom)
    second.canvas.pan(33, 12)
    assert (second.canvas.camera.x, second.canvas.camera.y) == (camera.x, camera.y)


def test_the_table_tells_which_side_lost_less(lab) -> None:
    window = lab.window
    lab.trigger("simulation.compare")
    first, second = window.sides
    for side in (first, second):
        if side is first:
            side.session.set("ha", members=[])
        side.live.act("fail", side.session.document.find("esx-1"))
    window.live.seek(1000)
    both(lab, 2.0)
    rows = {row.key: row for row in window.comparison.rows()}
    assert rows["outage_s"].better == "b"
    table = window.panels.differences.table
    assert not table.isHidden()
    assert table.item(0, 0).text() == "Outage of guests"
    assert table.item(0, 4).text() == "B"
    assert table.item(0, 2).font().bold()
    assert not table.item(0, 1).font().bold()
    totals = second.live.player.world.totals()
    assert table.item(0, 2).text().split("\u00a0")[0] in f"{totals['outage_s']:.6f}"
    assert window.panels.differences.as_csv().splitlines()[1].startswith('"Outage of guests","')


def test_keep_a_gives_b_up_only_when_the_person_agrees(lab) -> None:
    window = lab.window
    seen = copy(window.canvas.camera)
    lab.trigger("simulation.compare")
    first, second = window.sides
    before = dump(first.session.document)
    second.session.rename("esx-2", "spare")
    first.canvas.zoom(3.0)
    window.comparison.may_drop = lambda: False
    lab.trigger("simulation.compare")
    assert window.comparison.on
    window.comparison.may_drop = lambda: True
    lab.trigger("simulation.compare")
    assert not window.comparison.on
    assert window.sides == [first]
    assert window.side is first
    assert dump(window.session.document) == before
    assert not first.heading.isVisible()
    assert window.canvas.camera == seen, "one looks at what one looked at before"
    assert "ended" in window.statusBar().currentMessage()
    lab.trigger("simulation.play")
    lab.let_pass(0.5)
    assert window.live.playing
    lab.trigger("simulation.compare")
    assert window.comparison.on
    window.comparison.end()


def test_a_name_that_is_being_typed_in_b_goes_with_it(lab) -> None:
    window = lab.window
    lab.trigger("simulation.compare")
    window.desk.rename(window.session.document.find("esx-2"))
    assert window.findChild(QLineEdit, "rename") is not None
    window.comparison.end()
    lab.let_pass(0.1)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    window.desk.rename(window.session.document.find("esx-2"))
    assert window.findChild(QLineEdit, "rename").text() == "esx-2"


def test_keep_b_is_one_step_and_its_run_goes_on(lab) -> None:
    window = lab.window
    before = dump(window.session.document)
    session = window.session
    steps = len(session.history.labels)
    lab.trigger("simulation.compare")
    window.session.place("host", name="esx-3", x=0, y=700)
    window.live.seek(60)
    both(lab, 0.2)
    hash_b, time_b = window.live.player.state_hash(), window.live.time
    window.comparison.keep_b()
    assert window.session is session
    assert not window.comparison.on
    assert (window.live.time, window.live.player.state_hash()) == (time_b, hash_b)
    assert len(session.history.labels) == steps + 1
    assert session.document.find("esx-3")
    lab.trigger("simulation.play")
    lab.let_pass(0.5)
    assert window.live.time > time_b
    session.undo()
    assert dump(session.document) == before


def test_keep_both_saves_b_as_a_project(lab, tmp_path) -> None:
    window = lab.window
    lab.trigger("simulation.compare")
    window.session.rename("esx-2", "spare")
    window.files.choose_save = lambda _title, _filters: ""
    window.comparison.keep_both()
    assert window.comparison.on
    window.files.choose_save = lambda _title, _filters: str(tmp_path / "b")
    window.comparison.keep_both()
    assert not window.comparison.on
    assert Session.open(tmp_path / "b.sdx").document.find("spare")
    assert window.session.document.find("esx-2")


def test_another_project_ends_the_comparison(lab) -> None:
    window = lab.window
    lab.trigger("simulation.compare")
    window.files.new()
    assert len(window.sides) == 1
    assert not window.session.document.elements
    lab.trigger("simulation.compare")
    assert [side.live.started for side in window.sides] == [False, False]
    lab.trigger("view.theme")
    lab.trigger("simulation.reset")
    both(lab, 0.1)
