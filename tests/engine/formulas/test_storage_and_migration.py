"""Storage, memory, migration, time sharing: worked examples, bounds, conservation."""

from math import exp
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.engine.formulas import memory, migration, moves, storage, timesharing
from sdx_studio.engine.formulas.bounds import ImpossibleError
from sdx_studio.engine.formulas.migration import Brake, Rules
from sdx_studio.engine.formulas.timesharing import Job

GIB, MIB = 2.0**30, 2.0**20
SIZE = st.floats(1e3, 1e13)
RULES = Rules(0.3, 29, 3.0)


@given(st.integers(1, 64), st.floats(1, 1e6), st.floats(0, 1))
def test_raid_is_the_inverse_of_the_work_and_monotone(disks: int, iops: float, writes: float) -> None:
    served = [storage.raid_frontend(disks, iops, writes, penalty) for penalty in storage.PENALTY.values()]
    assert served == sorted(served, reverse=True)
    assert served[0] == pytest.approx(disks * iops)
    assert served[3] == pytest.approx(disks * iops / (1 - writes + 6 * writes))


def test_raid_by_stripes_and_by_level() -> None:
    assert [storage.data_disks(level, 9) for level in storage.PENALTY] == [9, 4, 8, 7]
    assert storage.data_disks("RAID 6", 1) == 0
    assert storage.usable("RAID 5", 2) == 0
    assert storage.full_stripe_penalty("RAID 5", 5) == pytest.approx(1.25)
    assert storage.full_stripe_penalty("RAID 6", 8) == pytest.approx(8 / 6)
    assert storage.full_stripe_penalty("RAID 10", 8) == 2
    with pytest.raises(ImpossibleError, match="at least 3 disks"):
        storage.full_stripe_penalty("RAID 5", 2)


@given(st.lists(st.tuples(SIZE, st.floats(0, 1)), min_size=1, max_size=8))
def test_evening_out_moves_no_byte_away(devices: list[tuple[float, float]]) -> None:
    sizes, used = [size for size, _ in devices], [size * share for size, share in devices]
    found = storage.rebalance(sizes, used)
    assert sum(found.target_used) == pytest.approx(sum(used))
    assert 0 <= found.moved <= sum(used)
    assert 0 <= found.moved_fraction <= 1


def test_pools() -> None:
    thick = storage.thick_pool(100 * GIB, 4096, [50 * GIB, 30 * GIB, 20 * GIB])
    assert (thick.free, sum(thick.volume_blocks), thick.pool_blocks) == (0, 26_214_400, 26_214_400)
    with pytest.raises(ImpossibleError):
        storage.thick_pool(1, 1, [2])
    assert storage.thin_pool(10, [20], [10], 1).time_to_full == 0
    assert storage.rebalance([], []).target_used == []
    assert not storage.rebalance_trigger([0.9, 0.85], 0.8, 0.05)
    assert storage.rebalance_trigger([0.9, 0.8], 0.8, 0.05)


def test_memory_states_and_overheads() -> None:
    host = 128e9
    shares = (2, 1, 0.64, 0.5, 0.32, 0.2, 0.1)
    states = [memory.memory_state(host, memory.minfree(host) * share).state for share in shares]
    assert states == ["high", "clear", "clear", "soft", "soft", "hard", "low"]
    assert memory.vm_overhead(8 * GIB, 2) / MIB == pytest.approx(83.14)
    assert memory.swap_bound_speed(1000, 0.009) == pytest.approx(0.1)
    with pytest.raises(ImpossibleError, match="28 GB"):
        memory.minfree(16e9)


@given(SIZE, SIZE, st.lists(st.tuples(SIZE, st.floats(0, 1)), max_size=8))
def test_what_is_taken_back_is_what_is_missing(room: float, reserve: float, vms: Any) -> None:
    configured, active = [size for size, _ in vms], [size * share for size, share in vms]
    found = memory.balloon_need(room + reserve, reserve, configured, active)
    missing = max(0.0, sum(configured) - (room + reserve - reserve))
    assert found.balloon_needed + found.swap_needed == pytest.approx(missing, rel=1e-9, abs=1e-3)
    assert min(found.balloon_needed, found.swap_needed) >= 0
    assert found.balloon_needed <= sum(configured) - sum(active) + 1e-3


@given(st.floats(1e6, 1e12), st.floats(1e6, 1e10), st.floats(0, 1.5), st.floats(0, 1))
def test_precopy_obeys_its_rules_and_bounds(ram: float, rate: float, ratio: float, spread: float) -> None:
    found = migration.precopy_linear(ram, rate, rate * ratio, ram * spread, RULES)
    limits = moves.bounds(ram, rate, 4096)
    assert found.sent == pytest.approx(found.total * rate)
    assert limits.total_min <= found.total * (1 + 1e-9)
    assert found.total <= limits.total_max + 4096 / rate * 2
    assert found.downtime <= limits.downtime_max * (1 + 1e-9)
    assert found.converged == (found.downtime <= 0.3 * (1 + 1e-9))


