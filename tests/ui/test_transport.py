"""Breakpoints, slowing down, up to when, the true speed and reset, in a window."""

import pytest
from along import Run, run
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sdx_studio.session import watching

__all__ = ["run"]


def test_a_breakpoint_pauses_selects_and_says_why(run: Run) -> None:
    window = run.window
    run.bench.trigger("simulation.breakpoint")
    shown = window.panels.timing.breakpoint_window
    shown.field.setText("cpo > 3")
    shown.add()
    assert "cpu" in shown.problem.text()
    shown.field.setText("migration.finished")
    shown.add()
    assert shown.list.count() == 1
    assert shown.field.text() == ""
    window.canvas.select(())
    run.live.seek(0)
    window.follower.follow()
    run.live.speed = 20
    run.bench.trigger("simulation.play")
    run.bench.let_pass(5)
    assert not run.live.playing
    assert window.canvas.selection == (run.vm,)
    assert "migration.finished" in window.statusBar().currentMessage()
    shown.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert watching.watches(window.session.document) == ()
    shown.remove()
    assert watching.breakpoints(window.session.document) == ()
    run.bench.trigger("edit.undo")
    assert shown.list.count() == 1
    shown.close()


def test_slowing_down_is_switched_on_and_shown(run: Run) -> None:
    window = run.window
    run.bench.trigger("simulation.breakpoint")
    shown = window.panels.timing.breakpoint_window
    shown.slow.setChecked(True)
    assert watching.slow_kinds(window.session.document) == watching.USUAL
    shown.kinds["ha."].setChecked(False)
    assert "ha." not in watching.slow_kinds(window.session.document)
    shown.close()
    run.live.seek(0)
    window.follower.follow()
    run.bench.trigger("simulation.play")
    run.bench.let_pass(1)
    assert run.live.slowed
    assert window.panels.transport.truth.text() == "slowed"
    assert run.live.time < 4


def test_until_a_moment_in_the_transport(run: Run) -> None:
    window, field = run.window, run.window.panels.transport.until
    run.bench.trigger("simulation.run_until")
    assert field.hasFocus()
    QTest.keyClicks(field, "1 banana")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "1 banana" in window.statusBar().currentMessage()
    field.setText("00:01:15")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert run.live.playing
    run.bench.let_pass(3)
    assert run.live.time == 75
    assert not run.live.playing
    field.setText("1 min")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "over already" in window.statusBar().currentMessage()
    field.setText("2 min")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    window.follower.follow()
    assert run.live.time == 120


def test_the_true_speed_is_shown_when_it_is_another(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = run.window.panels.transport
    run.bench.trigger("simulation.play")
    run.bench.let_pass(1.5)
    assert transport.truth.text() == ""
    run.live.speed = 1000
    monkeypatch.setattr(type(run.live.player), "pace", property(lambda _one: 640.0))
    run.window.follower.follow()
    assert transport.truth.text() == "really 640×"
    assert transport.speed.text() == "1000×"


def test_reset_puts_everything_back(run: Run) -> None:
    window = run.window
    window.canvas.zoom(3)
    run.bench.trigger("simulation.reset")
    window.follower.follow()
    assert (run.live.time, run.live.speed, run.live.events, run.live.curves.times) == (0, 1, [], [])
    assert not window.canvas.scene.running
    assert run.line.chronicle.known == []
    box = window.canvas.screen_box(window.session.document.find("host:a"))
    assert window.canvas.rect().contains(box.toRect())
