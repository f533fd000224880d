"""Guests for other processors: what they cost where they are emulated, and where they cannot run."""

from typing import Any

import pytest

from sdx_studio import Session
from sdx_studio.document import EditError
from sdx_studio.engine.formulas.cpu import emulated_mix
from sdx_studio.engine.parts import Guest, Layer, Load, Machine
from sdx_studio.engine.world import World

GIB = 2.0**30


def host(id: str, family: str, emulation: float = 0.0) -> list[Any]:
    return [Machine(id, 4, 16 * GIB, family=family), Layer(f"{id}-hv", id, emulation=emulation)]


@pytest.mark.parametrize(("family", "factor"), [("", 1.0), ("x86-64", 1.0), ("arm64", 8.0)])
def test_a_job_takes_its_factor(family: str, factor: float) -> None:
    guest = Guest("g", "h", 2, Load(0.0), GIB, work=10.0, family=family)
    run = World([*host("h", "x86-64", 8.0), guest])
    run.advance(200_000_000)
    (ended,) = [event for event in run.events if event.kind == "work.finished"]
    assert ended.figures["seconds"] == pytest.approx(5.0 * factor)


def test_a_load_asks_for_more_cpu_and_is_bounded_by_its_vcpus() -> None:
    little, much = (Guest(id, "h", 1, Load(load), GIB, family="arm64") for id, load in (("a", 0.05), ("b", 0.5)))
    run = World([*host("h", "x86-64", 10.0), little, much])
    assert run.measures()["a"]["cpu.grant"].last == pytest.approx(0.5)
    assert run.measures()["b"]["cpu.grant"].last == pytest.approx(1.0), "ten times a half would be five vCPUs"


def test_what_is_inside_is_emulated_too() -> None:
    outer = Guest("vm", "h", 2, Load(0.0), 4 * GIB, family="arm64")
    inner = Guest("box", "vm", 1, Load(0.1), GIB)
    run = World([*host("h", "x86-64", 5.0), outer, inner])
    assert run.measures()["box"]["cpu.grant"].last == pytest.approx(0.5)


def test_without_emulation_it_cannot_work_and_says_why() -> None:
    run = World([*host("h", "x86-64"), Guest("g", "h", 1, Load(0.5), GIB, family="arm64")])
    assert run.measures()["g"]["cpu.grant"].last == 0
    assert any(event.kind == "element.hindered" and "other processors" in event.figures["reason"]
               for event in run.events)  # fmt: skip


def test_a_mix_of_instructions_gives_the_factor() -> None:
    factor = emulated_mix(1.0, {"fp_share": 0.2, "other": 0.8}, {"fp_share": 12.5, "other": 1.3})
    run = World([*host("h", "x86-64", factor), Guest("g", "h", 1, Load(0.0), GIB, work=10.0, family="arm64")])
    run.advance(60_000_000)
    (ended,) = [event for event in run.events if event.kind == "work.finished"]
    assert ended.figures["seconds"] == pytest.approx(35.4)


def lab() -> tuple[Session, str, str]:
    s = Session()
    hosts = [s.place("host", name=name) for name in "ab"]
    s.connect(*hosts)
    for one in hosts:
        s.place("vm", on=one, memory="1 GiB")
    return s, *hosts


def test_placing_is_refused_where_nothing_emulates() -> None:
    s, first, _ = lab()
    with pytest.raises(EditError, match="Was built for arm64 processors; these are x86-64"):
        s.place("vm", on=first, memory="1 GiB", cpu_family="Arm64")
    s.set(s.document.children(first)[0], emulation=10)
    assert s.place("vm", on=first, memory="1 GiB", cpu_family="Arm64")


def test_it_moves_only_where_it_is_emulated_too() -> None:
    s, first, second = lab()
    s.set(s.document.children(first)[0], emulation=10)
    vm = s.place("vm", on=first, name="arm", memory="1 GiB", cpu_family="arm64")
    s.do("migrate", vm, to=second, at="1 s")
    refused = s.run(until="60 s").events("command.refused")
    assert len(refused) == 1
    assert "nothing on the target emulates them" in refused[0].text
    s.set(s.document.children(second)[0], emulation=10)
    assert len(s.run(until="120 s").events("migration.finished")) == 1


def test_a_tape_has_one_user_at_a_time_and_is_written_in_a_row() -> None:
    s = Session()
    machine, array = s.place("host", name="h"), s.place("storage_array", name="a", raid="RAID 0")
    s.connect(machine, array, bandwidth="100 Gbit/s")
    s.place("disk", on=array, medium="HDD 7.2k")
    volume = s.place("volume", on=array, size="100 GB", thin=True)
    vm = s.place("vm", on=machine, name="first", disk=volume, io_rate=1e6, load=1, io_size="64 KiB", boot_requests=0)
    asdisk = s.run(until="10 s").value(vm, "io.rate")
    s.set(volume, shown_as="tape")
    astape = s.run(until="10 s").value(vm, "io.rate")
    assert asdisk < 100 < 1000 < astape, "no seek between requests that follow each other"
    assert astape * 65536 == pytest.approx(150e6, rel=1e-3), "as fast as the disk behind it"
    s.place("vm", on=machine, name="second", disk=volume, io_rate=10, load=0.1)
    told = s.run(until="10 s").events("element.hindered")
    assert [event.element for event in told] == ["vm:second"]
    assert "tape is in use" in told[0].text
