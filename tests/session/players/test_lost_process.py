"""The engine's process is killed or hangs: it is noticed, told, and another one goes on with the same run."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import pytest

from sdx_studio.engine.journal import Journal
from sdx_studio.engine.parts import Command, Guest, Load, Machine, Part
from sdx_studio.session.players.channel import STUCK, Channel
from sdx_studio.session.players.lifeline import MOST_LOSSES
from sdx_studio.session.players.messages import Busy, Crashed, Happened, LayoutChanged, Paused, Restarted, Rewound
from sdx_studio.session.players.spawned import SpawnedPlayer
from sdx_studio.session.players.tether import Tether

S = 1_000_000
PATIENCE = 60.0
PARTS: list[Part] = [
    Machine("m", 8, 2**35), Machine("n", 8, 2**35),
    *(Guest(f"g{at}", "mn"[at % 2], 2, Load(0.5, "bursty", 0.4, 3.0), 2**30, start_time=1) for at in range(6)),
]  # fmt: skip
SCENARIO = [Command(at * S, ("power_off", "power_on")[at % 2], f"g{at // 2 % 6}") for at in range(2, 400)]


@pytest.fixture
def player() -> Iterator[SpawnedPlayer]:
    one = SpawnedPlayer(time.monotonic)
    one.load(PARTS, SCENARIO, 4)
    yield one
    one.close()


def until(player: SpawnedPlayer, condition: Callable[[list[Any]], object], seen: list[Any] | None = None) -> list[Any]:
    """Messages up to the moment when `condition` holds for them."""
    messages: list[Any] = [] if seen is None else seen
    deadline = time.monotonic() + PATIENCE
    while not condition(messages):
        assert time.monotonic() < deadline, messages[-5:]
        if player._tether.channel is not None:
            wait([player], 0.02)
        messages += player.poll()
        player.latest()
    return messages


def has(sort: Any) -> Callable[[list[Any]], object]:
    return lambda messages: any(isinstance(message, sort) for message in messages)


def at_least(player: SpawnedPlayer, time: int) -> Callable[[list[Any]], object]:
    return lambda _: player.latest() is not None and player.latest()[1].time >= time


def told(messages: list[Any]) -> list[Any]:
    """All events as the window knows them in the end."""
    events: list[Any] = []
    for message in messages:
        if isinstance(message, Rewound):
            del events[message.events :]
        elif isinstance(message, Happened):
            events += message.events
    return events


def losses(messages: list[Any]) -> int:
    return sum(isinstance(one, Restarted | Crashed) for one in messages)


def kill(player: SpawnedPlayer, how: signal.Signals = signal.SIGKILL) -> int:
    assert player.pid is not None
    os.kill(player.pid, how)
    return player.pid


def expected(player: SpawnedPlayer, until: int) -> Any:
    """The run as its journal gives it in this process."""
    return player.journal().replay(until)


def finish(player: SpawnedPlayer, goal: int, seen: list[Any]) -> Any:
    """Run to `goal`, then compare hash and events with the journal's."""
    player.run_until(goal)
    until(player, lambda found: Paused(goal) in found, seen)
    wanted = expected(player, goal)
    assert player.state_hash() == wanted.state_hash()
    assert told(seen) == wanted.events
    return wanted


def test_a_killed_process_is_told_within_two_seconds_and_the_run_goes_on(player: SpawnedPlayer) -> None:
    player.speed = 20
    player.play()
    seen = until(player, at_least(player, 20 * S))
    first, segment, moment = kill(player), player._tether.channel.segment.name, player.latest()[1].time
    began = time.monotonic()
    until(player, has(Restarted), seen)
    assert time.monotonic() - began < 2
    restarted = next(one for one in seen if isinstance(one, Restarted))
    assert restarted.reason == "its process has ended"
    assert restarted.time >= moment
    assert player.pid not in (None, first)
    assert player.running
    with pytest.raises(FileNotFoundError):
        SharedMemory(segment)
    until(player, at_least(player, restarted.time + 10 * S), seen)
    assert not has(Crashed)(seen)
    player.pause()
    paused = until(player, lambda found: isinstance(found[-1], Paused), seen)[-1]
    finish(player, paused.time + 5 * S, seen)


