"""Random failures, fail-overs and moves between two places: nobody runs twice, no more is lost than was shown."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invariants import Watch
from two_sites import S, at, last, told, two

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.parts import Group
from sdx_studio.engine.world import World

TARGETS = ["a", "b", "a-st", "b-st", "a0", "b0", "a-rack", "a-sw"]
DOINGS: Any = st.one_of(
    st.builds(lambda verb, target: (verb, target, {}), st.sampled_from(["fail", "repair", "repair"]),
              st.sampled_from(TARGETS)),
    st.builds(lambda verb: (verb, "wan", {}), st.sampled_from(["cut", "mend"])),
    st.builds(lambda target, planned: ("fail_over", target, {"planned": planned}), st.sampled_from(["r", "a"]),
              st.sampled_from(["yes", "no"])),
    st.just(("fail_back", "r", {})),
    st.builds(lambda guest, to: ("migrate", guest, {"to": to}), st.sampled_from(["g0", "g1"]),
              st.sampled_from(["a1", "b0"])),
    st.builds(lambda verb, target: (verb, target, {}), st.sampled_from(["power_off", "power_on"]),
              st.sampled_from(["g0", "a0"])),
)  # fmt: skip
STEPS: Any = st.lists(st.one_of(DOINGS, st.integers(1, 300)), min_size=3, max_size=14)


def walked(steps: list[Any], mode: str) -> None:
    """Nobody runs at a place where the volume is not, what is lost is never more than the worst that was shown."""
    world, watch = World([*two(mode=mode), Group("cl", ("a0", "a1"))]), Watch()
    world.advance(300 * S)
    for step in steps:
        if isinstance(step, int):
            until = world.now + step * S
            while (time := world.next_time()) is not None and time <= until:
                world.step()
                looked(world, watch)
            world.advance(until)
            watch.skip(world)
            continue
        verb, target, figures = step
        before = (len(world.events), {id: one.place for id, one in world.plant.guests.items()})
        reason = world.do(at(0, verb, target, **figures))
        if reason is not None:
            assert before[1] == {id: one.place for id, one in world.plant.guests.items()}
            assert {one.kind for one in world.events[before[0] :]} == {"command.refused"}
        looked(world, watch)


def looked(world: World, watch: Watch) -> None:
    watch.look(world)
    plant = world.plant
    places = [id for ids in plant.residents.values() for id in ids]
    assert len(places) == len(set(places))
    copy = world.replicas.copies.all["r"]
    assert plant.parts.volumes["v"].store == (copy.away if copy.turned else copy.home)
    assert plant.parts.replicas["r"].store == (copy.home if copy.turned else copy.away)
    for one in told(world, "recovery.declared"):
        assert one.figures["seconds"] <= last(world, "r", "replica.rpo_worst") + 1e-6
    for id, recovery in world.recoveries.active.items():
        if recovery.phase in ("decide", "register"):
            assert id == "r"
            assert recovery.phase == "decide" or not any(
                plant.guests[one].condition is not Condition.OFF for one in recovery.guests
            )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, mode=st.sampled_from(["async", "sync"]))
def test_walks(steps: list[Any], mode: str) -> None:
    walked(steps, mode)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, mode=st.sampled_from(["async", "sync"]))
def test_many_walks(steps: list[Any], mode: str) -> None:
    walked(steps, mode)
