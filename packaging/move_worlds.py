"""The gallery's worlds of moving VMs: a network of their own for migrations, beside one that they share."""

from worlds import titled

from sdx_studio import Session

VLAN = 30


def pair(s: Session, name: str, y: float) -> list[str]:
    """Two hosts on a switch, a VM that moves, and a copy of files between two others that takes what it can get."""
    hosts = [s.place("host", name=f"{name}-{letter}", x=760 * place, y=y + 110, nic_speed="1 Gbit/s")
             for place, letter in enumerate("ab")]  # fmt: skip
    switch = s.place("switch", name=f"sw-{name}", x=516, y=y)
    for host in hosts:
        s.place("hypervisor", on=host, migration="blackboard")
        s.connect(host, switch, bandwidth="1 Gbit/s", label="1 Gbit/s")
    vm = s.place("vm", on=hosts[0], name=f"{name}-vm", vcpus=2, memory="4 GiB", load=0.3, dirty_rate="20 MiB/s")
    ends = [s.place("vm", on=host, name=f"{name}-{job}", vcpus=2, memory="2 GiB", load=0.2)
            for host, job in zip(hosts, ("files", "backup"), strict=True)]  # fmt: skip
    s.place("flow", name=f"copy, {name}", x=0, y=y + 296, source=ends[0], target=ends[1])
    s.do("migrate", vm, at=1, to=hosts[1])
    return hosts


def migration_network() -> Session:
    """The same VM moves twice while files are copied: over the same cables, and over cables kept for that."""
    s = Session()
    pair(s, "shared", 0)
    hosts = pair(s, "apart", 380)
    moving = s.place("switch", name="sw-moving", x=516, y=730)
    vlan = s.place("vlan", name="moving", number=VLAN, x=940, y=676)
    for host in hosts:
        s.connect(host, moving, bandwidth="1 Gbit/s", vlans=[str(VLAN)], label=f"VLAN {VLAN}")
    s.place("cluster", name="cluster", x=770, y=676, members=hosts, network=vlan)
    return titled(s, "A network for migrations", 150)


MOVES = (("25-migration-network", migration_network),)
