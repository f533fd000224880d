"""The in-line player: pace, messages, slices."""

from collections.abc import Iterator
from typing import Any

import pytest

from sdx_studio.engine.parts import Command, Guest, Load, Machine
from sdx_studio.session.players import Player
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.session.players.messages import Happened, LayoutChanged, Paused, Refused

S = 1_000_000
PARTS = [Machine("m", 4, 2**33), Guest("g", "m", 2, Load(0.5, "wave"), 2**30)]
SCENARIO = [Command(3 * S, "power_off", "g")]


class Clock:
    """A clock that stands until it is moved; `cost` seconds pass at each look."""

    def __init__(self) -> None:
        self.now = 100.0
        self.cost = 0.0

    def __call__(self) -> float:
        self.now += self.cost
        return self.now


@pytest.fixture
def clock() -> Any:
    return Clock()


@pytest.fixture
def player(clock: Any) -> Iterator[Any]:
    one = InlinePlayer(clock)
    one.load(PARTS, SCENARIO, 4)
    yield one
    one.close()


def test_it_is_a_player(player: Any) -> None:
    checked: Player = player
    assert checked.speed == 1.0


def test_nothing_is_shown_before_the_first_load(clock: Any) -> None:
    empty = InlinePlayer(clock)
    assert empty.latest() is None
    assert empty.poll() == []


def test_time_goes_on_at_the_pace_of_the_clock(player: Any, clock: Any) -> None:
    player.tick()
    clock.now += 1
    player.tick()
    assert player.world.now == 0
    player.play()
    clock.now += 1.5
    player.tick()
    assert player.world.now == 1.5 * S
    player.speed = 10
    clock.now += 1
    player.tick()
    assert player.world.now == 11.5 * S
    player.pause()
    clock.now += 5
    player.tick()
    assert player.world.now == 11.5 * S


def test_speed_has_bounds(player: Any) -> None:
    player.speed = 1e9
    assert player.speed == 1000
    player.speed = 0
    assert player.speed == 0.1


def test_when_the_work_takes_too_long_time_is_dropped(player: Any, clock: Any) -> None:
    player.play()
    clock.now += 1000
    clock.cost = 0.0101
    player.tick()
    assert 0 < player.world.now <= 5 * S
    clock.cost = 0.0
    before = player.world.now
    player.tick()
    assert player.world.now <= before + S // 10


def test_messages_come_once_and_the_layout_first(player: Any) -> None:
    first = player.poll()
    assert isinstance(first[0], LayoutChanged)
    assert Paused(0) in first
    assert player.poll() == []
    player.run_until(5 * S)
    happened, paused = player.poll()
    assert isinstance(happened, Happened)
    assert [event.kind for event in happened.events] == ["guest.stopped"]
    assert paused == Paused(5 * S)
    assert not player.running


def test_refusals_come_back(player: Any) -> None:
    command = Command(0, "fail", "g")
    player.poll()
    player.do(command)
    refused = [message for message in player.poll() if isinstance(message, Refused)]
    assert refused[0].command == command
    assert refused[0].reason


def test_step_goes_to_the_next_event(player: Any) -> None:
    player.step()
    assert player.world.now == S


def test_edits_survive_a_reset(player: Any) -> None:
    player.revise([Machine("n", 4, 2**33)], [(Guest, "g")])
    player.run_until(S)
    player.reset()
    layout, shot = player.latest()
    assert layout.elements == ("m", "n")
    assert shot.time == 0
    assert any(isinstance(message, LayoutChanged) for message in player.poll())


def test_another_scenario_reaches_what_is_ahead_and_the_next_run(player: Any) -> None:
    player.run_until(2 * S)
    player.plan([Command(S, "fail", "m"), Command(4 * S, "fail", "m")])
    player.poll()
    player.run_until(5 * S)
    (happened, _) = player.poll()
    assert next((event.seconds, event.kind) for event in happened.events) == (4, "element.failed")
    player.reset()
    player.run_until(2 * S)
    kinds = [event.kind for message in player.poll() if isinstance(message, Happened) for event in message.events]
    assert kinds[0] == "element.failed"
