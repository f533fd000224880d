"""Storage: what drawn arrays measure is what the formulas say."""

import pytest
from agreement import GIB, KIB, MIB, array, lone, near

from sdx_studio.engine.formulas.desktops import boot_storm
from sdx_studio.engine.formulas.queues import mg1_ps
from sdx_studio.engine.formulas.storage import (
    PENALTY,
    cache,
    hdd_iops,
    io_blender,
    raid_frontend,
    rebalance,
    thin_pool,
    usable,
)
from sdx_studio.session import Session

DISK = hdd_iops(0.0085, 7200 / 60, 4096, 150e6)
SMALL = {"io_size": "4 KiB", "read_share": 1.0}


def asking(s: Session, layer: str, store: str, rate: float, **fields: object) -> tuple[str, str]:
    volume = s.place("volume", on=store, size=1 * GIB)
    return s.place("vm", on=layer, vcpus=1, load=0.1, disk=volume, io_rate=rate, boot_requests=0, **fields), volume


def test_a_disk_is_as_quick_as_seek_and_turn_allow() -> None:
    s, _host, layer = lone(4)
    store, _ = array(s)
    s.connect(_host, store, medium="storage")
    vm, _volume = asking(s, layer, store, 1e5, **SMALL)
    assert s.run(until=1).value(vm, "io.rate") == near(DISK)


@pytest.mark.parametrize("load", [0.5, 0.8, 0.95])
def test_response_below_saturation(load: float) -> None:
    s, host, layer = lone(4)
    store, _ = array(s)
    s.connect(host, store, medium="storage")
    vm, volume = asking(s, layer, store, load * DISK, **SMALL)
    run = s.run(until=1)
    told = mg1_ps(1 / DISK, load * DISK)
    assert run.value(store, "storage.utilisation") == near(load)
    assert run.value(store, "storage.response") == near(told.response or 0)
    assert run.value(vm, "io.response") == run.value(volume, "storage.response") == near(told.response or 0)


def test_at_saturation_there_is_no_response_but_an_event() -> None:
    s, host, layer = lone(4)
    store, _ = array(s)
    s.connect(host, store, medium="storage")
    asking(s, layer, store, 2 * DISK, **SMALL)
    run = s.run(until=1)
    assert run.as_json()["measures"][s.document.address(store)]["storage.response"]["last"] is None
    assert mg1_ps(1 / DISK, 2 * DISK).saturated
    assert [one.element for one in run.events("storage.saturated")] == [s.document.address(store)]


@pytest.mark.parametrize(("raid", "disks"), [("RAID 0", 5), ("RAID 10", 8), ("RAID 5", 5), ("RAID 6", 24)])
@pytest.mark.parametrize("writes", [0.0, 0.16, 0.8])
def test_mixes_on_raid(raid: str, disks: int, writes: float) -> None:
    s, host, layer = lone(4)
    store, _ = array(s, disks, raid=raid)
    s.connect(host, store, medium="storage")
    vm, _volume = asking(s, layer, store, 1e6, io_size="4 KiB", read_share=1 - writes)
    told = raid_frontend(disks, DISK, writes, PENALTY[raid])
    assert s.run(until=1).value(vm, "io.rate") == near(told, 1e-4)
    assert s.document.values(store)["raid"] == raid


def test_shares_of_an_array_by_limit() -> None:
    s, host, layer = lone(16)
    store, _ = array(s, 2)
    s.connect(host, store, medium="storage")
    asked = [20.0, 1e5, 1e5]
    vms = [asking(s, layer, store, rate, **SMALL)[0] for rate in asked]
    run = s.run(until=1)
    rest = (2 * DISK - 20) / 2
    assert [run.value(vm, "io.rate") for vm in vms] == [near(20), near(rest, 1e-4), near(rest, 1e-4)]


@pytest.mark.parametrize("streams", [1, 2, 8])
def test_the_blender(streams: int) -> None:
    s, host, layer = lone(32)
    store, _ = array(s)
    s.connect(host, store, medium="storage")
    vms = [asking(s, layer, store, 1e6, io_size="64 KiB", read_share=1.0, streams=True)[0] for _ in range(streams)]
    run = s.run(until=1)
    told = io_blender(streams, 150e6, 64 * KIB, 0.0085, 7200 / 60)
    assert sum(run.value(vm, "io.rate") for vm in vms) * 64 * KIB == near(told)


def test_flash_does_not_blend() -> None:
    s, host, layer = lone(32)
    store, _ = array(s, medium="SSD")
    s.connect(host, store, medium="storage", bandwidth="100 Gbit/s")
    vms = [asking(s, layer, store, 1e6, io_size="64 KiB", read_share=1.0, streams=True)[0] for _ in range(8)]
    run = s.run(until=1)
    assert sum(run.value(vm, "io.rate") for vm in vms) * 64 * KIB == near(550e6)


