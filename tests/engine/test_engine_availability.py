"""Failures and restarts."""

from typing import Any

import pytest

from sdx_studio.engine.parts import Command, Group, Guest, Load, Machine
from sdx_studio.engine.snapshot import Condition
from sdx_studio.engine.world import World

S = 1_000_000
GIB = 2.0**30


def cluster(guests: Any = 20, memory: Any = 64 * GIB, **changes: Any) -> Any:
    parts = [Machine(f"m{at}", 16, memory) for at in range(3)] + [Group("cl", ("m0", "m1", "m2"))]
    for at in range(guests):
        figures = {"start_time": 60.0, **changes}
        parts.append(Guest(f"g{at:02d}", "m0", 1, Load(0.5), 2 * GIB, **figures))
    return parts


def failed(parts: Any, until: Any = 400) -> Any:
    world = World(parts, scenario=[Command(10 * S, "fail", "m0")])
    world.advance(until * S)
    return world


def times(world: Any, kind: Any) -> Any:
    return [event.seconds - 10 for event in world.events if event.kind == kind]


def test_twenty_guests_on_two_hosts_are_back_in_waves_of_four() -> None:
    world = failed(cluster())
    started = times(world, "guest.started")
    assert len(started) == 20
    assert started[0] == pytest.approx(15 + 2 + 60)
    assert started[-1] == pytest.approx(15 + 2 + 3 * 60)
    assert times(world, "guest.stopped") == [0.0] * 20
    assert times(world, "ha.detected") == [15.0]
    assert world.measures()["m1"]["guests"].last == world.measures()["m2"]["guests"].last == 10


def test_conditions_are_shown() -> None:
    world = failed(cluster(2), 30)
    shot, rows = world.snapshot(), world.layout().rows
    assert shot.condition[rows["m0"]] == Condition.FAILED
    assert shot.condition[rows["g00"]] == Condition.STARTING
    assert shot.place[rows["g00"]] == rows["m1"]
    early = failed(cluster(2), 20)
    assert early.snapshot().condition[rows["g00"]] == Condition.OFF


def test_what_finds_no_place_is_said_with_the_reason() -> None:
    world = failed(cluster(20, memory=40 * GIB - 1))
    assert len(times(world, "ha.unplaced")) == 0
    world = failed([*cluster(1), *(Guest(f"x{at}", f"m{at}", 1, Load(0), 63 * GIB) for at in (1, 2))])
    (unplaced,) = [event for event in world.events if event.kind == "ha.unplaced"]
    assert unplaced.figures["reason"] == "not enough free memory"
    assert unplaced.element == "g00"


def test_guests_that_may_not_restart_stay_down() -> None:
    assert times(failed(cluster(2, restarts=False)), "guest.started") == []


def test_a_quick_repair_starts_them_where_they_were() -> None:
    world = World(cluster(2), scenario=[Command(10 * S, "fail", "m0"), Command(20 * S, "repair", "m0")])
    world.advance(200 * S)
    assert times(world, "ha.detected") == []
    assert times(world, "guest.started") == [70.0, 70.0]
    assert world.measures()["m0"]["guests"].last == 2


def test_without_a_group_nobody_helps() -> None:
    world = failed([part for part in cluster(2) if part.id != "cl"])
    assert times(world, "guest.started") == []


def test_a_second_failure_while_starting_is_survived() -> None:
    world = World(cluster(4), scenario=[Command(10 * S, "fail", "m0"), Command(40 * S, "fail", "m1")])
    world.advance(400 * S)
    assert world.measures()["m2"]["guests"].last == 4
    assert world.measures()["cl"]["hosts.up"].last == 1


def test_power_off_and_on_again() -> None:
    world = World(cluster(1), scenario=[Command(S, "power_off", "g00"), Command(5 * S, "power_on", "g00")])
    world.advance(4 * S)
    assert world.measures()["g00"]["cpu.grant"].last == 0
    world.advance(64 * S)
    assert world.measures()["g00"]["cpu.grant"].last == 0
    world.advance(66 * S)
    assert world.measures()["g00"]["cpu.grant"].last == 0.5


def test_a_machine_switched_off_draws_nothing_and_is_not_restarted() -> None:
    world = World(cluster(1), scenario=[Command(S, "power_off", "m0"), Command(100 * S, "power_on", "m0")])
    world.advance(99 * S)
    assert world.measures()["m0"]["power"].last == 0
    assert times(world, "guest.started") == []
    world.advance(200 * S)
    assert world.measures()["m0"]["guests"].last == 1


def test_a_guest_inside_another_stops_and_starts_with_it() -> None:
    parts = [*cluster(1), Guest("box", "g00", 1, Load(0.5), GIB)]
    world = World(parts)
    assert world.measures()["box"]["cpu.grant"].last == 0.5
    world.do(Command(0, "fail", "m0"))
    assert world.measures()["box"]["cpu.grant"].last == 0
    world.advance(100 * S)
    assert world.measures()["box"]["cpu.grant"].last == 0.5


