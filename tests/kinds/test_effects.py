"""Every kind does something in the engine: one true thing each, with figures that can be worked out by hand."""

import pytest
from effects import EFFECTS, GIB, effect, near, rate, wired

from sdx_studio.kinds import catalogue
from sdx_studio.session import Session


def test_every_kind_has_its_effect() -> None:
    assert set(EFFECTS) == set(catalogue())


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_it_does_something(key: str, session: Session) -> None:
    EFFECTS[key](session)


@effect("host")
def _(s: Session) -> None:
    """Twice the cores, half the utilisation; and its power follows the load."""
    host = s.place("host", cores=8, power_model="HP ML110 G4")
    s.place("app", on=host, threads=4, load=1)
    assert s.run(until=5).value(host, "cpu.utilisation") == near(0.5)
    s.set(host, cores=16)
    run = s.run(until=5)
    assert run.value(host, "cpu.utilisation") == near(0.25)
    assert run.value(host, "power") == near((92.6 + 96.0) / 2)


@effect("client_pc")
def _(s: Session) -> None:
    """It runs a hypervisor of its own."""
    pc = s.place("client_pc", cores=4, memory="8 GiB")
    s.place("vm", on=pc, vcpus=2, load=0.5, memory="2 GiB")
    run = s.run(until=5)
    assert run.value(pc, "guests") == 1
    assert run.value(pc, "cpu.utilisation") == pytest.approx(0.25, rel=0.05)


@effect("app")
def _(s: Session) -> None:
    """It takes cores and memory of the machine under it."""
    host = s.place("host", cores=16)
    app = s.place("app", on=host, threads=8, load=0.5, memory="2 GiB")
    run = s.run(until=5)
    assert run.value(host, "cpu.utilisation") == near(0.25)
    assert run.value(app, "cpu.grant") == near(4)
    assert run.value(host, "memory.used") == near(2.5 * GIB)


@effect("os")
def _(s: Session) -> None:
    """It keeps memory for itself."""
    host = s.place("host")
    os = s.place("os", on=host, memory="1 GiB")
    assert s.run(until=1).value(host, "memory.used") == near(GIB)
    s.set(os, memory="3 GiB")
    assert s.run(until=1).value(host, "memory.used") == near(3 * GIB)


@effect("hypervisor")
def _(s: Session) -> None:
    """Its overhead takes cores away from the VMs."""
    host = s.place("host", cores=8)
    layer = s.place("hypervisor", on=host, overhead="0 %")
    vms = [s.place("vm", on=layer, vcpus=4, load=1) for _ in range(2)]
    full = sum(s.run(until=2).value(vm, "cpu.grant") for vm in vms)
    s.set(layer, overhead="20 %")
    less = sum(s.run(until=2).value(vm, "cpu.grant") for vm in vms)
    assert full == near(8)
    assert less < 7


@effect("vm")
def _(s: Session) -> None:
    """On a full host, twice the shares are twice the cores; a reservation is kept."""
    layer = s.place("hypervisor", on=s.place("host", cores=6), overhead="0 %")
    rich = s.place("vm", on=layer, vcpus=6, load=1, shares=2000)
    poor = s.place("vm", on=layer, vcpus=6, load=1, shares=1000)
    run = s.run(until=2)
    assert (run.value(rich, "cpu.grant"), run.value(poor, "cpu.grant")) == (near(4), near(2))
    assert run.value(poor, "cpu.ready") > run.value(rich, "cpu.ready") > 0
    s.set(poor, reservation="5")
    assert s.run(until=2).value(poor, "cpu.grant") == near(5)


@effect("container")
def _(s: Session) -> None:
    """It never gets more cores than its limit, and it starts at once."""
    host = s.place("host", cores=4)
    container = s.place("container", on=host, cpus=0.5, load=1)
    assert s.run(until=2).value(container, "cpu.grant") == near(0.5)
    s.set(container, cpus=2)
    assert s.run(until=2).value(container, "cpu.grant") == near(2)