@given(st.floats(0, 1e10), st.floats(0, 1e12), st.floats(0, 1e4))
def test_random_writes_leave_no_more_than_is_written_and_no_more_than_there_is(
    rate: float, working_set: float, seconds: float
) -> None:
    left = migration.dirtied(rate, working_set, seconds)
    assert 0 <= left <= min(rate * seconds, working_set) * (1 + 1e-9)
    assert left <= migration.dirtied(rate, working_set, seconds * 2) * (1 + 1e-9)


@given(st.floats(1e8, 1e11), st.floats(0.01, 0.9))
def test_the_closed_form_is_the_series(ram: float, ratio: float) -> None:
    rate = 1e8
    closed = migration.linear_closed_form(ram, rate, rate * ratio, 0.3)
    series = migration.precopy_linear(ram, rate, rate * ratio, ram, Rules(0.3))
    if abs(closed.downtime - 0.3) > 1e-9 and closed.downtime / ratio - 0.3 > 1e-9:
        assert closed.rounds == series.rounds
        assert (closed.total, closed.downtime) == pytest.approx((series.total, series.downtime))


@given(st.floats(1.001, 100))
def test_the_residue_is_a_root(ratio: float) -> None:
    left = migration.random_residue(1.0, ratio, 1000.0)
    assert 0 < left <= 1000
    assert left == pytest.approx(1000 * (1 - exp(-ratio * left / 1000)), rel=1e-6)
    assert migration.random_residue(1.0, 1.0, 1000.0) == 0


def test_migrations_that_never_end_are_refused() -> None:
    for rules in (Rules(), Rules(downtime_target=0.1)):
        with pytest.raises(ImpossibleError, match="ever ends"):
            migration.precopy_linear(1e9, 1e6, 2e6, 1e9, rules)
    with pytest.raises(ImpossibleError, match="never converges"):
        migration.auto_converge(1e9, 1e6, 1e9, 1e9, 0.3, Brake(most=0.5))
    with pytest.raises(ImpossibleError, match="never converges"):
        migration.linear_closed_form(1e9, 1e6, 1e6, 0.3)
    with pytest.raises(ImpossibleError, match="as they are copied"):
        moves.move_volume(1e9, 1e6, 1e6, "iterative", 1.0)


def test_a_slowed_guest_converges_and_waves_share_the_link() -> None:
    slowed = migration.auto_converge(8 * GIB, 112 * MIB, 150 * MIB, 2 * GIB, 0.3, Brake())
    assert (slowed.rounds, round(slowed.throttle, 9)) == (15, 0.7)
    found = moves.evacuate(10, 8 * GIB, 1120 * MIB, 10 * MIB, 8, RULES)
    assert found.wave_rates == [140 * MIB, 560 * MIB]
    assert found.total == pytest.approx(sum(found.wave_times))
    assert moves.evacuate(0, GIB, MIB, 0, 8, RULES).wave_times == []


JOBS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=7)


@given(JOBS, st.integers(1, 5), st.integers(0, 2))
def test_round_robin_does_all_the_work_step_by_step(given_jobs: Any, quantum: int, swap: int) -> None:
    jobs = [Job(float(arrival), float(service)) for arrival, service in given_jobs]
    found = timesharing.round_robin(float(quantum), float(swap), jobs)
    assert found.turnaround == pytest.approx(_stepped(given_jobs, quantum, swap))
    assert all(took >= job.service for took, job in zip(found.turnaround, jobs, strict=True))


def _stepped(jobs: list[tuple[int, int]], quantum: int, swap: int) -> list[int]:
    """Second by second."""
    coming = sorted(range(len(jobs)), key=lambda one: jobs[one][0])
    left, ends, queue, now, last = [work for _, work in jobs], [0] * len(jobs), [], 0, None
    while coming or queue:
        if not queue:
            now = max(now, jobs[coming[0]][0])
        while coming and jobs[coming[0]][0] <= now:
            queue.append(coming.pop(0))
        one = queue.pop(0)
        now += swap if last not in (None, one) else 0
        last = one
        for _ in range(quantum):
            if left[one]:
                left[one] -= 1
                now += 1
        while coming and jobs[coming[0]][0] <= now:
            queue.append(coming.pop(0))
        if left[one]:
            queue.append(one)
        else:
            ends[one] = now
    return [end - arrival for end, (arrival, _) in zip(ends, jobs, strict=True)]


def test_order_of_the_list_is_kept() -> None:
    late_first = [Job(5.0, 1.0), Job(0.0, 2.0)]
    assert timesharing.fcfs(late_first).turnaround == [1.0, 2.0]
    assert timesharing.round_robin(1.0, 0.0, late_first).turnaround == [1.0, 2.0]
    assert timesharing.fcfs([]).mean is None
    tenth = timesharing.round_robin(0.1, 0.0, [Job(0.0, 0.3), Job(0.1, 0.1)])
    assert tenth.turnaround == pytest.approx([0.4, 0.1])
