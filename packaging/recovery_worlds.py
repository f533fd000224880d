"""The gallery's lost site: one volume is copied every 15 minutes, another with every write; drawn by `samples.py`."""

from worlds import titled

from sdx_studio import Session

DAY = 86_400


def recovery() -> Session:
    """Tokyo is lost; its VMs start in Osaka from copies."""
    s = Session()
    ends = []
    for number, name in enumerate(("Tokyo", "Osaka")):
        site = s.place("site", name=name, x=1010 * number, y=0)
        letter, left = name[0], 60 + 140 * number
        hosts = [
            s.place("host", on=site, name=f"{letter}-host-{n + 1}", cores=16, memory="64 GiB", x=left, y=60 + 265 * n)
            for n in range(2)
        ]
        switch = s.place("switch", on=site, name=f"sw-{name.lower()}", x=580 - 560 * number, y=250)
        arrays = []
        for n, (what, size) in enumerate((("files", "1 TB"), ("ledger", "100 GB"))):
            array = s.place("storage_array", on=site, name=f"{what}-{name.lower()}", x=left, y=590 + 120 * n)
            for disk in range(4):
                s.place("disk", on=array, name=f"{letter}{n}{disk + 1}", medium="SSD", capacity=size)
            arrays.append(array)
        for host in hosts:
            s.connect(host, switch)
            for array in arrays:
                s.connect(host, array)
        s.connect(arrays[0], switch)
        ends.append((site, hosts, arrays, switch))
    (tokyo, hosts, arrays, switch), (_osaka, _, targets, other) = ends
    s.connect(switch, other, medium="wan", bandwidth="100 Mbit/s", latency="10 ms", label="100 Mbit/s")
    s.connect(arrays[1], targets[1], medium="wan", bandwidth="1 Gbit/s", latency="10 ms", label="RTT 20 ms")
    files = s.place("volume", on=arrays[0], name="files", size="1 TB", used="1 TB")
    ledger = s.place("volume", on=arrays[1], name="ledger", size="20 GB", used="20 GB")
    for n in range(12):
        s.place("vm", on=hosts[n % 2], name=f"office-{n + 1:02d}", memory="4 GiB", load=0.3, disk=files, io_rate=40,
                start_time="90 s", boot_requests=1000, priority="high" if n < 2 else "medium")  # fmt: skip
    s.place("vm", on=hosts[0], name="ledger", memory="4 GiB", load=0.4, disk=ledger, io_rate=2000, read_share=0,
            start_time="90 s", boot_requests=1000, priority="high")  # fmt: skip
    every = s.place("replication", name="every 15 min", x=785, y=80, volume=files, target=targets[0],
                    interval="15 min", change=50e9 / DAY, at_once=6)  # fmt: skip
    s.place("replication", name="every write", x=785, y=190, volume=ledger, target=targets[1], mode="synchronous",
            change="8 MB/s")  # fmt: skip
    s.do("fail_over", every, at="120000 s")
    s.do("fail", tokyo, at="130000 s")
    s.do("fail_over", tokyo, at="130000 s")
    return titled(s, "A site is lost", 132_000)


RECOVERY = (("19-recovery", recovery),)