@effect("container_engine")
def _(s: Session) -> None:
    """Containers share one kernel: no second OS takes memory, only the engine does."""
    host = s.place("host")
    os = s.place("os", on=host, memory="512 MiB")
    engine = s.place("container_engine", on=os, memory="64 MiB")
    before = s.run(until=1).value(host, "memory.used")
    for _ in range(2):
        s.place("container", on=engine, memory="256 MiB")
    run = s.run(until=1)
    assert before == near(576 * 2**20)
    assert run.value(host, "memory.used") == near(before + 2 * (256 + 10) * 2**20)
    assert run.value(engine, "guests") == 2


@effect("thin_client")
def _(s: Session) -> None:
    """The stream of its screen follows the VM to another host."""
    a, b, client, _sw = wired(s, "host", "host", "thin_client")
    vm = s.place("vm", on=a, memory="1 GiB", dirty_rate="1 MiB/s")
    s.set(client, desktop=vm, display_rate="2 Mbit/s")
    s.do("migrate", vm, to=b, at=5)
    before, after = s.run(until=4), s.run(until=60)
    assert (rate(before, a), rate(before, b)) == (near(2e6), 0)
    assert (rate(after, a), rate(after, b)) == (0, near(2e6))
    assert rate(after, client) == near(2e6)


def stored(
    s: Session, medium: str = "HDD 15k", raid: str = "RAID 10", disks: int = 4, **volume: object
) -> tuple[str, str]:
    """An array and a VM that asks 300 requests a second of one of its volumes."""
    array, host, _sw = wired(s, "storage_array", "host")
    s.set(array, raid=raid)
    for _ in range(disks):
        s.place("disk", on=array, medium=medium, capacity="1 TB")
    made = s.place("volume", on=array, **volume)  # type: ignore[arg-type]
    s.place("vm", on=host, disk=made, io_rate=300, load=1, read_share=0.5)
    return array, made


@effect("disk")
def _(s: Session) -> None:
    """Flash serves with ease what makes spinning disks sweat."""
    array, _volume = stored(s)
    slow = s.run(until=5).value(array, "storage.utilisation")
    for id in s.document.having("device"):
        s.set(id, medium="SSD")
    run = s.run(until=5)
    assert slow > 0.5
    assert run.value(array, "storage.utilisation") < 0.05
    assert run.value(array, "storage.iops") == pytest.approx(300, rel=0.01)


@effect("storage_array")
def _(s: Session) -> None:
    """A small write costs four operations on RAID 5 and two on RAID 10."""
    array, _volume = stored(s, medium="SSD")
    load = {}
    for raid in ("RAID 0", "RAID 10", "RAID 5"):
        s.set(array, raid=raid)
        load[raid] = s.run(until=5).value(array, "storage.utilisation")
    assert load["RAID 0"] < load["RAID 10"] < load["RAID 5"]


@effect("volume")
def _(s: Session) -> None:
    """Thick takes its whole size at once, thin what is written, and grows."""
    array, volume = stored(s, size="100 GiB", used="10 GiB", growth="1 GiB/s")
    assert s.run(until=0).value(array, "storage.used") == near(100 * GIB)
    s.set(volume, thin=True)
    assert s.run(until=0).value(array, "storage.used") == near(10 * GIB)
    assert s.run(until=5).value(array, "storage.used") == near(15 * GIB)


@effect("switch")
def _(s: Session) -> None:
    """In a ring of three one port is blocked, and frames still arrive; the lowest priority is the root."""
    ring = [s.place("switch", priority=value) for value in (4096, 8192, 32768)]
    for at in range(3):
        s.connect(ring[at], ring[(at + 1) % 3])
    flow = s.place("flow", source=ring[1], target=ring[2], rate="100 Mbit/s")
    run = s.run(until=2)
    assert [run.value(one, "net.blocked_ports") for one in ring] == [0, 0, 1]
    assert rate(run, flow) == near(1e8)
    assert run.value(flow, "net.hops") == 2


@effect("router")
def _(s: Session) -> None:
    """Two VLANs hear each other only through it."""
    a, b, switch = wired(s, "host", "host")
    for number, member in ((10, a), (20, b)):
        s.place("vlan", number=number, members=[member])
    flow = s.place("flow", source=a, target=b, rate="100 Mbit/s")
    assert rate(s.run(until=2), flow) == 0
    router = s.place("router")
    s.connect(router, switch)
    assert rate(s.run(until=2), flow) == near(1e8)