def test_a_cache() -> None:
    s, host, layer = lone(4)
    store, _ = array(s, hit=0.9, hit_time=0.0002)
    s.connect(host, store, medium="storage")
    asking(s, layer, store, 5 * DISK, **SMALL)
    run = s.run(until=1)
    behind = mg1_ps(1 / DISK, 0.5 * DISK).response or 0.0
    told = cache(0.9, 0.0002, behind, 5 * DISK)
    assert run.value(store, "storage.utilisation") == near(told.backend_iops / DISK)
    assert run.value(store, "storage.response") == near(told.latency)


def test_usable_capacity() -> None:
    for raid, disks in (("RAID 10", 8), ("RAID 5", 5), ("RAID 6", 24)):
        s, _host, _layer = lone(4)
        store, _ = array(s, disks, raid=raid)
        volume = s.place("volume", on=store, size=1e12)
        run = s.run(until=1)
        assert run.value(store, "storage.fill") == near(1e12 / (usable(raid, disks) * disks * 2e12))
        assert run.value(volume, "storage.fill") == 1


def test_a_thin_pool_is_full_when_the_formula_says() -> None:
    s, host, _layer = lone(4)
    store, (disk,) = array(s)
    s.set(disk, capacity=1000 * GIB)
    s.connect(host, store, medium="storage")
    for used in (300, 200):
        s.place("volume", on=store, size=800 * GIB, thin=True, used=used * GIB, growth=5 * GIB / 86400)
    told = thin_pool(1000 * GIB, [800 * GIB] * 2, [300 * GIB, 200 * GIB], 10 * GIB / 86400)
    run = s.run(until=(told.time_to_full or 0) + 100)
    (full,) = run.events("storage.full")
    assert full.time == near(told.time_to_full or 0)
    assert run.value(store, "storage.used") == near(1000 * GIB)


@pytest.mark.parametrize(("sizes", "filled"), [((100, 100, 100), (90, 90, 0)), ((100, 300), (90, 110))])
def test_disks_are_levelled(sizes: tuple[int, ...], filled: tuple[int, ...]) -> None:
    s, _host, _layer = lone(4)
    store = s.place("storage_array", raid="RAID 0", balance=100 * MIB)
    disks = [
        s.place("disk", on=store, medium="SSD", capacity=size * GIB, used=used * GIB)
        for size, used in zip(sizes, filled, strict=True)
    ]
    s.place("volume", on=store, size=sum(filled) * GIB)
    told = rebalance([size * GIB for size in sizes], [used * GIB for used in filled])
    run = s.run(until=3600)
    (done,) = run.events("storage.rebalanced")
    assert done.bytes == near(told.moved)
    assert done.time == near(300 + told.moved / (100 * MIB))
    assert [run.value(disk, "storage.fill") for disk in disks] == [near(told.target_utilisation or 0)] * len(disks)


def test_disks_that_are_not_full_are_left() -> None:
    s, _host, _layer = lone(4)
    store = s.place("storage_array", raid="RAID 0", balance=100 * MIB)
    for used in (70, 20):
        s.place("disk", on=store, capacity=100 * GIB, used=used * GIB)
    s.place("volume", on=store, size=90 * GIB)
    assert s.run(until=3600).events("storage.rebalancing") == []


@pytest.mark.parametrize(("desktops", "medium"), [(10, "HDD 7.2k"), (10, "SSD"), (3, "HDD 7.2k")])
def test_a_boot_storm(desktops: int, medium: str) -> None:
    s, host, layer = lone(64)
    store, _ = array(s, medium=medium)
    s.connect(host, store, medium="storage", bandwidth="100 Gbit/s")
    s.place("cluster", members=[host])
    vms = []
    for _ in range(desktops):
        volume = s.place("volume", on=store, size=1 * GIB)
        vms.append(s.place("vm", on=layer, memory="1 GiB", disk=volume, powered=False, start_time=40,
                           boot_requests=5000))  # fmt: skip
    for vm in vms:
        s.do("power_on", vm)
    s.set(s.document.find("cluster:cluster-01"), parallel=desktops)
    run = s.run(until=5000)
    backend = DISK if medium == "HDD 7.2k" else 1 / (0.8 / 90_000 + 0.2 / 30_000)
    told = boot_storm(desktops, 5000, backend, 40)
    assert [one.time for one in run.events("guest.started")] == [near(told, 1e-4)] * desktops
