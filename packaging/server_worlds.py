"""The gallery's little worlds of servers: sharing a mainframe, emptying racks, hypervisor or containers."""

from worlds import titled

from sdx_studio import Session
from sdx_studio.session import proposing


def mainframe() -> Session:
    """The same four jobs in batch, in turns, and in virtual machines."""
    s = Session()
    for row, (name, policy) in enumerate(
        (("batch", "batch"), ("shared", "time sharing"), ("CP-67", "virtual machines"))
    ):
        y = 60 + 150 * row
        machine = s.place("mainframe", name=name, policy=policy, quantum="1 s", overhead=0.1, x=60, y=y)
        for number in range(4):
            s.place("batch_job", on=machine, name=f"job-{number + 1}", service="1 s", pause="3 s", repeat=60)
        for number in range(3 if row == 2 else 0):
            s.place("terminal", name=f"user-{number + 1}", mainframe=machine, service="0.2 s",
                    think="10 s", x=500 + 164 * number, y=y + 20)  # fmt: skip
    return titled(s, "Batch and time sharing", 960)


def ten_racks_to_two() -> Session:
    """A hundred servers at a tenth: the consolidation that the view proposes, in the scenario."""
    s = Session()
    hall = s.place("site", name="Hall", x=0, y=0)
    core = s.place("switch", on=hall, name="core", x=2150, y=50, nic_speed="100 Gbit/s", priority=4096)
    for row in range(10):
        rack = s.place("rack", on=hall, name=f"Rack {row + 1:02d}", rent=200_000, x=60 + 440 * row, y=220)
        top = s.place("switch", on=rack, name=f"tor-{row + 1:02d}", nic_speed="25 Gbit/s")
        s.connect(core, top, bandwidth="25 Gbit/s")
        for place in range(10):
            host = s.place("host", on=rack, name=f"s{row + 1:02d}-{place + 1:02d}", cores=8, memory="64 GiB",
                           nic_speed="10 Gbit/s", power_model="IBM x3550 M3 X5675")  # fmt: skip
            s.connect(top, host, bandwidth="10 Gbit/s")
            s.place("vm", on=host, name=f"old-{row + 1:02d}-{place + 1:02d}", vcpus=4, memory="2 GiB", load=0.2,
                    dirty_rate="2 MiB/s")  # fmt: skip
    for layer in s.document.having("layer"):
        s.set(layer, overhead=0)
    proposing.plan(s, proposing.suggest(s.document, limit=0.5).proposal.steps, 10.0)
    return titled(s, "Ten racks to two", 300)


def hypervisor_or_container() -> Session:
    """The same program in VMs and in containers, as many as fit."""
    s = Session()
    hosts = [s.place("host", name=name, x=60 + 700 * place, y=60, cores=16, memory="64 GiB")
             for place, name in enumerate(("hypervisor", "containers"))]  # fmt: skip
    for number in range(6):
        s.place("vm", on=hosts[0], name=f"vm-{number + 1}", vcpus=2, memory="2 GiB", load=0.3, pattern="wave",
                period=11 + number, start_time="30 s")  # fmt: skip
        s.place("container", on=hosts[1], name=f"app-{number + 1}", cpus=2, memory="1 GiB", load=0.3, pattern="wave",
                period=11 + number)  # fmt: skip
    switch = s.place("switch", name="sw-01", x=546, y=60)
    for host in hosts:
        s.connect(host, switch)
    kernel = next(one for one in s.document.having("kernel"))
    for at, reader, of in ((4, "app-1", "app-2"), (8, kernel, "app-1"), (12, "vm-1", "vm-2"), (16, hosts[0], "vm-1")):
        s.do("read_files", s.document.find(reader), at=at, of=s.document.find(of))
    s.do("crash", s.document.find("vm-3"), at=20)
    s.do("crash", kernel, at=40, reboot="20 s")
    s.do("patch", kernel, at=80, reboot="20 s")
    for number in range(6):
        s.do("patch", s.document.find(f"vm-{number + 1}"), at=110)
    return titled(s, "Hypervisor or containers", 200)


LANES = (
    ("idle", 8, 0, 2, "blackboard", 1),
    ("calm", 8, 60, 2, "blackboard", 1),
    ("brisk", 8, 110, 2, "blackboard", 1),
    ("restless", 8, 150, 2, "blackboard", 1),
    ("quiet", 4, 20, None, "blackboard", 1),
    ("fast", 4, 20, None, "blackboard", 10),
    ("slowed", 8, 150, 2, "blackboard, auto-converge", 1),
    ("with-disk", 4, 20, None, "blackboard", 1),
)
"""Name, memory (GiB), dirty rate (MiB/s), working set (GiB), how it is moved, network (Gbit/s)."""


