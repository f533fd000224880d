"""libvirt XML: units, guests, storage, networks, a whole connection, and what is refused."""

from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import ParseError

import pytest
import samples
from defusedxml import ElementTree

from sdx_studio.exchange import FileError, Opened, load
from sdx_studio.exchange.libvirt.values import scale, size
from sdx_studio.exchange.native import dump, parse

FILES = sorted((samples.DATA / "libvirt").glob("*.xml"))
GIB = 2.0**30
ROOTS = {"domain", "network", "pool", "volume", "node"}


def read(text: str, tmp_path: Path) -> Opened:
    path = tmp_path / "lab.xml"
    path.write_text(text)
    return load(path)


def only(opened: Opened, kind: str) -> dict[str, object]:
    found = [one for one in opened.document.elements.values() if one.kind == kind]
    assert len(found) == 1
    return {"name": found[0].name, **found[0].fields}


def domain(inner: str, devices: str = "") -> str:
    return f"<domain type='kvm'><name>d</name><memory>1048576</memory>{inner}<devices>{devices}</devices></domain>"


@pytest.mark.parametrize(
    ("unit", "bytes"),
    [("", 1024), ("b", 1), ("bytes", 1), ("KB", 1000), ("k", 1024), ("K", 1024), ("KiB", 1024), ("kib", 1024),
     ("MB", 1e6), ("M", 2**20), ("MiB", 2**20), ("GB", 1e9), ("G", 2**30), ("GiB", 2**30), ("TB", 1e12),
     ("TiB", 2**40), ("PiB", 2**50), ("EB", 1e18), ("furlong", None), ("kx", None)],
)  # fmt: skip
def test_units(unit: str, bytes: float | None) -> None:
    assert scale(unit, 1024) == bytes


def test_sizes() -> None:
    assert size(ElementTree.fromstring("<a unit='GiB'> 2 </a>"), 1) == 2 * GIB
    assert size(ElementTree.fromstring("<a>7</a>"), 1) == 7
    assert size(ElementTree.fromstring("<a>many</a>"), 1) is None
    assert size(None, 1) is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_real_files_open_or_are_refused_in_words(path: Path) -> None:
    try:
        whole = ElementTree.parse(path).getroot().tag in ROOTS
    except ParseError:
        whole = False
    if whole:
        document = load(path).document
        data = dump(document)
        assert dump(parse(data, "a").document) == data
    else:
        with pytest.raises(FileError) as caught:
            load(path)
        assert caught.value.line >= 1


def test_a_whole_connection(real_data: Path) -> None:
    opened = load(real_data / "libvirt" / "testdriver.xml")
    document = opened.document
    top = ElementTree.parse(real_data / "libvirt" / "testdriver.xml").getroot()
    kinds = Counter(one.kind for one in document.elements.values())
    assert kinds["vm"] == len(top.findall("domain"))
    assert kinds["host"] == kinds["hypervisor"] == 1
    assert kinds["storage_array"] == len(top.findall("pool")) + 1
    assert kinds["switch"] >= len(top.findall("network"))
    host = document.element(document.find("host:testdriver"))
    assert host.fields["memory"] == 10_000_000 * 1024
    assert host.fields["cores"] == 4
    vm = document.element(document.find("vm:test"))
    assert vm.fields["memory"] == 8 * GIB
    assert vm.fields["vcpus"] == 2
    off = document.element(document.find("vm:test-state-shutoff"))
    assert off.fields["powered"] is False
    clone = document.element(document.find("vm:test-clone-simple"))
    assert document.element(str(clone.fields["disk"])).name == "test-clone-simple.img"
    assert any("device" in notice and notice.startswith("94 other parts") for notice in opened.notices)


def test_a_guest_alone_gets_a_host_that_holds_it(tmp_path: Path) -> None:
    opened = read(domain("<vcpu current='3'>8</vcpu><os><type arch='aarch64'>hvm</type></os>"), tmp_path)
    assert only(opened, "vm") == {"name": "d", "memory": GIB, "vcpus": 3}
    host = only(opened, "host")
    assert host["memory"] == 4 * GIB
    assert host["cores"] == 4
    assert host["cpu_family"] == "aarch64"
    assert any("names no host" in notice for notice in opened.notices)


