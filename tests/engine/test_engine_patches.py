"""Patches of kernels, and who sees whose files: what containers share and what VMs have for themselves."""

import pytest

from sdx_studio import Session
from sdx_studio.engine import files
from sdx_studio.engine.world import World
from sdx_studio.session.build import parts_of
from sdx_studio.session.run import Run


def machines(count: int = 5) -> Session:
    """Two hosts: one with VMs, one with containers; in the first VM two containers and an app."""
    s = Session()
    virtual, plain = s.place("host", name="virtual", memory="128 GiB"), s.place("host", name="plain")
    for index in range(count):
        s.place("vm", on=virtual, name=f"vm-{index}", memory="4 GiB", start_time=20)
        s.place("container", on=plain, name=f"box-{index}", memory="1 GiB")
    for name in ("inner-0", "inner-1"):
        s.place("container", on="vm-0", name=name, memory="256 MiB")
    s.place("app", on="os:os-01", name="app-0", memory="256 MiB")
    s.place("app", on="os:os-01", name="app-1", memory="256 MiB")
    return s


def patched(run: Run, *names: str) -> list[float]:
    return [run.value(name, "kernel.patched") for name in names]


# files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "of", "read", "reason"),
    [
        ("box-0", "box-1", False, files.NAMESPACE),
        ("box-0", "plain", False, files.NAMESPACE),
        ("box-0", "app-0", False, files.NAMESPACE),
        ("plain", "box-0", True, files.ROOT),
        ("os-01", "box-1", True, files.ROOT),
        ("engine-01", "box-1", True, files.ROOT),
        ("app-0", "app-1", True, files.SAME),
        ("app-0", "box-0", False, files.ORDINARY),
        ("os-01", "app-1", True, files.SAME),
        ("vm-0", "vm-1", False, files.OTHER_DISK),
        ("virtual", "vm-1", False, files.IMAGE),
        ("hypervisor-01", "vm-1", False, files.IMAGE),
        ("virtual", "inner-0", False, files.IMAGE),
        ("vm-1", "virtual", False, files.INSIDE_VM),
        ("inner-0", "inner-1", False, files.NAMESPACE),
        ("inner-0", "vm-0", False, files.NAMESPACE),
        ("vm-0", "inner-1", True, files.ROOT),
        ("vm-1", "inner-1", False, files.OTHER_DISK),
        ("inner-0", "vm-1", False, files.OTHER_DISK),
        ("box-0", "vm-0", False, files.MACHINES),
    ],
)
def test_who_sees_whose_files(reader: str, of: str, read: bool, reason: str) -> None:
    s = machines()
    s.do("read_files", reader, at=1, of=of)
    run = s.run(until=2)
    (told,) = [one for one in run.events() if one.kind.startswith("files.")]
    assert (told.kind, told.reason) == ("files.read" if read else "files.hidden", reason)
    assert (told.element.split(":")[1], told.of.split(":")[1]) == (reader, of)


def test_who_is_off_reads_nothing_and_what_has_no_files_has_none() -> None:
    s = machines()
    s.set("vm-0", powered=False)
    switch = s.place("switch", name="sw")
    for reader, of in (("vm-0", "vm-1"), ("vm-1", "vm-1"), ("vm-1", switch)):
        s.do("read_files", reader, at=1, of=of)
    run = s.run(until=2)
    assert [one.reason for one in run.events("command.refused")] == [
        "It is not running.", "Say whose files: another element.",
        "Only machines, layers and what runs on them have files.",
    ]  # fmt: skip
    assert not run.events("files.read") + run.events("files.hidden")


# patches -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["os-01", "engine-01", "plain"])
def test_one_patch_serves_all_containers(target: str) -> None:
    s = machines()
    s.do("patch", target, at=10, reboot=100)
    run = s.run(until=300)
    (begun,), (done,) = run.events("kernel.patching"), run.events("kernel.patched")
    assert (begun.time, begun.guests) == (10, 7)
    assert (done.patches, done.seconds, done.guests) == (1, 100, 7)
    assert done.outage == pytest.approx(sum(run.value(name, "outage") for name in
                                            (*(f"box-{n}" for n in range(5)), "app-0", "app-1")))  # fmt: skip
    assert done.outage >= 7 * 100
    assert patched(run, "plain", "os-01", "box-0", "box-4", "app-0", "vm-0") == [1, 1, 1, 1, 1, 0]
    assert run.value("box-3", "outage") < 101.5


