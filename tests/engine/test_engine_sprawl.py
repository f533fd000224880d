"""Server sprawl: VMs that people ask for while the model runs, and the rule by which those that nobody needs go."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdx_studio import Session
from sdx_studio.engine.checkpoint import resume, take
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.formulas.sprawl import growth, steady_population
from sdx_studio.engine.world import World
from sdx_studio.session.build import parts_of

DAY = 86_400.0
WEEK = 7 * DAY
YEAR = 52 * WEEK


def farm(hosts: int = 6, **requests: object) -> tuple[Session, str]:
    s = Session()
    made = [s.place("host", name=f"h{n}", cores=128, memory="1 TiB") for n in range(hosts)]
    return s, s.place("sprawl", hosts=made, **requests)


def leased(s: Session, *scope: str, **fields: object) -> str:
    return s.place("lease_rule", scope=scope, **fields)


@pytest.mark.parametrize("seed", [1, 2])
def test_without_a_rule_it_grows_without_end(seed: int) -> None:
    """1,040 after a year, 312 of them idle: within three standard deviations of chance."""
    s, requests = farm()
    begun = time.process_time()
    run = s.run(until=YEAR, seed=seed)
    assert time.process_time() - begun < 5
    grown = growth(20 / WEEK, YEAR, 0.3)
    assert grown.vms == pytest.approx(1040)
    assert run.value(requests, "sprawl.population") == pytest.approx(1040, abs=3 * 1040**0.5)
    assert run.value(requests, "sprawl.idle") == pytest.approx(312, abs=3 * 312**0.5)
    assert len(run.events("sprawl.created")) == run.value(requests, "sprawl.population")
    assert not run.events("sprawl.refused")


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_with_leases_as_many_stay_as_littles_law_says(seed: int) -> None:
    s, requests = farm(arrivals="evenly")
    rule = leased(s, requests, lease=13 * WEEK, delete_after=0)
    run = s.run(until=2 * YEAR, seed=seed)
    seen = [event.population for event in run.events("sprawl.created") if event.time > YEAR]
    expected = steady_population(20 / WEEK, 13 * WEEK, 0.3)
    assert expected == pytest.approx(371.43, abs=0.01)
    assert sum(seen) / len(seen) == pytest.approx(expected, rel=0.04)
    gone = run.value(requests, "sprawl.deleted")
    assert gone == run.value(rule, "lease.deleted") == len(run.events("lease.deleted"))
    assert gone + run.value(requests, "sprawl.population") == len(run.events("sprawl.created"))


def test_no_busy_vm_is_ever_stopped() -> None:
    s, requests = farm()
    leased(s, requests, lease=4 * WEEK, idle_for="10 d", delete_after="3 d")
    run = s.run(until=YEAR / 2)
    stopped = run.events("lease.stopped")
    assert {event.reason for event in stopped} == {"its lease ends", "nobody uses it"}
    assert all(event.load < 0.05 for event in stopped)
    assert all(event.load < 0.05 for event in run.events("lease.deleted"))


def test_idle_ones_are_warned_of_stopped_and_deleted_in_time() -> None:
    s, requests = farm(rate=1, arrivals="evenly", idle_share=1)
    leased(s, requests, lease=None, idle_for="30 d", stop_after="7 d", delete_after="14 d")
    run = s.run(until=80 * DAY)
    made = run.events("sprawl.created")[0].time
    for kind, days in (("warned", 30), ("stopped", 37), ("deleted", 51)):
        assert run.events(f"lease.{kind}")[0].time == pytest.approx(made + days * DAY, abs=DAY)


def test_when_all_is_full_requests_are_refused_with_the_reason() -> None:
    s, requests = farm(1, rate=100, arrivals="evenly", memory="256 GiB")
    run = s.run(until=WEEK)
    assert run.value(requests, "sprawl.population") == 3
    assert run.value(requests, "sprawl.refused") == len(run.events("sprawl.refused")) == 97
    assert {event.reason for event in run.events("sprawl.refused")} == {"the memory of all hosts is taken"}
    (host,) = s.document.having("machine")
    s.set(host, powered=False)
    assert {event.reason for event in s.run(until=WEEK).events("sprawl.refused")} == {"no host is there for it"}


def test_a_cluster_that_keeps_room_refuses_them() -> None:
    s = Session()
    hosts = [s.place("host", name=f"h{n}", memory="64 GiB") for n in range(2)]
    cluster = s.place("cluster", members=hosts, admission="percentage", reserve=0.5)
    requests = s.place("sprawl", hosts=(cluster,), rate=100, arrivals="evenly", memory="8 GiB")
    run = s.run(until=WEEK)
    assert 0 < run.value(requests, "sprawl.population") <= 8
    assert {event.reason for event in run.events("sprawl.refused")} == {"the cluster keeps the rest free"}


def test_they_load_their_hosts() -> None:
    s, requests = farm(1, rate=700, arrivals="evenly", idle_share=0, busy=0.5)
    run = s.run(until=DAY + 1)
    (host,) = s.document.having("machine")
    count = run.value(requests, "sprawl.population")
    assert count == 100
    assert run.value(host, "guests") == count
    assert run.value(host, "cpu.demand") == pytest.approx(count * 2 * 0.5)


def test_drawn_vms_in_scope_go_when_they_are_idle_and_stay_when_they_are_busy() -> None:
    s = Session()
    host = s.place("host", memory="256 GiB")
    busy, idle, napping = (s.place("vm", on=host, name=name, load=load) for name, load in
                           (("busy", 0.4), ("idle", 0.01), ("napping", 0.01)))  # fmt: skip
    rule = leased(s, host, lease=None, idle_for="10 d", stop_after="2 d", delete_after="1 d")
    s.do("load", napping, at=11 * DAY + 3600, by=0.5)
    run = s.run(until=30 * DAY)
    assert idle not in run.world.plant.parts.guests
    assert run.value(rule, "lease.deleted") == 1
    assert run.value(rule, "lease.watched") == 2
    assert run.world.plant.guests[busy].condition is Condition.UP
    assert run.events("lease.withdrawn")[0].element == "vm:napping"
    assert run.value(host, "guests") == 2


def test_a_lease_of_a_vm_in_use_goes_on_and_one_that_is_idle_ends() -> None:
    s = Session()
    host = s.place("host", memory="256 GiB")
    vms = [s.place("vm", on=host, name=name, load=load) for name, load in (("busy", 0.4), ("idle", 0.01))]
    rule = leased(s, *vms, lease="20 d", stop_after="5 d", delete_after="1 d")
    run = s.run(until=50 * DAY)
    assert vms[0] in run.world.plant.parts.guests
    assert vms[1] not in run.world.plant.parts.guests
    assert run.value(rule, "lease.renewed") >= 2
    s.set(rule, renewable=False)
    run = s.run(until=50 * DAY)
    assert run.world.plant.guests[vms[0]].condition is Condition.UP


def test_what_somebody_switches_on_again_is_not_deleted() -> None:
    s = Session()
    host = s.place("host", memory="256 GiB")
    vm = s.place("vm", on=host, load=0.01)
    leased(s, vm, lease="20 d", stop_after="5 d", delete_after="10 d")
    s.do("power_on", vm, at=22 * DAY)
    run = s.run(until=38 * DAY)
    assert run.world.plant.guests[vm].condition is Condition.UP
    assert not run.events("lease.deleted")


def test_an_edit_of_a_running_world_leaves_them_where_they_are() -> None:
    s, requests = farm(2)
    rule = leased(s, requests, lease="30 d")
    parts = parts_of(s.document)
    world = World(parts, seed=3)
    world.advance(round(60 * DAY * 1e6))
    before = {id: one.place for id, one in world.plant.guests.items()}
    host = s.document.having("machine")[0]
    s.set(host, cores=64)
    world.revise([part for part in parts_of(s.document) if part not in parts], ())
    assert {id: one.place for id, one in world.plant.guests.items()} == before
    removed = [(type(part), part.id) for part in parts if part.id == host]
    world.revise((), removed)
    assert all(one.place != host for one in world.plant.guests.values())
    left = sum(one.place is not None for one in world.plant.guests.values())
    stopped = world.measures()[requests]["sprawl.stopped"].last
    assert world.measures()[requests]["sprawl.population"].last == left - stopped
    world.revise((), [(type(part), part.id) for part in parts if part.id in (rule, requests)])
    world.advance(round(120 * DAY * 1e6))
    assert requests not in world.measures()


@given(
    seed=st.integers(0, 5), rate=st.sampled_from([5, 40, 300]), lease=st.sampled_from([None, DAY, 9 * DAY]),
    idle=st.sampled_from([None, 2 * DAY]), cut=st.integers(1, 20),
)  # fmt: skip
@settings(max_examples=12)
def test_nobody_is_lost_and_a_checkpoint_goes_on_the_same_way(
    seed: int, rate: int, lease: float | None, idle: float | None, cut: int
) -> None:
    """Created = there + stopped + deleted; a run that is taken up again ends in the same state."""
    s, requests = farm(1, rate=rate, memory="8 GiB")
    leased(s, requests, lease=lease, idle_for=idle, stop_after=DAY, delete_after=DAY)
    world = World(parts_of(s.document), seed=seed)
    world.advance(round(cut * DAY * 1e6))
    other = resume(take(world), world.events)
    for one in (world, other):
        one.advance(round(28 * DAY * 1e6))
    assert world.state_hash() == other.state_hash()
    shown = {name: value.last for name, value in world.measures()[requests].items()}
    created = sum(event.kind == "sprawl.created" for event in world.events)
    assert created == shown["sprawl.population"] + shown["sprawl.stopped"] + shown["sprawl.deleted"]
    names = [str(event.figures["vm"]) for event in world.events if event.kind == "sprawl.created"]
    assert len(set(names)) == created
    used = sum(world.plant.footprint(world.plant.parts.guests[id]) for id in world.plant.residents.get(hosts(s), ()))
    assert used <= 2.0**40 * (1 + 1e-9) or shown["sprawl.stopped"]


def hosts(s: Session) -> str:
    return s.document.having("machine")[0]
