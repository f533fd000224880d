"""The layers of a machine, and what they mean for patches, faults, density and start."""

import pytest

from sdx_studio import Session
from sdx_studio.kinds.presets import GIB, MIB
from sdx_studio.session.stacking import Facts, facts, stack, words

GUESTS = 8


@pytest.fixture(name="both")
def _both() -> tuple[Session, str, str]:
    """One host with VMs, one with containers."""
    session = Session()
    virtual, plain = session.place("host", name="virtual", memory="64 GiB"), session.place("host", name="plain")
    for _index in range(GUESTS):
        session.place("vm", on=virtual, memory="2 GiB")
        session.place("container", on=plain, memory="1 GiB")
    return session, virtual, plain


def test_a_vm_brings_its_own_os_and_a_container_does_not(both: tuple[Session, str, str]) -> None:
    session, virtual, plain = both
    roles = [block.role for block in stack(session.document, virtual).all()]
    assert roles == ["hardware", "divider", *["guest", "kernel"] * GUESTS]
    roles = [block.role for block in stack(session.document, plain).all()]
    assert roles == ["hardware", "kernel", "engine", *["space"] * GUESTS]


def test_one_patch_serves_all_containers_and_one_fault_takes_them(both: tuple[Session, str, str]) -> None:
    session, virtual, plain = both
    assert facts(session.document, virtual).kernels == GUESTS + 1
    found = facts(session.document, plain)
    assert found.kernels == 1
    assert found.widest_fault == GUESTS
    assert found.start == (0.2, 0.2)
    assert found.cpu_overhead == 0
    assert facts(session.document, virtual).cpu_overhead == pytest.approx(0.02)


def test_more_containers_than_vms_have_room(both: tuple[Session, str, str]) -> None:
    session, virtual, plain = both
    vms, containers = facts(session.document, virtual), facts(session.document, plain)
    assert containers.memory_overhead == 512 * MIB + 64 * MIB + GUESTS * 10 * MIB
    free = 64 * GIB - 576 * MIB - GUESTS * (GIB + 10 * MIB)
    assert containers.fits == int(free / (GIB + 10 * MIB))
    assert vms.fits is not None
    assert vms.fits + GUESTS == pytest.approx(30, abs=1)
    assert containers.fits + GUESTS > 1.9 * (vms.fits + GUESTS)


def test_a_drawn_os_in_a_vm_holds_its_containers(both: tuple[Session, str, str]) -> None:
    session, virtual, _plain = both
    vm = session.place("vm", on=virtual, name="docker", memory="4 GiB")
    inner = [session.place("container", on=vm, memory="1 GiB") for _index in range(3)]
    block = next(one for one in stack(session.document, virtual).all() if one.id == vm)
    assert [one.role for one in block.all()] == ["guest", "kernel", "engine", "space", "space", "space"]
    assert all(one.id for one in block.all())
    assert facts(session.document, virtual).widest_fault == GUESTS + 1 + len(inner), "the hypervisor takes them all"


def test_an_empty_machine_has_nothing_to_say() -> None:
    session = Session()
    host = session.place("host")
    assert facts(session.document, host) == Facts(0, 0, 0, 0.0, 0.0, None, None)
    assert [label for label, _value in words(facts(session.document, host))][-1] == "Memory beside the guests' own"
