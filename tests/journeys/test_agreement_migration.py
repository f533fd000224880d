"""Migrations: what a drawn pair of hosts measures is what the formulas and other simulators say."""

from typing import Any

import pytest
from agreement import GIB, MIB, PAYLOAD, Pair, near, pair

from sdx_studio.document import EditError
from sdx_studio.engine.formulas.migration import (
    Brake,
    Rules,
    auto_converge,
    precopy_linear,
    precopy_random_writes,
)
from sdx_studio.engine.formulas.moves import evacuate, many, postcopy, with_storage

BOARD = Rules(0.3, 29, 3.0)


def moved(p: Pair, count: int = 1, until: float = 5000, **fields: Any) -> list[Any]:
    """What `count` VMs that leave the first host for the second at once tell at their end."""
    s = p.session
    vms = [s.place("vm", on=p.layers[0], vcpus=1, load=0.1, **fields) for _ in range(count)]
    for vm in vms:
        s.do("migrate", vm, to=p.hosts[1])
    return s.run(until=until).events("migration.finished")


@pytest.mark.parametrize(
    ("link", "memory", "dirty"),
    [(112, 4, 0), (112, 4, 20), (1120, 4, 20), (112, 16, 50), (1120, 16, 50), (112, 32, 10)],
)
def test_linear_precopy(link: float, memory: float, dirty: float) -> None:
    (done,) = moved(pair(link * MIB), memory=memory * GIB, dirty_rate=dirty * MIB)
    told = precopy_linear(memory * GIB, link * MIB, dirty * MIB, memory * GIB, BOARD)
    assert done.rounds == told.rounds
    assert (done.total, done.sent) == (near(told.total), near(told.sent))
    assert done.downtime == pytest.approx(told.downtime, abs=1e-5)
    assert done.converged is told.converged


def test_what_cannot_converge_is_forced_over_after_three_times_its_memory() -> None:
    (done,) = moved(pair(), memory=8 * GIB, dirty_rate=150 * MIB, working_set=2 * GIB)
    told = precopy_linear(8 * GIB, 112 * MIB, 150 * MIB, 2 * GIB, BOARD)
    assert (done.rounds, done.total, done.downtime) == (told.rounds, near(told.total), near(told.downtime))
    assert done.converged is told.converged is False


@pytest.mark.parametrize(("dirty", "spread"), [(20, 4), (60, 1), (100, 0.5)])
def test_precopy_with_random_writes(dirty: float, spread: float) -> None:
    (done,) = moved(pair(style="standard"), memory=4 * GIB, dirty_rate=dirty * MIB, working_set=spread * GIB)
    told = precopy_random_writes(4 * GIB, 112 * MIB, dirty * MIB, spread * GIB, Rules(0.3, 30, 3.0))
    assert done.rounds == told.rounds
    assert done.total == near(1 + told.total + 0.03)
    assert done.downtime == near(told.downtime + 0.03, 1e-4)


@pytest.mark.parametrize("dirty", [60, 150, 300])
def test_auto_converge(dirty: float) -> None:
    p = pair(style="blackboard, auto-converge")
    (done,) = moved(p, memory=8 * GIB, dirty_rate=dirty * MIB, working_set=2 * GIB)
    told = auto_converge(8 * GIB, 112 * MIB, dirty * MIB, 2 * GIB, 0.3, Brake())
    assert (done.rounds, done.throttle) == (told.rounds, near(told.throttle))
    assert (done.total, done.downtime) == (near(told.total, 1e-4), near(told.downtime, 1e-3))


def test_post_copy() -> None:
    p = pair(style="QEMU post-copy")
    vm = p.session.place("vm", on=p.layers[0], vcpus=2, load=1, memory=4 * GIB)
    p.session.do("migrate", vm, to=p.hosts[1])
    told = postcopy(4 * GIB, 112 * MIB, 8 * MIB, 0.0, 0.01, 4096)
    run = p.session.run(until=20)
    pulling = run.events("migration.pulling")[0].time
    assert pulling == near(1 + told.downtime + 0.03)
    assert run.value(vm, "cpu.grant") == near(2 * (1 - told.stall / (told.total - told.downtime)))
    (done,) = p.session.run(until=200).events("migration.finished")
    assert done.downtime == near(told.downtime + 0.03)
    assert done.total == near(1 + 0.03 + told.total)


