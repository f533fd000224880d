"""Snapshots through shared memory."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from sdx_studio.engine.parts import Command, Guest, Load, Machine, Node
from sdx_studio.engine.world import World
from sdx_studio.session.players.memory import SEQUENCE, Segment


@pytest.fixture
def world() -> Any:
    return World([Machine("m", 4, 2**33), Guest("g", "m", 2, Load(0.5), 2**30), Node("m")])


@pytest.fixture
def segment(world: Any) -> Iterator[Any]:
    one = Segment.fitting(world.layout())
    yield one
    one.unlink()


def test_what_is_written_is_read(world: Any, segment: Any) -> None:
    other = Segment(segment.name)
    assert other.read(world.layout()) is None
    for time in (1, 2, 3):
        world.advance(time * 1_000_000)
        segment.write(world.layout(), world.snapshot())
        found = other.read(world.layout())
        assert found.time == world.now
        np.testing.assert_array_equal(found.values, world.snapshot().values)
        np.testing.assert_array_equal(found.place, world.snapshot().place)
        np.testing.assert_array_equal(found.cable_rates, world.snapshot().cable_rates)
    other.close()


def test_a_buffer_being_written_is_not_read(world: Any, segment: Any) -> None:
    segment.write(world.layout(), world.snapshot())
    segment._head[SEQUENCE + 1] += 1
    assert segment.read(world.layout()) is None
    segment._head[SEQUENCE + 1] += 1
    assert segment.read(world.layout()) is not None


def test_a_snapshot_of_another_layout_is_not_read(world: Any, segment: Any) -> None:
    segment.write(world.layout(), world.snapshot())
    world.revise([], [(Node, "m")])
    assert segment.read(world.layout()) is None


def test_a_larger_layout_has_no_room(world: Any, segment: Any) -> None:
    world.revise([Machine(f"n{at}", 1, 1) for at in range(100)], [])
    assert not segment.holds(world.layout())


def test_the_heart_beats(segment: Any) -> None:
    before = segment.heartbeat
    segment.beat()
    assert segment.heartbeat == before + 1


def test_a_closed_segment_says_nothing(world: Any) -> None:
    segment = Segment.fitting(world.layout())
    segment.unlink()
    segment.unlink()
    segment.write(world.layout(), world.snapshot())
    assert segment.read(world.layout()) is None
    assert segment.heartbeat == 0
    assert world.do(Command(0, "fail", "m")) is None
