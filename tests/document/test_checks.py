"""Design problems: one finding for each rule, none in a sound project."""

import pytest

from sdx_studio.document import Act, Document, Element, Link
from sdx_studio.document.checks import Problem, problems
from sdx_studio.session import Session
from sdx_studio.units import NBSP

GIB = 2.0**30


def texts(document: Document) -> list[tuple[str, str | None, str]]:
    return [(one.severity, one.element, one.text.replace(NBSP, " ")) for one in problems(document)]


def test_a_sound_project_has_no_problems(lab: Session) -> None:
    assert problems(lab.document) == ()


HOST = Element("e1", "host", "a")
LINK = Link("l1", "e1", "e2")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([Element("e1", "warp_drive", "w")],
         ("warning", "e1", "unknown part “warp_drive”: kept, not simulated")),
        ([Element("e1", "vm", "v")],
         ("error", "e1", "A VM needs a place: Hypervisor")),
        ([Element("e1", "router", "r", fields={"nic_speed": 1.0})],
         ("error", "e1", "nic_speed: 1 bit/s is outside 1 kbit/s … 10 Tbit/s")),
        ([Element("e1", "flow", "f", fields={"source": "e1", "target": "e9"})],
         ("error", "e1", "target points to e9, which is not there")),
        ([Element("e1", "cluster", "c", fields={"members": ("e9",)})],
         ("error", "e1", "members points to e9, which is not there")),
        ([HOST, Element("e2", "thin_client", "t", fields={"desktop": "e1"})],
         ("warning", "e2", "desktop cannot point to a host")),
        ([HOST], ("hint", "e1", "no cable: nothing can reach it")),
        ([Element("e1", "flow", "f")], ("warning", "e1", "needs a sender and a receiver")),
        ([HOST, Element("e2", "flow", "f", fields={"source": "e1", "target": "e1"})],
         ("warning", "e2", "sends to itself")),
        ([HOST, Element("e2", "cluster", "c"), LINK],
         ("error", "l1", "Cluster has no port for a cable")),
        ([HOST, Element("e2", "switch", "s"), LINK.but(fields={"latency": -1.0})],
         ("error", "l1", "latency: -1 s is outside 0 s … 10 s")),
        ([Element("e1", "storage_array", "s"), Element("e2", "volume", "v", parent="e1")],
         ("warning", "e1", "has volumes but no disks")),
        ([HOST, Element("e2", "hypervisor", "h", parent="e1"),
          Element("e3", "vm", "v", parent="e2", fields={"io_rate": 9.0})],
         ("warning", "e3", "asks for disk requests but has no disk")),
        ([Element("e1", "host", "a", fields={"memory": 4 * GIB}), Element("e2", "hypervisor", "h", parent="e1"),
          Element("e3", "vm", "v", parent="e2")],
         ("warning", "e1", "5.05 GiB of memory asked for, 4 GiB there")),
        ([HOST, Element("e2", "hypervisor", "h", parent="e1"),
          Element("e3", "vm", "v", parent="e2", fields={"reservation": 16.0})],
         ("warning", "e1", "16 cores reserved, 15.68 there")),
        ([Element("e1", "storage_array", "s", fields={"raid": "RAID 6"}),
          *(Element(f"d{one}", "disk", f"d{one}", parent="e1") for one in range(3))],
         ("warning", "e1", "too few disks for its RAID level: it works as RAID 0, without protection")),
        ([Element("e1", "storage_array", "s", fields={"raid": "RAID 0"}),
          Element("e2", "disk", "d", parent="e1", fields={"capacity": 100 * GIB}),
          Element("e3", "volume", "v", parent="e1", fields={"size": 120 * GIB}),
          Element("e4", "volume", "w", parent="e1", fields={"size": 900 * GIB, "thin": True, "used": GIB})],
         ("warning", "e1", "volumes take 121 GiB, the pool has 100 GiB")),
        ([HOST, Element("e2", "switch", "s"), LINK.but(fields={"vlans": ("5000",)})],
         ("warning", "l1", "“5000” is no VLAN; there are 1 to 4094")),
        ([HOST, Act("s1", 1.0, "fail", "e7")], ("warning", "s1", "the act names e7, which is not there")),
        ([HOST, Act("s1", 1.0, "migrate", "e1", fields={"to": "e7"})],
         ("warning", "s1", "the act names e7, which is not there")),
        ([HOST, Act("s1", 500.0, "fail", "e1")], ("hint", "s1", "planned for later than the project lasts")),
    ],
    ids=lambda one: one[2] if isinstance(one, tuple) else "",
)  # fmt: skip
def test_each_rule_finds_its_problem(records: list[Element | Link | Act], expected: tuple[str, str, str]) -> None:
    assert expected in texts(Document(records))


def test_errors_come_first() -> None:
    document = Document([HOST, Element("e2", "flow", "f"), Element("e3", "vm", "v")])
    assert [one.severity for one in problems(document)] == ["error", "warning", "hint"]


def test_unknown_fields_are_no_problem() -> None:
    assert problems(Document([Element("e1", "site", "s", fields={"colour": "red"})])) == ()


def test_a_problem_is_a_value() -> None:
    assert Problem("hint", None, "x") == Problem("hint", None, "x")


def test_an_unknown_act_is_told_with_the_known_ones() -> None:
    (found,) = [one for one in problems(Document([HOST, Act("s1", 1.0, "explode", "e1")])) if one.element == "s1"]
    assert "“explode”" in found.text
    assert "migrate" in found.text


def test_containers_must_fit_into_their_vm() -> None:
    s = Session()
    vm = s.place("vm", on=s.place("host"), memory="2 GiB")
    s.place("container", on=vm, memory="1 GiB")
    assert not [one for one in problems(s.document) if one.element == vm]
    s.place("container", on=vm, memory="1 GiB")
    (found,) = [one for one in problems(s.document) if one.element == vm]
    assert "2.58" in found.text
