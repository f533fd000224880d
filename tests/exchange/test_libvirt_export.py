"""A VM as a libvirt domain: what it says, that libvirt takes it, and that it comes back as it was."""

import shutil
import subprocess
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import samples
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.cli import main
from sdx_studio.exchange import FileError, load, store
from sdx_studio.exchange.libvirt.writing import write
from sdx_studio.session import Session, copying

GIB = 2.0**30
STUDIO: Any = None
"""Nothing here asks for a window."""


@pytest.fixture(name="lab")
def _lab() -> Session:
    """web01 with all that a domain can say, and db beside it."""
    s = Session()
    host, switch = s.place("host"), s.place("switch", name="core")
    s.connect(host, switch)
    s.place("vlan", number=20, members=[host])
    array = s.place("storage_array", name="san")
    s.place("disk", on=array)
    s.connect(host, array)
    volume = s.place("volume", on=array, name="web-disk", size="60 GiB", thin=True, used="7 GiB")
    s.place(
        "vm", on=host, name="web01", vcpus=4, memory="6 GiB", shares=2000, limit=1.5, mac="52:54:00:12:34:56",
        disk=volume, load=0.4, pattern="wave", powered=False, trace="1 2 3",
    )  # fmt: skip
    s.place("vm", on=host, name="db")
    return s


def domain(session: Session, **options: str) -> Any:
    return ElementTree.fromstring(write(session.document, options))


def test_what_a_domain_says(lab: Session) -> None:
    top = domain(lab, guest="web01")
    assert (top.tag, top.get("type")) == ("domain", "kvm")
    said = {
        path: top.findtext(path) for path in ("name", "vcpu", "memory", "cputune/shares", "cputune/quota", "os/type")
    }
    assert said == {
        "name": "web01", "vcpu": "4", "memory": str(6 * 2**20), "cputune/shares": "2000", "cputune/quota": "37500",
        "os/type": "hvm",
    }  # fmt: skip
    assert top.find("memory").get("unit") == "KiB"
    assert top.find("os/type").get("arch") == "x86_64"
    assert top.find("devices/disk/source").attrib == {"pool": "san", "volume": "web-disk"}
    assert top.find("devices/disk/target").get("bus") == "virtio"
    assert top.find("devices/interface/mac").get("address") == "52:54:00:12:34:56"
    assert top.find("devices/interface/source").get("network") == "core"
    assert [one.get("id") for one in top.findall("devices/interface/vlan/tag")] == ["20"]


def test_it_comes_back_as_it_was(lab: Session, tmp_path: Path) -> None:
    store(lab.document, tmp_path / "web01.xml")
    opened = load(tmp_path / "web01.xml")
    document = opened.document
    before = lab.document.element(lab.document.find("vm:web01"))
    after = document.element(document.find("vm:web01"))
    assert {**after.fields, "disk": ""} == {**before.fields, "disk": ""}
    volume = document.element(str(after.fields["disk"]))
    assert volume.name == "web-disk"
    assert {key: volume.fields[key] for key in ("size", "thin", "used")} == {
        "size": 60 * GIB, "thin": True, "used": 7 * GIB,
    }  # fmt: skip
    assert not any("unknown size" in notice for notice in opened.notices)
    assert document.element(document.find("vlan:VLAN 20")).fields["number"] == 20


@given(
    vcpus=st.integers(1, 512), kib=st.integers(2**16, 2**34), shares=st.integers(2, 262_144),
    name=st.text(st.characters(codec="utf-8", categories=("L", "N", "P"), exclude_characters="/"), min_size=1),
)  # fmt: skip
def test_any_size_comes_back(vcpus: int, kib: int, shares: int, name: str) -> None:
    s = Session()
    host = s.place("host", cores=512, memory=64 * 2.0**40)
    s.place("vm", on=host, name=name, vcpus=vcpus, memory=float(kib * 1024), shares=shares)
    from sdx_studio.exchange.libvirt.connection import parse

    document = parse(write(s.document, {}), "a.xml").document
    found = [one for one in document.elements.values() if one.kind == "vm"]
    assert [one.name for one in found] == [name]
    values = document.values(found[0].id)
    assert (values["vcpus"], values["memory"], values["shares"]) == (vcpus, kib * 1024.0, shares)


