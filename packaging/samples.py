"""Writes the gallery's samples: `python packaging/samples.py`. They are ordinary projects; this only draws them."""

from pathlib import Path

from cluster_worlds import CLUSTERS
from move_worlds import MOVES
from recovery_worlds import RECOVERY
from server_worlds import SERVERS
from sprawl_worlds import SPRAWL
from worlds import WORLDS, titled

from sdx_studio import Session
from sdx_studio.session.gallery_notes import NOTES

OUT = Path(__file__).resolve().parent.parent / "resources" / "samples"


def live_migration() -> Session:
    """Two racks, shared storage, a branch office: a VM moves while it runs."""
    s = Session()
    tokyo = s.place("site", name="Site Tokyo", x=170, y=0)
    racks = [s.place("rack", on=tokyo, name=f"Rack {n}", x=x, y=122) for n, x in ((1, 40), (2, 740))]
    hosts = [s.place("host", on=racks[i // 2], name=f"esx-0{i + 1}", nic_speed="1 Gbit/s") for i in range(4)]
    array = s.place("storage_array", on=tokyo, name="array-01", x=260, y=704)
    for number in range(8):
        s.place("disk", on=array, name=f"d{number + 1}", medium="HDD 15k", capacity="600 GB")
    volumes = [
        s.place("volume", on=array, name=name, size=size, used=used, thin=True)
        for name, size, used in (
            ("vol-A", "500 GiB", "310 GiB"), ("vol-B", "300 GiB", "240 GiB"), ("vol-C", "200 GiB", "90 GiB"),
        )
    ]  # fmt: skip
    rows = (
        (0, "web01", 2, "4 GiB", 0.34), (0, "web02", 4, "8 GiB", 0.72), (0, "db01", 8, "16 GiB", 0.86),
        (0, "web03", 2, "4 GiB", 0.6), (1, "mail01", 4, "8 GiB", 0.3), (1, "dns01", 1, "2 GiB", 0.12),
        (2, "app01", 4, "8 GiB", 0.22), (2, "app02", 2, "4 GiB", 0.18), (3, "ci01", 2, "4 GiB", 0.02),
    )  # fmt: skip
    vms = {}
    for index, (host, name, vcpus, memory, load) in enumerate(rows):
        vms[name] = s.place(
            "vm", on=hosts[host], name=name, vcpus=vcpus, memory=memory, load=load, pattern="wave",
            swing=0.12, period=14 + 3 * index, dirty_rate="20 MiB/s", disk=volumes[index % 3],
            io_rate=40 + 10 * index,
        )  # fmt: skip
    docker = s.place(
        "vm", on=hosts[3], name="docker-01", vcpus=4, memory="8 GiB", load=0.05, disk=volumes[2], io_rate=60
    )
    for name, load in (("nginx", 0.5), ("redis", 0.4), ("batch", 0.95)):
        s.place("container", on=docker, name=name, load=load, pattern="bursty", swing=0.3, period=8)
    first = s.place("switch", on=tokyo, name="sw-01", x=420, y=44, priority=4096)
    second = s.place("switch", on=tokyo, name="sw-02", x=624, y=44)
    s.connect(first, second, bandwidth="10 Gbit/s")
    for host in hosts[:2]:
        s.connect(host, first)
        s.connect(host, array)
    for host in hosts[2:]:
        s.connect(host, second)
        s.connect(host, array)
    osaka = s.place("site", name="Branch Osaka", x=-300, y=0)
    router = s.place("router", on=osaka, name="wan-01", x=20, y=44)
    s.connect(router, first, medium="wan", bandwidth="100 Mbit/s", latency="8 ms", label="WAN 100 Mbit/s")
    for number, desktop in enumerate(("web01", "app01", "mail01")):
        client = s.place("thin_client", on=osaka, name=f"tc-0{number + 1}", x=130, y=140 + 78 * number,
                         desktop=vms[desktop], display_rate="1.5 Mbit/s")  # fmt: skip
        s.connect(client, router, bandwidth="100 Mbit/s")
    s.place("flow", on=tokyo, name="backup", x=1008, y=44, source=hosts[0], target=hosts[2], rate="200 Mbit/s",
            pattern="wave", swing=0.5, period="24 s")  # fmt: skip
    s.place("flow", on=osaka, name="upload", x=130, y=374, source=router, target=hosts[1], rate="90 Mbit/s",
            pattern="wave", swing=0.3, period="18 s")  # fmt: skip
    s.do("migrate", vms["web03"], to=hosts[2], at="2 s")
    return titled(s, "Live migration", 120)


def two_hosts() -> Session:
    """The smallest lab: two hosts, a switch, an array, four VMs."""
    s = Session()
    switch = s.place("switch", name="sw-01", x=346, y=0)
    hosts = [s.place("host", name=f"host-0{n + 1}", x=440 * n, y=110) for n in range(2)]
    array = s.place("storage_array", name="array-01", x=170, y=420)
    for number in range(4):
        s.place("disk", on=array, name=f"disk-{number + 1}")
    volume = s.place("volume", on=array, name="vol-01", size="200 GiB")
    for number in range(4):
        s.place("vm", on=hosts[number // 3], name=f"vm-0{number + 1}", load=0.2 + 0.15 * number, pattern="wave",
                swing=0.2, disk=volume, io_rate=40)  # fmt: skip
    for host in hosts:
        s.connect(host, switch)
        s.connect(host, array)
    s.do("migrate", "vm-03", to=hosts[1], at="10 s")
    return titled(s, "Two hosts", 60)


def high_availability() -> Session:
    """A cluster of three hosts loses one; its VMs start again on the others."""
    s = Session()
    rack = s.place("rack", name="Rack 1", x=0, y=110)
    hosts = [s.place("host", on=rack, name=f"node-0{n + 1}", cores=8, memory="32 GiB") for n in range(3)]
    switch = s.place("switch", name="sw-01", x=540, y=20)
    array = s.place("storage_array", name="array-01", x=540, y=240, raid="RAID 5")
    for number in range(5):
        s.place("disk", on=array, name=f"disk-{number + 1}", medium="SSD", capacity="1 TB")
    volume = s.place("volume", on=array, name="vol-01", size="1 TiB", used="400 GiB")
    for number in range(9):
        s.place("vm", on=hosts[number // 3], name=f"vm-0{number + 1}", memory="8 GiB" if number < 7 else "6 GiB",
                load=0.3 + 0.05 * (number % 4), disk=volume, io_rate=50)  # fmt: skip
    for host in hosts:
        s.connect(host, switch)
        s.connect(host, array)
    s.place("cluster", name="cluster-01", x=540, y=110, members=hosts)
    s.do("fail", hosts[1], at="20 s")
    return titled(s, "High availability", 150)


def central_paths() -> Session:
    """Routers crowd one path, a controller uses three: the same network twice."""
    s = Session()
    for row, (kind, title) in enumerate((("router", "hop by hop"), ("openflow_switch", "central"))):
        y = 470 * row
        a = s.place("client_pc", name=f"from-{row + 1}", x=0, y=y + 110)
        b = s.place("client_pc", name=f"to-{row + 1}", x=1180, y=y + 110)
        spots = {"s": (460, 120), "t": (960, 120), "u": (710, 30), "v": (620, 240), "w": (800, 240)}
        nodes = {key: s.place(kind, name=f"{key}{row + 1}", x=x, y=y + down) for key, (x, down) in spots.items()}
        for x, z in ("st", "su", "ut", "sv", "vw", "wt"):
            s.connect(nodes[x], nodes[z], bandwidth="1 Gbit/s")
        s.connect(a, nodes["s"], bandwidth="10 Gbit/s")
        s.connect(b, nodes["t"], bandwidth="10 Gbit/s")
        if kind == "openflow_switch":
            controller = s.place("sdn_controller", name="controller", x=710, y=y - 70)
            for one in nodes.values():
                s.connect(controller, one)
        for number in range(3):
            s.place("flow", name=f"{title} {number + 1}", x=60 + 160 * number, y=y + 330, source=a, target=b,
                    start=2 + 6 * number)  # fmt: skip
    return titled(s, "Hop by hop or central", 60)


def desktops() -> Session:
    """Sessions on one server at the knee, a noisy neighbour, screens over a thin line, a streamed program."""
    s = Session()
    room = s.place("site", name="Server room", x=0, y=0)
    host = s.place("host", on=room, name="term-host", cores=8, memory="64 GiB", nic_speed="1 Gbit/s", x=30, y=60)
    layer = s.place("hypervisor", on=host)
    office = s.place("vm", on=layer, name="office", vcpus=4, memory="16 GiB", load=0.05)
    cad = s.place("vm", on=layer, name="cad", vcpus=8, memory="16 GiB", load=0.4, pattern="wave", swing=0.9, period=40)
    switch = s.place("switch", on=room, name="sw-01", x=470, y=100)
    s.connect(host, switch)
    floor = s.place("site", name="Office floor", x=760, y=0)
    router = s.place("router", on=floor, name="line", x=20, y=100)
    s.connect(router, switch, bandwidth="20 Mbit/s", latency="10 ms", medium="wan", label="20 Mbit/s")
    desk = s.place("thin_client", on=floor, name="desks", x=200, y=60)
    laptop = s.place("client_pc", on=floor, name="laptop", x=200, y=170)
    s.connect(desk, router)
    s.connect(laptop, router)
    for number, (name, server, count) in enumerate((("Clerks", office, 180), ("Engineers", cad, 20))):
        s.place("user_group", name=name, x=60 + 170 * number, y=330, server=server, client=desk, count=count,
                display=60e3 if number == 0 else 150e3)  # fmt: skip
    s.place("streamed_package", name="Planner", x=400, y=330, server=host, client=laptop, size="20 MB", start="5 s")
    return titled(s, "Desktops from the server room", 120)


def two_sites() -> Session:
    """A volume is copied to another site every minute; the line decides how much would be lost."""
    s = Session()
    ends = []
    for number, name in enumerate(("Tokyo", "Osaka")):
        site = s.place("site", name=name, x=900 * number, y=0)
        left = 30 if number == 0 else 210
        host = s.place("host", on=site, name=f"host-{name.lower()}", x=left, y=60)
        array = s.place("storage_array", on=site, name=f"array-{name.lower()}", x=left, y=360)
        for disk in range(4):
            s.place("disk", on=array, name=f"{name[0]}{disk + 1}", medium="SSD")
        switch = s.place("switch", on=site, name=f"sw-{name.lower()}", x=500 - 480 * number, y=220)
        s.connect(host, array)
        s.connect(host, switch)
        s.connect(array, switch)
        ends.append((host, array, switch))
    s.connect(ends[0][2], ends[1][2], medium="wan", bandwidth="200 Mbit/s", latency="5 ms", label="200 Mbit/s")
    volume = s.place("volume", on=ends[0][1], name="orders", size="2 GiB", used="2 GiB")
    s.place("vm", on=ends[0][0], name="shop", memory="8 GiB", load=0.5, pattern="wave", disk=volume, io_rate=300)
    s.place("replication", name="every minute", x=620, y=560, volume=volume, target=ends[1][1], interval="1 min",
            change="6 MB/s", working_set="400 MB")  # fmt: skip
    s.place("flow", name="other traffic", x=790, y=560, source=ends[0][0], target=ends[1][0], rate="150 Mbit/s",
            start="200 s")  # fmt: skip
    return titled(s, "Two sites", 420)


def too_much_memory() -> Session:
    """VMs with more memory than their host: idle pages are taken back, then pages are swapped; some move away.

    After that a third host goes through all states of its memory, with pages that its VMs share.
    """
    s = Session()
    hosts = [s.place("host", name=f"host-0{n + 1}", cores=16, memory="32 GiB", x=700 * n, y=60) for n in range(2)]
    switch = s.place("switch", name="sw-01", x=486, y=0)
    layers = []
    for host in hosts:
        s.connect(host, switch, bandwidth="10 Gbit/s")
        layers.append(s.place("hypervisor", on=host, overcommit=2, migration="QEMU auto-converge"))
    vms = [
        s.place("vm", on=layers[0], name=f"vm-0{n + 1}", memory="8 GiB", working_set="6.5 GiB", load=0.4,
                dirty_rate="60 MiB/s", pattern="wave", swing=0.3, period=20 + n)
        for n in range(6)
    ]  # fmt: skip
    for at, vm in ((15, vms[4]), (60, vms[5])):
        s.do("migrate", vm, to=hosts[1], at=at)
    _all_states(s, switch)
    return titled(s, "Too much memory", 240)


def _all_states(s: Session, switch: str) -> None:
    """VMs that are switched on one after another: clear, soft, hard, low, a refusal, and back again."""
    host = s.place("host", name="host-03", cores=32, memory="32 GiB", x=350, y=370)
    s.connect(host, switch, bandwidth="10 Gbit/s")
    layer = s.place("hypervisor", on=host, overcommit=4, sharing=0.1)
    sizes = [("10 GiB", "7 GiB")] * 5 + [("36 GiB", "36 GiB"), ("4 GiB", "2 GiB")]
    late = [
        s.place("vm", on=layer, name=f"late-0{n + 1}", memory=size, working_set=active, load=0.3, powered=n < 2,
                start_time="5 s", dirty_rate="20 MiB/s")
        for n, (size, active) in enumerate(sizes)
    ]  # fmt: skip
    for at, vm in ((125, late[2]), (140, late[3]), (155, late[4]), (170, late[5]), (185, late[6])):
        s.do("power_on", vm, at=at)
    for at, vm in ((200, late[5]), (215, late[4]), (225, late[3]), (230, late[2])):
        s.do("power_off", vm, at=at)


def annotated(s: Session, name: str) -> Session:
    """The same session with the gallery's notes."""
    with s.history.edit("Notes") as edit:
        edit.update(s.document.properties.but(notes=NOTES[name]))
    return s


def main() -> None:
    """Write all samples."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, draw in (
        ("01-live-migration", live_migration),
        ("02-two-hosts", two_hosts),
        ("03-high-availability", high_availability),
        ("04-hop-by-hop-or-central", central_paths),
        ("05-desktops", desktops),
        ("06-two-sites", two_sites),
        ("07-too-much-memory", too_much_memory),
        *WORLDS,
        *CLUSTERS,
        *SERVERS,
        *SPRAWL,
        *RECOVERY,
        *MOVES,
    ):
        path = OUT / f"{name}.sdx"
        path.unlink(missing_ok=True)
        annotated(draw(), name).save(path)


if __name__ == "__main__":
    main()
