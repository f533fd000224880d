"""The gallery's clusters: maintenance, load balancing, admission control; drawn by `samples.py`."""

from worlds import titled

from sdx_studio import Session

STYLE = "blackboard, eight at once"
"""How their hypervisors move VMs: as one reckons with chalk, eight at a time."""

SPOTS = {
    3: {"rack": (800, 0), "switch": (464, -76), "cluster": (624, -76), "array": (190, 470)},
    4: {"rack": (990, 0), "switch": (640, 20), "cluster": (640, 120), "array": (482, 300)},
}
"""Where the second rack and what all hosts share stands, by the number of hosts."""


def cluster(
    s: Session, count: int, cores: float, memory: str, cable: str, **fields: object
) -> tuple[list[str], list[str]]:
    """Hosts in two racks with a switch and an array between them; their ids and those of their hypervisors.

    The first rack holds fewer, so that what leaves it crosses the canvas where it can be seen.
    """
    spots = SPOTS[count]
    racks = [s.place("rack", name=f"Rack {n + 1}", x=spots["rack"][0] * n, y=0) for n in range(2)]
    hosts = [
        s.place("host", on=racks[n >= count // 2], name=f"node-0{n + 1}", cores=cores, memory=memory, nic_speed=cable)
        for n in range(count)
    ]
    layers = [s.place("hypervisor", on=host, overhead="0 %", migration=STYLE) for host in hosts]
    switch = s.place("switch", name="sw-01", x=spots["switch"][0], y=spots["switch"][1], nic_speed=cable)
    array = s.place("storage_array", name="array-01", x=spots["array"][0], y=spots["array"][1], raid="RAID 10")
    for number in range(4):
        s.place("disk", on=array, name=f"disk-{number + 1}", medium="SSD", capacity="2 TB")
    s.place("volume", on=array, name="vol-01", size="2 TiB", used="1 TiB")
    for host in hosts:
        s.connect(host, switch, bandwidth=cable)
        s.connect(host, array)
    s.place("cluster", name="cluster-01", x=spots["cluster"][0], y=spots["cluster"][1], members=hosts, **fields)
    return hosts, layers


def volume_of(s: Session) -> str:
    """The volume on which all VMs lie."""
    return s.document.having("blocks")[0]


def maintenance() -> Session:
    """One of three hosts is emptied, worked on, and gets its ten VMs back."""
    s = Session()
    hosts, layers = cluster(s, 3, 32, "128 GiB", "10 Gbit/s")
    for number, at in enumerate((0,) * 10 + (1, 1, 2, 2)):
        s.place("vm", on=layers[at], name=f"vm-{number + 1:02d}", vcpus=2, memory="8 GiB", load=0.4,
                dirty_rate="10 MiB/s", disk=volume_of(s), io_rate=20)  # fmt: skip
    s.do("enter_maintenance", hosts[0], at="10 s")
    s.do("exit_maintenance", hosts[0], at="120 s")
    return titled(s, "Planned maintenance", 240)


def load_balancing() -> Session:
    """Loads of 90, 40 and 20 per cent are levelled."""
    s = Session()
    _hosts, layers = cluster(s, 3, 10, "64 GiB", "10 Gbit/s", balancing="automatic", every="20 s")
    rows = ((0, (3, 3, 2, 1)), (1, (2, 2)), (2, (1, 1)))
    number = 0
    for at, cores in rows:
        for vcpus in cores:
            number += 1
            s.place("vm", on=layers[at], name=f"vm-{number:02d}", vcpus=2 * vcpus, memory="2 GiB", load=0.5,
                    dirty_rate="10 MiB/s", disk=volume_of(s), io_rate=20)  # fmt: skip
    return titled(s, "Load balancing", 90)


def admission() -> Session:
    """Four hosts with nine VMs of 8 per cent each: a tenth is not switched on, so that all return after a failure."""
    s = Session()
    hosts, layers = cluster(s, 4, 25, "100 GiB", "1 Gbit/s", admission="slots")
    tenth = []
    for at, layer in enumerate(layers):
        for number in range(10):
            vm = s.place("vm", on=layer, name=f"vm-{at + 1}{number}", vcpus=4, memory="4 GiB", load=0.5,
                         reservation=2.0, disk=volume_of(s), io_rate=5, start_time="15 s", powered=number < 9,
                         priority="high" if number == 8 else "low" if number < 2 else "medium")  # fmt: skip
            tenth += [vm] if number == 9 else []
    for vm in tenth:
        s.do("power_on", vm, at="5 s")
    s.do("fail", hosts[1], at="40 s")
    return titled(s, "Room for a failure", 120)


CLUSTERS = (
    ("13-maintenance", maintenance),
    ("14-load-balancing", load_balancing),
    ("15-admission", admission),
)
