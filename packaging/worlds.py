"""The gallery's larger worlds and its smallest one, drawn by `samples.py`."""

from itertools import pairwise

from sdx_studio import Session
from sdx_studio.session import copying

LOADS = (0.12, 0.3, 0.2, 0.45, 0.16, 0.36, 0.25)


def one_host() -> Session:
    """Three VMs share one host; the third is started late and takes what the others had."""
    s = Session()
    host = s.place("host", name="host-01", cores=4, memory="16 GiB", x=0, y=0)
    s.place("vm", on=host, name="web", vcpus=2, load=0.6, pattern="wave", swing=0.3, period="12 s")
    s.place("vm", on=host, name="mail", vcpus=2, load=0.4, pattern="wave", swing=0.4, period="17 s")
    batch = s.place("vm", on=host, name="batch", vcpus=4, load=0.9, powered=False, start_time="5 s")
    switch = s.place("switch", name="sw-01", x=500, y=60)
    client = s.place("client_pc", name="pc-01", x=740, y=50)
    s.connect(host, switch)
    s.connect(client, switch)
    s.place("flow", name="visitors", x=500, y=160, source=host, target=client, rate="300 Mbit/s", pattern="wave",
            swing=0.6, period="10 s")  # fmt: skip
    s.do("power_on", batch, at="15 s")
    s.do("power_off", batch, at="45 s")
    return titled(s, "One host", 60)


def ten_racks() -> Session:
    """Forty hosts that are hardly used: a consolidation packs their VMs onto few and lets the others sleep."""
    s = Session()
    hall = s.place("site", name="Hall A", x=0, y=0, pue=1.5)
    cores = [s.place("switch", on=hall, name=f"core-{n + 1}", x=1040 + 260 * n, y=980, nic_speed="10 Gbit/s",
                     priority=4096 * (n + 1)) for n in range(2)]  # fmt: skip
    hosts, tops = [], []
    for number in range(10):
        line, place = divmod(number, 5)
        rack = s.place("rack", on=hall, name=f"Rack {number + 1:02d}", x=60 + 500 * place, y=60 + 1070 * line)
        if line:
            tops.append(s.place("switch", on=rack, name=f"tor-{number + 1:02d}", nic_speed="10 Gbit/s"))
        mine = [s.place("host", on=rack, name=f"h{number + 1:02d}-{n + 1}") for n in range(4)]
        if not line:
            tops.append(s.place("switch", on=rack, name=f"tor-{number + 1:02d}", nic_speed="10 Gbit/s"))
        for host in mine:
            s.connect(host, tops[-1], bandwidth="10 Gbit/s")
        hosts += mine
    for index, host in enumerate(hosts):
        for guest in range(1 + (index * 7) % 3):
            load = LOADS[(index + 3 * guest) % len(LOADS)]
            s.place("vm", on=host, name=f"v{index + 1:02d}{'abc'[guest]}", vcpus=4, memory="8 GiB", load=load,
                    pattern="wave", swing=0.25, period=30 + index, dirty_rate="5 MiB/s")  # fmt: skip
    for number, top in enumerate(tops):
        s.connect(top, cores[number % 2], bandwidth="40 Gbit/s")
    s.connect(*cores, bandwidth="100 Gbit/s")
    for number, (source, target, rate) in enumerate(((2, 26, 4), (11, 38, 6), (17, 20, 3))):
        s.place("flow", on=hall, name=f"copy-{number + 1}", x=1820 + 170 * number, y=980, source=hosts[source],
                target=hosts[target], rate=f"{rate} Gbit/s", pattern="wave", swing=0.3, period=12 + 5 * number,
                )  # fmt: skip
    s.place("consolidation", on=hall, name="packing", x=260, y=980, members=hosts, every="20 s", bandwidth="10 Gbit/s")
    return titled(s, "Ten racks", 300)


def campus() -> Session:
    """Switches in a ring, two VLANs, a router between them; a cable of the ring breaks and another takes over."""
    s = Session()
    router = s.place("router", name="gateway", x=560, y=0, nic_speed="1 Gbit/s")
    core = s.place("switch", name="core", x=560, y=150, priority=4096)
    east, west = (s.place("switch", name=name, x=x, y=330) for name, x in (("library", 980), ("school", 140)))
    servers = [s.place("host", name=name, x=x, y=560, cores=8, memory="32 GiB")
               for name, x in (("records", 0), ("shelves", 840))]  # fmt: skip
    s.place("vm", on=servers[0], name="marks", load=0.5, pattern="wave", swing=0.3)
    s.place("vm", on=servers[1], name="catalogue", load=0.4, pattern="wave", swing=0.3, period="15 s")
    offices = [s.place("client_pc", name=f"office-{n + 1}", x=-400, y=210 + 130 * n) for n in range(2)]
    desks = [s.place("client_pc", name=f"desk-{n + 1}", x=1300, y=210 + 130 * n) for n in range(2)]
    s.connect(router, core, bandwidth="1 Gbit/s", vlans=("10", "20"))
    ring = [s.connect(a, b, bandwidth="1 Gbit/s", vlans=("10", "20"))
            for a, b in pairwise((core, west, east, core))]  # fmt: skip
    for switch, ends in ((west, (servers[0], *offices)), (east, (servers[1], *desks))):
        for end in ends:
            s.connect(end, switch)
    s.place("vlan", name="staff", x=760, y=0, number=10, members=(servers[0], *offices, desks[1]))
    s.place("vlan", name="pupils", x=930, y=0, number=20, members=(servers[1], desks[0]))
    for number, (name, source, target, rate) in enumerate((
        ("marks", servers[0], desks[1], "300 Mbit/s"), ("books", servers[1], desks[0], "400 Mbit/s"),
        ("backup", servers[0], offices[0], "200 Mbit/s"), ("search", servers[1], offices[1], "100 Mbit/s"),
    )):  # fmt: skip
        s.place("flow", name=name, x=300 + 170 * number, y=430, source=source, target=target, rate=rate, pattern="wave",
                swing=0.2, period=11 + 4 * number)  # fmt: skip
    s.do("cut", ring[2], at="20 s")
    s.do("mend", ring[2], at="50 s")
    return titled(s, "Campus", 90)


