"""Writes the gallery's samples: `python packaging/samples.py`. They are ordinary projects; this only draws them."""

from pathlib import Path

from sdx_studio import Session

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
    array = s.place("storage_array", name="array-01", x=170, y=360)
    for number in range(4):
        s.place("disk", on=array, name=f"disk-{number + 1}")
    volume = s.place("volume", on=array, name="vol-01", size="200 GiB")
    for number in range(4):
        s.place("vm", on=hosts[number // 3], name=f"vm-0{number + 1}", load=0.2 + 0.15 * number, pattern="wave",
                swing=0.2, disk=volume, io_rate=40)  # fmt: skip
    for host in hosts:
        s.connect(host, switch)
        s.connect(host, array)
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


def titled(s: Session, title: str, duration: float) -> Session:
    """The same session with a title and a length."""
    with s.history.edit("Title") as edit:
        edit.update(s.document.properties.but(title=title, duration=float(duration)))
    return s


def main() -> None:
    """Write all samples."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, draw in (
        ("01-live-migration", live_migration),
        ("02-two-hosts", two_hosts),
        ("03-high-availability", high_availability),
    ):
        path = OUT / f"{name}.sdx"
        path.unlink(missing_ok=True)
        draw().save(path)


if __name__ == "__main__":
    main()
