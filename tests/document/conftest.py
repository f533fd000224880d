"""Small projects for the tests of the document."""

import pytest

from sdx_studio.session import Session


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def lab() -> Session:
    """Hosts a and b with a VM each, an array with a disk and a volume, a switch, a cluster, a flow, a migration."""
    s = Session()
    site = s.place("site", name="dc")
    rack = s.place("rack", on=site, name="r1", x=40, y=60)
    hosts = [s.place("host", on=rack, name=name) for name in ("a", "b")]
    array = s.place("storage_array", on=site, name="san", raid="RAID 0", x=600, y=60)
    s.place("disk", on=array, name="d1")
    volume = s.place("volume", on=array, name="v1")
    vms = [s.place("vm", on=host, name=f"vm-{host}", disk=volume) for host in hosts]
    switch = s.place("switch", on=site, name="sw", x=600, y=300)
    for host in (*hosts, array):
        s.connect(host, switch)
    s.place("cluster", name="c1", members=hosts)
    s.place("flow", name="f1", source=hosts[0], target=hosts[1])
    s.do("migrate", vms[0], to=hosts[1], at=5)
    return s