def test_it_goes_on_from_a_checkpoint_and_not_from_the_beginning(player: SpawnedPlayer) -> None:
    player.speed = 50
    player.play()
    seen = until(player, lambda _: player._tether.lifeline.checkpoint is not None)
    until(player, lambda _: player._tether.lifeline.checkpoint.time > 10 * S, seen)
    kill(player)
    until(player, has(Restarted), seen)
    request = next(one for one in player._tether.lifeline.unmet if one[0] == "resume")
    assert request[2].time > 10 * S
    player.pause()
    until(player, lambda found: isinstance(found[-1], Paused), seen)
    finish(player, 150 * S, seen)


def test_what_was_done_in_the_run_is_not_lost(player: SpawnedPlayer) -> None:
    player.run_until(5 * S)
    seen = until(player, lambda found: Paused(5 * S) in found)
    player.do(Command(0, "fail", "n"))
    player.revise([Machine("new", 4, 2**33), Guest("h", "new", 1, Load(0.7, "wave"), 2**30)], [(Guest, "g4")])
    player.plan([Command(9 * S, "repair", "n")])
    player.run_until(7 * S)
    until(player, lambda found: Paused(7 * S) in found, seen)
    kill(player)
    until(player, has(Restarted), seen)
    assert not player.running
    assert [type(entry.act).__name__ for entry in player.journal().entries] == ["Do", "Revise", "Plan"]
    wanted = finish(player, 12 * S, seen)
    assert {"new", "h"} <= set(wanted.layout().elements)
    assert "g4" not in wanted.layout().elements
    assert set(player.latest()[0].elements) == set(wanted.layout().elements)


def test_requests_on_their_way_are_done_by_the_next_process(player: SpawnedPlayer) -> None:
    player.run_until(5 * S)
    seen = until(player, lambda found: Paused(5 * S) in found)
    kill(player, signal.SIGSTOP)
    player.do(Command(0, "fail", "n"))
    player.revise([Machine("new", 4, 2**33)], [])
    kill(player)
    until(player, has(Restarted), seen)
    wanted = finish(player, 8 * S, seen)
    assert "new" in wanted.layout().elements
    assert [event.time for event in wanted.events if event.kind == "element.failed"] == [5 * S]


