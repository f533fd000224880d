"""Storage as squares: as many as there are bytes, whosever they are, and nothing that nobody wrote."""

from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio import assets
from sdx_studio.session import Session, blocking
from sdx_studio.session.blocking import FREE, Filling

GIB = 2.0**30


@st.composite
def arrays(draw: st.DrawFn) -> tuple[blocking.Pool, Filling]:
    """A drawn array, and what a run may have made of it."""
    session = Session()
    raid = draw(st.sampled_from(["RAID 0", "RAID 10", "RAID 5", "RAID 6"]))
    array = session.place("storage_array", raid=raid)
    for _ in range(draw(st.integers(1, 9))):
        session.place("disk", on=array, capacity=draw(st.floats(1e6, 4e12)), used=draw(st.none() | st.floats(0, 1e12)))
    for _ in range(draw(st.integers(0, 8))):
        session.place("volume", on=array, size=draw(st.floats(4096, 2e12)), used=draw(st.floats(0, 2e12)),
                      thin=draw(st.booleans()), growth=draw(st.sampled_from([0.0, 1e3, 1e6])))  # fmt: skip
    (pool,) = blocking.pools(session.document)
    start = blocking.at_rest(pool)
    used = tuple(min(one.size, amount * draw(st.floats(1, 2)) + draw(st.sampled_from([0.0, 1e9])))
                 for one, amount in zip(pool.volumes, start.used, strict=True))  # fmt: skip
    fills = [draw(st.floats(0, 1)) * one.capacity for one in pool.devices]
    total, whole = min(sum(used), pool.capacity) / pool.usable, sum(fills) or 1.0
    raw = tuple(min(one.capacity, total * part / whole) for one, part in zip(pool.devices, fills, strict=True))
    return pool, Filling(used, start.growth, raw)


@given(arrays())
def test_squares_are_the_bytes_that_are_used(drawn: tuple[blocking.Pool, Filling]) -> None:
    pool, now = drawn
    grid = blocking.grid(pool, blocking.at_rest(pool), now)
    assert [len(one) for one in grid.owners] == list(pool.cells())
    wanted = [ceil(used / pool.usable / pool.square - 1e-9) for used in now.used]
    if sum(now.raw) > 0 and sum(wanted) <= sum(pool.cells()):
        assert [grid.count(at) for at in range(len(pool.volumes))] == wanted
        taken = sum(int((one != FREE).sum()) for one in grid.owners) * pool.square
        assert 0 <= taken - sum(now.used) / pool.usable + 1e-3 * pool.square <= pool.square * (len(wanted) + 1)
    counts = blocking.counts(pool, now)
    assert [int((one != FREE).sum()) for one in grid.owners] == list(counts.devices)
    for one in grid.owners:
        assert FREE not in one[: int((one != FREE).sum())], "no holes"
    for device, square, _volume in grid.coming:
        assert grid.owners[device][square] == FREE


@given(arrays())
def test_a_square_stands_for_whole_blocks_and_there_are_not_too_many(drawn: tuple[blocking.Pool, Filling]) -> None:
    pool, _now = drawn
    assert pool.square % blocking.BLOCK == 0
    assert max(pool.cells()) <= blocking.MOST
    assert all(cells * pool.square >= one.capacity for cells, one in zip(pool.cells(), pool.devices, strict=True))


@pytest.mark.parametrize(("raid", "disks", "share"), [("RAID 0", 4, 0), ("RAID 10", 4, 1 / 2), ("RAID 10", 5, 3 / 5),
                                                      ("RAID 5", 5, 1 / 5), ("RAID 6", 6, 1 / 3)])  # fmt: skip
def test_the_share_that_protects_is_what_the_level_takes(raid: str, disks: int, share: float) -> None:
    session = Session()
    array = session.place("storage_array", raid=raid)
    for _ in range(disks):
        session.place("disk", on=array)
    session.place("volume", on=array)
    (pool,) = blocking.pools(session.document)
    assert 1 - pool.usable == pytest.approx(share)
    hatched = [blocking.protecting(pool, device, 60) for device in range(disks)]
    assert np.concatenate(hatched).mean() == pytest.approx(share)


