"""The numbers of the course's lessons on servers come out of the samples, run by the command line."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from sdx_studio import Session, assets
from sdx_studio.__main__ import main
from sdx_studio.session import proposing, stacking


def ran(stem: str, *words: str) -> dict[str, Any]:
    """What `run --json` prints for a sample."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = main(["run", str(assets.path("samples", f"{stem}.sdx")), "--json", *words])
    assert code == 0, said.getvalue()
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def happened(told: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [event for event in told["events"] if event["kind"] == kind]


def opened(stem: str) -> Session:
    return Session.open(Path(assets.path("samples", f"{stem}.sdx")))


def test_batch_and_time_sharing() -> None:
    told = ran("20-mainframe")
    ends: dict[str, list[float]] = {}
    for event in happened(told, "job.finished"):
        ends.setdefault(event["processor"], []).append(event["time"])
    assert ends["mainframe:batch"] == [240, 480, 720, 960]
    assert ends["mainframe:shared"] == [240, 241, 242, 243]
    use = {
        name: figures["cpu.utilisation"]["mean"] for name, figures in told["measures"].items() if "mainframe" in name
    }
    assert use["mainframe:batch"] == pytest.approx(0.25)
    shared = ran("20-mainframe", "--until", "243 s")["measures"]["mainframe:shared"]["cpu.utilisation"]["mean"]
    assert shared == pytest.approx(0.988, abs=5e-4)
    assert min(ends["mainframe:CP-67"]) > 264, "a machine for everybody costs a tenth"


def test_partition_aggregate_emulate() -> None:
    told = ran("24-three-kinds")
    session, measures = opened("24-three-kinds"), told["measures"]
    guests = [session.document.find(f"vm-{number}") for number in range(1, 5)]
    assert [session.document.values(id)["vcpus"] for id in guests] == [2] * 4
    assert [session.document.values(id)["memory"] for id in guests] == [4 * 2**30] * 4
    grants = [measures[f"vm:vm-{number}"]["cpu.grant"]["last"] for number in range(1, 5)]
    assert grants == pytest.approx([0.98 * 8 / 4] * 4)
    pool = measures["storage_array:three-as-one"]
    assert pool["storage.capacity"]["last"] == 6e12
    tape = session.document.find("disk-as-tape")
    assert session.document.values(tape)["shown_as"] == "tape"
    assert measures["volume:disk-as-tape"]["storage.used"]["last"] == 200e9
    assert pool["storage.used"]["last"] == 1.2e12, "the tape's bytes lie on the disks"
    ends = {event["element"]: event["time"] for event in happened(told, "work.finished")}
    assert ends == {"vm:native": 10.0, "vm:emulated": 100.0}


def test_hypervisor_or_containers() -> None:
    told = ran("22-hypervisor-or-containers")
    crashed = [event for event in told["events"] if event["time"] < 80]
    stopped = [(one["time"], one["element"].split(":")[0]) for one in crashed if one["kind"] == "guest.stopped"]
    assert stopped == [(20.0, "vm"), *[(40.0, "container")] * 6], "one, and all"
    started = {one["element"]: one["time"] for one in crashed if one["kind"] == "guest.started"}
    assert started["vm:vm-3"] == 50.0
    assert all(time < 61 for name, time in started.items() if "container" in name)
    session = opened("22-hypervisor-or-containers")
    vms, boxes = (
        stacking.facts(session.document, session.document.find(name)) for name in ("hypervisor", "containers")
    )
    assert vms.fits is not None
    assert boxes.fits is not None
    assert (vms.fits + 6, boxes.fits + 6) == (30, 62)
    assert (vms.kernels, boxes.kernels) == (7, 1)


def test_one_patch_for_all_containers_and_one_for_each_vm() -> None:
    told = ran("22-hypervisor-or-containers")
    shared, *own = happened(told, "kernel.patched")
    assert (shared["guests"], shared["seconds"], shared["patches"]) == (6, 20.0, 1)
    assert [one["guests"] for one in own] == [1] * 6
    assert own[-1]["patches"] == 7
    seen = [(event["kind"], event["element"], event["of"]) for event in told["events"] if "files" in event["kind"]]
    assert seen == [
        ("files.hidden", "container:app-1", "container:app-2"), ("files.read", "os:os-01", "container:app-1"),
        ("files.hidden", "vm:vm-1", "vm:vm-2"), ("files.hidden", "host:hypervisor", "vm:vm-1"),
    ]  # fmt: skip


def test_a_host_goes_through_all_states_of_its_memory() -> None:
    told = ran("07-too-much-memory")
    kinds = [event["kind"] for event in told["events"] if event["element"] == "host:host-03"]
    assert kinds == [
        "memory.sharing", "memory.ballooning", "memory.swapping", "memory.blocked", "memory.ballooning",
        "memory.relieved",
    ]  # fmt: skip
    (refused,) = happened(told, "command.refused")
    assert refused["element"] == "vm:late-07"
    assert told["measures"]["host:host-03"]["memory.state"]["max"] == 4


def test_twice_the_vcpus_are_not_half_the_time() -> None:
    ends = {event["element"]: event["time"] for event in happened(ran("16-vm-is-a-file"), "work.finished")}
    assert ends == {"vm:job-a": pytest.approx(132), "vm:job-b": pytest.approx(78), "vm:job-c": pytest.approx(51)}


def test_ten_racks_become_two() -> None:
    told = ran("21-ten-racks-to-two")
    assert len(happened(told, "migration.finished")) == 80
    assert len(happened(told, "element.off")) == 80
    assert told["totals"]["outage_s"] < 10, "pauses of a few hundredths of a second"
    powers = {name: figures["power"]["last"] for name, figures in told["measures"].items() if name.startswith("rack:")}
    assert sorted(name for name, power in powers.items() if power > 0) == ["rack:Rack 01", "rack:Rack 02"]
    hosts = [
        figures["cpu.utilisation"]["last"] for name, figures in told["measures"].items() if name.startswith("host:")
    ]
    assert sorted(round(one, 6) for one in hosts if one) == [0.5] * 20
    found = proposing.suggest(opened("21-ten-racks-to-two").document, limit=0.5)
    before, after = found.figures(), found.figures(found.proposal.steps)
    assert (before.rent_month, after.rent_month) == (2_000_000, 400_000)
    assert (before.power, after.power) == pytest.approx((100 * 98 * 1.56, 20 * 140 * 1.56))


def test_policies_in_groups() -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = main(["check", str(assets.path("samples", "18-policy.sdx")), "--json"])
    told = json.loads(said.getvalue())
    assert code == 1, "what has drifted is a warning"
    assert told["policy"] == {"groups": 5, "edits_before": 200, "edits_after": 5, "drifted": 7}
    assert len(told["problems"]) == 7


def test_fifteen_weeks_of_requests() -> None:
    """The whole year takes some seconds and is behind `slow`."""
    told = ran("17-sprawl", "--until", "105 d")["measures"]
    populations = [told[f"sprawl:requests {letter}"]["sprawl.population"]["last"] for letter in "ABC"]
    assert populations[0] == 300, "20 a week, and nobody deletes"
    assert populations[0] > populations[1] > 0
    assert told["sprawl:requests A"]["sprawl.deleted"]["last"] == 0


@pytest.mark.slow
def test_a_year_of_requests() -> None:
    told = ran("17-sprawl")["measures"]
    without, leased = told["sprawl:requests A"], told["sprawl:requests B"]
    assert without["sprawl.population"]["last"] + without["sprawl.refused"]["last"] == pytest.approx(1040)
    assert leased["sprawl.population"]["last"] == pytest.approx(371, rel=0.05), "20 a week, 13 weeks, 30 % renewed"
    assert told["sprawl:requests C"]["sprawl.population"]["last"] < leased["sprawl.population"]["last"]


def test_which_migrations_converge() -> None:
    told = {event["vm"].removeprefix("vm:"): event for event in happened(ran("23-converging"), "migration.finished")}
    figures = {name: (one["rounds"], one["total"], one["downtime"], one["converged"]) for name, one in told.items()}
    wanted = {
        "idle": (1, 73.1, 0.0, True), "calm": (8, 112.2, 0.228, True), "brisk": (10, 240.4, 15.3, False),
        "restless": (10, 256, 18.3, False), "quiet": (3, 44.48, 0.208, True), "fast": (1, 3.72, 0.065, True),
        "with-disk": (3, 410, 0.208, True), "slowed": (15, 237, 0.21, True),
    }  # fmt: skip
    assert figures == {name: pytest.approx(one, rel=0.01, abs=1e-5) for name, one in wanted.items()}
    assert list(told) == ["fast", "quiet", "idle", "calm", "slowed", "brisk", "restless", "with-disk"]
    assert told["slowed"]["throttle"] == pytest.approx(0.7)