def test_a_process_that_hangs_is_noticed_within_two_seconds(player: SpawnedPlayer) -> None:
    player.play()
    seen = until(player, at_least(player, S // 10))
    first = kill(player, signal.SIGSTOP)
    began = time.monotonic()
    until(player, has(Restarted), seen)
    assert time.monotonic() - began < 2.5
    assert next(one for one in seen if isinstance(one, Restarted)).reason == "its process does not answer any more"
    assert not os.path.exists(f"/proc/{first}")  # noqa: PTH110
    until(player, at_least(player, 2 * S), seen)
    player.pause()
    until(player, lambda found: isinstance(found[-1], Paused), seen)
    finish(player, 8 * S, seen)


def test_a_window_that_stood_still_does_not_take_the_engine_for_dead() -> None:
    """After a pause of the whole computer both clocks have jumped."""
    jump = [0.0]
    player = SpawnedPlayer(lambda: time.monotonic() + jump[0])
    try:
        player.load(PARTS)
        until(player, has(LayoutChanged))
        until(player, lambda _: player.latest() is not None)
        first = player.pid
        jump[0] = 3600.0
        assert player.poll() == [] or not has(Restarted)(player.poll())
        assert player.silence < 1
        assert player.pid == first
    finally:
        player.close()


def test_one_long_step_is_told_but_not_cut_short(player: SpawnedPlayer) -> None:
    """The process lives: its work is only more than usual."""
    until(player, lambda _: player.latest() is not None)
    many: list[Part] = [Machine(f"x{at:05}", 8, 2**35) for at in range(150)]
    many += [Guest(f"y{at:05}", f"x{at % 150:05}", 1, Load(0.5, "bursty"), 2**28) for at in range(1500)]
    first = player.pid
    player.revise(many, [])
    player.run_until(20 * S)
    seen = until(player, lambda found: Paused(20 * S) in found)
    assert player.pid == first
    assert not has(Restarted)(seen)
    assert all(message.seconds > 1 for message in seen if isinstance(message, Busy))


class Signs:
    """Signs of life of a process whose work does not come on."""

    heartbeat = pulse = 0


def test_a_process_that_lives_but_does_not_come_on_is_told_and_given_up_in_the_end() -> None:
    now, tether, signs = [0.0], Tether(lambda: now[0]), Signs()
    channel: Any = Channel.__new__(Channel)
    channel._clock, channel._looked, channel._signs = tether._clock, 0.0, (-1, -1)
    channel.segment, channel.silent, channel.stuck = signs, 0.0, 0.0
    tether.channel = channel
    told: list[tuple[float, Any]] = []
    while (reason := channel.watch()) is None:
        tether.watch()
        told += [(now[0], one) for one in tether.inbox]
        tether.inbox.clear()
        now[0] += 0.1
        signs.pulse += 1
        assert now[0] < 2 * STUCK
    assert [type(one) for _, one in told] == [Busy], "once"
    assert told[0][0] < 2
    assert now[0] == pytest.approx(STUCK, abs=1)
    assert reason == "its process does not answer any more"


def test_after_a_rewind_the_lost_run_goes_on_there(player: SpawnedPlayer) -> None:
    player.run_until(60 * S)
    seen = until(player, lambda found: Paused(60 * S) in found)
    player.do(Command(0, "fail", "n"))
    player.seek(11 * S)
    until(player, has(Rewound), seen)
    assert all(event.time <= 11 * S for event in told(seen))
    until(player, lambda found: isinstance(found[-1], Paused), seen)
    kill(player)
    until(player, has(Restarted), seen)
    assert next(one for one in seen if isinstance(one, Restarted)).time == 11 * S
    wanted = finish(player, 70 * S, seen)
    assert [event.time for event in wanted.events if event.kind == "element.failed"] == [60 * S]


def test_seeking_and_stepping_back_in_the_process(player: SpawnedPlayer) -> None:
    player.seek(30 * S)
    seen = until(player, lambda found: Paused(30 * S) in found)
    player.step_back()
    until(player, has(Rewound), seen)
    until(player, lambda _: player.latest()[1].time < 30 * S, seen)
    player.seek(12 * S)
    until(player, lambda found: Paused(12 * S) in found, seen)
    assert player.state_hash() == expected(player, 12 * S).state_hash()
    until(player, lambda _: player.latest()[1].time == 12 * S, seen)
    finish(player, 40 * S, seen)


def test_an_engine_that_is_lost_again_and_again_is_given_up(player: SpawnedPlayer) -> None:
    player.run_until(5 * S)
    seen = until(player, lambda found: Paused(5 * S) in found)
    for _ in range(MOST_LOSSES):
        kill(player)
        lost = losses(seen)
        until(player, lambda found, lost=lost: losses(found) > lost, seen)
    assert isinstance(seen[-1], Crashed)
    assert sum(isinstance(one, Crashed) for one in seen) == 1
    player.play()
    assert player.poll() == []
    with pytest.raises(TimeoutError):
        player.state_hash()
    player.load(PARTS)
    until(player, has(LayoutChanged))


def test_resetting_begins_anew_with_the_parts_as_they_are(player: SpawnedPlayer) -> None:
    player.run_until(5 * S)
    seen = until(player, lambda found: Paused(5 * S) in found)
    player.revise([Machine("new", 4, 2**33)], [(Guest, "g0")])
    player.reset()
    until(player, lambda found: Paused(0) in found[len(seen) :] or isinstance(found[-1], Paused), seen)
    kill(player)
    until(player, has(Restarted), seen)
    assert player.journal().entries == []
    until(player, lambda _: "new" in player.latest()[0].elements, seen)
    assert isinstance(player.journal(), Journal)
    assert player.state_hash() == expected(player, 0).state_hash()