def test_guests_of_a_machine_that_is_off_start_when_it_is_switched_on() -> None:
    parts = [Machine("m", 4, 8 * GIB, powered=False), Guest("g", "m", 1, Load(1.0), GIB, start_time=30)]
    world = World(parts, scenario=[Command(1 * S, "power_on", "g"), Command(5 * S, "power_on", "m")])
    world.advance(20 * S)
    assert [event.kind for event in world.events] == ["command.refused", "element.up"]
    assert world.measures()["g"]["cpu.grant"].last == 0
    world.advance(35 * S)
    assert world.events[-1].kind == "guest.started"
    assert world.measures()["g"]["cpu.grant"].last == 1


def test_a_failure_while_switched_off_forgets_no_guest_and_alarms_nobody() -> None:
    acts = [Command(at * S, verb, "m0") for at, verb in enumerate(("power_off", "fail", "repair"), 1)]
    world = World(cluster(2), scenario=[*acts, Command(100 * S, "power_on", "m0")])
    world.advance(99 * S)
    assert [event.kind for event in world.events][-2:] == ["element.failed", "element.repaired"]
    assert world.measures()["m0"]["memory.used"].last == 0
    world.advance(200 * S)
    assert world.measures()["m0"]["guests"].last == 2


def test_guests_without_a_place_get_one_when_a_member_comes_back() -> None:
    parts = cluster(3, 6 * GIB) + [Guest(f"h{at}", f"m{at}", 1, Load(0.5), 5 * GIB) for at in (1, 2)]
    acts = [Command(0, "fail", "m2"), Command(10 * S, "fail", "m0"), Command(100 * S, "repair", "m2")]
    world = World([*parts, Guest("i", "m2", 1, Load(0.1), GIB, restarts=False)], scenario=acts)
    world.advance(99 * S)
    assert {event.element for event in world.events if event.kind == "ha.unplaced"} >= {"g00", "g01", "g02"}
    world.advance(400 * S)
    assert world.plant.guests["h2"].place == "m2"
    assert [event.kind for event in world.events if event.seconds == 102][:1] == ["ha.unplaced"]
    world.do(Command(0, "power_off", "h2"))
    world.do(Command(0, "fail", "m2"))
    world.do(Command(0, "repair", "m2"))
    world.advance(600 * S)
    assert {world.plant.guests[f"g{at:02d}"].place for at in range(2)} == {"m2"}


def test_reserved_cores_count_when_a_place_is_sought() -> None:
    parts = cluster(1, reservation=10.0) + [Guest(f"r{at}", f"m{at}", 8, Load(0), GIB, reservation=8) for at in (1, 2)]
    (unplaced,) = [event for event in failed(parts).events if event.kind == "ha.unplaced"]
    assert "cores" in unplaced.figures["reason"]


def test_the_switch_in_the_drawing_is_the_same_as_the_act() -> None:
    on = cluster(1)
    off = Machine("m0", 16, 64 * GIB, powered=False)
    world = World(on)
    world.advance(S)
    world.revise([off], [])
    assert [event.kind for event in world.events] == ["element.off", "guest.stopped"]
    world.advance(10 * S)
    world.revise([on[0]], [])
    world.advance(100 * S)
    assert world.measures()["m0"]["guests"].last == 1
    world.revise([off], [])
    world.revise([Guest("g00", "m1", 1, Load(0.5), 2 * GIB, start_time=60)], [])
    world.advance(200 * S)
    assert world.measures()["m1"]["guests"].last == 1


@pytest.mark.parametrize("starting", [False, True])
def test_a_guest_put_on_a_failed_machine_rests_until_the_repair(starting: bool) -> None:
    world = World([*cluster(1, powered=not starting)[:3], Guest("g", "m0", 1, Load(0.5), GIB, powered=not starting)])
    world.do(Command(0, "fail", "m1"))
    if starting:
        world.do(Command(0, "power_on", "g"))
    world.advance(S)
    world.revise([Guest("g", "m1", 1, Load(0.5), GIB, powered=not starting)], [])
    world.advance(100 * S)
    assert world.plant.guests["g"].condition is Condition.OFF
    world.do(Command(0, "repair", "m1"))
    world.advance(200 * S)
    assert world.plant.guests["g"].condition is Condition.UP
    assert world.events[-1].figures["host"] == "m1"


def test_outage_is_the_time_from_the_failure_until_a_guest_runs_again() -> None:
    world = failed(cluster())
    started = {event.element: event.seconds - 10 for event in world.events if event.kind == "guest.started"}
    outage = {id: world.measures()[id]["outage"].last for id in started}
    assert outage == pytest.approx(started)
    assert world.totals()["outage_s"] == pytest.approx(sum(started.values()))


def test_outage_goes_on_where_nobody_restarts_and_ends_with_the_repair() -> None:
    acts = [Command(10 * S, "fail", "m0"), Command(50 * S, "repair", "m0")]
    world = World(cluster(2, restarts=False, start_time=5.0), scenario=acts)
    world.advance(40 * S)
    assert world.totals()["outage_s"] == pytest.approx(60)
    world.advance(400 * S)
    assert world.totals()["outage_s"] == pytest.approx(2 * 45)


def test_what_somebody_switches_off_is_no_outage() -> None:
    acts = [Command(10 * S, "power_off", "g00"), Command(20 * S, "power_on", "g00"), Command(100 * S, "fail", "m0")]
    world = World(cluster(1, start_time=5.0), scenario=acts)
    world.advance(90 * S)
    assert world.totals()["outage_s"] == 0
    world.advance(110 * S)
    assert world.totals()["outage_s"] == pytest.approx(10)
