"""What a run pauses for and slows down at: exactly, once, and without changing anything in it."""

import time
from typing import Any

import pytest
from drawings import room
from test_spawned_player import has, until

from sdx_studio.engine.parts import Command, Guest, Load, Machine
from sdx_studio.session.build import parts_of, scenario_of
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.session.players.messages import Caught, Happened, Paused, Slowed, Watch
from sdx_studio.session.players.spawned import SpawnedPlayer

S = 1_000_000
PARTS = [Machine("m", 4, 2**33), Guest("g", "m", 2, Load(0.2, "steady"), 2**30), Guest("h", "m", 2, Load(0.1), 2**30)]
SCENARIO = [
    Command(2 * S, "load", "g", (("by", 0.7),)), Command(4 * S, "load", "g", (("by", -0.7),)),
    Command(6 * S, "load", "g", (("by", 0.75),)), Command(8 * S, "load", "h", (("by", 0.85),)),
]  # fmt: skip
BUSY = Watch(None, ("cpu.utilisation",), ">", 0.8)
LOADED = Watch("g", event="load.changed")


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def player(clock: Any, scenario: Any = SCENARIO) -> InlinePlayer:
    one = InlinePlayer(clock)
    one.load(PARTS, scenario, 4)
    return one


def caught(messages: Any) -> list[tuple[float, Watch, str]]:
    return [(one.time / S, one.watch, one.element) for one in messages if isinstance(one, Caught)]


def go_on(one: InlinePlayer, clock: Clock, seconds: float, speed: float = 1.0) -> list[Any]:
    one.speed = speed
    one.play()
    heard: list[Any] = []
    for _ in range(round(seconds / 0.25)):
        clock.now += 0.25
        one.tick()
        heard += one.poll()
    return heard


def test_it_fires_when_it_comes_true_and_not_again_while_it_stays_true() -> None:
    clock = Clock()
    one = player(clock)
    one.watch([BUSY])
    assert caught(go_on(one, clock, 3)) == [(2, BUSY, "g")]
    assert not one.running
    assert one.world.now == 2 * S
    assert caught(go_on(one, clock, 30)) == [(6, BUSY, "g")]
    assert caught(go_on(one, clock, 30)) == [(8, BUSY, "h")]
    assert caught(go_on(one, clock, 3)) == []
    assert one.running


def test_a_held_run_stays_where_it_is() -> None:
    clock = Clock()
    one = player(clock)
    one.watch([BUSY])
    go_on(one, clock, 3)
    clock.now += 1000
    one.tick()
    assert one.world.now == 2 * S


def test_events_are_watched_by_kind_beginning_and_element() -> None:
    clock = Clock()
    one = player(clock)
    one.watch([LOADED])
    assert caught(go_on(one, clock, 3)) == [(2, LOADED, "g")]
    begin = Watch(event="load.")
    one.watch([begin])
    assert caught(go_on(one, clock, 30)) == [(4, begin, "g")]
    one.watch([Watch("h", event="load.changed")])
    assert [row[0] for row in caught(go_on(one, clock, 30))] == [8]


def test_a_measure_that_rises_by_itself_is_caught_between_two_events() -> None:
    clock = Clock()
    one = player(clock, ())
    watts = Machine("m", 4, 2**33, (100.0,) * 11)
    one.load([watts, *PARTS[1:]], (), 4)
    one.watch([Watch("m", ("energy",), ">=", 100.0 * 36.0 / 3.6e6)])
    (found,) = caught(go_on(one, clock, 5, speed=100))
    assert found[0] == pytest.approx(36.0, abs=1e-5)


def test_what_holds_at_the_very_beginning_is_told_once() -> None:
    clock = Clock()
    one = player(clock, ())
    one.watch([Watch("g", ("cpu.utilisation",), ">", 0.1)])
    assert [row[0] for row in caught(go_on(one, clock, 1))] == [0]
    assert caught(go_on(one, clock, 5)) == []


def test_a_watch_that_is_set_while_it_holds_waits_until_it_comes_true_anew() -> None:
    clock = Clock()
    one = player(clock)
    go_on(one, clock, 3)
    one.watch([BUSY])
    assert [row[0] for row in caught(go_on(one, clock, 30))] == [6]


