"""The clock of a running model: until when, breakpoints, dragging, and the same run again after going back."""

import time
from collections.abc import Iterator
from multiprocessing.connection import wait
from typing import Any

import numpy as np
import pytest
from drawings import Table, moving, room

from sdx_studio.document import EditError
from sdx_studio.session import moments, planning, watching
from sdx_studio.session.live import Live
from sdx_studio.session.players.messages import Caught, Watch
from sdx_studio.session.players.spawned import SpawnedPlayer
from sdx_studio.session.watching import Breakpoint, read


@pytest.fixture
def table() -> Iterator[Table]:
    made = Table(moving())
    yield made
    made.live.close()


def finished(table: Table) -> float:
    """When the migration is over (s)."""
    table.live.seek(100)
    table.let_pass(0.1)
    (end,) = [one.seconds for one in table.live.events if one.kind == "migration.finished"]
    table.live.seek(0)
    table.let_pass(0.1)
    return end


def test_a_breakpoint_of_the_project_holds_the_run(table: Table) -> None:
    end = finished(table)
    watching.keep(table.session, [Breakpoint(read(table.session.document, "migration.finished"))], "Add")
    table.live.speed = 20
    table.live.play()
    told = table.let_pass(8)
    assert [one.element for one in told if isinstance(one, Caught)] == [table.session.document.find("vm:web01")]
    assert table.live.time == end
    assert not table.live.playing
    table.session.undo()
    table.live.play()
    table.let_pass(1)
    assert table.live.playing


def test_run_until_a_moment_and_a_condition(table: Table) -> None:
    table.live.speed = 10
    table.live.run_until(12.345678)
    table.let_pass(1)
    assert table.live.playing
    assert table.live.until == 12.345678
    table.let_pass(1)
    assert not table.live.playing
    assert table.live.time == 12.345678
    assert table.live.until is None
    table.live.run_until(Watch(event="migration.finished"), paced=False)
    table.let_pass(0.1)
    assert table.live.events[-1].kind == "migration.finished"
    assert table.live.time == table.live.events[-1].seconds
    table.live.play()
    table.let_pass(1)
    assert table.live.playing


def test_who_pauses_does_not_wait_any_more(table: Table) -> None:
    table.live.run_until(Watch(event="migration.finished"))
    table.let_pass(0.5)
    table.live.pause()
    assert table.live.until is None
    table.live.speed = 100
    table.live.play()
    table.let_pass(2)
    assert table.live.playing


def test_going_back_and_on_gives_the_same_run_and_the_future_stays_known() -> None:
    table = Table(room())
    live = table.live
    live.speed = 10
    live.play()
    table.let_pass(2)
    live.pause()
    table.let_pass(0.1)
    end, events, digest = live.time, list(live.events), table.player.state_hash()
    host = table.session.document.find("host:h0")
    times, values = live.curves.of(host, "cpu.utilisation")
    for wish in (3.0, 15.0, 1.5, 9.25):
        live.scrub(wish)
        table.let_pass(0.1)
        assert live.time == wish
        assert live.story.reached == end
        assert live.events == [one for one in events if one.seconds <= wish]
        assert live.story.ahead == [one for one in events if one.seconds > wish]
        assert all(live.curves.of(host, "cpu.utilisation")[0] <= wish)
    live.scrub(end)
    table.let_pass(0.1)
    assert (live.events, live.story.ahead, table.player.state_hash()) == (events, [], digest)
    again, others = live.curves.of(host, "cpu.utilisation")
    kept = np.isin(times, again)
    assert kept.sum() > 0.9 * len(times)
    assert others[np.isin(again, times)] == pytest.approx(values[kept])
    live.close()


def test_an_act_in_the_past_makes_another_future(table: Table) -> None:
    table.live.seek(60)
    table.let_pass(0.1)
    table.live.seek(5)
    table.let_pass(0.1)
    assert table.live.story.ahead
    table.live.act("fail", table.session.document.find("host:b"))
    table.let_pass(0.1)
    assert table.live.story.ahead == []
    assert table.live.story.reached == 5
    assert table.live.curves.ahead == []


def test_bookmarks_and_breakpoints_do_not_touch_the_future(table: Table) -> None:
    table.live.seek(60)
    table.let_pass(0.1)
    table.live.seek(5)
    table.let_pass(0.1)
    known = list(table.live.story.ahead)
    moments.add(table.session, 5.0)
    watching.keep_slow(table.session, ("ha.",))
    assert table.live.story.ahead == known


def test_dragging_never_queues_up() -> None:
    """While one seek is under way only the newest wish is kept, however many there were."""
    live = Live(moving(), lambda: SpawnedPlayer(time.monotonic))
    try:
        live.seek(60)
        _wait(live, 60)
        sent: list[int] = []
        player = live.player
        assert isinstance(player, SpawnedPlayer)
        seek = player.seek
        player.seek = lambda at: (sent.append(at), seek(at))[1]  # type: ignore[method-assign]
        for number in range(300):
            live.scrub(60 - number * 0.15)
        assert len(sent) <= 1
        _wait(live, 60 - 299 * 0.15)
        assert len(sent) <= 3
        assert not live.playing
    finally:
        live.close()


def _wait(live: Any, wanted: float) -> None:
    deadline = time.monotonic() + 30
    while abs(live.time - wanted) > 1e-6:
        assert time.monotonic() < deadline, live.time
        wait([live.player], 0.02)
        live.poll()
        live.latest()


def test_moments_are_named_kept_and_taken_back(table: Table) -> None:
    session = table.session
    first = moments.add(session, 12.5)
    second = moments.add(session, 3.0, "switch-over")
    assert moments.moments(session.document) == (second, first)
    moments.rename(session, first, "over")
    with pytest.raises(EditError):
        moments.rename(session, second, "  ")
    assert [one.name for one in moments.moments(session.document)] == ["switch-over", "over"]
    moments.remove(session, second)
    session.undo()
    session.undo()
    assert [one.name for one in moments.moments(session.document)] == ["switch-over", first.name]


def test_acts_are_moved_changed_and_cancelled(table: Table) -> None:
    session = table.session
    load = session.do("load", "vm:web01", at=2, by="25 %")
    assert planning.words(session.document.scenario[load], session.document) == "Add load web01 +25\u00a0%"
    planning.reschedule(session, load, planning.snapped(7.1499))
    assert session.document.scenario[load].at == 7.1
    planning.change(session, load, 8.0, {"by": 0.5})
    assert session.document.scenario[load].fields["by"] == 0.5
    planning.cancel(session, load)
    assert load not in session.document.scenario
    session.undo()
    session.undo()
    session.undo()
    assert session.document.scenario[load].at == 2
    with pytest.raises(EditError):
        session.do("load", "vm:web01", by="much")
    assert planning.fitting(session.document, session.document.find("sw")) == ("fail", "repair")
