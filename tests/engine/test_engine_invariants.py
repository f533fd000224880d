"""The invariants hold after every event of random runs of random projects with random commands."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from invariants import Watch, conditions
from projects import STEPS, projects

from sdx_studio.engine.parts import Part
from sdx_studio.engine.world import World

MOST_EVENTS = 150


def run(parts: list[Part], steps: Any) -> World:
    """Play all steps, looking after every event; in long waits only at the first of them and at the end."""
    world, watch = World(parts, seed=2), Watch()
    watch.look(world)
    waits = sum(isinstance(step, int) for step in steps) + 1
    for step in [*steps, 10_000_000]:
        if not isinstance(step, int):
            world.do(step)
            watch.look(world)
            continue
        until, left = world.now + step, MOST_EVENTS // waits
        while left and (time := world.next_time()) is not None and time <= until:
            world.step()
            watch.look(world)
            left -= 1
        world.advance(until)
        watch.skip(world)
    conditions(world)
    return world


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(parts=projects(), steps=STEPS)
def test_what_always_holds(parts: list[Part], steps: Any) -> None:
    run(parts, steps)


@pytest.mark.slow
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(parts=projects(), steps=STEPS)
def test_what_always_holds_in_many_projects(parts: list[Part], steps: Any) -> None:
    run(parts, steps)
