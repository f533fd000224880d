"""What cannot work is found before anything runs, in the words in which the engine would say it."""

from collections.abc import Callable

import pytest

from sdx_studio.document.checks import problems
from sdx_studio.session import Session
from sdx_studio.units import NBSP
from sdx_studio.words import dictionary


def found(session: Session) -> set[tuple[str, str, str]]:
    """Severity, address and words of all findings but missing cables."""
    document = session.document
    rows = {
        (one.severity, document.address(one.element or ""), one.text.replace(NBSP, " ")) for one in problems(document)
    }
    return {row for row in rows if not row[2].startswith("no cable")}


def net() -> tuple[Session, str, str, str]:
    """Hosts a and b on the switch sw."""
    s = Session()
    a, b, sw = s.place("host", name="a"), s.place("host", name="b"), s.place("switch", name="sw")
    s.connect(a, sw)
    s.connect(b, sw)
    return s, a, b, sw


def array(s: Session, sw: str | None, disks: int = 1, **fields: object) -> str:
    """An array without protection, 10 GiB a disk."""
    made = s.place("storage_array", name=f"san{len(s.document.elements)}", raid="RAID 0", **fields)
    for _ in range(disks):
        s.place("disk", on=made, capacity="10 GiB")
    if sw is not None:
        s.connect(made, sw)
    return made


def flow_without_a_path() -> tuple[Session, set[tuple[str, str, str]]]:
    s, a, _, _ = net()
    s.place("flow", name="f", source=a, target=s.place("host", name="far"), start=500)
    return s, {("warning", "flow:f", "No way through: no path that carries its VLAN.")}


def flow_without_a_controller() -> tuple[Session, set[tuple[str, str, str]]]:
    s, a, _, _ = net()
    far, switch = s.place("host", name="far"), s.place("openflow_switch", name="of")
    s.connect(a, switch)
    s.connect(switch, far)
    s.place("flow", name="f", source=a, target=far)
    return s, {("warning", "flow:f", "No way through: its switch has no controller.")}


def flow_to_what_is_off() -> tuple[Session, set[tuple[str, str, str]]]:
    s, a, _, _ = net()
    s.place("flow", name="f", source=a, target=s.place("vm", on="host:b", name="v", powered=False))
    return s, {("hint", "flow:f", "No way through: one end is switched off or has no port.")}


def vm_larger_than_its_host() -> tuple[Session, set[tuple[str, str, str]]]:
    s, a, _, _ = net()
    vm = s.place("vm", on=a, name="big", memory="1 GiB")
    s.set(a, memory="8 GiB")
    s.set(vm, memory="20 GiB")
    return s, {
        ("warning", "host:a", "21.2 GiB of memory asked for, 8 GiB there"),
        ("warning", "vm:big", "It cannot work: it needs more memory than its machine has."),
    }


def volume_larger_than_its_array() -> tuple[Session, set[tuple[str, str, str]]]:
    s, _, _, sw = net()
    san = array(s, sw)
    s.place("volume", on=san, name="v", size="50 GiB")
    return s, {
        ("warning", s.document.address(san), "volumes take 50 GiB, the pool has 10 GiB"),
        ("warning", "volume:v", "It cannot work: its array has not enough room for it."),
    }


def thin_pool_full_from_the_start() -> tuple[Session, set[tuple[str, str, str]]]:
    s, _, _, sw = net()
    san = array(s, sw)
    s.place("volume", on=san, name="v", size="50 GiB", thin=True, used="10 GiB", growth="1 MiB/s")
    return s, {("warning", s.document.address(san), "The pool is full; thin volumes stop.")}


def array_out_of_reach() -> tuple[Session, set[tuple[str, str, str]]]:
    s, a, _, _ = net()
    s.place("vm", on=a, name="v", disk=s.place("volume", on=array(s, None), name="d", size="1 GiB"), io_rate=5)
    return s, {("warning", "vm:v", "No path to its volume: no path that carries its VLAN.")}


def copies_that_cannot_be() -> tuple[Session, set[tuple[str, str, str]]]:
    s, _, _, sw = net()
    san, empty = array(s, sw), array(s, sw, disks=0)
    volume = s.place("volume", on=san, name="v", size="1 GiB")
    s.place("replication", name="same", volume=volume, target=san)
    s.place("replication", name="empty", volume=volume, target=empty)
    s.place("replication", name="none")
    return s, {
        ("warning", "replication:same", "It cannot work: the copy would lie where the volume lies."),
        ("warning", "replication:empty", "It cannot work: its target has no disks."),
        ("warning", "replication:none", "has no volume to copy"),
        ("warning", "replication:none", "has no array to copy to"),
    }


def people_and_programs_without_a_server() -> tuple[Session, set[tuple[str, str, str]]]:
    s, a, _, _ = net()
    vm = s.place("vm", on=a, name="v", powered=False)
    s.place("user_group", name="nobody")
    s.place("user_group", name="waiting", server=vm)
    s.place("streamed_package", name="p", server=a)
    return s, {
        ("warning", "user_group:nobody", "has no server to work on"),
        ("hint", "user_group:waiting", "It cannot work: its server does not run."),
        ("warning", "streamed_package:p", "nowhere to run"),
    }


def those_who_command_nobody() -> tuple[Session, set[tuple[str, str, str]]]:
    s, _, _, _ = net()
    s.place("cluster", name="c")
    s.place("consolidation", name="k")
    s.place("sdn_controller", name="o")
    return s, {
        ("warning", "cluster:c", "has no members"),
        ("warning", "consolidation:k", "has no members"),
        ("warning", "sdn_controller:o", "It cannot work: no switch hears it."),
    }


DRAWINGS = [
    flow_without_a_path, flow_without_a_controller, flow_to_what_is_off, vm_larger_than_its_host,
    volume_larger_than_its_array, thin_pool_full_from_the_start, array_out_of_reach, copies_that_cannot_be,
    people_and_programs_without_a_server, those_who_command_nobody,
]  # fmt: skip


@pytest.mark.parametrize("draw", DRAWINGS, ids=[one.__name__ for one in DRAWINGS])
def test_each_impossible_drawing_is_said(draw: Callable[[], tuple[Session, set[tuple[str, str, str]]]]) -> None:
    session, expected = draw()
    assert found(session) == expected
    session.run(until=30)


def test_what_works_is_not_mentioned() -> None:
    s, a, b, sw = net()
    volume = s.place("volume", on=array(s, sw), name="v", size="1 GiB")
    s.place("vm", on=a, name="web", disk=volume, io_rate=5)
    s.place("flow", name="f", source="vm:web", target=b, start=20)
    s.place("user_group", name="u", server="vm:web")
    s.place("replication", name="r", volume=volume, target=array(s, sw))
    s.place("cluster", name="c", members=[a, b])
    assert found(s) == set()


def test_a_broken_field_does_not_stop_the_trial() -> None:
    s, a, _, _ = net()
    s.place("flow", name="f", source=a, target=s.place("host", name="far"))
    link = min(s.document.links)
    with s.history.edit("broken") as edit:
        edit.update(s.document.links[link].but(fields={"bandwidth": "fast"}))
    words = {text for _, _, text in found(s)}
    assert "No way through: no path that carries its VLAN." in words
    assert len(words) > 1


def test_the_words_follow_the_language() -> None:
    session, _ = flow_without_a_path()
    dictionary.use("ja")
    assert all("No way" not in text for _, _, text in found(session))