@effect("vlan")
def _(s: Session) -> None:
    """Members of one hear each other, members of different ones do not."""
    a, b, c, _sw = wired(s, "host", "host", "host")
    vlan = s.place("vlan", number=10, members=[a, b])
    s.place("vlan", number=20, members=[c])
    same = s.place("flow", source=a, target=b, rate="1 Mbit/s")
    other = s.place("flow", source=a, target=c, rate="1 Mbit/s")
    run = s.run(until=2)
    assert (rate(run, same), rate(run, other)) == (near(1e6), 0)
    assert rate(run, vlan) == near(1e6)
    assert run.events("traffic.blocked")[0].element == s.document.address(other)


@effect("flow")
def _(s: Session) -> None:
    """It loads every link on its way; two on one link share it by their weights."""
    a, b, _sw = wired(s, "host", "host")
    first = s.place("flow", source=a, target=b, rate="400 Mbit/s")
    run = s.run(until=2)
    assert [run.value(link.id, "net.utilisation") for link in s.document.links.values()] == [near(0.4), near(0.4)]
    s.set(first, rate=None, weight=3)
    second = s.place("flow", source=a, target=b)
    run = s.run(until=2)
    assert (rate(run, first), rate(run, second)) == (near(7.5e8), near(2.5e8))


@effect("site")
def _(s: Session) -> None:
    """Its power is that of its machines times the PUE; price and carbon follow."""
    site = s.place("site", pue=2, price=36, carbon=0.5)
    hosts = [s.place("host", on=site) for _ in range(2)]
    run = s.run(until=3600)
    machines = sum(run.value(host, "power") for host in hosts)
    assert run.value(site, "power") == near(2 * machines)
    assert run.value(site, "energy") == near(2 * machines / 1000)
    assert run.value(site, "cost") == near(36 * 2 * machines / 1000)
    assert run.value(site, "co2") == near(0.5 * 2 * machines / 1000)


@effect("rack")
def _(s: Session) -> None:
    """It adds up what stands in it, inside its site, and costs rent."""
    site = s.place("site", pue=1)
    rack = s.place("rack", on=site, rent="730,000 JPY/month")
    host = s.place("host", on=rack)
    run = s.run(until=3600)
    assert run.value(rack, "power") == near(run.value(host, "power"))
    assert run.value(site, "power") == near(run.value(host, "power"))
    assert run.value(rack, "rent") == near(1000)


@effect("cluster")
def _(s: Session) -> None:
    """It starts the VMs of a failed host on another one; without it they stay down."""
    a, b, array, _sw = wired(s, "host", "host", "storage_array")
    s.place("disk", on=array)
    volume = s.place("volume", on=array)
    vm = s.place("vm", on=a, disk=volume, start_time="20 s", boot_requests=0)
    s.do("fail", a, at=5)
    assert s.run(until=120).events("ha.placed") == []
    s.place("cluster", members=[a, b], detect="10 s")
    run = s.run(until=120)
    placed, started = run.events("ha.placed")[0], run.events("guest.started")[-1]
    assert (placed.time, placed.to) == (17.0, s.document.address(b))
    assert started.time == 37.0
    assert run.value(b, "guests") == 1
    assert run.value(vm, "cpu.grant") > 0


@effect("consolidation")
def _(s: Session) -> None:
    """It packs two little used hosts onto one and lets the other sleep; without it both draw power."""
    a, b = (s.place("host", cores=4, power_model="HP ML110 G4") for _one in range(2))
    for host in (a, b):
        s.place("vm", on=host, vcpus=1, load=0.4, memory="1 GiB")
    assert s.run(until="10 min").value(b, "power") > 86
    policy = s.place("consolidation", members=[a, b], every="60 s")
    run = s.run(until="10 min")
    assert sorted(run.value(host, "guests") for host in (a, b)) == [0, 2]
    assert min(run.value(host, "power") for host in (a, b)) == 0
    assert run.value(policy, "moves") == 1
