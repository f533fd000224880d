"""Small projects, drawn as people draw them, whose run is compared with what a formula says."""

from dataclasses import dataclass

import pytest

from sdx_studio.session import Session

KIB, MIB, GIB, GB = 1024.0, 2.0**20, 2.0**30, 1e9
PAYLOAD = 1448 / 1538
"""Share of the wire that is TCP payload at an MTU of 1,500 bytes."""


def near(value: float, rel: float = 1e-5) -> object:
    return pytest.approx(value, rel=rel, abs=1e-9)


def wire(payload: float) -> float:
    """bit/s of a cable that brings `payload` bytes/s."""
    return payload * 8 / PAYLOAD


@dataclass
class Pair:
    """Two hosts on one switch, each with a hypervisor that costs nothing."""

    session: Session
    hosts: list[str]
    layers: list[str]
    switch: str


def pair(
    link: float = 112 * MIB, style: str = "blackboard", memory: float = 256 * GIB, hosts: int = 2, cores: int = 64
) -> Pair:
    """`hosts` hosts over cables that bring `link` bytes/s of payload."""
    s = Session()
    switch = s.place("switch")
    made, layers = [], []
    for _ in range(hosts):
        host = s.place("host", cores=cores, memory=memory)
        s.connect(host, switch, bandwidth=wire(link))
        layers.append(s.place("hypervisor", on=host, overhead=0, memory=0, migration=style))
        made.append(host)
    return Pair(s, made, layers, switch)


def lone(cores: int, memory: float = 1024 * GIB, **fields: object) -> tuple[Session, str, str]:
    """One host whose hypervisor costs nothing: session, host, hypervisor."""
    s = Session()
    host = s.place("host", cores=cores, memory=memory, **fields)
    return s, host, s.place("hypervisor", on=host, overhead=0, memory=0)


def array(
    s: Session, disks: int = 1, medium: str = "HDD 7.2k", raid: str = "RAID 0", **fields: object
) -> tuple[str, list[str]]:
    """An array that stands alone, and its disks."""
    store = s.place("storage_array", raid=raid, **fields)
    return store, [s.place("disk", on=store, medium=medium) for _ in range(disks)]
