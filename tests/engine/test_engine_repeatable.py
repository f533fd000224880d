"""The same run again: from checkpoints at random instants, and from its journal as plain data in another process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdx_studio.engine.checkpoint import resume, take
from sdx_studio.engine.formulas.migration import Brake
from sdx_studio.engine.journal import Do, Entry, Journal, Plan, Revise, perform
from sdx_studio.engine.parts import Command, Guest, Layer, Load, Machine, MigrationStyle, Part, Trace
from sdx_studio.engine.plain import plain, rich
from sdx_studio.engine.world import World

S = 1_000_000
END = 40 * S
SCENARIO = (
    Command(3 * S, "migrate", "g00", (("to", "m2"),)), Command(7 * S, "fail", "m3"), Command(11 * S, "cut", "up4"),
    Command(30 * S, "repair", "m3"),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(instants=st.lists(st.integers(1, 60), min_size=1, max_size=5))
def test_checkpoints_at_random_instants_go_on_exactly(computer_room: Any, instants: list[int]) -> None:
    reference = World(computer_room(), seed=5, scenario=SCENARIO)
    reference.advance(END)
    world = World(computer_room(), seed=5, scenario=SCENARIO)
    for count in instants:
        for _ in range(count):
            if (world.next_time() or END) < END:
                world.step()
        checkpoint = take(world)
        events = world.events
        lost, world = world, resume(checkpoint, events)
        assert world.state_hash() == lost.state_hash()
        assert world.events is not events
    world.advance(END)
    assert world.state_hash() == reference.state_hash()


def test_a_checkpoint_holds_neither_events_nor_parts(computer_room: Callable[[], list[Part]]) -> None:
    world = World(computer_room(), seed=5, scenario=SCENARIO)
    world.advance(20 * S)
    checkpoint = take(world)
    assert checkpoint.events == len(world.events) > 5
    assert b"element.failed" not in checkpoint.state
    assert len(checkpoint.state) < 0.9 * len(world.checkpoint())
    later = [*world.events, replace(world.events[-1], time=99 * S)]
    assert resume(checkpoint, later).events == world.events


def journal(parts: list[Part]) -> Journal:
    """A run of 40 s with a command, edits and another scenario."""
    book = Journal(tuple(parts), SCENARIO, 5)
    world = book.world()
    guest = next(part for part in parts if isinstance(part, Guest) and part.id == "g05")
    acts = [
        (2 * S, Do(Command(0, "cut", "ring2"))),
        (9 * S + 1, Revise((replace(guest, load=Trace.of([0.2, 0.9, 0.4], 0.7)), Machine("new", 4, 2**33)), ())),
        (9 * S + 1, Revise((), ((Guest, "g06"), (Layer, "hv4")))),
        (16 * S, Plan((Command(25 * S, "power_off", "g01"),))),
        (16 * S, Do(Command(0, "dance", "g01"))),
    ]
    for at, act in acts:
        world.advance(at)
        book.entries.append(Entry(world.now, world.instants, act))
        perform(world, act)
    return book


def test_a_journal_gives_the_same_run(computer_room: Callable[[], list[Part]]) -> None:
    book = journal(computer_room())
    one, other = book.replay(END), book.replay(END)
    assert one.state_hash() == other.state_hash()
    assert {event.kind for event in one.events} >= {"cable.cut", "command.refused", "guest.stopped"}
    half = book.replay(12 * S)
    assert half.now == 12 * S
    assert "g06" not in half.plant.parts.guests
    assert half.events == [event for event in one.events if event.time <= 12 * S]


def test_in_the_same_instant_the_order_counts() -> None:
    """A command that comes before what is due at the same time is found there again."""
    parts = (Machine("m", 4, 2**33), Guest("g", "m", 1, Load(1.0), 2**30, start_time=0))
    book = Journal(parts, (Command(S, "power_off", "g"),))
    world = book.world()
    world.advance(2 * S)
    for verb in ("power_on", "power_off"):
        entry = Entry(world.now, world.instants, Do(Command(0, verb, "g")))
        book.entries.append(entry)
        perform(world, entry.act)
        assert verb == "power_off" or world.next_time() == 2 * S, "it is starting, which takes no time"
    world.advance(5 * S)
    assert [event.kind for event in world.events] == ["guest.stopped", "guest.stopped"]
    assert book.replay(5 * S).state_hash() == world.state_hash()


def test_another_process_replays_the_journal(computer_room: Callable[[], list[Part]], tmp_path: Any) -> None:
    book = journal(computer_room())
    file = tmp_path / "journal.json"
    file.write_text(json.dumps(plain(book), allow_nan=False))
    program = (
        "import json, sys; from sdx_studio.engine.plain import rich\n"
        f"print(rich(json.load(open(sys.argv[1]))).replay({END}).state_hash())"
    )
    done = [
        subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout.strip()
        for seed in ("3", "4")
    ]  # fmt: skip
    assert done == [book.replay(END).state_hash()] * 2


def test_plain_data_comes_back_as_it_was(computer_room: Callable[[], list[Part]]) -> None:
    book = journal(computer_room())
    style = MigrationStyle("postcopy", brake=Brake(), limit=2)
    book = Journal((*book.parts, Layer("deep", "m1", migration=style)), book.scenario, 7, book.entries)
    assert rich(json.loads(json.dumps(plain(book)))) == book


@pytest.mark.parametrize("value", [object(), {"is": "os.system"}, {1, 2}, World])
def test_what_is_no_journal_has_no_plain_form(value: Any) -> None:
    with pytest.raises(TypeError):
        plain(value)


@pytest.mark.parametrize("value", [{}, {"is": "World"}, {"is": "type", "name": "World"}, {"is": ["Guest"]}])
def test_plain_data_of_others_is_refused(value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        rich(value)