def migrations() -> Session:
    """Eight VMs move at the same time, each over a cable of its own: which arrive well, which do not settle."""
    s = Session()
    lab = s.place("site", name="Lab", x=0, y=0)
    for place, (name, memory, dirty, writes, style, speed) in enumerate(LANES):
        x, y = 30 + 985 * (place // 4), 100 + 254 * (place % 4)
        hosts = [s.place("host", on=lab, name=f"{name}-{letter}", x=x + 540 * end, y=y, nic_speed=f"{speed} Gbit/s")
                 for end, letter in enumerate("ab")]  # fmt: skip
        s.connect(*hosts, bandwidth=f"{speed} Gbit/s", label=f"{speed} Gbit/s")
        vm = s.place("vm", on=hosts[0], name=name, vcpus=2, memory=f"{memory} GiB", load=0.3,
                     dirty_rate=f"{dirty} MiB/s")  # fmt: skip
        s.place("vm", on=hosts[1], name=f"{name}-too", vcpus=2, memory="1 GiB", load=0.1)
        s.set(s.document.children(hosts[0])[0], migration=style)
        if writes:
            s.set(vm, working_set=f"{writes} GiB")
        figures = {"store": _local_disks(s, lab, hosts, vm)} if name == "with-disk" else {}
        s.do("migrate", vm, at=1, to=hosts[1], **figures)
    return titled(s, "When it will not converge", 450)


def _local_disks(s: Session, lab: str, hosts: list[str], vm: str) -> str:
    """A flash disk at each of two hosts, with the volume of the VM on the first; the second one."""
    arrays = []
    for host in hosts:
        at = s.document.element(host)
        arrays.append(s.place("storage_array", on=lab, name=f"disk-of-{at.name}", raid="RAID 0", x=at.x, y=at.y + 182))
        s.place("disk", on=arrays[-1], name=f"flash-{at.name}", medium="NVMe", capacity="1 TB")
        s.connect(host, arrays[-1], medium="storage", bandwidth="32 Gbit/s")
    s.set(vm, disk=s.place("volume", on=arrays[0], name="system", size="40 GiB", used="40 GiB"))
    return arrays[1]


def three_kinds() -> Session:
    """One host as four, three disks as one, a disk as a tape, and one processor as another."""
    s = Session()
    shared, other = (
        s.place("host", name=name, x=x, y=60, cores=8, memory="16 GiB")
        for name, x in (("one-as-four", 60), ("x86-as-arm", 780))
    )
    pool = s.place("storage_array", name="three-as-one", raid="RAID 0", x=60, y=400)
    for number in range(3):
        s.place("disk", on=pool, name=f"disk-{number + 1}", capacity="2 TB")
    volume = s.place("volume", on=pool, name="data", size="3 TB", used="1 TB", thin=True)
    tape = s.place("volume", on=pool, name="disk-as-tape", size="2 TB", used="200 GB", thin=True, shown_as="tape")
    switch = s.place("switch", name="sw-01", x=560, y=290)
    for end in (shared, other, pool):
        s.connect(end, switch)
    hypervisors = []
    for number in range(4):
        one = s.place("vm", on=shared, name=f"vm-{number + 1}", vcpus=2, memory="3 GiB", load=1,
                      working_set="2 GiB", disk=volume, io_rate=20)  # fmt: skip
        hypervisors = [s.document.element(one).parent]
        s.set(hypervisors[0], overcommit=1.1)
    for one in s.document.children(hypervisors[0]):
        s.set(one, memory="4 GiB")
    for name, wanted in (("native", ""), ("emulated", "arm64")):
        one = s.place("vm", on=other, name=name, vcpus=1, memory="2 GiB", load=0, work="10 s")
        s.set(s.document.element(one).parent, emulation=10)
        s.set(one, cpu_family=wanted)
    s.place("vm", on=other, name="backup", vcpus=1, memory="2 GiB", load=0.2, disk=tape, io_rate=500,
            io_size="64 KiB", read_share=0, boot_requests=0)  # fmt: skip
    return titled(s, "Partition, aggregate, emulate", 120)


SERVERS = (
    ("24-three-kinds", three_kinds),
    ("23-converging", migrations),
    ("20-mainframe", mainframe),
    ("21-ten-racks-to-two", ten_racks_to_two),
    ("22-hypervisor-or-containers", hypervisor_or_container),
)
