"""Kernel faults: a shared kernel takes all its containers, a VM's own takes that VM alone."""

import pytest

from sdx_studio import Session
from sdx_studio.engine.parts import Layer
from sdx_studio.session.build import parts_of


def machines() -> tuple[Session, str, str]:
    """Two hosts: one with five VMs, one with five containers."""
    session = Session()
    virtual, plain = session.place("host", name="virtual"), session.place("host", name="plain")
    for index in range(5):
        session.place("vm", on=virtual, name=f"vm-{index}", memory="2 GiB", start_time=20)
        session.place("container", on=plain, name=f"box-{index}", memory="1 GiB")
    return session, virtual, plain


def stopped(run) -> set[str]:
    return {event.element for event in run.events("guest.stopped")}


def test_a_vm_kernel_takes_that_vm_alone() -> None:
    session, _virtual, _plain = machines()
    session.do("crash", "vm-2", at="10 s")
    run = session.run(until="60 s")
    assert stopped(run) == {"vm:vm-2"}
    (back,) = run.events("guest.started")
    assert (back.element, back.time) == ("vm:vm-2", 30.0)


@pytest.mark.parametrize("layer", ["os-01", "plain"])
def test_a_shared_kernel_takes_all_containers(layer: str) -> None:
    session, _virtual, plain = machines()
    target = session.document.children(plain)[0] if layer == "os-01" else session.document.find("engine-01")
    session.do("crash", target, at="10 s", reboot="40 s")
    run = session.run(until="60 s")
    assert stopped(run) == {f"container:box-{index}" for index in range(5)}
    assert run.events("kernel.crashed")[0].time == 10.0
    assert {event.time for event in run.events("guest.started")} <= {50.2, 50.4}
    assert len(run.events("guest.started")) == 5


def test_a_cluster_restarts_elsewhere_what_a_crashed_hypervisor_held() -> None:
    session, virtual, _plain = machines()
    other = session.place("host", name="other")
    session.place("vm", on=other, name="there", memory="1 GiB")
    array = session.place("storage_array", name="array")
    volume = session.place("volume", on=array, name="vol")
    session.connect(virtual, array)
    session.connect(other, array)
    for index in range(5):
        session.set(f"vm-{index}", disk=volume)
    session.place("cluster", members=(virtual, other))
    session.do("crash", session.document.find("hypervisor-01"), at="10 s", reboot="120 s")
    run = session.run(until="200 s")
    assert len(run.events("ha.placed")) == 5
    assert {event.host for event in run.events("guest.started")} == {"host:other"}


def test_what_does_not_run_cannot_crash_and_nothing_changes() -> None:
    session, virtual, _plain = machines()
    session.set("vm-1", powered=False)
    session.do("power_off", virtual, at="5 s")
    for target in ("vm-0", "hypervisor-01"):
        session.do("crash", target, at="10 s")
    run = session.run(until="20 s")
    assert [event.reason for event in run.events("command.refused")] == ["It is not running."] * 2
    assert not run.events("kernel.crashed")


@pytest.mark.parametrize(("product", "limit"), [("KVM", None), ("Xen", None), ("ESXi", 4), ("Hyper-V", None)])
def test_a_product_moves_vms_its_own_way(product: str, limit: int | None) -> None:
    session = Session()
    host = session.place("host", name="h")
    session.place("vm", on=host)
    layer = session.document.children(host)[0]
    session.set(layer, product=product, migration="as the product does")
    (style,) = [part.migration for part in parts_of(session.document) if isinstance(part, Layer)]
    assert style is not None
    assert style.limit == limit
    rounds = {"KVM": None, "Xen": 5, "ESXi": None, "Hyper-V": 30}
    assert style.rules.max_rounds == rounds[product]
