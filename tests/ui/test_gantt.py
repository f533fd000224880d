"""Who works when: the rows under the time line follow the selection and the run."""

from typing import Any

import pytest
from PySide6.QtCore import QPointF

from sdx_studio.ui.panels.timeline.axis import Axis
from sdx_studio.ui.panels.timeline.gantt import ROW, TOP


@pytest.fixture(name="two")
def _two(bench) -> Any:
    """Two mainframes, one in batch and one in turns, with two jobs each."""
    session = bench.window.session
    for place, policy in enumerate(("batch", "time sharing")):
        machine = session.place("mainframe", name=policy, policy=policy, quantum=1, x=500 * place)
        for number in range(2):
            session.place("batch_job", on=machine, name=f"{policy[0]}{number}", service=1, pause=3, repeat=5)
    return bench


def asked(bench: Any) -> Any:
    """The strip after the model has answered."""
    gantt = bench.window.panels.gantt
    gantt._clock.invalidate()
    bench.let_pass(0.2)
    gantt._clock.invalidate()
    bench.let_pass(0.2)
    return gantt


def test_it_is_there_when_there_is_something_to_show(two) -> None:
    window = two.window
    gantt = window.panels.gantt
    assert not gantt.isVisible(), "two machines, none selected"
    window.canvas.select((window.session.document.find("b0"),))
    assert gantt.isVisible()
    window.canvas.select(())
    assert not gantt.isVisible()
    window.session.remove("batch")
    assert gantt.isVisible(), "the only one"
    assert window.panels.below.minimumSizeHint().height() > 0


def test_in_batch_one_after_the_other_in_turns_side_by_side(two) -> None:
    window = two.window
    window.canvas.select((window.session.document.find("batch"),))
    two.trigger("simulation.play")
    two.let_pass(19)
    gantt = asked(two)
    names = [window.session.document.element(id).name for id in gantt._jobs]
    assert names == ["b0", "b1"]
    first = [shift for shift in gantt._shifts if shift[0] == gantt._jobs[0]]
    assert [(start, end) for _job, start, end in first] == [(4.0 * turn, 4.0 * turn + 1) for turn in range(5)]
    assert gantt.accessibleDescription() == "b0 5\u00a0s, b1 0\u00a0s"
    window.canvas.select((window.session.document.find("t1"),))
    gantt = asked(two)
    second = [shift for shift in gantt._shifts if shift[0] == gantt._jobs[1]]
    assert [start for _job, start, _end in second] == [4.0 * turn + 1 for turn in range(5)]
    axis: Axis = gantt._axis
    assert gantt.told_at(QPointF(axis.x(5.5), TOP + 1.5 * ROW)) == "t1: 00:05.0 – 00:06.0"
    assert gantt.told_at(QPointF(axis.x(6.5), TOP + 1.5 * ROW)) == "t1"
    assert gantt.told_at(QPointF(axis.x(6.5), 200.0)) == ""
    assert not gantt.grab().isNull()
    two.trigger("simulation.reset")
    two.let_pass(0.1)
    assert gantt._shifts == []