def test_post_copy_loses_the_vm_when_the_network_fails() -> None:
    p = pair(style="QEMU post-copy")
    vm = p.session.place("vm", on=p.layers[0], memory=4 * GIB)
    p.session.do("migrate", vm, to=p.hosts[1])
    p.session.do("fail", p.switch, at=15)
    run = p.session.run(until=60)
    assert run.events("migration.lost")
    assert run.value(vm, "cpu.grant") == 0
    assert run.value(p.hosts[1], "guests") == 0


def test_one_migration_against_the_custom_of_its_host() -> None:
    p = pair()
    vm = p.session.place("vm", on=p.layers[0], memory=4 * GIB)
    p.session.do("migrate", vm, to=p.hosts[1], method="postcopy")
    assert p.session.run(until=100).events("migration.pulling")
    with pytest.raises(EditError, match="precopy, postcopy"):
        p.session.do("migrate", vm, to=p.hosts[0], method="by hand")


def test_four_one_after_another_or_all_at_once() -> None:
    told = many(4, 4 * GIB, 112 * MIB, 20 * MIB, BOARD)
    alone = moved(pair(), memory=4 * GIB, dirty_rate=20 * MIB)[0]
    assert 4 * alone.total == near(told.sequential_all)
    together = moved(pair(), 4, memory=4 * GIB, dirty_rate=20 * MIB)
    assert [one.total for one in together] == [near(told.parallel_all)] * 4
    assert [one.rounds for one in together] == [told.parallel_rounds] * 4
    assert together[0].converged is told.parallel_converged


def test_waves_of_eight() -> None:
    told = evacuate(10, 8 * GIB, 1120 * MIB, 10 * MIB, 8, BOARD)
    p = pair(1120 * MIB, "blackboard, eight at once")
    done = moved(p, 10, memory=8 * GIB, dirty_rate=10 * MIB)
    ends = sorted(one.time for one in done)
    assert ends[:8] == [near(told.wave_times[0])] * 8
    assert ends[-1] == near(told.total)


def test_with_its_volume() -> None:
    p = pair()
    s = p.session
    arrays = []
    for _ in range(2):
        store = s.place("storage_array", raid="RAID 0")
        s.place("disk", on=store, medium="NVMe")
        arrays.append(store)
    s.connect(arrays[0], p.hosts[0], medium="storage")
    s.connect(arrays[1], p.hosts[1], medium="storage")
    volume = s.place("volume", on=arrays[0], size=40 * GIB)
    vm = s.place("vm", on=p.layers[0], memory=4 * GIB, dirty_rate=20 * MIB, disk=volume, boot_requests=0)
    s.do("migrate", vm, to=p.hosts[1])
    assert "reach its volume" in s.run(until=1).events("command.refused")[0].text
    s.undo()
    s.do("migrate", vm, to=p.hosts[1], store=arrays[1])
    run = s.run(until=1000)
    told = with_storage(4 * GIB, 40 * GIB, 112 * MIB, 20 * MIB, BOARD)
    (done,) = run.events("migration.finished")
    assert run.events("migration.disk")[0].seconds == near(told.disk_copy)
    assert done.total == near(told.total)
    assert run.value(arrays[1], "storage.used") == near(40 * GIB)
    assert run.value(arrays[0], "storage.used") == 0


@pytest.mark.parametrize(
    ("intensity", "seconds", "rel"),
    [
        (0, 8.8564, 1e-3), (0.10, 9.9290, 1e-3), (0.25, 12.1327, 1e-3), (0.50, 19.2560, 1e-3), (0.75, 46.7219, 1e-3),
        (0.90, 304.06, 1e-2),
    ],
)  # fmt: skip
def test_simgrid(intensity: float, seconds: float, rel: float) -> None:
    """SimGrid 3.32, live-migration plugin: 1,024 MiB over 125 MB/s · 0.97, dirty rate a share of 125 MiB/s."""
    (done,) = moved(
        pair(125e6 * 0.97, "SimGrid"), memory=1 * GIB, dirty_rate=intensity * 125 * MIB, working_set=0.9 * GIB
    )
    assert done.total == near(seconds, rel)


def test_every_migration_takes_its_bytes_off_the_wire() -> None:
    p = pair()
    vm = p.session.place("vm", on=p.layers[0], memory=4 * GIB, dirty_rate=20 * MIB)
    p.session.do("migrate", vm, to=p.hosts[1])
    run = p.session.run(until=100)
    (link,) = [one for one in p.session.document.links if p.hosts[0] in vars_of(p, one)]
    rate = run.world.measures()[link]["net.rate"].mean
    assert rate / 8 * PAYLOAD * 100 == near(run.events("migration.finished")[0].sent)


def vars_of(p: Pair, link: str) -> tuple[str, str]:
    return p.session.document.links[link].a, p.session.document.links[link].b