def test_as_many_patches_as_vms_each_with_a_reboot_of_its_own() -> None:
    s = machines()
    for index in range(5):
        s.do("patch", f"vm-{index}", at=10 + 100 * index)
    run = s.run(until=700)
    done = run.events("kernel.patched")
    assert [one.patches for one in done] == [1, 2, 3, 4, 5]
    assert [one.guests for one in done] == [3, 1, 1, 1, 1], "the first has two containers inside"
    assert [one.seconds for one in done] == [20] * 5
    assert patched(run, "vm-0", "vm-4", "inner-0", "virtual") == [1, 1, 1, 0]
    assert done[-1].outage == pytest.approx(20)


def test_a_hypervisor_is_patched_when_its_vms_are_gone_or_go_down_with_it() -> None:
    s = machines()
    s.do("patch", "hypervisor-01", at=10)
    s.do("patch", "virtual", at=20, anyway="yes", reboot=60)
    run = s.run(until=300)
    (refused,) = run.events("command.refused")
    assert refused.reason.startswith("VMs run on it: move them away first")
    (done,) = run.events("kernel.patched")
    assert (done.time - 20, done.guests) == (pytest.approx(100), 7)
    assert done.outage == pytest.approx(4 * 80 + 2 * 80 + 100), "the fifth VM waits for its turn to start"
    assert patched(run, "hypervisor-01", "vm-0") == [1, 0], "the kernels in the VMs are others"


def test_in_maintenance_it_is_patched_without_any_outage() -> None:
    s = Session()
    hosts = [s.place("host", name=name, cores=16, memory="64 GiB") for name in ("a", "b")]
    switch = s.place("switch", name="sw")
    for host in hosts:
        s.connect(host, switch, bandwidth="10 Gbit/s")
    vms = [s.place("vm", on="a", name=f"vm-{n}", memory="2 GiB") for n in range(3)]
    s.do("enter_maintenance", "a", at=1)
    s.do("patch", "a", at=60, reboot=120)
    s.do("exit_maintenance", "a", at=300)
    run = s.run(until=400)
    (done,) = run.events("kernel.patched")
    assert (done.guests, done.outage, done.seconds) == (0, 0, 120)
    assert all(run.value(vm, "outage") < 1 for vm in vms), "no more than the pauses of their moves"
    assert not run.events("command.refused")


def test_a_cluster_does_not_take_a_patch_for_a_failure() -> None:
    s = machines()
    s.place("cluster", members=("virtual", "plain"))
    s.do("patch", "virtual", at=10, anyway="yes", reboot=60)
    run = s.run(until=200)
    assert not run.events("ha.detected")
    assert run.events("kernel.patched")


def test_what_has_no_kernel_is_not_patched() -> None:
    s = machines()
    empty = s.place("host", name="empty")
    world = World(parts_of(s.document))
    box, app = s.document.find("box-0"), s.document.find("app-0")
    for id in (box, app, empty):
        assert world.patches.begin(id, True, 1.0) == "It has no kernel of its own: patch the one under it."
    vm = s.document.find("vm-0")
    assert world.patches.begin(vm, False, 1.0) is None
    assert world.patches.begin(vm, False, 1.0) == "It is being patched already."


def test_a_machine_that_fails_while_it_is_patched_is_patched_when_it_is_back() -> None:
    s = machines()
    s.do("patch", "plain", at=10, reboot=60)
    s.do("fail", "plain", at=30)
    s.do("repair", "plain", at=100)
    s.do("power_on", "plain", at=150)
    run = s.run(until=300)
    (done,) = run.events("kernel.patched")
    assert done.seconds == 140