def containers() -> Session:
    """Containers share the kernel of their VM and travel with it when it moves."""
    s = Session()
    switch = s.place("switch", name="sw-01", x=346, y=0, nic_speed="10 Gbit/s")
    hosts = [s.place("host", name=f"node-0{n + 1}", cores=8, memory="32 GiB", x=460 * n, y=120) for n in range(2)]
    for host in hosts:
        s.connect(host, switch, bandwidth="10 Gbit/s")
    vms = []
    for index, (host, name) in enumerate(((0, "docker-01"), (0, "docker-02"), (1, "docker-03"))):
        vms.append(s.place("vm", on=hosts[host], name=name, vcpus=4, memory="8 GiB", load=0.03, dirty_rate="40 MiB/s"))
        for number, service in enumerate(("web", "api", "queue")[: 3 - index % 2]):
            s.place("container", on=vms[-1], name=f"{service}-{index + 1}", cpus=2, load=0.35 + 0.2 * number,
                    pattern="bursty", swing=0.3, period=7 + 2 * index + number)  # fmt: skip
    s.do("migrate", vms[1], to=hosts[1], at="10 s")
    return titled(s, "Containers in VMs", 60)


def desktop_floor() -> Session:
    """Eight people work while the desktops of eight more start from the same array."""
    s = Session()
    room = s.place("site", name="Server room", x=0, y=0)
    hosts = [s.place("host", on=room, name=f"vdi-0{n + 1}", cores=16, memory="64 GiB", x=40, y=60 + 280 * n)
             for n in range(2)]  # fmt: skip
    array = s.place("storage_array", on=room, name="array-01", x=40, y=640, raid="RAID 10")
    for number in range(6):
        s.place("disk", on=array, name=f"d{number + 1}", medium="HDD 10k", capacity="900 GB")
    volume = s.place("volume", on=array, name="desktops", size="1 TiB", used="480 GiB", thin=True)
    switch = s.place("switch", on=room, name="sw-room", x=570, y=290, nic_speed="10 Gbit/s", priority=4096)
    for host in hosts:
        s.connect(host, switch, bandwidth="10 Gbit/s")
        s.connect(host, array)
    floor = s.place("site", name="Third floor", x=900, y=0)
    below = s.place("switch", on=floor, name="sw-floor", x=30, y=290, nic_speed="10 Gbit/s")
    s.connect(switch, below, bandwidth="1 Gbit/s", label="1 Gbit/s")
    for number in range(16):
        late = number >= 8
        vm = s.place("vm", on=hosts[number % 2], name=f"pc-{number + 1:02d}", load=0.2 + 0.05 * (number % 5),
                     pattern="wave", swing=0.4, period=9 + number % 7, disk=volume, io_rate=30, powered=not late,
                     boot_requests=900, start_time="10 s")  # fmt: skip
        if late:
            s.do("power_on", vm, at=5 + number - 8)
        else:
            seat = s.place("thin_client", on=floor, name=f"seat-{number + 1}", x=300, y=60 + 78 * number, desktop=vm,
                           display_rate="2 Mbit/s")  # fmt: skip
            s.connect(seat, below, bandwidth="100 Mbit/s")
    return titled(s, "VDI floor", 120)


def vm_is_a_file() -> Session:
    """One job on a VM with two vCPUs and on its copies with four and eight."""
    s = Session()
    host = s.place("host", name="host-01", x=60, y=60, cores=16, memory="32 GiB")
    switch = s.place("switch", name="sw-01", x=560, y=60)
    client = s.place("client_pc", name="pc-01", x=800, y=60)
    s.connect(host, switch)
    s.connect(client, switch)
    job = s.place("vm", on=host, name="job-a", vcpus=2, load=0, work="240 s", parallel=0.9, mac="52:54:00:16:00:01")
    for name, vcpus in (("job-b", 4), ("job-c", 8)):
        (copy,) = copying.duplicate(s, [job])
        s.configure(copy, f"name: {name}\nvcpus: {vcpus}")
    return titled(s, "A VM is a file", 150)


def titled(s: Session, title: str, duration: float) -> Session:
    """The same session with a title and a length."""
    with s.history.edit("Title") as edit:
        edit.update(s.document.properties.but(title=title, duration=float(duration)))
    return s


WORLDS = (
    ("08-one-host", one_host),
    ("09-ten-racks", ten_racks),
    ("10-campus", campus),
    ("11-containers", containers),
    ("12-vdi-floor", desktop_floor),
    ("16-vm-is-a-file", vm_is_a_file),
)