def test_ids_stay_and_copies_have_their_own(lab: Session) -> None:
    first, again = (domain(lab, guest="web01").findtext("uuid") for _time in range(2))
    assert first == again
    assert UUID(str(first))
    copying.duplicate(lab, [lab.document.find("vm:web01")])
    copy = domain(lab, guest="web01-02") if "web01-02" in names(lab) else domain(lab, guest=names(lab)[-1])
    assert copy.findtext("uuid") != first
    assert copy.find("devices/interface/mac").get("address") != "52:54:00:12:34:56"


def names(session: Session) -> list[str]:
    return [one.name for one in session.document.elements.values() if one.kind == "vm"]


def test_one_file_is_one_vm(lab: Session, tmp_path: Path) -> None:
    store(lab.document, tmp_path / "db.xml")
    assert ElementTree.parse(tmp_path / "db.xml").findtext("name") == "db"
    with pytest.raises(FileError, match=r"lab\.xml: one file is one VM of these 2.*guest=NAME.*web01, db"):
        store(lab.document, tmp_path / "lab.xml")
    with pytest.raises(FileError, match="no VM “we”"):
        store(lab.document, tmp_path / "lab.xml", options={"guest": "we"})
    assert not (tmp_path / "lab.xml").exists()
    with pytest.raises(FileError, match="no VM to write"):
        store(Session().document, tmp_path / "lab.xml")


@pytest.mark.parametrize("path", sorted((samples.DATA / "libvirt").glob("*.xml")), ids=lambda path: path.stem)
def test_real_guests_go_out_and_come_in_again(path: Path, tmp_path: Path) -> None:
    try:
        document = load(path).document
    except FileError:
        pytest.skip("this one holds several documents")
    for number, id in enumerate(one.id for one in document.elements.values() if one.kind == "vm"):
        target = tmp_path / f"guest-{number}.xml"
        store(document, target, options={"guest": id})
        back = load(target).document
        before = document.element(id)
        after = next(one for one in back.elements.values() if one.kind == "vm")
        assert after.name == before.name
        kept = {"vcpus", "memory", "mac", "limit", "powered"}
        assert {key: after.fields.get(key) for key in kept} == {key: before.fields.get(key) for key in kept}
        assert back.values(after.id)["shares"] == document.values(id)["shares"]
        checked(target, "virt-xml-validate")


def test_awkward_words_are_written_so_that_xml_holds_them() -> None:
    s = Session()
    host = s.place("host", cpu_family="vax")
    s.place("vm", on=host, name="a/b <c>\n& 日本\x07")
    top = domain(s)
    assert top.findtext("name") == "a-b <c> & 日本"
    assert top.find("os/type").get("arch") == "x86_64"
    assert top.find("devices/interface/mac") is None


def checked(path: Path, *command: str) -> None:
    """Have a tool of libvirt judge a file, or skip where it is not installed."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here (Debian: libvirt-clients)")
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, timeout=60, check=False)
    if "unable to connect" in done.stderr.lower() or "failed to connect" in done.stderr.lower():
        pytest.skip("libvirt's test driver cannot be reached")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("guest", ["web01", "db"])
@pytest.mark.parametrize("product", ["KVM", "Xen", "ESXi", "Hyper-V"])
def test_libvirts_own_schema_accepts_it(lab: Session, tmp_path: Path, guest: str, product: str) -> None:
    lab.set("hypervisor-01", product=product)
    store(lab.document, tmp_path / "a.xml", options={"guest": guest})
    checked(tmp_path / "a.xml", "virt-xml-validate")


@pytest.mark.parametrize("guest", ["web01", "db"])
def test_libvirt_defines_it(lab: Session, tmp_path: Path, guest: str) -> None:
    store(lab.document, tmp_path / "a.xml", options={"guest": guest})
    checked(tmp_path / "a.xml", "virsh", "-c", "test:///default", "define")


def test_convert_on_the_command_line(lab: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lab.save(tmp_path / "lab.sdx")
    assert main(["convert", str(tmp_path / "lab.sdx"), str(tmp_path / "web01.xml")], STUDIO) == 0
    assert ElementTree.parse(tmp_path / "web01.xml").findtext("name") == "web01"
    named = ["convert", str(tmp_path / "lab.sdx"), str(tmp_path / "a.xml"), "--option", "guest=db"]
    assert main(named, STUDIO) == 0
    assert ElementTree.parse(tmp_path / "a.xml").findtext("name") == "db"
    capsys.readouterr()
    assert main(named[:3], STUDIO) == 2
    assert "guest=NAME" in capsys.readouterr().err