def test_the_figures_of_the_lecture_three_thick_volumes_fill_the_disk() -> None:
    session = Session()
    array = session.place("storage_array", raid="RAID 0")
    session.place("disk", on=array, capacity=100 * GIB)
    for size in (50, 30, 20):
        session.place("volume", on=array, size=size * GIB)
    (pool,) = blocking.pools(session.document)
    grid = blocking.grid(pool, blocking.at_rest(pool), blocking.at_rest(pool))
    assert pool.square == GIB / 4
    assert [grid.count(at) for at in range(3)] == [200, 120, 80]
    assert FREE not in grid.owners[0]
    assert blocking.until(50.0, 0.5, 60.0) == 20.0
    assert blocking.until(50.0, 0.0, 60.0) is None


def test_growth_comes_after_what_was_there_and_levelling_takes_from_the_end() -> None:
    session = Session()
    array = session.place("storage_array", raid="RAID 0", balance="100 MiB/s")
    for used in (90, 0):
        session.place("disk", on=array, capacity=100 * GIB, used=used * GIB)
    session.place("volume", on=array, size=80 * GIB)
    session.place("volume", on=array, size=80 * GIB, used=10 * GIB, thin=True, growth=1e6)
    (pool,) = blocking.pools(session.document)
    start = blocking.at_rest(pool)
    before = blocking.grid(pool, start, start).owners
    grown = blocking.grid(pool, start, Filling((80 * GIB, 12 * GIB), start.growth, (92 * GIB, 0))).owners
    old = int((before[0] != FREE).sum())
    assert (grown[0][:old] == before[0][:old]).all()
    assert (grown[0][old : old + 8] == 1).all()
    level = blocking.grid(pool, start, Filling((80 * GIB, 10 * GIB), start.growth, (45 * GIB, 45 * GIB))).owners
    left = int((level[0] != FREE).sum())
    assert (level[0][:left] == before[0][:left]).all()
    assert abs(left - int((level[1] != FREE).sum())) <= 1
    assert blocking.to_move(pool, start) == pytest.approx((45 * GIB, -45 * GIB))


def test_a_run_is_measured_and_its_squares_follow() -> None:
    session = Session()
    array = session.place("storage_array", raid="RAID 5")
    disks = [session.place("disk", on=array, capacity=100 * GIB) for _ in range(4)]
    thin = session.place("volume", on=array, size=100 * GIB, used=10 * GIB, thin=True, growth=1 * GIB)
    host = session.place("host")
    session.connect(host, array)
    vm = session.place("vm", on=host, disk=thin)
    run = session.run(until=20)
    (pool,) = blocking.pools(session.document)
    values = {(id, name): run.value(id, name) for id, name in [(thin, "storage.used"),
                                                              *((one, "storage.fill") for one in disks)]}  # fmt: skip
    now = blocking.measured(pool, values)
    assert now.used == pytest.approx((30 * GIB,))
    assert sum(now.raw) == pytest.approx(40 * GIB)
    assert blocking.grid(pool, blocking.at_rest(pool), now).count(0) == 40 * GIB / pool.square
    assert blocking.users(session.document) == {thin: (vm,)}


def test_what_is_left_of_a_replication_is_measured() -> None:
    session = Session.open(assets.path("samples", "06-two-sites.sdx"))
    (volume, part), *_ = blocking.replicas(session.document).items()
    runs = {at: session.run(until=at) for at in (5, 10)}
    whole = runs[5].value(part.id, "replica.bytes")
    left = [run.value(part.id, "replica.left") for run in runs.values()]
    assert whole == session.document.values(volume)["size"]
    assert 0 < left[1] < left[0] < whole
    pace = (left[0] - left[1]) / 5
    assert left[0] == pytest.approx(whole - 5 * pace, rel=1e-6)
    done = [one for one in session.run(until=400).events() if one.kind == "replica.synced"]
    assert done[0].time == pytest.approx(whole / pace, rel=0.01)
