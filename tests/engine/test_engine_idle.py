"""Idle over a window: the 95th percentile over time; and deleted VMs that come back from their configuration."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio import Session
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.formulas.sprawl import rarely
from sdx_studio.engine.idleness import Busy
from sdx_studio.engine.parts import Command
from sdx_studio.engine.world import World
from sdx_studio.session.build import parts_of

DAY, HOUR = 86_400.0, 3600.0


def watched(hours: float, days: int = 24, **rule: object) -> tuple[Session, str]:
    """A VM that is busy for `hours` of every day, and a rule that looks at it every hour."""
    s = Session()
    host = s.place("host", memory="64 GiB")
    vm = s.place("vm", on=host, name="vm", load=0.01)
    s.place("lease_rule", name="rule", scope=(vm,), lease=None, **{"idle_for": "10 d", "every": "1 h", **rule})
    for day in range(days if hours else 0):
        s.do("load", vm, at=day * DAY + 8 * HOUR, by=0.5)
        s.do("load", vm, at=day * DAY + (8 + hours) * HOUR, by=-0.5)
    return s, vm


# the window ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "idle"), [(0, True), (1, True), (1.19, True), (1.3, False), (4, False)])
def test_five_per_cent_of_the_time_may_be_busy(hours: float, idle: bool) -> None:
    """1.2 hours a day are 5 %: a nightly backup does not save a VM that nobody uses."""
    s, _vm = watched(hours, stop_after="20 d")
    warned = s.run(until=18 * DAY).events("lease.warned")
    assert bool(warned) is idle
    if idle:
        assert warned[0].time == pytest.approx(10 * DAY, abs=HOUR)
        assert warned[0].busy == pytest.approx(hours / 24, abs=1e-6)


def test_a_busy_beginning_leaves_the_window() -> None:
    s, vm = watched(0)
    s.do("load", vm, at=HOUR, by=0.5)
    s.do("load", vm, at=3 * DAY, by=-0.5)
    (first, *_rest) = s.run(until=16 * DAY).events("lease.warned")
    assert first.time == pytest.approx(12.5 * DAY, abs=HOUR), "half a day (5 % of ten) of it is left in the window"


@pytest.mark.parametrize(("rate", "idle"), [("6 kbit/s", True), ("10 kbit/s", False)])
def test_the_network_counts_as_well(rate: str, idle: bool) -> None:
    s, vm = watched(0)
    other = s.place("host", name="other")
    switch = s.place("switch", name="sw")
    for host in (s.document.ancestor(vm, "machine"), other):
        s.connect(host, switch)
    s.place("flow", source=vm, target=other, rate=rate)
    assert bool(s.run(until=12 * DAY).events("lease.warned")) is idle


spans = st.lists(st.tuples(st.integers(1, 50), st.booleans()), min_size=1, max_size=30)


@given(spans=spans, window=st.integers(1, 200))
def test_the_time_that_a_guest_was_busy_is_exact(spans: list[tuple[int, bool]], window: int) -> None:
    busy, now, history = Busy(1), 0, []
    for length, on in spans:
        busy.settle(np.array([on]), np.array([window]), now)
        history += [on] * length
        now += length
        assert busy.within(0, window, now) == sum(history[-window:])


def test_what_was_not_watched_for_long_enough_is_not_idle() -> None:
    assert rarely(0, 10, 10)
    assert not rarely(0, 10, 9)
    assert rarely(0.5, 10, 20)
    assert not rarely(0.51, 10, 20)


# coming back ---------------------------------------------------------------------------------------------------------


def deleted(**fields: object) -> tuple[Session, str]:
    s = Session()
    host = s.place("host", name="host", memory="16 GiB")
    vm = s.place("vm", on=host, name="vm", load=0.01, memory="4 GiB", vcpus=3, **fields)
    s.place("lease_rule", name="rule", scope=(vm,), lease=None, idle_for="10 d", stop_after="2 d", delete_after="1 d")
    return s, vm


@pytest.mark.parametrize("target", ["vm", "rule"])
def test_a_deleted_vm_comes_back_as_it_was(target: str) -> None:
    s, vm = deleted()
    s.do("restore_guest", target, at=20 * DAY)
    run = s.run(until=21 * DAY)
    (back,) = run.events("guest.restored")
    assert (back.vm, back.vcpus, back.memory) == ("vm:vm", 3, 4 * 2**30)
    guest = run.world.plant.parts.guests[vm]
    assert (guest.vcpus, guest.memory) == (3, 4 * 2**30)
    assert run.world.plant.guests[vm].condition is Condition.UP
    assert run.events("guest.started")[-1].time == pytest.approx(20 * DAY + 30)
    assert run.value("host", "guests") == 1
    assert run.value("rule", "lease.watched") == 1, "its term begins anew"
    assert run.value("rule", "lease.deleted") == 1


def test_one_that_is_idle_still_is_deleted_again() -> None:
    s, _vm = deleted()
    s.do("restore_guest", "vm", at=20 * DAY)
    run = s.run(until=40 * DAY)
    assert run.value("rule", "lease.deleted") == 2


def test_it_is_refused_without_a_configuration_and_without_room() -> None:
    s, vm = deleted()
    s.do("restore_guest", vm, at=5 * DAY)
    other, switch = s.place("host", name="other", memory="32 GiB"), s.place("switch", name="sw")
    for host in ("host", "other"):
        s.connect(s.document.find(host), switch)
    guest = s.place("vm", on=other, name="guest", memory="12 GiB")
    s.do("migrate", guest, to="host", at=15 * DAY)
    s.do("restore_guest", vm, at=16 * DAY)
    s.do("migrate", guest, to=other, at=17 * DAY)
    s.do("fail", "host", at=21 * DAY)
    s.do("restore_guest", vm, at=22 * DAY)
    run = s.run(until=23 * DAY)
    reasons = [one.reason for one in run.events("command.refused")]
    assert reasons == [
        "There is no configuration of it: no rule has deleted anything here.",
        *["Where it was there is no room for it now, or nothing runs there."] * 2,
    ]
    assert len(run.events("migration.finished")) == 2
    assert not run.events("guest.restored")


def test_a_vm_that_nobody_drew_comes_back_by_its_rule_or_its_requests() -> None:
    s = Session()
    hosts = [s.place("host", name=f"h{n}", cores=64, memory="256 GiB") for n in range(2)]
    s.place("sprawl", name="requests", hosts=hosts, rate=7, arrivals="evenly", idle_share=1)
    s.place("lease_rule", name="rule", scope=("requests",), lease=None, idle_for="5 d", stop_after="1 d",
            delete_after="1 d")  # fmt: skip
    for target, day in (("requests", 12), ("rule", 13)):
        s.do("restore_guest", target, at=day * DAY + 1)
    run = s.run(until=13.5 * DAY)
    back = run.events("guest.restored")
    assert len(back) == 2
    assert {one.vm for one in back} <= {one.vm for one in run.events("lease.deleted")}
    there = run.value("requests", "sprawl.population") + run.value("requests", "sprawl.stopped")
    assert there == len(run.events("sprawl.created")) - run.value("requests", "sprawl.deleted") + 2
    assert sum(run.value(host, "guests") for host in hosts) == run.value("requests", "sprawl.population")


def test_an_act_while_it_runs_and_a_checkpoint_go_the_same_way() -> None:
    s, vm = deleted()
    world = World(parts_of(s.document))
    world.advance(round(20 * DAY * 1e6))
    assert vm not in world.plant.parts.guests
    other = World.restore(world.checkpoint())
    for one in (world, other):
        assert one.do(Command(one.now, "restore_guest", vm)) is None
        assert one.plant.guests[vm].condition is Condition.STARTING
        one.advance(round(21 * DAY * 1e6))
    assert world.state_hash() == other.state_hash()
