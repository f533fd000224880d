"""Live migration in a running world, alone, against other traffic, and broken off in every phase."""

from dataclasses import replace
from typing import Any

import pytest

from sdx_studio.engine.formulas.migration import dirtied
from sdx_studio.engine.parts import Command, Device, Guest, Load, Machine, Node, Store, Traffic, Volume
from sdx_studio.engine.snapshot import Condition
from sdx_studio.engine.world import World

S = 1_000_000
GIB, MIB = 2.0**30, 2.0**20
GO = Command(0, "migrate", "g", (("to", "b"),))


def of_kind(world: Any, kind: Any) -> Any:
    return [event for event in world.events if event.kind == kind]


def moved(parts: Any, until: Any = 2000, also: Any = ()) -> Any:
    world = World(parts, scenario=[GO, *also])
    world.advance(until * S)
    return world


def test_four_gib_over_one_gigabit(two_machines: Any) -> None:
    world = moved(two_machines())
    (done,) = of_kind(world, "migration.finished")
    assert done.figures["total"] == pytest.approx(44.5, rel=0.01)
    assert done.figures["downtime"] == pytest.approx(0.21, rel=0.05)
    assert done.figures["rounds"] == 3
    assert done.figures["converged"] is True
    assert (done.figures["vm"], done.figures["from"], done.figures["to"]) == ("g", "a", "b")
    assert world.totals()["migrations"] == 1
    assert world.totals()["downtime_s"] == pytest.approx(done.figures["downtime"])
    assert world.measures()["a"]["memory.used"].last == 0
    assert world.measures()["b"]["memory.used"].last == 4 * GIB


def test_ten_gigabit_needs_one_round(two_machines: Any) -> None:
    (done,) = of_kind(moved(two_machines(1e10)), "migration.finished")
    assert done.figures["rounds"] == 1
    assert done.figures["total"] == pytest.approx(1 + 3.66 + 0.1, abs=0.1)


def test_competing_traffic_takes_its_half(two_machines: Any) -> None:
    alone = of_kind(moved(two_machines()), "migration.finished")[0].figures["total"]
    world = moved([*two_machines(), Traffic("t", "a", "b")], 45)
    assert not of_kind(world, "migration.finished")
    shot, layout = world.snapshot(), world.layout()
    assert shot.values[layout.index["t", "net.rate"]] == pytest.approx(5e8)
    world.advance(2000 * S)
    assert of_kind(world, "migration.finished")[0].figures["total"] > 2 * alone


def test_traffic_that_ends_frees_the_way_in_the_middle_of_a_round(two_machines: Any) -> None:
    parts = [*two_machines(), Traffic("t", "a", "b", size=1.25e9 / 2)]
    first = of_kind(moved(parts), "migration.round")[0]
    # The traffic and the migration share from 1 s on; the traffic alone has sent 125 MB by then.
    shared = (1.25e9 / 2 - 1.25e8) * 8 / 5e8
    alone = (4 * GIB - shared * 5e8 / 8 * 1448 / 1538) / (1e9 / 8 * 1448 / 1538)
    assert first.figures["seconds"] == pytest.approx(shared + alone, rel=1e-5)


def test_bytes_sent_are_bytes_on_the_wire(two_machines: Any) -> None:
    world = moved(two_machines())
    wire = world.measures()["c-a"]["net.forward"].mean * world.now / S / 8
    sent = of_kind(world, "migration.finished")[0].figures["sent"]
    assert wire * 1448 / 1538 == pytest.approx(sent, rel=1e-6)


def test_a_guest_that_writes_faster_than_the_cable_is_forced_over(two_machines: Any) -> None:
    parts = [part for part in two_machines() if part.id != "g"]
    parts.append(Guest("g", "a", 2, Load(1), 8 * GIB, dirty_rate=150 * MIB, working_set=2 * GIB, migrates=True))
    (done,) = of_kind(moved(parts), "migration.finished")
    assert done.figures["converged"] is False
    assert done.figures["downtime"] > 5
    assert done.figures["sent"] > 24 * GIB


def test_while_it_moves_it_has_a_tenth_less_cpu_and_is_shown_as_moving(two_machines: Any) -> None:
    world = moved(two_machines(), 20)
    shot, layout = world.snapshot(), world.layout()
    assert shot.values[layout.index["g", "cpu.grant"]] == pytest.approx(3.6)
    assert shot.values[layout.index["a", "cpu.grant"]] == pytest.approx(4)
    assert shot.condition[layout.rows["g"]] == Condition.MOVING
    assert world.measures()["b"]["memory.used"].last == 4 * GIB


PHASES = {"setup": 0.5, "first round": 20.0, "later round": 40.0, "pause": 44.6}


