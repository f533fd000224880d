"""Jobs: Amdahl's seconds, shares of a full host, moves, stops and edits, worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio import assets
from sdx_studio.engine.formulas.cpu import amdahl, speedup
from sdx_studio.engine.world import World
from sdx_studio.session import Session
from sdx_studio.session.build import parts_of, revision


def finished(session: Session, until: float = 1000.0, **options: int) -> dict[str, float]:
    """Seconds of each job by the name of its VM."""
    run = session.run(until=until, **options)
    return {one.element.partition(":")[2]: float(one.seconds) for one in run.events("work.finished")}


def lab(*vms: dict[str, object], **host: object) -> Session:
    s = Session()
    machine = s.place("host", **{"cores": 16, **host})
    s.place("hypervisor", on=machine, overhead=0)
    for number, fields in enumerate(vms, 1):
        s.place("vm", on=machine, name=f"vm{number}", **{"load": 0, "work": 240, "parallel": 0.9, **fields})
    return s


def test_amdahls_seconds() -> None:
    assert amdahl(240, 0.9, 1) == 240
    assert amdahl(240, 0.9, 2) == pytest.approx(132)
    assert amdahl(240, 0.9, 4) == pytest.approx(78)
    assert amdahl(240, 0.9, 2) / amdahl(240, 0.9, 4) == pytest.approx(1.69, abs=0.005)


def test_the_sample_has_the_lessons_numbers() -> None:
    session = Session.open(assets.path("samples", "16-vm-is-a-file.sdx"))
    assert finished(session) == {"job-a": pytest.approx(132), "job-b": pytest.approx(78), "job-c": pytest.approx(51)}
    lines = session.difference("job-a", "job-b")
    assert {one.key for one in lines if one.sign != " "} == {"name", "id", "mac", "vcpus"}
    told = session.run().as_json()["events"]
    assert [(one["kind"], one["seconds"]) for one in told] == [("work.finished", float(at)) for at in (51, 78, 132)]


@given(st.floats(0, 1), st.integers(1, 16), st.floats(1, 500))
def test_alone_it_takes_amdahls_time(parallel: float, vcpus: int, work: float) -> None:
    found = finished(lab({"vcpus": vcpus, "parallel": parallel, "work": work}))
    assert found["vm1"] == pytest.approx(amdahl(work, parallel, vcpus), abs=2e-6)


def test_it_ends_when_it_has_had_its_work_whatever_it_shares() -> None:
    """Four of 2 vCPUs that keep 2 / 1.1 busy on 4 cores: each gets one."""
    found = finished(lab(*[{"vcpus": 2}] * 4, cores=4))
    assert list(found.values()) == [pytest.approx(240)] * 4


def test_slow_cores_take_longer_by_as_much() -> None:
    assert finished(lab({"vcpus": 2}, core_speed=0.5))["vm1"] == pytest.approx(264)


def test_when_the_job_is_done_its_own_load_goes_on() -> None:
    s = lab({"vcpus": 2, "load": 0.25})
    vm = s.document.find("vm:vm1")
    during, after = s.run(until=100), s.run(until=140)
    assert during.value(vm, "cpu.demand") == pytest.approx(speedup(0.9, 2))
    assert during.value(vm, "work.progress") == pytest.approx(100 / 132)
    assert after.value(vm, "cpu.demand") == pytest.approx(0.5)
    assert after.value(vm, "work.progress") == 1


def test_a_stopped_one_begins_anew() -> None:
    s = lab({"vcpus": 2, "start_time": 5, "boot_requests": 0})
    s.do("power_off", "vm1", at=100)
    s.do("power_on", "vm1", at=200)
    run = s.run(until=1000)
    (event,) = run.events("work.finished")
    assert event.seconds == pytest.approx(132)
    assert event.time == pytest.approx(200 + 5 + 132)


def test_an_edit_while_it_runs_goes_on_faster() -> None:
    """After half of its 132 s with two vCPUs the other half takes half of 78 s with four."""
    s = lab({"vcpus": 2})
    before = parts_of(s.document)
    world = World(before, seed=1)
    world.advance(66_000_000)
    s.set("vm1", vcpus=4)
    world.revise(*revision(before, parts_of(s.document)))
    world.advance(400_000_000)
    (event,) = [one for one in world.events if one.kind == "work.finished"]
    assert event.figures["seconds"] == pytest.approx(66 + 39)


def test_a_checkpoint_goes_on_with_the_job() -> None:
    s = lab({"vcpus": 2})
    world = World(parts_of(s.document), seed=1)
    world.advance(50_000_000)
    again = World.restore(world.checkpoint())
    assert again.state_hash() == world.state_hash()
    for one in (world, again):
        one.advance(400_000_000)
    assert again.state_hash() == world.state_hash()
    assert [one.kind for one in again.events] == ["work.finished"]


def test_apps_have_jobs_too() -> None:
    s = Session()
    host = s.place("host", cores=8)
    s.place("app", on=host, name="batch", threads=4, load=0, work=240, parallel=0.9)
    assert finished(s)["batch"] == pytest.approx(78)
