"""The spawned player: a real process, shared memory, crashes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import wait
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import pytest

from sdx_studio.engine.parts import Cable, Command, Guest, Load, Machine, Node, Traffic
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.session.players.messages import Crashed, Happened, LayoutChanged, Paused, Refused, Told
from sdx_studio.session.players.spawned import SpawnedPlayer

S = 1_000_000
PARTS = [Machine("m", 4, 2**33), Guest("g", "m", 2, Load(0.5, "wave"), 2**30)]
SCENARIO = [Command(3 * S, "power_off", "g")]
PATIENCE = 30.0


@pytest.fixture
def player() -> Iterator[Any]:
    one = SpawnedPlayer(time.monotonic)
    one.load(PARTS, SCENARIO, 4)
    yield one
    one.close()


def until(player: Any, condition: Any, seen: Any = None) -> Any:
    """Messages up to the moment when `condition` holds for them."""
    messages = [] if seen is None else seen
    deadline = time.monotonic() + PATIENCE
    while not condition(messages):
        assert time.monotonic() < deadline, messages
        if player._tether.channel is not None:
            wait([player], 0.02)
        messages += player.poll()
    return messages


def has(sort: Any) -> Any:
    return lambda messages: any(isinstance(message, sort) for message in messages)


def test_a_run_equals_the_inline_one_and_everything_arrives(player: Any) -> None:
    player.run_until(5 * S)
    assert player.running
    messages = until(player, lambda found: Paused(5 * S) in found)
    assert not player.running
    assert isinstance(messages[0], LayoutChanged)
    happened = [message for message in messages if isinstance(message, Happened)]
    assert [event.kind for event in happened[0].events] == ["guest.stopped"]
    inline = InlinePlayer(time.monotonic)
    inline.load(PARTS, SCENARIO, 4)
    inline.run_until(5 * S)
    assert player.state_hash() == inline.state_hash()
    layout, shot = player.latest()
    assert layout.elements == ("g", "m")
    assert shot.time == 5 * S
    assert (shot.values == inline.latest()[1].values).all()
    assert player.fileno() > 0
    assert player.silence < PATIENCE


def test_another_scenario_reaches_the_process(player: Any) -> None:
    later = [Command(S, "power_off", "g"), Command(4 * S, "fail", "m")]
    player.run_until(2 * S)
    until(player, lambda found: Paused(2 * S) in found)
    player.plan(later)
    player.run_until(5 * S)
    until(player, lambda found: Paused(5 * S) in found)
    inline = InlinePlayer(time.monotonic)
    inline.load(PARTS, SCENARIO, 4)
    inline.run_until(2 * S)
    inline.plan(later)
    inline.run_until(5 * S)
    assert player.state_hash() == inline.state_hash()
    assert [event.kind for event in inline.world.events] == ["element.failed", "guest.stopped"]


def test_playing_pausing_commands_and_edits(player: Any) -> None:
    until(player, has(LayoutChanged))
    player.speed = 200
    player.play()
    until(player, lambda _: (player.latest() or (0, None))[1] is not None and player.latest()[1].time > S)
    player.do(Command(0, "fail", "g"))
    until(player, has(Refused))
    player.pause()
    seen = until(player, has(Paused))
    assert seen[-1].time > S
    player.revise([Machine(f"n{at:03}", 4, 2**33) for at in range(300)], [])
    until(player, has(LayoutChanged))
    until(player, lambda _: len(player.latest()[0].elements) == 302 and len(player.latest()[1].condition) == 302)
    player.reset()
    until(player, lambda found: Paused(0) in found)
    player.step()
    until(player, lambda found: Paused(S) in found)


def test_an_error_in_the_world_comes_back_as_text(player: Any) -> None:
    until(player, has(LayoutChanged))
    player._tether.ask("run_until", "tomorrow")
    crash = next(message for message in until(player, has(Crashed)) if isinstance(message, Crashed))
    assert "TypeError" in crash.text
    deadline = time.monotonic() + PATIENCE
    while player._tether.channel is not None:
        assert not any(isinstance(message, Crashed) for message in player.poll())
        assert time.monotonic() < deadline


def test_closing_frees_the_memory_and_can_be_done_twice(player: Any) -> None:
    until(player, lambda _: player.latest() is not None)
    name = player._tether.channel.segment.name
    player.close()
    player.close()
    with pytest.raises(FileNotFoundError):
        SharedMemory(name)
    with pytest.raises(ValueError, match="nothing"):
        player.fileno()
    assert player.silence == 0


PROGRAM = """
import time
from sdx_studio.engine.parts import Machine
from sdx_studio.session.players.spawned import SpawnedPlayer
if __name__ == "__main__":
    player = SpawnedPlayer(time.monotonic)
    player.load([Machine("m", 4, 1e9)])
    while player.latest() is None:
        player._tether.channel.connection.poll(0.05)
    print(player.pid, player._tether.channel.segment.name, flush=True)
    {ending}
"""


def program(tmp_path: Any, ending: Any) -> Any:
    file = tmp_path / "studio.py"
    file.write_text(PROGRAM.format(ending=ending))
    return [sys.executable, "-W", "error", str(file)]


def test_a_clean_end_leaves_no_complaint(tmp_path: Any) -> None:
    done = subprocess.run(program(tmp_path, "player.close()"), capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_process_ends_when_its_window_dies(tmp_path: Any) -> None:
    ending = "import os; os.kill(os.getpid(), 9)"
    done = subprocess.run(program(tmp_path, ending), capture_output=True, text=True, timeout=60, check=False)
    pid, name = done.stdout.split()
    deadline = time.monotonic() + PATIENCE
    while os.path.exists(f"/proc/{pid}") or os.path.exists(f"/dev/shm/{name}"):  # noqa: PTH110, S108
        assert time.monotonic() < deadline
        wait([], 0.02)


def test_what_is_asked_about_one_thing_comes_as_the_inline_player_tells_it(player: Any) -> None:
    net = [Node("a"), Node("b"), Node("s", "bridging"), Cable("as", "a", "s", 1e9), Cable("bs", "b", "s", 1e8)]
    parts = [*net, Traffic("t", "a", "b"), Traffic("u", "b", "a")]
    inline = InlinePlayer(time.monotonic)
    told: list[Any] = []
    for one in (player, inline):
        one.load(parts, (), 4)
        one.run_until(2 * S)
        until(one, has(Paused)) if one is player else one.tick()
        before = one.state_hash()
        one.ask("routes", "traffic/u")
        one.ask("tables", "s")
        messages = until(one, lambda found: sum(isinstance(each, Told) for each in found) == 2) if (
            one is player) else one.poll()  # fmt: skip
        told.append([each for each in messages if isinstance(each, Told)])
        assert one.state_hash() == before
    assert told[0] == told[1]
    assert [hop.cable for hop in told[0][0].figures["way"].hops] == ["bs", "as"]
    assert told[0][0].figures["flows"][1].limit == "bs"
    assert told[0][1].figures["table"].device == "s"