@pytest.mark.parametrize("at", PHASES.values(), ids=PHASES)
@pytest.mark.parametrize("what", ["a", "b"])
def test_a_failure_in_every_phase(two_machines: Any, at: Any, what: Any) -> None:
    world = moved(two_machines(), also=[Command(int(at * S), "fail", what)])
    (failed,) = of_kind(world, "migration.failed")
    assert failed.time == int(at * S)
    assert world.snapshot().moves.shape == (0, 12)
    on = world.measures()
    assert on["a"]["guests"].last == (what == "b")
    assert on["b"]["guests"].last == 0
    assert on["b"]["memory.used"].last == 0
    assert on["g"]["cpu.grant"].last == (4 if what == "b" else 0)


@pytest.mark.parametrize("at", [20.0, 40.0, 44.6])
def test_a_cut_cable_breaks_it_off_and_the_guest_stays(two_machines: Any, at: Any) -> None:
    world = moved(two_machines(), also=[Command(int(at * S), "cut", "c-b")])
    (failed,) = of_kind(world, "migration.failed")
    assert failed.time == int(at * S)
    assert world.measures()["g"]["cpu.grant"].last == 4


def test_power_off_ends_it(two_machines: Any) -> None:
    world = moved(two_machines(), also=[Command(5 * S, "power_off", "g")])
    assert of_kind(world, "migration.failed")
    assert world.measures()["a"]["guests"].last == 0


@pytest.mark.parametrize(
    ("before", "part_of_reason"),
    [
        ([("fail", "b")], "failed"),
        ([("power_off", "b")], "switched off"),
        ([("cut", "c-b")], "path"),
        ([("power_off", "g")], "not running"),
        ([("migrate", "g")], "already on its way"),
    ],
)
def test_refusals(two_machines: Any, before: Any, part_of_reason: Any) -> None:
    world = World(two_machines())
    for verb, target in before:
        world.do(Command(0, verb, target, GO.figures))
    assert part_of_reason in (world.do(GO) or "")


def test_a_full_target_is_refused_counting_what_is_under_way(two_machines: Any) -> None:
    parts = [*two_machines(), Guest("big", "a", 1, Load(0), 61 * GIB, migrates=True)]
    world = World(parts)
    assert world.do(Command(0, "migrate", "big", GO.figures)) is None
    assert "memory" in (world.do(GO) or "")


def test_a_target_without_a_way_to_the_volume_is_refused(two_machines: Any) -> None:
    parts = [part for part in two_machines() if part.id != "g"]
    parts += [
        Guest("g", "a", 1, Load(1), GIB, migrates=True, disk="v", io_rate=1),
        Store("array"), Node("array"), Device("d", "array", 180, 180, 1e8, 1e12, 0.005), Volume("v", "array", GIB),
    ]  # fmt: skip
    assert "volume" in (World(parts).do(GO) or "")


def test_random_writes_saturate() -> None:
    assert dirtied(100, 1000, 1e9) == pytest.approx(1000)
    assert dirtied(100, 1000, 0.001) == pytest.approx(0.1, rel=1e-3)
    assert dirtied(100, 0, 5) == 0


def test_a_running_guest_stays_within_a_family_of_processors(two_machines: Any) -> None:
    parts = [replace(one, family="arm" if one.id == "b" else "x86") if isinstance(one, Machine) else one
             for one in two_machines()]  # fmt: skip
    (refused,) = of_kind(moved(parts, 1), "command.refused")
    assert "family" in refused.figures["reason"]
    some = [replace(one, family="x86" if one.id == "a" else "") if isinstance(one, Machine) else one
            for one in two_machines()]  # fmt: skip
    assert of_kind(moved(some), "migration.finished")


def test_reserved_cores_on_the_target_are_kept(two_machines: Any) -> None:
    parts = [replace(one, reservation=4) if isinstance(one, Guest) else one for one in two_machines()]
    others = [Guest(f"r{at}", "b", 8, Load(0), GIB, reservation=8 - at) for at in range(2)]
    (refused,) = of_kind(moved([*parts, *others], 1), "command.refused")
    assert "cores" in refused.figures["reason"]
    twin = replace(next(one for one in parts if one.id == "g"), id="k", reservation=9)
    world = moved([*parts, others[0], twin], 1, [Command(0, "migrate", "k", (("to", "b"),))])
    assert [event.element for event in of_kind(world, "command.refused")] == ["k"]


def test_memory_edited_on_the_way_is_given_back_as_it_was_taken(two_machines: Any) -> None:
    parts = two_machines()
    guest = next(one for one in parts if one.id == "g")
    twin = replace(guest, id="k")
    world = moved([*parts, twin], 5, [Command(0, "migrate", "k", (("to", "b"),))])
    world.revise([replace(guest, memory=8 * GIB)], [])
    world.do(Command(0, "power_off", "g"))
    (failed,) = of_kind(world, "migration.failed")
    assert failed.figures["reason"] == "it was switched off"
    assert world.plant.incoming["b"] == 4 * GIB