def test_tuning(tmp_path: Path) -> None:
    tuned = "<vcpu>4</vcpu><cputune><shares>2048</shares><quota>50000</quota></cputune><memtune/>"
    opened = read(domain(tuned), tmp_path)
    vm = only(opened, "vm")
    assert vm["shares"] == 2048
    assert vm["limit"] == 2.0
    assert any("memtune" in notice for notice in opened.notices)
    whole = "<global_quota>150000</global_quota><global_period>1000000</global_period>"
    free = f"<cputune><quota>-1</quota>{whole}</cputune>"
    assert only(read(domain(free), tmp_path), "vm")["limit"] == pytest.approx(0.15)


def test_disks_find_their_volumes(tmp_path: Path) -> None:
    pool = (
        "<pool type='dir'><name>p</name><capacity unit='GiB'>100</capacity><target><path>/images/</path></target>"
        "<volume><name>a.img</name><capacity unit='G'>10</capacity><allocation unit='MB'>1</allocation></volume>"
        "<volume><name>b.img</name><capacity>4096000</capacity><allocation>4096000</allocation></volume></pool>"
    )
    disks = (
        "<disk type='file' device='cdrom'><target dev='sda'/></disk>"
        "<disk type='file'><source file='/images/a.img'/><target dev='vda'/></disk>"
        "<disk type='volume'><source pool='p' volume='b.img'/><target dev='vdb'/></disk>"
        "<disk type='network'><source protocol='rbd' name='pool/image'/><target dev='vdc'/></disk>"
    )
    opened = read(f"<node>{pool}{domain('', disks)}</node>", tmp_path)
    document = opened.document
    volumes = {one.name: one for one in document.elements.values() if one.kind == "volume"}
    assert set(volumes) == {"a.img", "b.img", "image"}
    assert volumes["a.img"].fields == {"size": 10 * GIB, "thin": True, "used": 1e6}
    assert volumes["b.img"].fields["thin"] is False
    assert only(opened, "vm")["disk"] == volumes["a.img"].id
    capacities = {
        document.element(str(one.parent)).name: one.fields["capacity"]
        for one in document.elements.values()
        if one.kind == "disk"
    }
    assert capacities["p"] == 100 * GIB
    starts = ("2 further disks", "1 CD and floppy drives", "1 disks of unknown size")
    assert all(any(notice.startswith(start) for notice in opened.notices) for start in starts)


def test_interfaces_and_vlans(tmp_path: Path) -> None:
    network = "<network><name>lan</name><bridge name='br0'/><vlan><tag id='42'/><tag id='47'/></vlan></network>"
    nics = (
        "<interface type='network'><source network='lan'/></interface>"
        "<interface type='bridge'><source bridge='br0'/></interface>"
        "<interface type='direct'><source dev='eth7'/></interface>"
        "<interface type='user'/>"
    )
    opened = read(f"<node>{network}{domain('', nics)}</node>", tmp_path)
    document = opened.document
    assert {one.name for one in document.elements.values() if one.kind == "switch"} == {"lan", "eth7"}
    assert {one.fields["number"] for one in document.elements.values() if one.kind == "vlan"} == {42, 47}
    lan = [link for link in document.links.values() if document.element(link.b).name == "lan"]
    assert lan[0].fields["vlans"] == ("42", "47")
    assert any("lead to no network of the model: d (user)" in notice for notice in opened.notices)


def test_parts_in_other_files_are_not_followed(tmp_path: Path) -> None:
    opened = read("<node><domain file='/etc/passwd'/><network file='n.xml'/></node>", tmp_path)
    assert any("2 parts lie in other files" in notice and "/etc/passwd" in notice for notice in opened.notices)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<cpu/>", "<cpu> is only a part"),
        ("<domain><memory>1</memory></domain>", "domain: it has no name"),
        ("<domain><name>a</name>", "no well-formed XML"),
        ("<domain><name>a</name></domain>\n<domain/>", "a second document or loose text begins here"),
        ("<!DOCTYPE domain SYSTEM 'file:///etc/passwd'><domain/>", "refused"),
    ],
)
def test_refusals(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read(text, tmp_path)
    assert message in str(caught.value)
    assert caught.value.line >= 1


@pytest.mark.parametrize("digits", [290, 308, 400, 5000])
def test_figures_beyond_all_numbers_are_brought_within_what_can_be_drawn(digits: int, tmp_path: Path) -> None:
    many = f"<domain type='kvm'><name>d</name><memory unit='EiB'>{'9' * digits}</memory></domain>"
    opened = read(many, tmp_path)
    assert parse(dump(opened.document), "a").document.elements
    assert any("brought within" in notice and "d.memory" in notice for notice in opened.notices)
