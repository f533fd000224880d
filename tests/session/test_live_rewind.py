"""Going back and forth in the running model of a session."""

from collections.abc import Iterator

import pytest
from drawings import Table, moving

from sdx_studio.engine.events import Event
from sdx_studio.session.players.messages import Rewound

S = 1_000_000


@pytest.fixture
def table() -> Iterator[Table]:
    made = Table(moving())
    yield made
    made.live.close()


def test_going_back_cuts_events_and_curves_and_the_same_run_follows(table: Table) -> None:
    table.live.speed = 20
    table.live.play()
    table.let_pass(5)
    events, times = list(table.live.events), list(table.live.curves.times)
    assert table.live.time == pytest.approx(100)
    assert events[-1].kind == "migration.finished"
    table.live.seek(30)
    told = table.live.poll()
    table.live.latest()
    assert Rewound(30 * S, len(table.live.events)) in told
    assert table.live.time == 30
    assert not table.live.playing
    assert table.live.events == [event for event in events if event.time <= 30 * S]
    assert len(table.live.events) < len(events)
    assert table.live.curves.times == [time for time in times if time <= 30]
    table.live.play()
    table.let_pass(5)
    assert table.live.events == events


def test_going_forth_tells_what_happens_on_the_way(table: Table) -> None:
    table.live.seek(100)
    told = [one.kind for one in table.live.poll() if isinstance(one, Event)]
    assert told[-1] == "migration.finished"
    table.live.latest()
    assert table.live.time == 100
    table.live.seek(-5)
    table.live.poll()
    table.live.latest()
    assert table.live.time == 0


def test_a_step_back_goes_where_the_step_came_from(table: Table) -> None:
    table.live.step_back()
    assert not table.live.started, "there is nothing to go back in"
    seen = []
    for _ in range(4):
        table.live.step()
        table.live.poll()
        table.live.latest()
        seen.append(table.live.time)
    assert seen == sorted(set(seen))
    table.live.step_back()
    table.live.poll()
    table.live.latest()
    assert table.live.time == seen[-2]


def test_an_edit_after_going_back_keeps_the_drawing_in_the_model(table: Table) -> None:
    """What was drawn later in the run stays drawn: the model has it from the moment of the next edit on."""
    table.live.play()
    table.let_pass(5)
    first = table.session.place("app", on="host:b", name="first", threads=2, load=1)
    table.let_pass(5)
    table.live.seek(3)
    assert table.live.poll()
    layout, _ = table.live.latest() or (None, None)
    assert layout is not None
    assert first not in layout.rows
    second = table.session.place("app", on="host:b", name="second", threads=2, load=1)
    layout, _ = table.live.latest() or (None, None)
    assert layout is not None
    assert {first, second} <= layout.rows.keys()
    assert table.player.journal().replay(table.player.world.now).state_hash() == table.player.state_hash()
