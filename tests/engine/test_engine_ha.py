"""High availability: priorities, isolation, admission control, room that appears; worked figures and what never is."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdx_studio.engine.availability import admission
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.formulas.availability import Need, availability, isolation, restart_time, slot_policy
from sdx_studio.engine.parts import Cable, Command, Device, Group, Guest, Load, Machine, Node, Store, Volume
from sdx_studio.engine.world import World

S = 1_000_000
GIB, GB = 2.0**30, 1e9


def wired(count: int = 3, **group: Any) -> list[Any]:
    """Machines m0 … on a switch and an array that all reach, in a group; guest g on m0."""
    parts: list[Any] = [Node("sw", "bridging"), Store("array"), Node("array"), Volume("v", "array", GIB),
                        Device("d", "array", 180, 180, 2e8, 1e12, 0.005)]  # fmt: skip
    for at in range(count):
        parts += [Machine(f"m{at}", 16, 64 * GIB), Node(f"m{at}"), Cable(f"c{at}", f"m{at}", "sw", 1e9),
                  Cable(f"s{at}", f"m{at}", "array", 1e9, medium="storage")]  # fmt: skip
    parts.append(Group("cl", tuple(f"m{at}" for at in range(count)), **group))
    return [*parts, Guest("g", "m0", 2, Load(0.5), 4 * GIB, disk="v", start_time=30, migrates=True)]


def kinds(world: World, *beginnings: str) -> list[tuple[float, str]]:
    return [(one.seconds, one.kind) for one in world.events if one.kind.startswith(beginnings)]


def refused_as(world: World, command: Command) -> str:
    """That `command` is refused and changes nothing but the journal; the reason."""
    events = len(world.events)
    kept = world.events[:]
    before = world.state_hash()
    reason = world.do(command)
    assert reason is not None
    assert len(world.events) > events
    del world.plant.events[events:]
    assert world.plant.events == kept
    assert world.state_hash() == before
    return reason


# restart ---------------------------------------------------------------------------------------------------------


def test_the_run_takes_as_long_as_the_formula_says() -> None:
    """ha-04: 20 VMs on 2 hosts, first after 107 s and last after 227 s with 30 s for the application."""
    parts: list[Any] = [Machine(f"m{at}", 16, 64 * GIB) for at in range(3)]
    parts += [Guest(f"g{at:02d}", "m0", 1, Load(0.5), 2 * GIB, start_time=60) for at in range(20)]
    world = World([*parts, Group("cl", ("m0", "m1", "m2"))], scenario=[Command(0, "fail", "m0")])
    world.advance(400 * S)
    started = [one.seconds for one in world.events if one.kind == "guest.started"]
    told = restart_time(15, 2, 60, 30, 20, 2, 4)
    assert (started[0] + 30, started[-1] + 30) == (told.first, told.last) == (107, 227)


def test_availability_with_and_without_restart() -> None:
    up = availability(8760 * 3600, 4 * 3600, 107)
    assert (up.manual, up.ha) == (pytest.approx(0.999543587403), pytest.approx(0.999996607064))


def test_the_high_ones_find_a_place_and_start_first() -> None:
    parts: list[Any] = [Machine(f"m{at}", 16, 8.5 * GIB) for at in range(2)]
    parts += [Guest(f"g{at}", "m0", 1, Load(0.1), 2 * GIB, priority=2 - at // 2, start_time=10) for at in range(4)]
    parts += [Guest("other", "m1", 1, Load(0.1), 3 * GIB), Group("cl", ("m0", "m1"), parallel=1)]
    world = World(parts, scenario=[Command(0, "fail", "m0")])
    world.advance(100 * S)
    assert [one.element for one in world.events if one.kind == "guest.started"] == ["g2", "g3"]
    assert {one.element for one in world.events if one.kind == "ha.unplaced"} == {"g0", "g1"}


def test_a_waiting_one_of_higher_priority_goes_before() -> None:
    parts: list[Any] = [Machine("m", 16, 64 * GIB), Group("cl", ("m",), parallel=1)]
    parts += [Guest(f"g{at}", "m", 1, Load(0.1), GIB, powered=False, priority=2 - at, start_time=10) for at in range(3)]
    world = World(parts)
    for at in range(3):
        world.do(Command(0, "power_on", f"g{at}"))
    world.advance(60 * S)
    assert [one.element for one in world.events if one.kind == "guest.started"] == ["g0", "g2", "g1"]


def test_what_was_in_memory_is_lost_and_that_is_told() -> None:
    world = World(wired(), scenario=[Command(0, "fail", "m0")])
    world.advance(100 * S)
    (placed,) = [one for one in world.events if one.kind == "ha.placed"]
    assert placed.figures["lost"] == 4 * GIB


def test_a_guest_that_found_no_place_is_tried_again_when_another_goes() -> None:
    parts: list[Any] = [Machine(f"m{at}", 4, 4 * GIB) for at in range(2)]
    parts += [Guest(f"g{at}", f"m{at}", 1, Load(0.1), 3 * GIB, start_time=5) for at in range(2)]
    world = World([*parts, Group("cl", ("m0", "m1"))], scenario=[Command(0, "fail", "m0")])
    world.advance(60 * S)
    assert kinds(world, "ha.")[-1] == (17.0, "ha.unplaced")
    world.do(Command(0, "power_off", "g1"))
    world.advance(120 * S)
    assert kinds(world, "ha.placed") == [(62.0, "ha.placed")]
    assert world.plant.guests["g0"].place == "m1"
    assert world.plant.guests["g0"].condition is Condition.UP


def test_the_same_when_it_is_removed_from_the_drawing() -> None:
    parts: list[Any] = [Machine(f"m{at}", 4, 4 * GIB) for at in range(2)]
    parts += [Guest(f"g{at}", f"m{at}", 1, Load(0.1), 3 * GIB, start_time=5) for at in range(2)]
    world = World([*parts, Group("cl", ("m0", "m1"))], scenario=[Command(0, "fail", "m0")])
    world.advance(60 * S)
    world.revise([], [(Guest, "g1")])
    world.advance(120 * S)
    assert world.plant.guests["g0"].condition is Condition.UP


# isolation -------------------------------------------------------------------------------------------------------


def test_an_isolated_member_is_noticed_and_its_guest_runs_on_once() -> None:
    world = World(wired(), scenario=[Command(10 * S, "cut", "c0"), Command(100 * S, "mend", "c0")])
    world.advance(99 * S)
    declared = isolation(10, 30, 5).declare_isolated_secondary
    assert kinds(world, "ha.") == [(25.0, "ha.unreachable"), (declared, "ha.isolated")]
    assert world.plant.guests["g"].place == "m0"
    assert world.measures()["g"]["cpu.grant"].last == 1
    world.advance(200 * S)
    assert kinds(world, "ha.")[-1] == (100.0, "ha.heard")
    assert world.totals()["outage_s"] == 0


def test_it_is_shut_down_and_started_elsewhere_when_the_cluster_says_so() -> None:
    world = World(wired(response="restart"), scenario=[Command(10 * S, "cut", "c0")])
    world.advance(200 * S)
    assert kinds(world, "ha.", "guest.") == [
        (25.0, "ha.unreachable"), (40.0, "ha.isolated"), (40.0, "guest.stopped"), (42.0, "ha.placed"),
        (72.0, "guest.started"),
    ]  # fmt: skip
    assert world.plant.guests["g"].place == "m1"
    assert world.totals()["outage_s"] == pytest.approx(32)


def test_a_short_cut_is_nothing() -> None:
    world = World(wired(response="restart"), scenario=[Command(10 * S, "cut", "c0"), Command(20 * S, "mend", "c0")])
    world.advance(200 * S)
    assert kinds(world, "ha.") == []


def test_when_the_switch_fails_nobody_could_help_and_all_run_on() -> None:
    world = World(wired(response="restart"), scenario=[Command(10 * S, "fail", "sw")])
    world.advance(200 * S)
    assert {kind for _when, kind in kinds(world, "ha.")} == {"ha.unreachable", "ha.isolated"}
    assert world.measures()["g"]["cpu.grant"].last == 1


def test_of_two_members_the_one_at_the_switch_is_not_isolated() -> None:
    world = World(wired(2, response="restart"), scenario=[Command(0, "cut", "c1")])
    world.advance(100 * S)
    assert world.plant.clusters.lonely == {"m1"}
    assert [one.element for one in world.events if one.kind == "ha.isolated"] == ["m1"]


def test_guests_that_found_no_place_come_up_again_where_they_were_when_it_is_heard() -> None:
    parts = [*wired(2, response="restart"), Guest("big", "m1", 1, Load(0), 62 * GIB)]
    world = World(parts, scenario=[Command(0, "cut", "c0"), Command(100 * S, "mend", "c0")])
    world.advance(99 * S)
    assert kinds(world, "ha.unplaced") == [(32.0, "ha.unplaced")]
    world.advance(200 * S)
    assert world.plant.guests["g"].place == "m0"
    assert world.plant.guests["g"].condition is Condition.UP


def test_an_isolated_member_that_loses_power_counts_as_failed() -> None:
    world = World(wired(), scenario=[Command(0, "cut", "c0"), Command(50 * S, "fail", "m0")])
    world.advance(200 * S)
    assert kinds(world, "ha.placed") == [(67.0, "ha.placed")]
    assert world.plant.guests["g"].place == "m1"


def test_nothing_is_placed_on_an_isolated_member() -> None:
    world = World(wired(), scenario=[Command(0, "cut", "c1"), Command(60 * S, "fail", "m0")])
    world.advance(200 * S)
    assert world.plant.guests["g"].place == "m2"


# admission control -----------------------------------------------------------------------------------------------


def slot_world(**group: Any) -> World:
    """ha-01 as a world: reservations in GHz as cores, memory in GB."""
    hosts = ((9.0, 9), (9.0, 6), (6.0, 6))
    parts: list[Any] = [Machine(f"m{at}", cores, memory * GB) for at, (cores, memory) in enumerate(hosts)]
    for at, (cores, memory) in enumerate(((2, 1), (2, 1), (1, 2), (1, 1), (1, 1))):
        parts.append(Guest(f"g{at}", f"m{at % 3}", 2, Load(0.5), memory * GB, reservation=cores))
    return World([*parts, Group("cl", ("m0", "m1", "m2"), admission="slots", **group)])


def test_slots_of_the_run_are_those_of_the_formula() -> None:
    world = slot_world()
    found = admission.slots(world.plant, world.plant.parts.groups["cl"])
    hosts, vms = [Need(9, 9), Need(9, 6), Need(6, 6)], [Need(2, 1), Need(2, 1), Need(1, 2), Need(1, 1), Need(1, 1)]
    assert found.slots == slot_policy(hosts, vms, 0.01).slots == [4, 3, 3]
    last = {name: one.last for name, one in world.measures()["cl"].items()}
    assert (last["ha.slots"], last["ha.failures_tolerated"]) == (10, 1)


def test_one_large_guest_spoils_the_slots() -> None:
    """ha-02: 2 slots a host, no failure survived."""
    parts: list[Any] = [Machine(f"m{at}", 20, 64 * GB) for at in range(3)]
    parts += [Guest(f"g{at:02d}", f"m{at % 2}", 1, Load(0), 4 * GB, reservation=0.5) for at in range(20)]
    parts.append(Guest("large", "m2", 8, Load(0), 32 * GB, reservation=4))
    world = World([*parts, Group("cl", ("m0", "m1", "m2"), admission="slots")])
    assert world.measures()["cl"]["ha.slots"].last == 6
    assert world.measures()["cl"]["ha.failures_tolerated"].last == 0


def test_the_share_that_is_free_is_that_of_the_formula() -> None:
    """ha-03: 70.8 % of the cores and 71.4 % of the memory."""
    world = slot_world()
    group = replace(world.plant.parts.groups["cl"], admission="percentage", reserve=0.25)
    left = admission.spare(world.plant, group)
    assert left.cpu_failover_capacity == pytest.approx(0.708333333333)
    assert left.mem_failover_capacity == pytest.approx(0.714285714286)
    assert left.power_on_allowed
    world.revise([group], [])
    assert world.measures()["cl"]["ha.reserve"].last == pytest.approx(0.708333333333)


@pytest.mark.parametrize(("policy", "extra"), [({}, {}), ({"admission": "percentage", "reserve": 0.5}, {})])
def test_a_guest_that_would_break_the_promise_is_not_switched_on(policy: Any, extra: Any) -> None:
    world = World([
        *(Machine(f"m{at}", 8, 64 * GIB) for at in range(2)),
        *(Guest(f"g{at}", f"m{at % 2}", 2, Load(1), GIB, reservation=2, powered=at < 4, **extra) for at in range(5)),
        Group("cl", ("m0", "m1"), **{"admission": "slots", **policy}),
    ])  # fmt: skip
    assert "admission control" in refused_as(world, Command(0, "power_on", "g4"))
    world.do(Command(0, "power_on", "g4"))
    told = world.events[-2]
    assert told.kind == "admission.refused"
    assert told.template.format(**told.figures)
    world.do(Command(0, "power_off", "g0"))
    assert world.do(Command(0, "power_on", "g4")) is None


def test_the_same_holds_for_the_switch_in_the_drawing_and_for_new_guests() -> None:
    guests = [Guest(f"g{at}", f"m{at % 2}", 2, Load(1), GIB, reservation=2, powered=at < 4) for at in range(5)]
    world = World([*(Machine(f"m{at}", 8, 64 * GIB) for at in range(2)), *guests,
                   Group("cl", ("m0", "m1"), admission="slots")])  # fmt: skip
    world.advance(S)
    world.revise([replace(guests[4], powered=True)], [])
    assert world.plant.guests["g4"].condition is Condition.OFF
    world.revise([replace(guests[4], id="new", powered=True)], [])
    assert world.plant.guests["new"].condition is Condition.OFF
    assert [one.kind for one in world.events] == ["admission.refused"] * 2


def test_without_admission_control_there_are_no_such_measures() -> None:
    assert not {name for name in World(wired()).measures()["cl"] if name.startswith(("ha.", "balance."))}


# always ----------------------------------------------------------------------------------------------------------

HITS = st.lists(
    st.tuples(
        st.sampled_from(["fail", "repair", "cut", "mend", "power_off", "power_on", "enter_maintenance",
                         "exit_maintenance"]),
        st.sampled_from(["m0", "m1", "m2", "sw", "c0", "c1", "g", "h0", "h1", "h2"]), st.integers(0, 40),
    ),
    min_size=4, max_size=14,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(hits=HITS, response=st.sampled_from(["leave", "restart"]), policy=st.sampled_from(["none", "slots"]))
def test_never_two_copies_never_above_memory_and_refusals_change_nothing(hits: Any, response: str, policy: str) -> None:
    guests = [Guest(f"h{at}", f"m{at}", 2, Load(0.5), 25 * GIB, disk="v", start_time=3, migrates=True, apart=("x",))
              for at in range(3)]  # fmt: skip
    world = World([*wired(response=response, admission=policy), *guests])
    for verb, target, wait in hits:
        before, told = world.state_hash(), len(world.events)
        if world.do(Command(0, verb, target)) is not None:
            del world.plant.events[told:]
            assert world.state_hash() == before
        for _ in range(60):
            time = world.next_time()
            if time is None or time > world.now + wait * S:
                break
            world.step()
            seats = [id for ids in world.plant.residents.values() for id in ids]
            assert len(seats) == len(set(seats))
            assert all(world.plant.memory_used(f"m{at}") <= 64 * GIB for at in range(3))
            assert world.plant.clusters.resting <= world.plant.clusters.closed
            for id in world.plant.clusters.resting:
                on = [one for one in world.plant.residents.get(id, ()) if world.plant.running(one)]
                assert not on
