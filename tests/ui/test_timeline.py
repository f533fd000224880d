"""The time line by mouse and by keys: dragging the playhead, acts and bookmarks."""

from typing import Any

import pytest
from along import LEFT, NONE, Run, run
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from sdx_studio.session import moments
from sdx_studio.ui.panels.timeline.axis import EVENTS, PLAN, RIBBONS, RULER

__all__ = ["run"]


def test_the_playhead_is_dragged_both_ways_and_everything_follows(run: Run) -> None:
    end, events, digest = run.live.time, list(run.live.events), run.live.player.state_hash()
    assert end == pytest.approx(60)
    run.drag(run.point(50, RULER), run.point(20, RULER))
    assert run.live.time == pytest.approx(20, abs=0.3)
    assert not run.live.playing
    assert run.window.canvas.scene.time == run.live.time
    assert run.window.panels.events.model.rowCount() == len(run.live.events) < len(events)
    assert run.live.story.ahead
    run.drag(run.point(20, PLAN), run.point(115, PLAN))
    assert run.live.time == end
    assert run.live.events == events
    assert run.live.player.state_hash() == digest
    assert run.window.panels.events.model.rowCount() == len(events)


def test_it_follows_while_one_drags(run: Run) -> None:
    run.drag(run.point(50, RULER), run.point(10, RULER), release=False)
    assert run.live.time == pytest.approx(10, abs=0.3)
    QTest.keyClick(run.line, Qt.Key.Key_Escape)
    run.window.follower.follow()
    assert run.live.time == pytest.approx(60)


def test_a_run_that_was_left_in_the_past_does_not_move_by_itself(run: Run) -> None:
    run.drag(run.point(50, RULER), run.point(20, RULER))
    at = run.live.time
    run.bench.let_pass(3)
    assert run.live.time == at


def test_a_mark_selects_and_a_double_click_goes_there(run: Run) -> None:
    started = next(one for one in run.live.events if one.kind == "migration.started")
    run.window.canvas.select(())
    QTest.mouseClick(run.line, LEFT, NONE, run.point(started.seconds, EVENTS))
    assert run.window.canvas.selection == (run.vm,)
    assert run.live.time == pytest.approx(60)
    QTest.mouseDClick(run.line, LEFT, NONE, run.point(started.seconds, EVENTS))
    run.window.follower.follow()
    assert run.live.time == started.seconds


def test_a_diamond_is_dragged_as_one_step(run: Run) -> None:
    document = run.window.session.document
    run.drag(run.point(2, PLAN), run.point(80.03, PLAN))
    moved = document.scenario[run.act].at
    assert moved == pytest.approx(80, abs=0.3)
    assert round(moved * 10) == pytest.approx(moved * 10)
    run.bench.trigger("edit.undo")
    assert document.scenario[run.act].at == 2
    run.drag(run.point(2, PLAN), run.point(30, PLAN), release=False)
    QTest.keyClick(run.line, Qt.Key.Key_Escape)
    QTest.mouseRelease(run.line, LEFT, NONE, run.point(30, PLAN))
    assert document.scenario[run.act].at == 2


def test_a_press_alone_moves_no_diamond(run: Run) -> None:
    QTest.mouseClick(run.line, LEFT, NONE, run.point(2, PLAN))
    assert run.window.session.document.scenario[run.act].at == 2
    assert run.window.canvas.selection == (run.vm,)


def test_acts_by_keys(run: Run) -> None:
    session = run.window.session
    later = session.do("fail", "host:b", at=90)
    run.line.setFocus()
    run.press(Qt.Key.Key_Down, Qt.Key.Key_Home)
    assert "Migrate web01" in run.line.accessibleDescription()
    run.press(Qt.Key.Key_Right)
    assert "Fail b" in run.line.accessibleDescription()
    run.press(Qt.Key.Key_Right, held=Qt.KeyboardModifier.AltModifier)
    assert session.document.scenario[later].at == 91
    run.press(Qt.Key.Key_Delete)
    assert later not in session.document.scenario
    assert "b" in {one.name for one in session.document.elements.values()}
    run.bench.trigger("edit.undo")
    assert later in session.document.scenario


def test_the_playhead_by_keys(run: Run) -> None:
    run.line.setFocus()
    run.press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert run.live.time == pytest.approx(59)
    assert "00:59" in run.line.accessibleDescription()
    run.press(Qt.Key.Key_Home)
    assert run.live.time == 0
    run.press(Qt.Key.Key_End)
    assert run.live.time == pytest.approx(60)


def entries(run: Run, at: QPoint) -> dict[str, Any]:
    QApplication.sendEvent(run.line, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, run.line.mapToGlobal(at)))
    menu = run.line.findChildren(QMenu, "timeline_menu")[-1]
    found = {one.text(): one for one in menu.actions() if one.text()}
    for one in list(found.values()):
        if one.menu() is not None:
            found.update({inner.text(): inner for inner in one.menu().actions()})
    menu.hide()
    return found


def test_the_menu_plans_for_what_is_selected(run: Run) -> None:
    document = run.window.session.document
    run.window.canvas.select((run.vm,))
    offered = entries(run, run.point(75, PLAN))
    assert "Fail" not in offered
    offered["+50 %"].trigger()
    (load,) = [one for one in document.scenario.values() if one.verb == "load"]
    assert (load.target, load.fields["by"]) == (run.vm, 0.5)
    assert load.at == pytest.approx(75, abs=0.3)
    run.window.canvas.select((document.find("host:b"),))
    entries(run, run.point(100, PLAN))["Fail"].trigger()
    assert [one.verb for one in document.scenario.values()].count("fail") == 1
    entries(run, run.point(load.at, PLAN))["Delete"].trigger()
    assert load.id not in document.scenario


def test_an_act_is_changed_in_a_small_window(run: Run) -> None:
    session = run.window.session
    load = session.do("load", run.vm, at=75, by=0.25)
    entries(run, run.point(75, PLAN))["Edit…"].trigger()
    editor = run.window.panels.timing.editor
    assert editor.amount.text() == "25 %"
    editor.amount.setText("much")
    editor.accept()
    assert "no quantity" in editor.problem.text()
    editor.amount.setText("75 %")
    editor.at.setText("00:01:20")
    editor.accept()
    assert (session.document.scenario[load].at, session.document.scenario[load].fields["by"]) == (80.0, 0.75)


def test_bookmarks_of_moments(run: Run) -> None:
    session = run.window.session
    run.bench.trigger("simulation.bookmark")
    (kept,) = moments.moments(session.document)
    assert kept.time == run.live.time
    run.drag(run.point(50, RULER), run.point(20, RULER))
    QTest.mouseClick(run.line, LEFT, NONE, run.point(kept.time, RIBBONS))
    run.window.follower.follow()
    assert run.live.time == kept.time
    entries(run, run.point(kept.time, RIBBONS))["Rename…"].trigger()
    editor = run.window.panels.timing.editor
    editor.field.setText("  ")
    editor.accept()
    assert editor.problem.text() == "a name is needed"
    editor.field.setText("over")
    editor.accept()
    assert moments.moments(session.document)[0].name == "over"
    run.live.seek(5)
    run.window.follower.follow()
    run.bench.trigger("simulation.bookmark.next")
    run.window.follower.follow()
    assert run.live.time == kept.time
    run.bench.trigger("edit.undo")
    run.bench.trigger("edit.undo")
    assert moments.moments(session.document) == ()
