"""Every verb on every part: what is refused says why and leaves the world as it was."""

from collections.abc import Callable

import pytest

from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.verbs import verbs
from sdx_studio.engine.world import World

S = 1_000_000


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_what_is_refused_changes_nothing(computer_room: Callable[[], list[Part]], verb: str) -> None:
    fresh = World(computer_room(), seed=1)
    fresh.advance(5 * S)
    start, world, refused = fresh.checkpoint(), fresh, 0
    before = world.state_hash()
    for target in (*sorted({part.id for part in computer_room()}), "nobody"):
        for figures in ((), (("to", "nobody"), ("of", "nobody"))):
            events = len(world.events)
            reason = world.do(Command(5 * S, verb, target, figures))
            if reason is None:
                world = World.restore(start)
                continue
            refused += 1
            told = world.events[events:]
            assert reason.strip()
            assert [(one.kind, one.element) for one in told] == [("command.refused", target)], (target, figures)
            del world.plant.events[events:]
            assert world.state_hash() == before, (target, figures)
    assert refused, "at least a part that is not there is refused"