@pytest.mark.parametrize("until", [5 * S, 20 * S])
def test_watching_changes_nothing(until: int) -> None:
    drawing = room().document
    plain, watched = InlinePlayer(lambda: 0.0), InlinePlayer(lambda: 0.0)
    for one in (plain, watched):
        one.load(parts_of(drawing), scenario_of(drawing), 3)
    everything = Watch(None, ("cpu.utilisation", "storage.fill", "net.rate", "storage.used"), ">", 0.3)
    watched.watch([everything, Watch(event="migration.")], ["migration.", "element.failed"])
    plain.run_until(until)
    pauses = 0
    while watched.world.now < until:
        watched.run_until(until)
        pauses += 1
    assert pauses > 2
    assert watched.state_hash() == plain.state_hash()
    assert watched.world.events == plain.world.events


def test_going_back_does_not_fire_and_going_on_fires_again() -> None:
    clock = Clock()
    one = player(clock)
    one.watch([BUSY])
    go_on(one, clock, 3)
    one.seek(7 * S)
    assert caught(one.poll()) == []
    one.seek(1 * S)
    assert caught(one.poll()) == []
    assert [row[0] for row in caught(go_on(one, clock, 30))] == [2]


def test_a_paced_run_ends_at_its_goal_to_the_microsecond() -> None:
    clock = Clock()
    one = player(clock)
    one.speed = 10
    one.run_until(3_141_593, paced=True)
    assert one.running
    assert one.world.now == 0
    for _ in range(10):
        clock.now += 0.1
        one.tick()
    assert not one.running
    assert one.world.now == 3_141_593
    assert Paused(3_141_593) in one.poll()


def test_it_goes_slowly_for_three_seconds_after_an_event_and_then_as_wished() -> None:
    clock = Clock()
    one, plain = player(clock), player(clock)
    one.watch([], ["load."])
    heard = go_on(one, clock, 0.25, speed=100)
    assert Slowed(True) in heard
    assert one.world.now == 2 * S
    clock.now += 1.5
    one.tick()
    assert one.world.now == pytest.approx(3.5 * S)
    heard = go_on(one, clock, 30, speed=100)
    assert [told.on for told in heard if isinstance(told, Slowed)][-1] is False
    plain.run_until(one.world.now)
    assert one.state_hash() == plain.state_hash()


def test_who_wishes_for_a_speed_is_not_slowed_any_more() -> None:
    clock = Clock()
    one = player(clock)
    one.watch([], ["load."])
    go_on(one, clock, 0.25, speed=100)
    one.speed = 50
    assert Slowed(False) in one.poll()


def test_the_true_speed_is_that_of_the_last_second() -> None:
    clock = Clock()
    one = player(clock)
    assert one.pace is None
    go_on(one, clock, 2, speed=10)
    assert one.pace == pytest.approx(10)
    one.pause()
    assert one.pace is None


def test_a_spawned_player_is_held_at_the_same_instants() -> None:
    one = SpawnedPlayer(time.monotonic)
    try:
        one.watch([BUSY])
        one.load(PARTS, SCENARIO, 4)
        one.run_until(20 * S)
        assert caught(until(one, has(Caught))) == [(2, BUSY, "g")]
        assert not one.running
        one.watch([LOADED])
        one.run_until(20 * S)
        assert caught(until(one, has(Caught))) == [(4, LOADED, "g")]
        plain = player(time.monotonic)
        plain.run_until(4 * S)
        assert one.state_hash() == plain.state_hash()
    finally:
        one.close()


def test_watches_outlive_the_engine() -> None:
    one = SpawnedPlayer(time.monotonic)
    try:
        one.load(PARTS, SCENARIO, 4)
        one.watch([Watch("h", event="load.changed")])
        one.speed = 2
        one.play()
        until(one, has(Happened))
        process = one._tether.channel.process  # type: ignore[union-attr]
        process.kill()
        one_of = caught(until(one, has(Caught)))
        assert [row[0] for row in one_of] == [8]
    finally:
        one.close()
