"""Planned maintenance: a machine is emptied in waves, rests, gets its guests back; refused where that cannot be."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.formulas.availability import n_plus_1
from sdx_studio.engine.formulas.migration import Rules
from sdx_studio.engine.network.flow import PAYLOAD
from sdx_studio.engine.parts import Cable, Command, Group, Guest, Layer, Load, Machine, MigrationStyle, Node
from sdx_studio.engine.world import World

S = 1_000_000
GIB, MIB = 2.0**30, 2.0**20
CHALK = MigrationStyle(rules=Rules(0.3, 29, 3.0), linear=True, setup=0.0, resume=0.0, cpu_left=1.0, limit=8)


def hall(count: int = 3, memory: float = 128, group: bool = True, **changes: Any) -> list[Any]:
    """Machines on one switch at 10 Gbit/s, in a group unless told otherwise."""
    parts: list[Any] = [Node("sw", "bridging")]
    for at in range(count):
        parts += [Machine(f"m{at}", 32, memory * GIB), Node(f"m{at}"), Cable(f"c{at}", f"m{at}", "sw", 1e10),
                  Layer(f"hv{at}", f"m{at}", migration=CHALK)]  # fmt: skip
    return parts + ([Group("cl", tuple(f"m{at}" for at in range(count)), **changes)] if group else [])


def vms(count: int, host: str = "m0", size: float = 8, **changes: Any) -> list[Any]:
    figures = {"dirty_rate": 10 * MIB, "migrates": True, "start_time": 5.0, **changes}
    return [Guest(f"{host}g{at:02d}", host, 2, Load(0.2), size * GIB, **figures) for at in range(count)]


def told(world: World, kind: str) -> Any:
    return [one for one in world.events if one.kind == kind]


def done(parts: list[Any], *commands: Command, until: float = 400) -> World:
    world = World(parts, scenario=commands)
    world.advance(round(until * S))
    return world


ENTER, LEAVE = Command(10 * S, "enter_maintenance", "m0"), Command(200 * S, "exit_maintenance", "m0")


def test_ten_guests_leave_in_two_waves_as_the_formula_says() -> None:
    """evac-01: 62.99 s and 14.89 s at 1120 MiB/s; the run has the goodput of 10 Gbit/s."""
    world = done(hall() + vms(10), ENTER)
    (entered,) = told(world, "maintenance.entered")
    assert entered.figures["seconds"] == pytest.approx(77.8822 * 1120 / (1e10 / 8 / MIB * PAYLOAD), rel=0.002)
    assert entered.figures["moves"] == 10
    ends = sorted({round(one.seconds, 3) for one in told(world, "migration.finished")})
    assert [end - 10 for end in ends] == [pytest.approx(62.99, rel=0.01), pytest.approx(77.88, rel=0.01)]
    shot, rows = world.snapshot(), world.layout().rows
    assert shot.condition[rows["m0"]] == Condition.MAINTENANCE
    assert {one.place for one in world.plant.guests.values()} == {"m1", "m2"}


def test_all_come_home_and_nobody_was_out_but_in_the_pauses() -> None:
    world = done(hall() + vms(10), ENTER, LEAVE)
    assert {one.place for one in world.plant.guests.values()} == {"m0"}
    (home,) = told(world, "maintenance.restored")
    assert home.figures["seconds"] == pytest.approx(77.7, rel=0.01)
    totals = world.totals()
    assert totals["migrations"] == 20
    assert totals["outage_s"] == pytest.approx(totals["downtime_s"])
    assert totals["downtime_s"] < 20 * 0.3
    assert world.snapshot().condition[world.layout().rows["m0"]] == Condition.UP
    assert not world.maintenance.upkeeps


def test_on_a_tenth_of_the_bandwidth_it_takes_longer() -> None:
    slow = [Cable(one.id, one.a, one.b, 1e9) if isinstance(one, Cable) else one for one in hall()]
    world = done(slow + vms(4, dirty_rate=MIB), ENTER, until=1000)
    quick = done(hall() + vms(4, dirty_rate=MIB), ENTER, until=1000)
    seconds = [told(one, "maintenance.entered")[0].figures["seconds"] for one in (world, quick)]
    assert seconds[0] > 9.5 * seconds[1]


def test_they_stay_where_they_are_when_home_is_not_wanted() -> None:
    world = done(hall() + vms(2), ENTER, Command(200 * S, "exit_maintenance", "m0", (("home", False),)))
    assert {one.place for one in world.plant.guests.values()} <= {"m1", "m2"}
    assert told(world, "maintenance.left")[0].figures["moves"] == 0


def test_twelve_gib_of_headroom_do_not_suffice_for_a_large_guest() -> None:
    """evac-02: 4 × 64 GiB with 180 GiB used leave 12 GiB, and still no packing."""
    left = n_plus_1(4, 64 * GIB, 180 * GIB)
    assert (left.fits_total, left.headroom) == (True, 12 * GIB)
    guests = [*vms(1, "m0", 20), *vms(1, "m1", 54), *vms(1, "m2", 53), *vms(1, "m3", 53)]
    world = World(hall(4, 64) + guests)
    before = world.state_hash()
    assert world.do(Command(0, "enter_maintenance", "m0")) == "not enough free memory"
    (refused, _command) = world.events
    assert refused.figures["room"] == 32 * GIB
    assert refused.figures["asked"] == 20 * GIB
    del world.plant.events[:]
    assert world.state_hash() == before


def test_a_tight_packing_is_found_where_the_even_one_fails() -> None:
    """30 and 20 GiB are free; 20, 15 and 15 fit only when the 20 goes where just that is free."""
    sizes = (20, 15, 15)
    guests = [Guest(f"g{size}{at}", "m0", 2, Load(0.2), size * GIB, migrates=True) for at, size in enumerate(sizes)]
    full = [Guest("x1", "m1", 2, Load(0), 34 * GIB), Guest("x2", "m2", 8, Load(1), 44 * GIB)]
    world = done([*hall(3, 64), *guests, *full], ENTER)
    assert {id: world.plant.guests[id].place for id in ("g200", "g151", "g152")} == {
        "g200": "m2", "g151": "m1", "g152": "m1",
    }  # fmt: skip


def test_what_cannot_move_is_named_and_waited_for() -> None:
    world = done([*hall(), *vms(1), Guest("box", "m0", 1, Load(0.1), GIB)], ENTER, Command(100 * S, "power_off", "box"))
    assert [one.element for one in told(world, "maintenance.waits")] == ["box"]
    assert told(world, "maintenance.entered")[0].seconds == 100


def test_it_can_be_given_up_halfway() -> None:
    world = done(hall() + vms(10), ENTER, Command(40 * S, "exit_maintenance", "m0"))
    assert {one.place for one in world.plant.guests.values()} == {"m0"}
    assert not told(world, "maintenance.entered")
    assert len(told(world, "migration.failed")) == 10
    assert world.totals()["outage_s"] == 0
    assert not any(world.plant.incoming.values())


def test_a_machine_without_a_group_uses_all_it_can_reach() -> None:
    world = done(hall(group=False) + vms(2), ENTER)
    assert world.plant.clusters.resting == {"m0"}


def test_nothing_new_comes_to_it_meanwhile() -> None:
    off = Guest("off", "m0", 1, Load(0), GIB, powered=False, migrates=True)
    world = done([*hall(), *vms(1), *vms(1, "m1"), off], ENTER)
    assert world.do(Command(0, "migrate", "m1g00", (("to", "m0"),))) == "The target is in maintenance."
    assert world.do(Command(0, "power_on", "off")) == "Its machine is in maintenance."
    world.revise([Guest("new", "m0", 1, Load(0), GIB)], [])
    assert world.plant.guests["new"].condition is Condition.OFF
    world.do(Command(0, "fail", "m1"))
    world.advance(world.now + 100 * S)
    assert {one.place for id, one in world.plant.guests.items() if id.startswith("m")} == {"m2"}


@pytest.mark.parametrize(
    ("first", "verb", "target", "words"),
    [
        (None, "enter_maintenance", "sw", "Only machines"), (None, "exit_maintenance", "m0", "not in maintenance"),
        ("enter_maintenance", "enter_maintenance", "m0", "already"), ("fail", "enter_maintenance", "m0", "failed"),
        ("power_off", "enter_maintenance", "m0", "switched off"),
    ],
)  # fmt: skip
def test_what_is_refused_is_said(first: str | None, verb: str, target: str, words: str) -> None:
    world = World(hall() + vms(1))
    if first is not None:
        world.do(Command(0, first, "m0"))
    assert words in str(world.do(Command(0, verb, target)))


def test_a_target_that_fails_meanwhile_is_replaced_by_another() -> None:
    world = done(hall() + vms(4), ENTER, Command(20 * S, "fail", "m1"))
    assert {one.place for one in world.plant.guests.values()} == {"m2"}
    assert told(world, "maintenance.entered")


def test_without_any_way_it_stays_and_the_reason_is_told() -> None:
    world = done(hall(2) + vms(1), ENTER, Command(12 * S, "cut", "c1"))
    assert told(world, "maintenance.stuck")[0].figures["reason"]
    assert world.plant.clusters.closed == {"m0"}
    assert not world.plant.clusters.resting


def test_rules_hold_while_a_host_is_emptied() -> None:
    apart = [*vms(2, apart=("db",)), *vms(1, "m1", apart=("db",))]
    world = World(hall(3) + apart)
    assert world.do(Command(0, "enter_maintenance", "m0")) == "the rules of its guests leave no place"
    together = [*vms(3, together=("app",)), *vms(1, "m1", size=100), *vms(1, "m2", size=90)]
    world = done(hall(3) + together, ENTER)
    assert {one.place for id, one in world.plant.guests.items() if id.startswith("m0")} == {"m2"}


def test_a_failed_machine_in_maintenance_comes_back_closed() -> None:
    world = done(hall() + vms(1), ENTER, Command(100 * S, "power_off", "m0"), Command(150 * S, "power_on", "m0"))
    assert world.snapshot().condition[world.layout().rows["m0"]] == Condition.MAINTENANCE
    world.revise([], [(Machine, "m0"), (Node, "m0"), (Cable, "c0"), (Layer, "hv0")])
    assert not world.maintenance.upkeeps
    assert not world.plant.clusters.closed


def test_a_restored_checkpoint_goes_on_alike() -> None:
    world = World(hall() + vms(10), scenario=[ENTER, LEAVE])
    world.advance(50 * S)
    other = World.restore(world.checkpoint())
    for one in (world, other):
        one.advance(400 * S)
    assert world.state_hash() == other.state_hash()


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=8),
    others=st.lists(st.integers(0, 60), min_size=2, max_size=3),
)
def test_either_all_leave_within_the_memory_or_nothing_changes(sizes: list[int], others: list[int]) -> None:
    guests = [Guest(f"g{at}", "m0", 1, Load(0.1), size * GIB, migrates=True) for at, size in enumerate(sizes)]
    guests += [Guest(f"x{at}", f"m{at + 1}", 1, Load(0.1), max(1, size) * GIB) for at, size in enumerate(others)]
    memory = max(64, sum(sizes))
    world = World([one if not isinstance(one, Machine) or one.id != "m0" else Machine("m0", 32, memory * GIB)
                   for one in hall(len(others) + 1, 64)] + guests)  # fmt: skip
    before = world.state_hash()
    reason = world.do(Command(0, "enter_maintenance", "m0"))
    if reason is not None:
        del world.plant.events[:]
        assert world.state_hash() == before
        return
    world.advance(600 * S)
    assert world.plant.clusters.resting == {"m0"}
    assert all(world.plant.memory_used(f"m{at}") <= 64 * GIB for at in range(1, len(others) + 1))
